package io.gavel.benchmarks.latency;

import org.HdrHistogram.Histogram;

/**
 * One rate, held for a while.
 *
 * @param mode         how the engine was driven
 * @param rate         commands a second that were due
 * @param commands     that were sent
 * @param elapsedNs    from when the first was due to when the last was answered
 * @param latency      each command from when it was due
 * @param jitter       what the probe saw meanwhile
 * @param bytes        allocated meanwhile by the threads that took part
 * @param isSustained  whether the queue was empty again within the last tenth
 * @param refusal      empty, or the sentence that stands where the percentiles would
 */
record Stage(Mode mode, int rate, long commands, long elapsedNs, Histogram latency, Histogram jitter, long bytes,
    boolean isSustained, String refusal) {

  /** Above this half of the commands wait longer than anyone would. */
  static final long P50_NS_MAX = 1_000_000L;

  double achievedRate() {
    return commands * 1e9 / elapsedNs;
  }

  double bytesPerCommand() {
    return (double) bytes / commands;
  }

  boolean isSaturated() {
    return latency.getValueAtPercentile(50) > P50_NS_MAX;
  }

  /** Of its files: {@code dedicated-500k}. */
  String fileName() {
    return mode.label() + "-" + rate / 1_000 + "k";
  }
}
