package io.gavel.adapters.backtest.scenario;

import java.util.StringJoiner;

/** JSON pointers, and the words a person would say for them. */
final class Pointers {

  private Pointers() {
  }

  static String escape(final String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }

  /** {@code /rules/2/tpTriggerPx} as {@code rules[2].tpTriggerPx}. */
  static String words(final String pointer) {
    final StringJoiner words = new StringJoiner(".");
    String last = "";
    for (final String step : pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1)) {
      if (!step.isEmpty() && step.chars().allMatch(c -> c >= '0' && c <= '9')) {
        last += "[" + step + "]";
        continue;
      }
      if (!last.isEmpty()) {
        words.add(last);
      }
      last = step.replace("~1", "/").replace("~0", "~");
    }
    return last.isEmpty() ? words.toString() : words.add(last).toString();
  }

  /** The pointer of what contains this one; empty for the root. */
  static String parent(final String pointer) {
    return pointer.substring(0, Math.max(0, pointer.lastIndexOf('/')));
  }
}
