package io.gavel.adapters.market.flow;

import java.util.ArrayList;
import java.util.List;

/** Times passes over a tape, each through a book of its own; every report of every pass is read and compared. */
public final class FlowMeter {

  /** Who wants to know how far a measurement is. */
  @FunctionalInterface
  public interface Progress {

    /** So many passes of so many are done. */
    void at(long passes, long ofPasses);
  }

  /** A window that stays in the nearest cache: it is read as often as it is full. */
  private static final int OWN_RING_CAPACITY = 1 << 9;
  /** A mebibyte: the reader may lose its core for a millisecond before the writer notices. */
  private static final int SHARED_RING_CAPACITY = 1 << 15;

  private FlowMeter() {
  }

  /**
   * Runs {@code passes} passes of each kind, one kind after the other, and one more before each that is not timed.
   *
   * @param checksum of {@link FlowReports#checksum()}, what each pass must come to
   * @throws FlowTapeException when the tape breaks a rule that only a replay can see
   */
  public static FlowRates measure(final FlowTape tape, final long checksum, final int passes) {
    return measure(tape, checksum, passes, (done, of) -> { });
  }

  /** As {@link #measure(FlowTape, long, int)}, telling after each pass how many of how many are done. */
  public static FlowRates measure(
      final FlowTape tape, final long checksum, final int passes, final Progress progress) {
    final List<Long> bookNs = new ArrayList<>();
    final List<Long> handedNs = new ArrayList<>();
    boolean isSame = true;
    final int each = passes + 1;
    for (int i = 0; i < 2 * each; i++) {
      final ReportChecksum read = new ReportChecksum();
      final boolean isAlone = i < each;
      final long ns = isAlone ? alone(tape, read) : handedOff(tape, read);
      isSame &= read.value() == checksum;
      // The first of each kind is the compiler's: it counts for the checksum alone.
      if (0 != i % each) {
        (isAlone ? bookNs : handedNs).add(ns);
      }
      progress.at(i + 1L, 2L * each);
    }
    return new FlowRates(tape.messages(), bookNs, handedNs, isSame);
  }

  /** One pass in which this thread reads the reports. Returns nanoseconds. */
  static long alone(final FlowTape tape, final ReportReader reader) {
    final FlowReplay replay = new FlowReplay(tape);
    final ReportRing ring = new ReportRing(OWN_RING_CAPACITY, reader, false);
    final long beganNs = System.nanoTime();
    replay.replay(ring);
    return System.nanoTime() - beganNs;
  }

  /** One pass in which a second thread reads the reports. Returns nanoseconds to the last report read. */
  static long handedOff(final FlowTape tape, final ReportReader reader) {
    final FlowReplay replay = new FlowReplay(tape);
    final ReportRing ring = new ReportRing(SHARED_RING_CAPACITY, reader, true);
    final ReportDrain drain = new ReportDrain(ring);
    final long beganNs;
    try (drain) {
      beganNs = System.nanoTime();
      replay.replay(ring);
    }
    return System.nanoTime() - beganNs;
  }
}
