package io.gavel.benchmarks.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * One rate of the open loop.
 *
 * @param latencyNs 50, 90, 99, 99.9, 99.99 % and worst; empty where the machine allows no latency result
 * @param jitterNs  the same of the probe beside it
 * @param curve     pairs of 1 / (1 - percentile) and nanoseconds
 * @param refusal   empty, or why there are no latencies
 */
record StageRow(String mode, int rate, double achievedRate, boolean sustained, double bytesPerCommand,
    List<Long> latencyNs, List<Long> jitterNs, List<double[]> curve, String refusal, String file) {

  static List<StageRow> of(final JsonNode root) {
    final List<StageRow> rows = new ArrayList<>();
    for (final JsonNode stage : root.path("stages")) {
      final List<double[]> curve = new ArrayList<>();
      stage.path("curve").forEach(point ->
          curve.add(new double[] {point.path(0).asDouble(), point.path(1).asDouble()}));
      rows.add(new StageRow(stage.path("mode").asText(), stage.path("rate").asInt(),
          stage.path("achievedRate").asDouble(), stage.path("sustained").asBoolean(),
          stage.path("bytesPerCommand").asDouble(), values(stage.path("latencyNs")), values(stage.path("jitterNs")),
          curve, stage.path("refusal").asText(), stage.path("file").asText()));
    }
    return rows;
  }

  private static List<Long> values(final JsonNode percentiles) {
    final List<Long> values = new ArrayList<>();
    percentiles.forEach(value -> values.add(value.asLong()));
    return values;
  }
}
