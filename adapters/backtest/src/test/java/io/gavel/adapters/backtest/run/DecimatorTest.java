package io.gavel.adapters.backtest.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.adapters.backtest.result.PricePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecimatorTest {

  @Test
  void shouldKeepEveryPointWhileThereIsRoom() {
    final Decimator decimator = new Decimator();
    decimator.add(1_000_000_000L, 5);
    decimator.add(3_000_000_000L, 7);
    decimator.add(4_000_000_000L, 6);

    assertEquals(List.of(new PricePoint(1_000_000_000L, 5), new PricePoint(3_000_000_000L, 7),
        new PricePoint(4_000_000_000L, 6)), decimator.points());
    assertEquals(List.of(), new Decimator().points());
  }

  @Test
  void shouldKeepExtremesEndsAndOrderWhateverTheLength() {
    final long seed = 17;
    final Random random = new Random(seed);
    for (int round = 0; round < 60; round++) {
      final Decimator decimator = new Decimator();
      final List<PricePoint> all = new ArrayList<>();
      final int rows = 1 + random.nextInt(20_000);
      final long stepMax = 1L << random.nextInt(45);
      long timeNs = random.nextInt(1_000);
      int ticks = 100_000;
      for (int i = 0; i < rows; i++) {
        timeNs += (long) (random.nextDouble() * stepMax);
        ticks = Math.max(1, ticks + random.nextInt(2_001) - 1_000);
        all.add(new PricePoint(timeNs, ticks));
        decimator.add(timeNs, ticks);
      }
      final List<PricePoint> points = decimator.points();
      final String where = "seed " + seed + " round " + round;

      assertTrue(points.size() <= 4_098, where + ": " + points.size());
      assertTrue(all.containsAll(points), where);
      assertEquals(all.get(0), points.get(0), where);
      assertEquals(all.get(rows - 1), points.get(points.size() - 1), where);
      assertEquals(all.stream().mapToInt(PricePoint::priceTicks).max(),
          points.stream().mapToInt(PricePoint::priceTicks).max(), where);
      assertEquals(all.stream().mapToInt(PricePoint::priceTicks).min(),
          points.stream().mapToInt(PricePoint::priceTicks).min(), where);
      for (int i = 1; i < points.size(); i++) {
        assertTrue(points.get(i - 1).timeNs() <= points.get(i).timeNs(), where);
      }
    }
  }
}
