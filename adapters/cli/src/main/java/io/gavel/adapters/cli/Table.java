package io.gavel.adapters.cli;

import java.util.ArrayList;
import java.util.List;

/** Lays rows of text out in columns: numbers to the right, words to the left, a Chinese character counts two. */
final class Table {

  private static final int GAP = 2;
  /** Ranges, both ends included, of characters two columns wide. */
  private static final char[] WIDE = {
      0x1100, 0x115F, 0x2E80, 0xA4CF, 0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE30, 0xFE6F, 0xFF00, 0xFF60, 0xFFE0, 0xFFE6};

  private final List<List<String>> rows = new ArrayList<>();
  private final boolean[] right;

  /** One character per column: {@code l} left, {@code r} right. */
  Table(final String alignment) {
    right = new boolean[alignment.length()];
    for (int i = 0; i < right.length; i++) {
      right[i] = 'r' == alignment.charAt(i);
    }
  }

  Table row(final Object... cells) {
    if (cells.length != right.length) {
      throw new IllegalArgumentException("cells " + cells.length + ", columns " + right.length);
    }
    final List<String> row = new ArrayList<>(cells.length);
    for (final Object cell : cells) {
      row.add(String.valueOf(cell));
    }
    rows.add(row);
    return this;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  List<String> lines() {
    final int[] widths = new int[right.length];
    for (final List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], width(row.get(i)));
      }
    }
    final List<String> lines = new ArrayList<>(rows.size());
    for (final List<String> row : rows) {
      final StringBuilder line = new StringBuilder(" ");
      for (int i = 0; i < widths.length; i++) {
        final String pad = " ".repeat(widths[i] - width(row.get(i)));
        line.append(right[i] ? pad + row.get(i) : row.get(i) + pad).append(" ".repeat(GAP));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  static int width(final String text) {
    int width = 0;
    for (int i = 0; i < text.length(); i++) {
      width += isWide(text.charAt(i)) ? 2 : 1;
    }
    return width;
  }

  private static boolean isWide(final char c) {
    for (int i = 0; i < WIDE.length; i += 2) {
      if (c >= WIDE[i] && c <= WIDE[i + 1]) {
        return true;
      }
    }
    return false;
  }
}
