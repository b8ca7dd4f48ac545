package io.gavel.adapters.market.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.adapters.market.capture.CaptureReport.Count;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: tickers and matches of Coinbase meet the book where they stand in the feed. Rows written here. */
class CoinbaseCheckTest {

  private static final String SNAPSHOT = "{\"type\":\"snapshot\",\"product_id\":\"X\",\"bids\":[[\"1.00\",\"5\"],"
      + "[\"0.90\",\"1\"]],\"asks\":[[\"1.10\",\"6\"]]}";
  private static final String PAST = ticker("7", "8");

  private CaptureText text;

  @BeforeEach
  void write(@TempDir final Path folder) {
    text = new CaptureText(folder);
  }

  @Test
  void shouldCompareTickersButNotTheFirstWhichTellsThePast() {
    final CaptureReport report = text.check(CaptureFormat.COINBASE, SNAPSHOT, PAST, ticker("1.0", "1.1"),
        update("t1", "buy", "1.00", "0.0"), ticker("0.9", "1.1"), ticker("1.0", "1.1"));

    assertEquals(3, report.rowsCompared());
    assertEquals(1, report.rowsWrong());
    assertEquals(1, report.counts().get(Count.BEFORE_BOOK));
    assertEquals("record 6: X best is bid 1 at 0.90, ask 6 at 1.10; the ticker says bid 1.0, ask 1.1",
        report.differences().get(0));
  }

  @Test
  void shouldExplainEachMatchByOneFallBeforeOrAfterIt() {
    final CaptureReport report = text.check(CaptureFormat.COINBASE, SNAPSHOT,
        update("t1", "buy", "1.00", "4"), update("t1", "buy", "1.00", "1"),
        match(1, "t1", "buy", "1"), match(2, "t1", "buy", "3"),
        match(3, "t2", "buy", "0.5"), update("t2", "buy", "1.00", "0.5"), update("t3", "buy", "1.00", "0.7"));

    assertEquals(3, report.rowsCompared());
    assertEquals(0, report.rowsWrong(), report.differences().toString());
    assertEquals(3, report.counts().get(Count.MATCHES));
  }

  @Test
  void shouldNotExplainAMatchByALevelThatRose() {
    final CaptureReport report = text.check(CaptureFormat.COINBASE, SNAPSHOT, update("t1", "buy", "1.00", "7"),
        match(1, "t1", "buy", "3"), update("t1", "buy", "1.00", "4"));

    assertEquals(1, report.rowsCompared());
    assertEquals(0, report.rowsWrong(), report.differences().toString());
  }

  @Test
  void shouldFindAMatchThatNoLevelFellByAndAFallOfAnotherSize() {
    final CaptureReport report = text.check(CaptureFormat.COINBASE, SNAPSHOT,
        match(1, "t1", "buy", "1"), update("t2", "buy", "1.00", "3"), match(3, "t2", "buy", "1"),
        match(4, "t2", "buy", "1"));

    assertEquals(2, report.rowsCompared());
    assertEquals(2, report.rowsWrong());
    assertEquals(1, report.counts().get(Count.GAPS));
    assertEquals(1, report.counts().get(Count.NOT_COMPARED));
  }

  @Test
  void shouldRefuseWhatCannotBeMeant() {
    assertTrue(text.refusal(CaptureFormat.COINBASE, update("t1", "buy", "1.00", "4"))
        .endsWith("record 1: an update of X before its snapshot"));
    assertTrue(text.refusal(CaptureFormat.COINBASE, SNAPSHOT, update("t1", "bid", "1.00", "4"))
        .endsWith("record 2: side: 'bid' is neither buy nor sell"));
  }

  private static String update(final String time, final String side, final String price, final String size) {
    return "1618677817.1: {\"type\":\"l2update\",\"product_id\":\"X\",\"changes\":[[\"" + side + "\",\"" + price
        + "\",\"" + size + "\"]],\"time\":\"" + time + "\"}";
  }

  private static String match(final long id, final String time, final String side, final String size) {
    return "{\"type\":\"match\",\"trade_id\":" + id + ",\"side\":\"" + side + "\",\"size\":\"" + size
        + "\",\"price\":\"1\",\"product_id\":\"X\",\"time\":\"" + time + "\"}";
  }

  private static String ticker(final String bid, final String ask) {
    return "{\"type\":\"ticker\",\"product_id\":\"X\",\"best_bid\":\"" + bid + "\",\"best_ask\":\"" + ask + "\"}";
  }
}
