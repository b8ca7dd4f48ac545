package io.gavel.risk.margin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.risk.option.InputFault;
import io.gavel.risk.option.Inputs;
import io.gavel.risk.option.MoneyEdge;
import io.gavel.risk.option.PortfolioParameter;
import io.gavel.risk.option.PortfolioParameters;
import io.gavel.risk.option.ScenarioGrid;
import io.gavel.risk.option.VolatilityShift;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Goal: hostile numbers are refused by name and change nothing; what is not refused never becomes a NaN. */
class PortfolioInputTest {

  private static final double[] HOSTILE =
      {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -1, -Double.MIN_VALUE, 1e300};

  private final ScenarioGrid grid = new ScenarioGrid(PortfolioParameters.base(), 2);
  private final Portfolio portfolio = new Portfolio(3, 1);

  @BeforeEach
  void open() {
    grid.addExpiry();
    grid.addStrike(0, 1_000, 0.5);
    assertEquals(InputFault.NONE, grid.market(0, 86_400, 1_000, 0.05, 1));
    portfolio.cash(100);
    portfolio.spot(1_000, 1);
    portfolio.perpetual(-1, 1_000, 1, 5);
    portfolio.collateral(1, 1_000, 1, true, 0.1, 0.2);
    portfolio.leg(grid, 0, 0, true, -1);
  }

