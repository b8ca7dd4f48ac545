package io.gavel.adapters.backtest.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Columns of text for a terminal. Chinese characters take two places; the last column is never padded. */
final class TextTable {
  private static final String GAP = "   ";

  private static final char[][] WIDE = {
      {'\u1100', '\u115F'}, {'\u2E80', '\uA4CF'}, {'\uAC00', '\uD7A3'}, {'\uF900', '\uFAFF'},
      {'\uFE30', '\uFE4F'}, {'\uFF00', '\uFF60'}, {'\uFFE0', '\uFFE6'}};

  private final boolean[] right;
  private final List<String[]> rows = new ArrayList<>();

  /** One character a column: {@code l} stands left, {@code r} right. */
  TextTable(final String columns) {
    this.right = new boolean[columns.length()];
    for (int i = 0; i < right.length; i++) {
      right[i] = columns.charAt(i) == 'r';
    }
  }

  void row(final String... cells) {
    rows.add(Arrays.copyOf(cells, right.length));
  }

  /** The rows, each a line. */
  List<String> lines() {
    final int[] widths = new int[right.length];
    for (final String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], width(row[i]));
      }
    }
    final List<String> lines = new ArrayList<>();
    for (final String[] row : rows) {
      final StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.length; i++) {
        final String blank = " ".repeat(widths[i] - width(row[i]));
        line.append(i == 0 ? "" : GAP).append(right[i] ? blank + row[i] : row[i] + blank);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  /** Places a text takes on a terminal. */
  static int width(final String text) {
    int width = 0;
    for (int i = 0; i < text.length(); i++) {
      width += isWide(text.charAt(i)) ? 2 : 1;
    }
    return width;
  }

  private static boolean isWide(final char c) {
    boolean wide = false;
    for (final char[] range : WIDE) {
      wide |= range[0] <= c && c <= range[1];
    }
    return wide;
  }
}
