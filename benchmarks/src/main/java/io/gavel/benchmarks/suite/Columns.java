package io.gavel.benchmarks.suite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of text in columns: the first to the left, the others to the right, the last as it comes. */
final class Columns {

  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  Columns row(final String... cells) {
    rows.add(Arrays.asList(cells));
    return this;
  }

  Columns row(final List<String> cells) {
    rows.add(List.copyOf(cells));
    return this;
  }

  List<String> lines() {
    final int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    final int[] widths = new int[columns];
    for (final List<String> row : rows) {
      // A cell that has no other behind it may run on.
      for (int i = 0; i < row.size() - 1 || i < Math.min(row.size(), columns - 1); i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(final List<String> row, final int[] widths) {
    final StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      final String pad = " ".repeat(Math.max(0, widths[i] - row.get(i).length()));
      line.append(GAP).append(0 == i || i == widths.length - 1 ? row.get(i) + pad : pad + row.get(i));
    }
    return line.toString().stripTrailing();
  }
}
