package io.gavel.benchmarks.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * One JMH result.
 *
 * @param name  class and method, and what it was run with
 * @param score in {@code unit}
 * @param error half of the 99.9 % confidence interval
 * @param bytes allocated an operation; below 0: not measured
 */
record MicroRow(String name, double score, double error, String unit, double bytes) {

  /** Rows of a file that JMH wrote with {@code -rf json}. */
  static List<MicroRow> of(final JsonNode root) {
    final List<MicroRow> rows = new ArrayList<>();
    for (final JsonNode result : root) {
      final String[] path = result.path("benchmark").asText().split("\\.", -1);
      final StringBuilder name = new StringBuilder(path.length < 2 ? result.path("benchmark").asText()
          : path[path.length - 2] + "." + path[path.length - 1]);
      result.path("params").properties().forEach(param ->
          name.append(' ').append(param.getKey()).append('=').append(param.getValue().asText()));
      final JsonNode primary = result.path("primaryMetric");
      final JsonNode bytes = result.path("secondaryMetrics").path("gc.alloc.rate.norm").path("score");
      rows.add(new MicroRow(name.toString(), primary.path("score").asDouble(), primary.path("scoreError").asDouble(),
          primary.path("scoreUnit").asText(), bytes.isNumber() ? bytes.asDouble() : -1));
    }
    return rows;
  }
}
