package io.gavel.risk.liquidation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.gavel.codecs.sbe.Side;
import io.gavel.risk.collateral.HaircutTable;
import io.gavel.risk.collateral.Haircuts;
import io.gavel.risk.margin.MarginCurve;
import io.gavel.risk.margin.MarginSchedule;
import io.gavel.risk.margin.MarginTable;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Goal: requirements, credits, prices, sizes and rankings make no garbage. Method: the thread's own counter. */
class FormulaAllocationTest {

  private static final int ROUNDS = 20_000;
  private static final int WINDOWS = 5;
  private static final int HOLDERS = 50;

  private final MarginSchedule[] schedules = schedules();
  private final Haircuts haircuts = haircuts();
  private final LiquidationPrice price = new LiquidationPrice();
  private final DeleverageRanking ranking = new DeleverageRanking(HOLDERS);
  private long sum;

  @Test
  void shouldAllocateNothing() {
    final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    final long thread = Thread.currentThread().getId();
    rounds();
    long least = Long.MAX_VALUE;
    for (int window = 0; window < WINDOWS; window++) {
      final long before = threads.getThreadAllocatedBytes(thread);
      rounds();
      least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
    }

    assertEquals(0, least, "bytes in " + ROUNDS + " rounds");
    assertTrue(sum != 0);
  }

  private void rounds() {
    for (int i = 1; i <= ROUNDS; i++) {
      for (final MarginSchedule schedule : schedules) {
        sum += schedule.initialUnits(i * 1_000L, i, i * 7L, 500) + schedule.maintenanceUnits(i * 1_000L, i);
      }
      sum += haircuts.creditUnits(i * 1_000L, i, i * 3L) + haircuts.debtUnits(i * 1_000L, i);
      price.clear(i, 0, 0);
      price.leg(i, i * 100L, 1_000_000, 0);
      sum += price.priceUnits();
      sum += LiquidationPlan.lotsToRestore(schedules[0], i, i * 1_000L, i, 0, 100_000);
      sum += LiquidationPlan.limitTicks(Side.SELL, i, 1, 500);
      if (0 == i % HOLDERS) {
        deleverage(i);
      }
    }
  }

  private void deleverage(final int round) {
    ranking.clear();
    for (int i = 1; i <= HOLDERS; i++) {
      ranking.add(i, i, i * 13L, DeleverageRanking.scoreE8(i, round, round, i));
    }
    sum += ranking.spread(round, DeleverageRanking.Policy.PRO_RATA);
    sum += ranking.spread(round, DeleverageRanking.Policy.GREEDY);
  }

  private static MarginSchedule[] schedules() {
    final MarginSchedule[] schedules = new MarginSchedule[MarginCurve.values().length];
    final MarginTable table = new MarginTable();
    for (final MarginCurve curve : MarginCurve.values()) {
      table.clear(curve);
      table.tier(0, 2_000_000, 1_000_000);
      switch (curve) {
        case STEP -> table.tier(50_000, 5_000_000, 2_500_000);
        case OPEN_INTEREST -> table.openInterest(1_000, 100_000);
        default -> table.slope(10, 500, 500);
      }
      schedules[curve.code()] = table.schedule();
    }
    return schedules;
  }

  private static Haircuts haircuts() {
    final HaircutTable table = new HaircutTable();
    table.clear(100);
    table.tier(0, 95_000_000);
    table.tier(1_000_000, 80_000_000);
    table.factor(1_000);
    table.concentrationStart(10_000);
    return table.haircuts();
  }
}
