package io.gavel.benchmarks.engine;

/**
 * What one run came to.
 *
 * @param run      what ran
 * @param commands commands under the clock
 * @param wallNs   from the first of them to the last one applied
 * @param cpuNs    processor time of the threads that took part; other work on the machine does not count
 * @param bytes    allocated meanwhile by the threads that took part
 * @param events   handed out meanwhile
 * @param refused  answers that were refusals, over all commands
 */
record Figures(String run, long commands, long wallNs, long cpuNs, long bytes, long events, long refused) {

  double nsPerCommand() {
    return (double) wallNs / commands;
  }

  double cpuNsPerCommand() {
    return (double) cpuNs / commands;
  }

  double commandsPerSecond() {
    return commands * 1e9 / wallNs;
  }

  double bytesPerCommand() {
    return (double) bytes / commands;
  }

  double eventsPerCommand() {
    return (double) events / commands;
  }
}
