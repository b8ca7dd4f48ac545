package io.gavel.engine.vectors;

import java.util.ArrayList;
import java.util.List;

/** Comma-separated lines with quoted fields, in which a doubled quote is a quote and a line may break. */
final class Csv {

  private Csv() {
  }

  static List<List<String>> read(final String text) {
    final List<List<String>> lines = new ArrayList<>();
    List<String> line = new ArrayList<>();
    final StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      final char c = text.charAt(i);
      if (quoted) {
        final boolean doubled = '"' == c && i + 1 < text.length() && '"' == text.charAt(i + 1);
        if (doubled) {
          i++;
        }
        quoted = doubled || '"' != c;
        if (quoted) {
          field.append(c);
        }
      } else if ('"' == c) {
        quoted = true;
      } else if (',' == c || '\n' == c) {
        line.add(field.toString());
        field.setLength(0);
        if ('\n' == c) {
          lines.add(line);
          line = new ArrayList<>();
        }
      } else if ('\r' != c && '\uFEFF' != c) {
        field.append(c);
      }
    }
    if (!line.isEmpty() || !field.isEmpty()) {
      line.add(field.toString());
      lines.add(line);
    }
    lines.removeIf(fields -> 1 == fields.size() && fields.get(0).isBlank());
    return lines;
  }
}
