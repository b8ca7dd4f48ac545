package io.gavel.benchmarks.micro;

import io.gavel.risk.margin.Portfolio;
import io.gavel.risk.margin.PortfolioMargin;
import io.gavel.risk.option.PortfolioParameters;
import io.gavel.risk.option.ScenarioGrid;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Portfolio margin of one account with 100 option legs over five expiries, a perpetual and collateral, under the 31
 * published scenarios. Nothing is left out of a time: what moved is valued anew, every strike under every scenario.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PortfolioMarginBenchmark {

  private static final int LEGS = 100;
  private static final long[] DAYS = {2, 9, 30, 90, 300};

  /** Strikes in all: with 50 each has a call and a put, with 100 each leg has one of its own. */
  @Param({"50", "100"})
  public int strikes;

  private ScenarioGrid grid = new ScenarioGrid(PortfolioParameters.base(), DAYS.length);
  private PortfolioMargin margin = new PortfolioMargin(grid);
  private final Portfolio portfolio = new Portfolio(LEGS, 2);
  private int step;

  /** Opens the account. */
  @Setup
  public void open() {
    final Random random = new Random(42);
    grid = new ScenarioGrid(PortfolioParameters.base(), DAYS.length);
    portfolio.clear();
    for (int e = 0; e < DAYS.length; e++) {
      grid.addExpiry();
      for (int k = 0; k < strikes / DAYS.length; k++) {
        final int row = grid.addStrike(e, 40_000 + 40_000.0 * k * DAYS.length / strikes, 0.4 + 0.01 * k);
        for (int leg = 0; leg < LEGS / strikes; leg++) {
          portfolio.leg(grid, e, row, (k + leg) % 2 == 0, 1 + random.nextInt(20) * (random.nextBoolean() ? 1 : -1));
        }
      }
    }
    portfolio.cash(1_000_000);
    portfolio.stable(1);
    portfolio.perpetual(-2, 60_000, 1, 17);
    portfolio.collateral(1, 60_000, 1, true, 0.05, 0.1);
    margin = new PortfolioMargin(grid);
    mark(0);
  }

  private void mark(final long secondsGone) {
    final double forward = 60_000 + (step++ & 1_023);
    for (int e = 0; e < DAYS.length; e++) {
      grid.market(e, DAYS[e] * 86_400 - secondsGone, forward + 10 * e, 0.05, 1);
    }
    portfolio.spot(forward, 1);
  }

  /** Spot and every forward move. */
  @Benchmark
  public double markMoves() {
    mark(0);
    margin.evaluate(portfolio);
    return margin.maintenanceMargin();
  }

  /** Spot and every forward move, and a second has passed: all total volatilities and discounts too are new. */
  @Benchmark
  public double markAndTimeMove() {
    mark(step & 1_023);
    margin.evaluate(portfolio);
    return margin.maintenanceMargin();
  }

  /** The forward of one expiry moves: the grid of that one is valued anew. */
  @Benchmark
  public double oneForwardMoves() {
    grid.market(2, DAYS[2] * 86_400, 60_000 + (step++ & 1_023), 0.05, 1);
    margin.evaluate(portfolio);
    return margin.maintenanceMargin();
  }

  /** Another account on a grid that is up to date: the sums of products alone. */
  @Benchmark
  public double accountOnly() {
    margin.evaluate(portfolio);
    return margin.maintenanceMargin();
  }
}
