package io.gavel.adapters.market.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.adapters.market.capture.CaptureReport.Count;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: a depth event meets the ticker of its update id, whichever comes first. Rows written here. */
class BinanceCheckTest {

  private static final String WHOLE =
      "{\"lastUpdateId\":10,\"bids\":[[\"1.00\",\"5.0\"]],\"asks\":[[\"1.10\",\"6.0\"],[\"1.20\",\"1.0\"]]}";

  private CaptureText text;

  @BeforeEach
  void write(@TempDir final Path folder) {
    text = new CaptureText(folder);
  }

  @Test
  void shouldCompareWithTheNewestTickerNotAboveTheEvent() {
    final CaptureReport report = text.check(CaptureFormat.BINANCE, WHOLE,
        ticker(10, "1.00", "5", "1.10", "6"), spot(11, 12, "[]", "[[\"1.30\",\"2\"]]"),
        ticker(13, "1.05", "2", "1.10", "6"), spot(13, 14, "[[\"1.05\",\"2\"]]", "[]"), ticker(20, "9", "9", "9", "9"));

    assertEquals(2, report.rowsCompared());
    assertEquals(0, report.rowsWrong(), report.differences().toString());
  }

  @Test
  void shouldWaitForATickerThatComesAfterTheEvent() {
    final CaptureReport report = text.check(CaptureFormat.BINANCE, WHOLE, ticker(10, "1.00", "5", "1.10", "6"),
        spot(11, 12, "[[\"1.05\",\"2\"]]", "[]"), ticker(12, "1.05", "2", "1.10", "6"));

    assertEquals(1, report.rowsCompared());
    assertEquals(0, report.rowsWrong(), report.differences().toString());
    assertEquals(1, report.counts().get(Count.SAME_ID));
  }

  @Test
  void shouldNotCompareAnEventWhoseTickerMayBeMissingAtTheEnd() {
    final CaptureReport report = text.check(CaptureFormat.BINANCE, WHOLE, ticker(10, "1.00", "5", "1.10", "6"),
        spot(11, 11, "[]", "[]"), ticker(12, "1.05", "2", "1.10", "6"), spot(12, 14, "[[\"1.07\",\"2\"]]", "[]"));

    assertEquals(1, report.rowsCompared());
    assertEquals(0, report.rowsWrong());
    assertEquals(1, report.counts().get(Count.NOT_COMPARED));
  }

  @Test
  void shouldKeepEventsUntilTheWholeBookAndDropThoseItHolds() {
    final CaptureReport report = text.check(CaptureFormat.BINANCE, spot(5, 8, "[[\"1.01\",\"1\"]]", "[]"),
        spot(9, 12, "[[\"1.05\",\"2\"]]", "[]"), ticker(12, "1.05", "2", "1.10", "6"), WHOLE);

    assertEquals(1, report.rowsCompared());
    assertEquals(0, report.rowsWrong(), report.differences().toString());
  }

  @Test
  void shouldFollowFuturesByThePreviousId() {
    final CaptureReport report = text.check(CaptureFormat.BINANCE, WHOLE,
        futures(8, 12, 7, "[[\"1.05\",\"2\"]]"), ticker(12, "1.05", "2", "1.10", "6"),
        futures(20, 22, 12, "[[\"1.06\",\"3\"]]"), ticker(22, "1.06", "3", "1.10", "6"));

    assertEquals(2, report.rowsCompared());
    assertEquals(0, report.rowsWrong(), report.differences().toString());
  }

  @Test
  void shouldReportAGapAndCompareAgainBehindTheNextWholeBook() {
    final CaptureReport report = text.check(CaptureFormat.BINANCE, WHOLE, ticker(11, "1.00", "5", "1.10", "6"),
        spot(11, 11, "[]", "[]"), spot(13, 14, "[[\"1.07\",\"2\"]]", "[]"),
        WHOLE.replace(":10,", ":15,"), spot(16, 16, "[]", "[]"), ticker(16, "1.00", "5", "1.10", "6"));

    assertEquals(2, report.rowsCompared());
    assertEquals(0, report.rowsWrong(), report.differences().toString());
    assertEquals(1, report.counts().get(Count.GAPS));
    assertEquals(2, report.counts().get(Count.SNAPSHOTS));
  }

  @Test
  void shouldSayBothSidesOfADifference() {
    final CaptureReport report = text.check(CaptureFormat.BINANCE, WHOLE,
        spot(11, 12, "[[\"1.05\",\"2\"]]", "[]"), ticker(12, "1.05", "3", "1.10", "6"));

    assertEquals(1, report.rowsWrong());
    assertEquals("record 2: after update 12 the best is bid 2 at 1.05, ask 6.0 at 1.10; bookTicker 12 says bid 3 at "
        + "1.05, ask 6 at 1.10", report.differences().get(0));
  }

  @Test
  void shouldRefuseWhatCannotBeMeant() {
    assertTrue(text.refusal(CaptureFormat.BINANCE, WHOLE, spot(12, 11, "[]", "[]"))
        .endsWith("record 2: u: 11 is below U: 12"));
    assertTrue(text.refusal(CaptureFormat.BINANCE, WHOLE, spot(11, 12, "[[\"1.05\"]]", "[]"))
        .contains("record 2: b[1]: missing"));
    assertTrue(text.refusal(CaptureFormat.BINANCE, spot(1, 2, "[]", "[]"),
        spot(1, 2, "[]", "[]").replace("\"X\"", "\"Y\""), WHOLE).contains("record 3: a whole book without a symbol"));
  }

  private static String spot(final long first, final long last, final String bids, final String asks) {
    return "1723161253937085768 {\"stream\":\"x@depth\",\"data\":{\"e\":\"depthUpdate\",\"s\":\"X\",\"U\":" + first
        + ",\"u\":" + last + ",\"b\":" + bids + ",\"a\":" + asks + "}}";
  }

  private static String futures(final long first, final long last, final long previous, final String bids) {
    return "{\"e\":\"depthUpdate\",\"s\":\"X\",\"U\":" + first + ",\"u\":" + last + ",\"pu\":" + previous + ",\"b\":"
        + bids + ",\"a\":[]}";
  }

  private static String ticker(
      final long id, final String bid, final String bidSize, final String ask, final String askSize) {
    return "{\"u\":" + id + ",\"s\":\"X\",\"b\":\"" + bid + "\",\"B\":\"" + bidSize + "\",\"a\":\"" + ask
        + "\",\"A\":\"" + askSize + "\"}";
  }
}
