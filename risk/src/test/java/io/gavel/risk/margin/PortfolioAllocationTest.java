package io.gavel.risk.margin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.gavel.risk.option.PortfolioParameters;
import io.gavel.risk.option.ScenarioGrid;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/**
 * Goal: after its construction an evaluation makes no garbage, whatever moved. Method: the thread's own counter around
 * many rounds of mark, time, volatility, account and evaluation; one of several windows has to be clean, because the
 * virtual machine charges the thread for a recompilation now and then.
 */
class PortfolioAllocationTest {

  private static final int ROUNDS = 2_000;
  private static final int WINDOWS = 5;

  private final ScenarioGrid grid = new ScenarioGrid(PortfolioParameters.base(), 5);
  private final Portfolio portfolio = new Portfolio(100, 4);
  private PortfolioMargin margin = new PortfolioMargin(grid);
  private double sum;

  @Test
  void shouldAllocateNothingAfterConstruction() {
    for (int e = 0; e < 5; e++) {
      grid.addExpiry();
      for (int k = 0; k < 20; k++) {
        grid.addStrike(e, 40_000 + 2_000 * k, 0.5);
      }
    }
    margin = new PortfolioMargin(grid);
    final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    final long thread = Thread.currentThread().getId();
    for (int i = 0; i < ROUNDS; i++) {
      round(i);
    }

    long least = Long.MAX_VALUE;
    for (int window = 0; window < WINDOWS; window++) {
      final long before = threads.getThreadAllocatedBytes(thread);
      for (int i = 0; i < ROUNDS; i++) {
        round(i);
      }
      least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
    }

    assertEquals(0, least, "bytes in " + ROUNDS + " rounds");
    assertTrue(Double.isFinite(sum));
  }

  private void round(final int i) {
    for (int e = 0; e < 5; e++) {
      grid.market(e, 86_400L * (1 + 20 * e) - i / 16, 60_000 + i % 1_000, 0.05, 1);
    }
    grid.volatility(i % 5, i % 20, 0.4 + i % 10 * 0.01);
    portfolio.clear();
    portfolio.cash(1_000_000);
    portfolio.spot(60_000 + i % 1_000, 1);
    portfolio.perpetual(-3, 60_010, 0.4, 17);
    portfolio.collateral(2, 60_000, 1, true, 0.05, 0.1);
    for (int leg = 0; leg < 100; leg++) {
      portfolio.leg(grid, leg % 5, leg / 5, (leg & 8) == 0, (leg + i) % 21 - 10);
    }
    margin.evaluate(portfolio);
    sum += margin.initialMargin() + margin.lossBoundPerMarkUnit(portfolio, 60_000) + margin.maintenanceUnits(100);
  }
}
