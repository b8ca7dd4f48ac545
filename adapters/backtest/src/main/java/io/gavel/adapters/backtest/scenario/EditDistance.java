package io.gavel.adapters.backtest.scenario;

import java.util.Collection;
import java.util.Locale;

/** Finds the word somebody most likely meant. */
final class EditDistance {

  private EditDistance() {
  }

  /** The candidate with the fewest edits from {@code word}, case not counted; the first of several. */
  static String nearest(final String word, final Collection<String> candidates) {
    String best = "";
    int bestEdits = Integer.MAX_VALUE;
    for (final String candidate : candidates) {
      final int edits = between(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (edits < bestEdits) {
        best = candidate;
        bestEdits = edits;
      }
    }
    return best;
  }

  /** Insertions, deletions, replacements and swaps of neighbours that turn one word into the other. */
  static int between(final String from, final String to) {
    final int[][] edits = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        if (0 == i || 0 == j) {
          edits[i][j] = i + j;
          continue;
        }
        final boolean same = from.charAt(i - 1) == to.charAt(j - 1);
        int least = Math.min(edits[i - 1][j - 1] + (same ? 0 : 1), Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
        if (i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1)) {
          least = Math.min(least, edits[i - 2][j - 2] + 1);
        }
        edits[i][j] = least;
      }
    }
    return edits[from.length()][to.length()];
  }
}
