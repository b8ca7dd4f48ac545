package io.gavel.risk.margin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.risk.option.InputFault;
import io.gavel.risk.option.PortfolioParameter;
import io.gavel.risk.option.PortfolioParameters;
import io.gavel.risk.option.ScenarioGrid;
import io.gavel.risk.option.VolatilityShift;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Goal: the shared grid and the sums over it give what valuing each option by itself gives, to the last bit, whatever
 * came before. Method: random portfolios, parameters and marks; the naive model beside it after every move.
 */
class PortfolioMarginTest {

  private static final long SEED = 40;
  private static final int EXPIRIES = 4;
  private static final int STRIKES = 7;
  private static final long[] SECONDS = {-5, 0, 1, 900, 1_799, 1_800, 86_400, 2_592_000, 2_592_001, 20_000_000};

  private final Portfolio portfolio = new Portfolio(64, 8);

  /** One market, its grid and the naive model beside it. */
  private static final class World {

    final Random random;
    final ScenarioGrid grid;
    final PortfolioMargin margin;
    final NaivePortfolioMargin naive;
    double mark = 2_000;

    World(final long seed, final PortfolioParameters parameters) {
      random = new Random(seed);
      grid = new ScenarioGrid(parameters, EXPIRIES);
      naive = new NaivePortfolioMargin(parameters);
      for (int e = 0; e < EXPIRIES; e++) {
        grid.addExpiry();
        naive.expiries.add(new NaivePortfolioMargin.Expiry(0, 0, 0, 1));
        for (int k = 0; k < STRIKES; k++) {
          grid.addStrike(e, 1_000 + 300 * (k / 2 * 2), 0.5);
        }
      }
      margin = new PortfolioMargin(grid);
    }

    void move(final int expiry) {
      final long seconds = random.nextBoolean() ? SECONDS[random.nextInt(SECONDS.length)] : random.nextInt(30_000_000);
      final double forward = 0 == random.nextInt(30) ? 0 : mark * (0.9 + 0.3 * random.nextDouble());
      final double rate = random.nextGaussian() * 0.3;
      final double confidence = random.nextBoolean() ? 1 : random.nextDouble();
      assertEquals(InputFault.NONE, grid.market(expiry, seconds, forward, rate, confidence));
      naive.expiries.set(expiry, new NaivePortfolioMargin.Expiry(seconds, forward, rate, confidence));
    }

    void markVolatility(final int expiry, final int row) {
      final double volatility = 0 == random.nextInt(20) ? 0 : random.nextDouble() * (0 == random.nextInt(20) ? 500 : 1);
      assertEquals(InputFault.NONE, grid.volatility(expiry, row, volatility));
    }

    void draw(final Portfolio into) {
      into.clear();
      naive.legs.clear();
      naive.collaterals.clear();
      final int legs = random.nextInt(20);
      for (int i = 0; i < legs; i++) {
        final int e = random.nextInt(EXPIRIES);
        final int row = random.nextInt(STRIKES);
        final boolean isCall = random.nextBoolean();
        final double amount = random.nextInt(41) - 20;
        assertEquals(InputFault.NONE, into.leg(grid, e, row, isCall, amount));
        naive.legs.add(new NaivePortfolioMargin.Leg(e, grid.strike(e, row), grid.volatility(e, row), isCall, amount));
      }
      for (int i = random.nextInt(4); i > 0; i--) {
        final var c = new NaivePortfolioMargin.Collateral(random.nextDouble() * 10, random.nextDouble() * 3_000,
            random.nextDouble(), random.nextBoolean(), random.nextDouble(), random.nextDouble());
        into.collateral(c.amount(), c.price(), c.confidence(), c.cancelling(), c.initialHaircut(),
            c.maintenanceHaircut());
        naive.collaterals.add(c);
      }
      naive.cash = random.nextGaussian() * 10_000;
      naive.spot = mark;
      naive.spotConfidence = random.nextBoolean() ? 1 : random.nextDouble();
      naive.stable = random.nextBoolean() ? 1.0002 : 0.5 + random.nextDouble();
      naive.perpetualSize = random.nextBoolean() ? 0 : random.nextGaussian() * 10;
      naive.perpetualPrice = mark * 1.01;
      naive.perpetualConfidence = random.nextDouble();
      naive.perpetualProfit = random.nextGaussian() * 100;
      naive.futureSize = random.nextBoolean() ? 0 : random.nextGaussian() * 10;
      naive.futurePrice = mark * 1.02;
      into.cash(naive.cash);
      into.spot(naive.spot, naive.spotConfidence);
      into.stable(naive.stable);
      into.perpetual(naive.perpetualSize, naive.perpetualPrice, naive.perpetualConfidence, naive.perpetualProfit);
      into.future(naive.futureSize, naive.futurePrice);
    }

