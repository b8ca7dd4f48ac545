package io.gavel.engine.sim;

import io.gavel.codecs.sbe.ReasonCode;
import java.util.Map;
import java.util.TreeMap;

/** What the runs met: answers by command, faults by kind. Added up over runs. */
final class Coverage {

  private static final int TEMPLATES = 64;
  private static final int CODES = 256;

  private final long[][] answers = new long[TEMPLATES][CODES];
  private final Map<String, Long> faults = new TreeMap<>();
  private long commands;

  void answer(final int template, final int code) {
    answers[template][code]++;
    commands++;
  }

  void fault(final String kind) {
    faults.merge(kind, 1L, Long::sum);
  }

  /** Commands that were answered as the oracle foretold. */
  long commands() {
    return commands;
  }

  long faults(final String kind) {
    return faults.entrySet().stream().filter(fault -> fault.getKey().startsWith(kind))
        .mapToLong(Map.Entry::getValue).sum();
  }

  long allFaults() {
    return faults.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Cells of (command, answer) that were met. */
  int cells() {
    int cells = 0;
    for (final long[] row : answers) {
      for (final long count : row) {
        cells += 0 == count ? 0 : 1;
      }
    }
    return cells;
  }

  void add(final Coverage other) {
    for (int template = 0; template < TEMPLATES; template++) {
      for (int code = 0; code < CODES; code++) {
        answers[template][code] += other.answers[template][code];
      }
    }
    other.faults.forEach((kind, count) -> faults.merge(kind, count, Long::sum));
    commands += other.commands;
  }

  /** A line for each command: how often it was answered what. */
  String matrix() {
    final StringBuilder text = new StringBuilder();
    for (int template = 0; template < TEMPLATES; template++) {
      final StringBuilder line = new StringBuilder();
      for (int code = 0; code < CODES; code++) {
        if (0 != answers[template][code]) {
          line.append(' ').append(ReasonCode.get((short) code)).append('=').append(answers[template][code]);
        }
      }
      if (!line.isEmpty()) {
        text.append("  ").append(Steps.nameOf(template)).append(':').append(line)
            .append('\n');
      }
    }
    return text.toString();
  }

  String faultLine() {
    final StringBuilder text = new StringBuilder();
    faults.forEach((kind, count) -> text.append(text.isEmpty() ? "" : ", ").append(kind).append(' ').append(count));
    return text.toString();
  }
}
