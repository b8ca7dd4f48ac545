package io.gavel.adapters.market.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.adapters.market.capture.CaptureReport.Count;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: Coinbase's full channel is followed through the engine's book. Method: messages written here by hand in the
 * published form, and traffic of a naive venue with price-time priority of which the beginning is missing.
 */
class CoinbaseOrdersTest {

  private final List<String> lines = new ArrayList<>();
  private CaptureText text;
  private long sequence = 100;

  @BeforeEach
  void write(@TempDir final Path folder) {
    text = new CaptureText(folder);
  }

  @Test
  void shouldAgreeWithANaiveVenueAndHitEveryMaker() {
    final long seed = new Random().nextLong();
    final VenueModel venue = new VenueModel(new Random(seed), false);
    for (int i = 0; i < 3_000; i++) {
      for (final VenueModel.Change change : venue.step()) {
        if (i >= 60) {
          add(change);
        }
      }
    }

    final CaptureReport report = text.check(CaptureFormat.COINBASE, lines.toArray(String[]::new));

    assertEquals(0, report.rowsWrong(), () -> "seed " + seed + ' ' + report.differences());
    assertEquals(report.counts().get(Count.EXECUTIONS), report.counts().get(Count.HITS), "seed " + seed);
    assertTrue(report.counts().get(Count.HITS) > 100, "seed " + seed + ' ' + report.counts());
    assertTrue(report.rowsCompared() > 500, "seed " + seed + ' ' + report);
  }

  @Test
  void shouldFindTheMakerThatHadToWaitAndTheSizeThatDiffers() {
    message("open", "a", "\"price\":\"1.5\",\"remaining_size\":\"2\"");
    message("open", "b", "\"price\":\"1.5\",\"remaining_size\":\"2\"");
    match("b", "1.5", "2");
    message("done", "b", "\"reason\":\"filled\",\"remaining_size\":\"0\"");
    message("change", "a", "\"old_size\":\"3\",\"new_size\":\"1.25\"");
    match("a", "1.25", "1");
    message("done", "a", "\"reason\":\"canceled\",\"remaining_size\":\"0.5\"");

    final CaptureReport report = text.check(CaptureFormat.COINBASE, lines.toArray(String[]::new));

    assertEquals(5, report.rowsCompared());
    assertEquals(List.of("record 3: X match with b: the book hits another order",
        "record 5: X order a has 2 left, the capture says 3",
        "record 6: X match with a: the book has it at another price",
        "record 7: X order a has 0.25 left, the capture says 0.5"), report.differences());
    assertEquals(1, report.counts().get(Count.MISSES));
  }

  @Test
  void shouldKnowNothingBehindAGap() {
    message("open", "a", "\"price\":\"1.5\",\"remaining_size\":\"2\"");
    match("a", "1.5", "1");
    sequence++;
    match("a", "1.5", "1");
    message("done", "a", "\"reason\":\"filled\",\"remaining_size\":\"7\"");

    final CaptureReport report = text.check(CaptureFormat.COINBASE, lines.toArray(String[]::new));

    assertEquals(1, report.rowsCompared());
    assertEquals(0, report.rowsWrong(), report.differences().toString());
    assertEquals(1, report.counts().get(Count.GAPS));
    assertEquals(1, report.counts().get(Count.BEFORE_BOOK));
  }

  @Test
  void shouldRefuseWhatCannotBeMeant() {
    message("open", "a", "\"price\":\"1.5\",\"remaining_size\":\"2\"");
    final String open = lines.get(0);

    assertTrue(text.refusal(CaptureFormat.COINBASE, open, open.replace(":100,", ":101,"))
        .endsWith("record 2: order a: used twice, it is in the book"));
    assertTrue(text.refusal(CaptureFormat.COINBASE, open.replace("\"2\"", "\"0\""))
        .endsWith("record 1: order 1: its size 0 is not positive"));
    assertTrue(text.refusal(CaptureFormat.COINBASE, open.replace("\"2\"", "\"99999999\""))
        .endsWith("record 1: order 1: its size 9999999900000000 is more than 4503599627370496"));
    assertTrue(text.refusal(CaptureFormat.COINBASE, open.replace("sell", "ask"))
        .endsWith("record 1: side: 'ask' is neither buy nor sell"));
    match("a", "1.5", "3");
    assertTrue(text.refusal(CaptureFormat.COINBASE, lines.toArray(String[]::new))
        .endsWith("record 2: order 1: cannot trade 300000000 of its 200000000"));
  }

  private void add(final VenueModel.Change change) {
    final String order = "o" + change.id();
    final String price = "\"price\":\"" + change.price() + ".5\"";
    switch (change.kind()) {
      case ADD -> {
        message("received", order, price);
        message("open", order, price + ",\"remaining_size\":\"" + change.size() + "\"", change.isBuy());
      }
      case EXECUTE -> {
        match(order, change.price() + ".5", Long.toString(change.size()));
        if (change.gone()) {
          message("done", order, "\"reason\":\"filled\",\"remaining_size\":\"0.0\"");
        }
      }
      default -> {
        if (change.gone()) {
          message("done", order, "\"reason\":\"canceled\",\"remaining_size\":\"" + change.size() + "\"");
        } else {
          message("change", order, "\"old_size\":\"" + (change.left() + change.size()) + "\",\"new_size\":\""
              + change.left() + "\"");
        }
      }
    }
  }

  private void match(final String maker, final String price, final String size) {
    lines.add("{\"type\":\"match\",\"sequence\":" + sequence++ + ",\"product_id\":\"X\",\"maker_order_id\":\"" + maker
        + "\",\"price\":\"" + price + "\",\"size\":\"" + size + "\"}");
  }

  private void message(final String type, final String order, final String more) {
    message(type, order, more, false);
  }

  private void message(final String type, final String order, final String more, final boolean isBuy) {
    lines.add("{\"type\":\"" + type + "\",\"sequence\":" + sequence++ + ",\"product_id\":\"X\",\"order_id\":\"" + order
        + "\",\"side\":\"" + (isBuy ? "buy" : "sell") + "\"," + more + "}");
  }
}
