package io.gavel.engine.replay;

import java.util.ArrayList;
import java.util.List;

/**
 * A price over time in bounded room: of each stretch of rows its first, lowest, highest and last; when there is no room
 * left, stretches become twice as long. No extreme is ever lost. One thread.
 */
final class PriceThread {

  private static final int POINTS_MAX = 8_192;
  private static final int KEPT_OF_STRETCH = 4;

  private List<RunFacts.Point> points = new ArrayList<>();
  private final List<RunFacts.Point> stretch = new ArrayList<>();
  private int stretchMax = KEPT_OF_STRETCH;

  void add(final long timeNs, final int instrumentId, final int ticks) {
    stretch.add(new RunFacts.Point(timeNs, instrumentId, ticks, ""));
    if (stretch.size() >= stretchMax) {
      keep(stretch, points);
      stretch.clear();
    }
    if (points.size() >= POINTS_MAX) {
      final List<RunFacts.Point> fewer = new ArrayList<>();
      for (int from = 0; from < points.size(); from += 2 * KEPT_OF_STRETCH) {
        keep(points.subList(from, Math.min(points.size(), from + 2 * KEPT_OF_STRETCH)), fewer);
      }
      points = fewer;
      stretchMax *= 2;
    }
  }

  List<RunFacts.Point> points() {
    final List<RunFacts.Point> all = new ArrayList<>(points);
    keep(stretch, all);
    return all;
  }

  private static void keep(final List<RunFacts.Point> from, final List<RunFacts.Point> to) {
    if (from.isEmpty()) {
      return;
    }
    int low = 0;
    int high = 0;
    for (int i = 1; i < from.size(); i++) {
      low = from.get(i).value() < from.get(low).value() ? i : low;
      high = from.get(i).value() > from.get(high).value() ? i : high;
    }
    final int last = from.size() - 1;
    for (int i = 0; i <= last; i++) {
      if (0 == i || last == i || low == i || high == i) {
        to.add(from.get(i));
      }
    }
  }
}
