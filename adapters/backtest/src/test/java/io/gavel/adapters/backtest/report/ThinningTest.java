package io.gavel.adapters.backtest.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ThinningTest {
  private static final long SEED = 20131125;

  private record Point(int time, long value) {
  }

  @Test
  void shouldKeepOrderEndsAndExtremesWhenThinned() {
    final Random random = new Random(SEED);
    for (int round = 0; round < 200; round++) {
      final int size = 1 + random.nextInt(2_000);
      final int most = 4 + random.nextInt(300);
      final List<Point> series = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        series.add(new Point(i, random.nextInt(100)));
      }

      final List<Point> thin = Thinning.extremes(series, most, Point::value);

      final String place = "seed=" + SEED + ", round=" + round;
      assertTrue(thin.size() <= Math.max(most, 4), place);
      assertEquals(series.get(0), thin.get(0), place);
      assertEquals(series.get(size - 1), thin.get(thin.size() - 1), place);
      assertEquals(Collections.min(values(series)), Collections.min(values(thin)), place);
      assertEquals(Collections.max(values(series)), Collections.max(values(thin)), place);
      for (int i = 1; i < thin.size(); i++) {
        assertTrue(thin.get(i - 1).time() < thin.get(i).time(), place);
      }
    }
  }

  @Test
  void shouldLeaveAShortSeriesAlone() {
    final List<Point> series = List.of(new Point(0, 3), new Point(1, 1));

    assertSame(series, Thinning.extremes(series, 4, Point::value));
  }

  private static List<Long> values(final List<Point> points) {
    return points.stream().map(Point::value).toList();
  }
}
