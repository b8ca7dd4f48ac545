package io.gavel.benchmarks.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The whole engine in one of its modes.
 *
 * @param run               as the benchmark calls it
 * @param nsPerCommand      wall time
 * @param commandsPerSecond a second of it
 * @param bytesPerCommand   allocated by the threads that took part
 */
record EngineRow(String run, double nsPerCommand, double commandsPerSecond, double bytesPerCommand) {

  /** Rows of the benchmark's JSON, the closed loop left out. */
  static List<EngineRow> of(final JsonNode root) {
    final List<EngineRow> rows = new ArrayList<>();
    for (final JsonNode run : root.path("runs")) {
      if (run.has("nsPerCommand")) {
        rows.add(new EngineRow(run.path("run").asText(), run.path("nsPerCommand").asDouble(),
            run.path("commandsPerSecond").asDouble(), run.path("bytesPerCommand").asDouble()));
      }
    }
    return rows;
  }

  /** Half of the closed loop's commands took no longer than this; 0: it did not run. */
  static double closedLoopNs(final JsonNode root) {
    for (final JsonNode run : root.path("runs")) {
      if ("loop".equals(run.path("run").asText())) {
        return run.path("p50.0Ns").asDouble();
      }
    }
    return 0;
  }
}
