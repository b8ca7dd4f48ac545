package io.gavel.benchmarks.peers;

import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** One flat object on one line; a library would be third-party code on a peer's class path. */
final class Json {

  private Json() {
  }

  static String of(final Map<String, Object> fields) {
    final StringJoiner line = new StringJoiner(",", "{", "}");
    fields.forEach((name, value) -> line.add(text(name) + ":" + (value instanceof String string ? text(string)
        : String.valueOf(value))));
    return line.toString();
  }

  private static String text(final String value) {
    final StringBuilder quoted = new StringBuilder(value.length() + 2).append('"');
    for (int i = 0; i < value.length(); i++) {
      final char c = value.charAt(i);
      if ('"' == c || '\\' == c) {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