    void compare(final Portfolio account, final String where) {
      margin.evaluate(account);
      naive.evaluate();
      assertEquals(naive.marked, margin.markToMarket(), where);
      assertEquals(naive.maintenance, margin.maintenanceMargin(), where);
      assertEquals(naive.initial, margin.initialMargin(), where);
    }
  }

  @Test
  void shouldEqualTheNaiveModelToTheLastBitAfterEveryMove() {
    for (int run = 0; run < 12; run++) {
      final World world = new World(SEED + run, 0 == run ? PortfolioParameters.base() : drawn(new Random(SEED + run)));
      for (int e = 0; e < EXPIRIES; e++) {
        world.move(e);
      }
      for (int step = 0; step < 60; step++) {
        if (step % 3 != 0) {
          world.move(world.random.nextInt(EXPIRIES));
        }
        if (world.random.nextBoolean()) {
          world.markVolatility(world.random.nextInt(EXPIRIES), world.random.nextInt(STRIKES));
        }
        world.draw(portfolio);
        world.compare(portfolio, "seed " + (SEED + run) + ", step " + step);
      }
    }
  }

  private static PortfolioParameters drawn(final Random random) {
    final PortfolioParameters.Builder builder = PortfolioParameters.builder();
    for (final PortfolioParameter parameter : PortfolioParameter.values()) {
      final double value = parameter.base() * random.nextDouble() * 4;
      if (random.nextBoolean() && parameter.permits(value)) {
        builder.set(parameter, value);
      }
    }
    if (random.nextBoolean()) {
      builder.clearScenarios();
      for (int i = 1 + random.nextInt(40); i > 0; i--) {
        builder.scenario(random.nextInt(30) * 0.1,
            VolatilityShift.values()[random.nextInt(VolatilityShift.values().length)], random.nextInt(5) * 0.5);
      }
    }
    return builder.build();
  }

  @Test
  void shouldNotDependOnTheWayToAMark() {
    final World there = new World(SEED, PortfolioParameters.base());
    final World andBack = new World(SEED, PortfolioParameters.base());
    for (int e = 0; e < EXPIRIES; e++) {
      there.move(e);
      andBack.move(e);
    }
    there.draw(portfolio);
    there.margin.evaluate(portfolio);
    andBack.draw(portfolio);
    andBack.margin.evaluate(portfolio);
    for (int e = 0; e < EXPIRIES; e++) {
      andBack.grid.market(e, 77_777, 1_234.5, 0.01, 1);
      andBack.grid.volatility(e, 1, 0.77);
    }
    andBack.margin.evaluate(portfolio);
    for (int e = 0; e < EXPIRIES; e++) {
      final NaivePortfolioMargin.Expiry was = there.naive.expiries.get(e);
      andBack.grid.market(e, was.seconds(), was.forward(), was.rate(), was.confidence());
      andBack.grid.volatility(e, 1, 0.5);
    }
    andBack.margin.evaluate(portfolio);

    assertEquals(there.margin.maintenanceMargin(), andBack.margin.maintenanceMargin());
    assertEquals(there.margin.initialMargin(), andBack.margin.initialMargin());
  }

