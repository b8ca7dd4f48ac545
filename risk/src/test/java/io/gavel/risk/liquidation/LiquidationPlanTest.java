package io.gavel.risk.liquidation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.Side;
import io.gavel.risk.margin.MarginCurve;
import io.gavel.risk.margin.MarginSchedule;
import io.gavel.risk.margin.MarginTable;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Goal: no lot more than is needed, none too few. Method: random positions against trying one lot after another. */
class LiquidationPlanTest {

  private final MarginTable table = new MarginTable();

  @Test
  void shouldCloseTheFewestLotsThatAreEnough() {
    final long seed = System.nanoTime();
    System.out.println("LiquidationPlanTest seed " + seed);
    final SplittableRandom random = new SplittableRandom(seed);
    final MarginSchedule schedule = schedule();
    for (int i = 0; i < 500; i++) {
      final long lots = 1 + random.nextLong(300);
      final long notional = 1 + random.nextLong(2_000_000);
      final long elsewhere = random.nextLong(5_000);
      final long equity = random.nextLong(-1_000, 60_000);
      final long cost = random.nextLong(500_000);
      final long closed = LiquidationPlan.lotsToRestore(schedule, lots, notional, equity, elsewhere, cost);
      long expected = 0;
      while (expected < lots && !isEnough(schedule, lots, notional, equity - elsewhere, cost, expected)) {
        expected++;
      }
      assertEquals(expected, closed, "seed " + seed + ", round " + i);
    }
  }

  private static boolean isEnough(final MarginSchedule schedule, final long lots, final long notional,
      final long equity, final long costE8, final long closed) {
    final long rest = -Math.floorDiv(-notional * (lots - closed), lots);
    return equity >= schedule.maintenanceUnits(rest, lots - closed) + -Math.floorDiv(-(notional - rest) * costE8,
        100_000_000L);
  }

  @Test
  void shouldReachTheTierBelowAndNotMore() {
    final MarginSchedule schedule = schedule();

    assertEquals(1_000, LiquidationPlan.lotsToLowerTier(schedule, 1_000, 50_000));
    assertEquals(500, LiquidationPlan.lotsToLowerTier(schedule, 1_000, 100_000));
    assertEquals(1, LiquidationPlan.lotsToLowerTier(schedule, 1_000, 50_001));
    assertEquals(750, LiquidationPlan.lotsToLowerTier(schedule, 1_000, 1_000_000));
  }

  @Test
  void shouldNotTakeMoreThanItsShareOfPositionAndBook() {
    assertEquals(100, LiquidationPlan.orderLots(1_000, 100, 0, 10_000, 10_000));
    assertEquals(50, LiquidationPlan.orderLots(1_000, 100, 500, 10_000, 10_000));
    assertEquals(25, LiquidationPlan.orderLots(1_000, 100, 500, 50, 5_000));
    assertEquals(1, LiquidationPlan.orderLots(3, 3, 1, 100, 10_000));
    assertEquals(0, LiquidationPlan.orderLots(1_000, 1_000, 0, 1, 5_000));
    assertEquals(1_000, LiquidationPlan.orderLots(1_000, Long.MAX_VALUE, 0, Long.MAX_VALUE, Integer.MAX_VALUE));
  }

  @Test
  void shouldKeepTheLimitWithinTheCollar() {
    assertEquals(95, LiquidationPlan.limitTicks(Side.SELL, 10_000, 100, 500));
    assertEquals(105, LiquidationPlan.limitTicks(Side.BUY, 10_000, 100, 500));
    assertEquals(96, LiquidationPlan.limitTicks(Side.SELL, 10_001, 100, 500));
    assertEquals(105, LiquidationPlan.limitTicks(Side.BUY, 10_050, 100, 500));
    assertEquals(1, LiquidationPlan.limitTicks(Side.SELL, 10_000, 100, 20_000));
    assertEquals(Integer.MAX_VALUE, LiquidationPlan.limitTicks(Side.BUY, Long.MAX_VALUE, 1, 10_000));
  }

  @Test
  void shouldSurviveTheLargestPosition() {
    final MarginSchedule schedule = schedule();

    final long closed = LiquidationPlan.lotsToRestore(
        schedule, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE / 40, Long.MAX_VALUE, 0);
    assertEquals(Long.MAX_VALUE, closed);
    assertTrue(LiquidationPlan.lotsToRestore(
        schedule, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE / 40, 0, 0) < Long.MAX_VALUE);
  }

  private MarginSchedule schedule() {
    table.clear(MarginCurve.STEP);
    table.tier(0, 2_000_000, 1_000_000);
    table.tier(50_000, 5_000_000, 2_500_000);
    table.tier(250_000, 10_000_000, 5_000_000);
    return table.schedule();
  }
}
