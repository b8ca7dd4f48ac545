package io.gavel.benchmarks.latency;

/**
 * When each command of a stage is due: the first at the start, the others evenly behind it. The intended time is a
 * function of the command's number, so that whoever hears an answer knows it without being told.
 *
 * @param firstSequence of the stage's first command
 * @param commands      how many
 * @param startNs       {@link System#nanoTime()} at which the first is due
 * @param rate          commands a second
 */
record Schedule(long firstSequence, long commands, long startNs, int rate) {

  private static final long NANOS = 1_000_000_000L;

  long dueNs(final long command) {
    return startNs + command * NANOS / rate;
  }

  /** Number of the command with this sequence; below 0 or from {@link #commands()} on: none of this stage. */
  long command(final long sequence) {
    return sequence - firstSequence;
  }
}
