package io.gavel.adapters.market.flow;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/**
 * The first pass of a process over a tape, cold: nothing is compiled yet, the file is read, and a second thread keeps
 * every report.
 *
 * @param tape         what was read
 * @param reports      what the book reported
 * @param sinceStartNs nanoseconds, in steps of a millisecond, from the start of the process to the last report kept
 */
public record FirstPass(FlowTape tape, FlowReports reports, long sinceStartNs) {

  private static final long NS_PER_MS = 1_000_000;

  /**
   * Reads and replays a tape. Only the first call of a process is a cold one.
   *
   * @throws FlowTapeException when the tape breaks a rule
   * @throws IOException       when the file cannot be read
   */
  public static FirstPass over(final Path file) throws IOException {
    final FlowTape tape = FlowTapeFile.read(file);
    final FlowReports reports = new FlowReports(tape.messages() + tape.messages() / 8);
    FlowMeter.handedOff(tape, reports);
    final long endedMs = System.currentTimeMillis();
    // Asked afterwards: the classes behind the question take longer to load than the tape to read.
    final long startedMs = ManagementFactory.getRuntimeMXBean().getStartTime();
    return new FirstPass(tape, reports, (endedMs - startedMs) * NS_PER_MS);
  }

  /** Messages a second. */
  public double rate() {
    return tape.messages() * 1e9 / Math.max(1, sinceStartNs);
  }
}
