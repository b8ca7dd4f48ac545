package io.gavel.benchmarks.latency;

import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * How long the machine keeps a thread that does nothing from running: it sleeps a millisecond at a time and records by
 * how much it overslept, less the least it ever did. It never spins. What it shows is in every latency beside it.
 */
final class JitterProbe implements AutoCloseable {

  private static final long SLEEP_NS = 1_000_000L;

  private final SingleWriterRecorder recorder =
      new SingleWriterRecorder(LatencyEvents.VALUE_NS_MAX, LatencyEvents.DIGITS);
  private final Thread thread = new Thread(this::watch, "jitter-probe");
  /** Cleared by who closes. */
  private volatile boolean isOpen = true;

  JitterProbe() {
    thread.setDaemon(true);
    thread.start();
  }

  /** What was seen since the last call. */
  Histogram take() {
    return recorder.getIntervalHistogram();
  }

  @Override
  public void close() {
    isOpen = false;
  }

  private void watch() {
    long shortestNs = Long.MAX_VALUE;
    while (isOpen) {
      final long beganNs = System.nanoTime();
      LockSupport.parkNanos(SLEEP_NS);
      final long overNs = System.nanoTime() - beganNs - SLEEP_NS;
      shortestNs = Math.min(shortestNs, overNs);
      recorder.recordValue(Math.min(LatencyEvents.VALUE_NS_MAX, Math.max(0, overNs - shortestNs)));
    }
  }
}
