package io.gavel.adapters.backtest.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Cuts a series to what a screen can show: time-ordered points are put into buckets of equal count and of each bucket
 * the lowest and the highest stay, in their order. The first and the last point always stay, so do the extremes of the
 * whole series.
 */
final class Thinning {
  private Thinning() {
  }

  /** The series itself when it has at most {@code pointsMax} points (at least 4). */
  static <T> List<T> extremes(final List<T> series, final int pointsMax, final ToLongFunction<? super T> value) {
    if (series.size() <= pointsMax) {
      return series;
    }
    final int buckets = (pointsMax - 2) / 2;
    final int inner = series.size() - 2;
    final List<T> kept = new ArrayList<>(pointsMax);
    kept.add(series.get(0));
    for (int bucket = 0; bucket < buckets; bucket++) {
      final int from = 1 + (int) ((long) inner * bucket / buckets);
      final int to = 1 + (int) ((long) inner * (bucket + 1) / buckets);
      addExtremes(series, from, to, value, kept);
    }
    kept.add(series.get(series.size() - 1));
    return kept;
  }

  private static <T> void addExtremes(
      final List<T> series, final int from, final int to, final ToLongFunction<? super T> value, final List<T> kept) {
    int lowest = from;
    int highest = from;
    for (int i = from + 1; i < to; i++) {
      if (value.applyAsLong(series.get(i)) < value.applyAsLong(series.get(lowest))) {
        lowest = i;
      }
      if (value.applyAsLong(series.get(i)) > value.applyAsLong(series.get(highest))) {
        highest = i;
      }
    }
    kept.add(series.get(Math.min(lowest, highest)));
    if (lowest != highest) {
      kept.add(series.get(Math.max(lowest, highest)));
    }
  }
}
