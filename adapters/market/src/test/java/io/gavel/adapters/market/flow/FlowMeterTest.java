package io.gavel.adapters.market.flow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Goal: what a second thread reads is what was written, in order; a pass that differs is noticed. */
class FlowMeterTest {

  private static final FlowTape TAPE = FlowGenerator.generate(FlowScenario.SWING_40, 9, 20_000);

  @Test
  void shouldReadTheSameReportsOnASecondThread() {
    final FlowReports own = FlowReports.of(TAPE);
    final FlowReports other = new FlowReports(1);

    FlowMeter.handedOff(TAPE, other);

    assertEquals(own.size(), other.size());
    assertEquals(own.sha256(), other.sha256());
    assertEquals(own.checksum(), other.checksum());
  }

  @Test
  void shouldTimeEveryPassAndCompareItsReports() {
    final long checksum = FlowReports.of(TAPE).checksum();

    final FlowRates rates = FlowMeter.measure(TAPE, checksum, 3);

    assertTrue(rates.isSame());
    assertEquals(TAPE.messages(), rates.messages());
    assertEquals(3, rates.bookNs().size());
    assertEquals(3, rates.handedNs().size());
    assertTrue(rates.bestBookRate() >= rates.bookRate() && rates.bestHandedOffRate() >= rates.handedOffRate());
    assertFalse(FlowMeter.measure(TAPE, checksum + 1, 1).isSame());
  }

  @Test
  void shouldTakeMedianAndBestOfThePasses() {
    final FlowRates rates = new FlowRates(1_000, List.of(300L, 100L, 200L), List.of(5_000L), true);

    assertEquals(5e9, rates.bookRate());
    assertEquals(1e10, rates.bestBookRate());
    assertEquals(2e8, rates.handedOffRate());
  }

  /** A ring of two reports: the writer is at its end at every other report. */
  @Test
  void shouldHandOverThroughARingThatIsAlwaysFull() {
    final List<Long> seen = new ArrayList<>();
    final ReportRing ring = new ReportRing(2, (words, from, records) -> {
      for (int i = 0; i < records; i++) {
        seen.add(words[from + i * ReportRing.WORDS + ReportRing.SEQUENCE]);
      }
    }, true);
    final ReportDrain drain = new ReportDrain(ring);
    try (drain) {
      for (int i = 0; i < 5_000; i++) {
        ring.rejected(ReportRing.CANCEL_REJECTED, i, 1);
      }
      ring.publish();
    }

    assertEquals(5_000, seen.size());
    for (int i = 0; i < seen.size(); i++) {
      assertEquals(i, seen.get(i));
    }
  }

  @Test
  void shouldNoticeAReportThatDiffersInAnyWordOrPlace() {
    final long[] words = {1, 2, 3, 4, 5, 6, 7, 8};
    final long checksum = checksum(words);
    for (int i = 0; i < words.length; i++) {
      final long[] other = words.clone();
      other[i]++;
      assertFalse(checksum == checksum(other), "word " + i);
    }
    assertFalse(checksum == checksum(5, 6, 7, 8, 1, 2, 3, 4));
    assertFalse(checksum(0, 0, 0, 0) == checksum(0, 0, 0, 0, 0, 0, 0, 0));
    assertArrayEquals(new long[] {1, 2, 3, 4, 5, 6, 7, 8}, words);
  }

  @Test
  void shouldAllocateNothingWhileItReplays() {
    final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    FlowMeter.alone(TAPE, new ReportChecksum());
    final FlowReplay replay = new FlowReplay(TAPE);
    final ReportRing ring = new ReportRing(1 << 6, new ReportChecksum(), false);
    threads.getCurrentThreadAllocatedBytes();

    final long before = threads.getCurrentThreadAllocatedBytes();
    replay.replay(ring);
    final long after = threads.getCurrentThreadAllocatedBytes();

    assertEquals(0, after - before);
  }

  @Test
  void shouldRefuseACapacityThatIsNoPowerOfTwo() {
    assertThrows(IllegalArgumentException.class, () -> new ReportRing(3, (words, from, records) -> { }, false));
  }

  /** A tape that fails midway leaves no thread behind that waits for it. */
  @Test
  void shouldEndTheSecondThreadWhenTheTapeIsAtFault() {
    final FlowTape tape = new TapeTraffic().buy(1, 10, 1).buy(1, 10, 1).tape();

    assertThrows(FlowTapeException.class, () -> FlowMeter.measure(tape, 0, 1));
    assertThrows(FlowTapeException.class, () -> FlowMeter.handedOff(tape, new ReportChecksum()));
    assertTrue(Thread.getAllStackTraces().keySet().stream()
        .noneMatch(thread -> "report-drain".equals(thread.getName())));
  }

  private static long checksum(final long... words) {
    final ReportChecksum checksum = new ReportChecksum();
    checksum.read(words, 0, words.length / ReportRing.WORDS);
    return checksum.value();
  }
}