  @Test
  void shouldRefuseHostileNumbersByNameAndChangeNothing() {
    final double before = maintenance();
    for (final double bad : HOSTILE) {
      assertEquals(InputFault.PRICE, grid.market(0, 1, bad, 0.05, 1));
      assertEquals(InputFault.CONFIDENCE, grid.market(0, 1, 1, 0.05, bad));
      assertEquals(InputFault.VOLATILITY, grid.volatility(0, 0, bad));
      assertEquals(InputFault.PRICE, grid.checkStrike(0, bad, 0.5));
      assertEquals(InputFault.VOLATILITY, grid.checkStrike(0, 100, bad));
      assertThrows(IllegalArgumentException.class, () -> grid.addStrike(0, bad, 0.5));
      assertEquals(InputFault.PRICE, portfolio.spot(bad, 1));
      assertEquals(InputFault.CONFIDENCE, portfolio.spot(1, bad));
      assertEquals(InputFault.PRICE, portfolio.stable(bad));
      assertEquals(InputFault.PRICE, portfolio.perpetual(1, bad, 1, 0));
      assertEquals(InputFault.CONFIDENCE, portfolio.perpetual(1, 1, bad, 0));
    }
    for (final double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e300}) {
      assertEquals(InputFault.RATE, grid.market(0, 1, 1, bad, 1));
      assertEquals(InputFault.AMOUNT, portfolio.cash(bad));
      assertEquals(InputFault.AMOUNT, portfolio.perpetual(bad, 1, 1, 0));
      assertEquals(InputFault.AMOUNT, portfolio.perpetual(1, 1, 1, bad));
      assertEquals(InputFault.AMOUNT, portfolio.leg(grid, 0, 0, true, bad));
    }
    assertEquals(InputFault.PRICE, portfolio.stable(0));
    assertEquals(InputFault.PRICE, grid.checkStrike(0, 0, 0.5));
    assertEquals(InputFault.EXPIRY, grid.market(0, Long.MAX_VALUE, 1, 0.05, 1));
    assertEquals(before, maintenance());
  }

  @Test
  void shouldRefuseWhatItDoesNotKnowOrHasNoRoomFor() {
    final double before = maintenance();
    assertEquals(InputFault.UNKNOWN, grid.market(1, 1, 1, 0, 1));
    assertEquals(InputFault.UNKNOWN, grid.market(-1, 1, 1, 0, 1));
    assertEquals(InputFault.UNKNOWN, grid.volatility(0, 1, 0.5));
    assertEquals(InputFault.UNKNOWN, grid.checkStrike(1, 100, 0.5));
    assertEquals(InputFault.UNKNOWN, portfolio.leg(grid, 1, 0, true, 1));
    assertEquals(InputFault.UNKNOWN, portfolio.leg(grid, 0, 1, true, 1));
    assertEquals(InputFault.CAPACITY, portfolio.collateral(1, 1, 1, true, 0, 0));
    assertEquals(before, maintenance());

    portfolio.leg(grid, 0, 0, true, 1);
    portfolio.leg(grid, 0, 0, true, 1);
    assertEquals(InputFault.CAPACITY, portfolio.leg(grid, 0, 0, true, 1));
  }

  @Test
  void shouldRefuseCollateralThatIsADebtOrAHaircutThatIsNone() {
    final Portfolio other = new Portfolio(0, 9);
    for (final double bad : HOSTILE) {
      assertEquals(InputFault.AMOUNT, other.collateral(bad, 1, 1, true, 0, 0));
      assertEquals(InputFault.PRICE, other.collateral(1, bad, 1, true, 0, 0));
      assertEquals(InputFault.CONFIDENCE, other.collateral(1, 1, bad, true, 0, 0));
      assertEquals(InputFault.CONFIDENCE, other.collateral(1, 1, 1, true, bad, 0));
      assertEquals(InputFault.CONFIDENCE, other.collateral(1, 1, 1, true, 0, 1.5));
    }
  }

  @Test
  void shouldRefuseParametersThatAreNone() {
    for (final PortfolioParameter parameter : PortfolioParameter.values()) {
      for (final double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e9}) {
        assertThrows(IllegalArgumentException.class, () -> PortfolioParameters.builder().set(parameter, bad));
      }
    }
    for (final double bad : HOSTILE) {
      assertThrows(IllegalArgumentException.class,
          () -> PortfolioParameters.builder().scenario(bad, VolatilityShift.UP, 1));
      assertThrows(IllegalArgumentException.class,
          () -> PortfolioParameters.builder().scenario(1, VolatilityShift.UP, bad));
    }
    assertThrows(IllegalArgumentException.class, () -> PortfolioParameters.builder().clearScenarios().build());
  }

  @Test
  void shouldStayFiniteAtTheCornersOfEverythingItTakes() {
    final Random random = new Random(9);
    final double[] prices = {0, Inputs.PRICE_MIN, 1, Inputs.PRICE_MAX};
    final double[] amounts = {-Inputs.AMOUNT_MAX, -1, 0, 1, Inputs.AMOUNT_MAX};
    final long[] times = {Long.MIN_VALUE, 0, 1, Inputs.SECONDS_MAX};
    for (int i = 0; i < 3_000; i++) {
      final PortfolioParameters.Builder builder = PortfolioParameters.builder();
      for (final PortfolioParameter parameter : PortfolioParameter.values()) {
        final double value = pick(random, -1_000, -20, -10, 0, 1e-300, 1, 50, 1_000, 36_500);
        if (random.nextBoolean() && parameter.permits(value)) {
          builder.set(parameter, value);
        }
      }
      builder.scenario(pick(random, 0, 1, 1_000), VolatilityShift.values()[i % 5], pick(random, 0, 1, 1_000));
      final ScenarioGrid corner = new ScenarioGrid(builder.build(), 1);
      corner.addExpiry();
      corner.addStrike(0, pick(random, Inputs.PRICE_MIN, 1, Inputs.PRICE_MAX), pick(random, 0, 1e-300, 1, 1e9));
      assertEquals(InputFault.NONE, corner.market(0, times[random.nextInt(4)], pick(random, prices),
          pick(random, -100, 0, 100), pick(random, 0, 1)));
      final Portfolio all = new Portfolio(2, 1);
      assertEquals(InputFault.NONE, all.cash(pick(random, amounts)));
      assertEquals(InputFault.NONE, all.spot(pick(random, prices), pick(random, 0, 1)));
      assertEquals(InputFault.NONE, all.stable(pick(random, Inputs.PRICE_MIN, 1, Inputs.PRICE_MAX)));
      assertEquals(InputFault.NONE,
          all.perpetual(pick(random, amounts), pick(random, prices), pick(random, 0, 1), pick(random, amounts)));
      assertEquals(InputFault.NONE, all.collateral(pick(random, 0, 1, Inputs.AMOUNT_MAX), pick(random, prices),
          pick(random, 0, 1), random.nextBoolean(), pick(random, 0, 1), pick(random, 0, 1)));
      assertEquals(InputFault.NONE, all.leg(corner, 0, 0, true, pick(random, amounts)));
      assertEquals(InputFault.NONE, all.leg(corner, 0, 0, false, pick(random, amounts)));
      final PortfolioMargin margin = new PortfolioMargin(corner);
      margin.evaluate(all);
      assertTrue(Double.isFinite(margin.initialMargin()) && Double.isFinite(margin.maintenanceMargin())
          && Double.isFinite(margin.markToMarket()) && Double.isFinite(margin.lossBoundPerMarkUnit(all, 1)),
          "case " + i);
      assertTrue(margin.initialUnits(1e8) >= 0 && margin.maintenanceUnits(1e8) >= 0, "case " + i);
    }
  }

  @Test
  void shouldBoundAndRoundWhereAmountsBecomeUnits() {
    assertEquals(3, MoneyEdge.required(2.1, 1));
    assertEquals(2, MoneyEdge.credited(2.9, 1));
    assertEquals(-2, MoneyEdge.required(-2.9, 1));
    assertEquals(-3, MoneyEdge.credited(-2.1, 1));
    assertEquals(MoneyEdge.UNITS_MAX, MoneyEdge.required(1e300, 1));
    assertEquals(-MoneyEdge.UNITS_MAX, MoneyEdge.credited(Double.NEGATIVE_INFINITY, 1));
    assertThrows(IllegalArgumentException.class, () -> MoneyEdge.required(Double.NaN, 1));
    assertThrows(IllegalArgumentException.class, () -> MoneyEdge.credited(Double.NaN, 1));
  }

  private static double pick(final Random random, final double... of) {
    return of[random.nextInt(of.length)];
  }

  private double maintenance() {
    final PortfolioMargin margin = new PortfolioMargin(grid);
    margin.evaluate(portfolio);
    return margin.maintenanceMargin();
  }
}