  @Test
  void shouldHaveItsCashWhenThereIsNothingElse() {
    final World world = new World(SEED, PortfolioParameters.base());
    portfolio.clear();
    world.margin.evaluate(portfolio);
    assertEquals(0, world.margin.initialMargin());

    portfolio.cash(-12.5);
    portfolio.stable(0.5);
    world.margin.evaluate(portfolio);

    assertEquals(-12.5, world.margin.initialMargin());
    assertEquals(-12.5, world.margin.maintenanceMargin());
    assertEquals(-12.5, world.margin.markToMarket());
    assertEquals(0, world.margin.worstResult());
    assertEquals(PortfolioMargin.BASIS, world.margin.worstScenario());
    assertEquals(-13, world.margin.equityUnits(1));
    assertEquals(0, world.margin.initialUnits(1));
    assertEquals(0, world.margin.maintenanceUnits(1));
  }

  @Test
  void shouldRoundRequirementsUpAndEquityDown() {
    final World world = new World(SEED, PortfolioParameters.base());
    portfolio.clear();
    portfolio.cash(100.009);
    portfolio.spot(3_000, 1);
    portfolio.perpetual(0.001, 3_000, 1, 0);
    world.margin.evaluate(portfolio);

    assertEquals(10_000, world.margin.equityUnits(100));
    assertEquals(48, world.margin.maintenanceUnits(100), "0.001 x 3000 x (0.18 x 0.8 + 0.015) = 0.477");
    assertEquals(60, world.margin.initialUnits(100), "0.001 x 3000 x (0.18 + 0.02) = 0.6");
  }

  /** The claim of {@link PortfolioMargin#lossBoundPerMarkUnit}: no move loses more than its length times the bound. */
  @Test
  void shouldNeverLoseMoreThanTheBoundOnTheWayToAnotherMark() {
    for (int run = 0; run < 30; run++) {
      final World world = new World(SEED + run, 0 == run % 2 ? PortfolioParameters.base() : drawn(new Random(run)));
      for (int e = 0; e < EXPIRIES; e++) {
        world.move(e);
      }
      world.draw(portfolio);
      world.margin.evaluate(portfolio);
      final double before = world.margin.maintenanceMargin();
      final double bound = world.margin.lossBoundPerMarkUnit(portfolio, world.mark);
      for (int step = 0; step < 40; step++) {
        final double share = world.random.nextDouble();
        final double ratio = 0 == step % 2 ? 0.7 + 0.6 * share : 0.1 + 3 * share;
        follow(world, ratio);
        world.margin.evaluate(portfolio);
        final double least = before - bound * Math.abs(ratio - 1) * world.mark;
        assertTrue(world.margin.maintenanceMargin() >= least - 1e-9 * Math.abs(least),
            "seed " + (SEED + run) + ", ratio " + ratio + ": " + world.margin.maintenanceMargin() + " < " + least);
      }
    }
  }

  /** All prices in proportion. */
  private void follow(final World world, final double ratio) {
    final NaivePortfolioMargin at = world.naive;
    for (int e = 0; e < EXPIRIES; e++) {
      final NaivePortfolioMargin.Expiry was = at.expiries.get(e);
      world.grid.market(e, was.seconds(), was.forward() * ratio, was.rate(), was.confidence());
    }
    portfolio.clear();
    portfolio.cash(at.cash);
    portfolio.stable(at.stable);
    portfolio.spot(at.spot * ratio, at.spotConfidence);
    portfolio.perpetual(at.perpetualSize, at.perpetualPrice * ratio, at.perpetualConfidence,
        at.perpetualProfit + (at.perpetualSize * at.perpetualPrice + at.futureSize * at.futurePrice) * (ratio - 1));
    portfolio.future(at.futureSize, at.futurePrice * ratio);
    at.collaterals.forEach(c -> portfolio.collateral(c.amount(), c.price() * ratio, c.confidence(), c.cancelling(),
        c.initialHaircut(), c.maintenanceHaircut()));
    for (final NaivePortfolioMargin.Leg leg : at.legs) {
      for (int row = 0; row < STRIKES; row++) {
        if (world.grid.strike(leg.expiry(), row) == leg.strike()) {
          portfolio.leg(world.grid, leg.expiry(), row, leg.isCall(), leg.amount());
          break;
        }
      }
    }
  }
}
