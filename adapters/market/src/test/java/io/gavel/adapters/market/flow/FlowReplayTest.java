package io.gavel.adapters.market.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Goal: the reports are those of the obvious matcher, byte for byte, whatever the tape; its faults are told. */
class FlowReplayTest {

  @Test
  void shouldReportAsTheObviousMatcherOnGeneratedTapes() throws IOException {
    for (final FlowScenario scenario : FlowScenario.values()) {
      for (int seed = 1; seed <= 8; seed++) {
        for (final int overlap : new int[] {0, 3, 200}) {
          assertSame(FlowGenerator.generate(scenario, seed, 1_500, overlap),
              scenario + " seed " + seed + " overlap " + overlap);
        }
      }
    }
  }

  /** Few ids and few prices: ids come back, orders of many fills, levels that empty, every stale request. */
  @Test
  void shouldReportAsTheObviousMatcherUnderDenseTraffic() throws IOException {
    for (int seed = 1; seed <= 60; seed++) {
      final FlowTape tape = denseTraffic(new SplittableRandom(seed));

      final String text = assertSame(tape, "seed " + seed);

      for (int kind = 0; kind <= 5; kind++) {
        assertTrue(text.contains("\n" + kind + ","), "no report of kind " + kind + ", seed " + seed);
      }
    }
  }

  @Test
  void shouldTreatSequencesAndIdsAsUnsigned() throws IOException {
    final FlowTape tape = new TapeTraffic().buy(-1, Integer.MAX_VALUE, 0xFFFF_FFFFL).sell(Long.MIN_VALUE, 1, 7)
        .modify(true, -1, 1, 0xFFFF_FFFFL).cancel(0).tape();

    final String text = assertSame(tape, "unsigned");

    assertEquals("""
        0,0,0,18446744073709551615,2147483647,4294967295
        0,1,1,9223372036854775808,1,7
        1,1,2147483647,7,18446744073709551615,9223372036854775808
        3,2,0,18446744073709551615,1,4294967295
        4,3,0""", text);
  }

  @Test
  void shouldReportNothingOnAnEmptyTape() {
    final FlowReports reports = FlowReports.of(new TapeTraffic().tape());

    assertEquals(0, reports.size());
    assertEquals("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", reports.sha256());
  }

  @Test
  void shouldNameTheRecordThatUsesALiveIdAgain() {
    final TapeTraffic traffic = new TapeTraffic().buy(5, 100, 1).cancel(5).buy(5, 100, 2).sell(7, 101, 1);

    assertRecord(5, "new order 5", traffic.buy(5, 90, 1));
  }

  @Test
  void shouldNameTheRecordThatModifiesToTheOtherSide() {
    assertRecord(2, "other side", new TapeTraffic().buy(5, 100, 1).modify(false, 5, 101, 1));
  }

  @Test
  void shouldRejectAndNotFailWhenWhatIsGoneIsModifiedToAnySide() {
    final FlowTape tape = new TapeTraffic().iocBuy(5, 100, 1).modify(false, 5, 101, 1).cancel(5).tape();

    assertEquals("5,1,5", FlowReports.of(tape).line(2));
    assertEquals("4,2,5", FlowReports.of(tape).line(3));
  }

  /** Fills of one order in several chunks, each chunk's reports in order. */
  @Test
  void shouldReportASweepOfThousandsOfOrders() throws IOException {
    final TapeTraffic traffic = new TapeTraffic();
    for (int i = 0; i < 5_000; i++) {
      traffic.sell(i, 100 + i / 2_500, 3);
    }
    traffic.iocBuy(9_000, 101, 15_001);

    final String text = assertSame(traffic.tape(), "sweep");

    assertTrue(text.endsWith("\n2,5000,0,9000,101"), text.substring(text.length() - 60));
  }

  private static FlowTape denseTraffic(final SplittableRandom random) {
    final TapeTraffic traffic = new TapeTraffic();
    final ReferenceMatcher matcher = new ReferenceMatcher();
    final int ids = random.nextInt(8, 60);
    final int prices = random.nextInt(2, 12);
    for (int i = 0; i < 3_000; i++) {
      final int id = random.nextInt(ids);
      final long ticks = 100L + random.nextInt(prices);
      final long lots = random.nextInt(8) > 0 ? random.nextInt(1, 20) : random.nextInt(1, 400);
      final int what = random.nextInt(10);
      if (what < 2) {
        traffic.cancel(id);
      } else if (matcher.isLive(id)) {
        traffic.modify(matcher.isBuy(id), id, ticks, lots);
      } else if (2 == what) {
        traffic.modify(random.nextBoolean(), id, ticks, lots);
      } else {
        traffic.add(FlowTape.word(FlowTape.NEW, random.nextBoolean(), 3 == what, lots), id, ticks);
      }
      matcher.apply(traffic.last(), 0);
    }
    return traffic.tape();
  }

  private static void assertRecord(final long record, final String saying, final TapeTraffic traffic) {
    final FlowTape tape = traffic.tape();
    final FlowTapeException e = assertThrows(FlowTapeException.class, () -> FlowReports.of(tape));
    assertEquals(record, e.record());
    assertTrue(e.getMessage().startsWith("record " + record + ": "), e.getMessage());
    assertTrue(e.getMessage().contains(saying), e.getMessage());
  }

  private static String assertSame(final FlowTape tape, final String context) throws IOException {
    final String[] expected = ReferenceMatcher.reports(tape).split("\n", -1);
    final FlowReports reports = FlowReports.of(tape);
    for (int i = 0; i < Math.min(expected.length, reports.size()); i++) {
      assertEquals(expected[i], reports.line(i), context + ", report " + (i + 1));
    }
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    reports.writeTo(out);
    final String text = out.toString(StandardCharsets.US_ASCII);
    assertEquals(String.join("\n", expected), text, context);
    return text;
  }
}
