package io.gavel.risk.margin;

import io.gavel.risk.option.Inputs;
import io.gavel.risk.option.MoneyEdge;
import io.gavel.risk.option.PortfolioParameter;
import io.gavel.risk.option.PortfolioParameters;
import io.gavel.risk.option.ScenarioGrid;
import java.util.Arrays;

/**
 * Portfolio margin (F-40b): the worst loss of the whole account over moves of spot and volatility, over skews of the
 * volatility surface and over moves of the basis alone, scaled, and contingencies for what scenarios do not see.
 * {@link #evaluate} takes an account and leaves the figures in the accessors; the same inputs give the same bits,
 * whatever was evaluated before. One per thread; allocates nothing after construction.
 *
 * <p>{@code initial = factor * worst - maintenance and initial contingencies + mark value + cash}, and the maintenance
 * figure the same with its own factor and contingencies alone; an account is safe while its figure is not negative. The
 * same as equity against a requirement: {@link #equityUnits} is rounded down, the requirements up.
 *
 * <p>An empty portfolio has its cash for every figure.
 */
public final class PortfolioMargin {

  /** {@link #worstScenario} if the basis contingency is the worst. */
  public static final int BASIS = -1;

  private static final double DENSITY_MAX = 0.3989422804014327;

  private final ScenarioGrid grid;
  private final PortfolioParameters parameters;
  private final int width;
  private final double[] sums;
  private final double[] grossOfExpiry;
  private final boolean[] isHeld;

  private double markToMarket;
  private double basis;
  private double worst;
  private int worstScenario;
  private double maintenanceContingency;
  private double initialContingency;
  private double initialMargin;
  private double maintenanceMargin;

  /** An evaluation over a grid that has all its expiries, or room for them. */
  public PortfolioMargin(final ScenarioGrid grid) {
    this.grid = grid;
    parameters = grid.parameters();
    width = grid.width();
    final int expiries = grid.expiryCount() + grid.expiryRoom();
    sums = new double[expiries * width];
    grossOfExpiry = new double[expiries];
    isHeld = new boolean[expiries];
  }

  /** Evaluates an account at the grid's present marks. */
  public void evaluate(final Portfolio portfolio) {
    sumLegs(portfolio);
    markToMarket = 0;
    basis = 0;
    maintenanceContingency = 0;
    initialContingency = 0;
    chargePerpetual(portfolio);
    for (int expiry = 0; expiry < grid.expiryCount(); expiry++) {
      if (isHeld[expiry]) {
        addExpiry(portfolio, expiry);
      }
    }
    chargeNakedShorts(portfolio);
    final double cancelling = addCollateral(portfolio);
    findWorst(portfolio, cancelling);

    final double held = markToMarket + portfolio.cash();
    maintenanceMargin = worst * parameters.get(PortfolioParameter.MM_LOSS_FACTOR) - maintenanceContingency + held;
    initialMargin = worst * initialFactor(portfolio) - initialContingency - maintenanceContingency + held;
    markToMarket = held;
  }

  /** Amount times row, summed per expiry and column: the scenarios of the whole account at once. */
  private void sumLegs(final Portfolio portfolio) {
    for (int expiry = 0; expiry < grid.expiryCount(); expiry++) {
      isHeld[expiry] = false;
    }
    for (int leg = 0; leg < portfolio.legCount(); leg++) {
      final int expiry = portfolio.legExpiry(leg);
      if (!isHeld[expiry]) {
        isHeld[expiry] = true;
        grossOfExpiry[expiry] = 0;
        Arrays.fill(sums, expiry * width, (expiry + 1) * width, 0);
        grid.refresh(expiry);
      }
      final double amount = portfolio.legAmount(leg);
      grossOfExpiry[expiry] += Math.abs(amount);
      grid.nets(expiry)[grid.firstOfStrike(expiry, portfolio.legRow(leg))] += amount;
      add(grid.values(expiry, portfolio.legIsCall(leg)), grid.at(portfolio.legRow(leg)), amount, expiry * width);
    }
  }

  private void add(final double[] values, final int from, final double amount, final int to) {
    final double[] into = sums;
    for (int i = 0; i < width; i++) {
      into[to + i] += amount * values[from + i];
    }
  }

  private void chargePerpetual(final Portfolio portfolio) {
    markToMarket += portfolio.perpetualProfit();
    final double notional =
        (Math.abs(portfolio.perpetualSize()) + portfolio.futureGross()) * portfolio.spotPrice();
    maintenanceContingency += notional * parameters.get(PortfolioParameter.MM_PERP_PERCENT);
    initialContingency += notional * parameters.get(PortfolioParameter.IM_PERP_PERCENT);
    initialContingency += ofConfidence(confidenceOf(portfolio), notional);
  }

  /** Of the spot, and of the perpetual while there is one: what options and perpetual are judged by. */
  private static double confidenceOf(final Portfolio portfolio) {
    return 0 == portfolio.perpetualSize() ? portfolio.spotConfidence()
        : Math.min(portfolio.spotConfidence(), portfolio.perpetualConfidence());
  }

  private double ofConfidence(final double confidence, final double notional) {
    return confidence < parameters.get(PortfolioParameter.CONF_THRESHOLD)
        ? (1 - confidence) * parameters.get(PortfolioParameter.CONF_MARGIN) * notional : 0;
  }

  private void addExpiry(final Portfolio portfolio, final int expiry) {
    final double mark = sums[expiry * width + grid.markColumn()];
    markToMarket += mark;
    final double change = Math.min(Math.min(sums[expiry * width + grid.basisColumn(true)] - mark,
        sums[expiry * width + grid.basisColumn(false)] - mark), 0);
    basis += change * (parameters.get(PortfolioParameter.BASIS_CONT_ADD_FACTOR)
        + parameters.get(PortfolioParameter.BASIS_CONT_MULT_FACTOR) * grid.years(expiry));
    initialContingency += ofConfidence(Math.min(confidenceOf(portfolio), grid.confidence(expiry)),
        grossOfExpiry[expiry] * portfolio.spotPrice());
  }

  /** Short options that no long one of the same expiry and strike stands against. Leaves the scratch at zero. */
  private void chargeNakedShorts(final Portfolio portfolio) {
    double naked = 0;
    for (int leg = 0; leg < portfolio.legCount(); leg++) {
      final double[] nets = grid.nets(portfolio.legExpiry(leg));
      final int row = grid.firstOfStrike(portfolio.legExpiry(leg), portfolio.legRow(leg));
      naked += Math.max(0, -nets[row]);
      nets[row] = 0;
    }
    final double notional = naked * portfolio.spotPrice();
    maintenanceContingency += notional * parameters.get(PortfolioParameter.MM_OPTION_PERCENT);
    initialContingency += notional * parameters.get(PortfolioParameter.IM_OPTION_PERCENT);
  }

  /** Returns the value of what moves with the underlying. */
  private double addCollateral(final Portfolio portfolio) {
    double cancelling = 0;
    for (int i = 0; i < portfolio.collateralCount(); i++) {
      final double value = portfolio.collateralValue(i);
      markToMarket += value;
      maintenanceContingency += value * portfolio.maintenanceHaircut(i);
      initialContingency += value * portfolio.initialHaircut(i);
      initialContingency +=
          ofConfidence(Math.min(portfolio.collateralConfidence(i), portfolio.spotConfidence()), value);
      cancelling += portfolio.cancelsRisk(i) ? value : 0;
    }
    return cancelling;
  }

  private void findWorst(final Portfolio portfolio, final double cancelling) {
    final double exposure = portfolio.perpetualSize() * portfolio.perpetualPrice() + portfolio.futureExposure()
        + cancelling;
    worst = basis;
    worstScenario = BASIS;
    for (int scenario = 0; scenario < parameters.scenarioCount(); scenario++) {
      final double result = scenarioResult(scenario, exposure);
      if (result < worst) {
        worst = result;
        worstScenario = scenario;
      }
    }
  }

  private double scenarioResult(final int scenario, final double exposure) {
    final double damping = parameters.damping(scenario);
    final boolean isSkew = parameters.shift(scenario).isSkew();
    final int column = grid.scenarioColumn(scenario);
    final int mark = grid.markColumn();
    double result = exposure * (parameters.spotShock(scenario) - 1) * damping;
    for (int expiry = 0; expiry < grid.expiryCount(); expiry++) {
      if (isHeld[expiry]) {
        final double value = sums[expiry * width + column];
        final double change =
            (value * grid.scenarioDiscount(expiry, value >= 0) - sums[expiry * width + mark]) * damping;
        result += isSkew ? -Math.abs(change) : change;
      }
    }
    return result;
  }

  private double initialFactor(final Portfolio portfolio) {
    final double missing = parameters.get(PortfolioParameter.PEG_LOSS_THRESHOLD) - portfolio.stablePrice();
    return parameters.get(PortfolioParameter.IM_LOSS_FACTOR)
        + (missing > 0 ? missing * parameters.get(PortfolioParameter.PEG_LOSS_FACTOR) : 0);
  }

  /** What is left above the initial requirement. */
  public double initialMargin() {
    return initialMargin;
  }

  /** What is left above the maintenance requirement. */
  public double maintenanceMargin() {
    return maintenanceMargin;
  }

  /** Cash and everything else at its mark. */
  public double markToMarket() {
    return markToMarket;
  }

  /** The loss that counts, before its factor: zero or negative. */
  public double worstResult() {
    return worst;
  }

  /** The scenario that is worst, the first of equals, or {@link #BASIS}. */
  public int worstScenario() {
    return worstScenario;
  }

  /** Equity in whole units, rounded down. */
  public long equityUnits(final double unitsPerOne) {
    return MoneyEdge.credited(markToMarket, unitsPerOne);
  }

  /** What must be there to open, in whole units, rounded up; never negative. */
  public long initialUnits(final double unitsPerOne) {
    return Math.max(0, MoneyEdge.required(markToMarket - initialMargin, unitsPerOne));
  }

  /** What must be there to stay, in whole units, rounded up; never negative. */
  public long maintenanceUnits(final double unitsPerOne) {
    return Math.max(0, MoneyEdge.required(markToMarket - maintenanceMargin, unitsPerOne));
  }

  /**
   * By how much the maintenance figure of the evaluated account can fall, at most, when a mark that all its prices
   * follow in proportion moves by one, up or down: a bound on the slope everywhere, not the slope here. So with a
   * figure of {@code m} no breach is possible while the mark stays within {@code m / bound} of where it is.
   *
   * <p>An option's value moves by no more than its forward, discounted; a discount of either sign is linear on its side
   * of zero. A skew also moves the volatility with the forward: by the slope of the skew, on a vega that is at most the
   * forward times the highest density; its forward and the mark cancel. The bound is widened by one part in a billion
   * for the rounding of the model.
   *
   * @param portfolio the account that was evaluated last
   * @param mark where the mark stands, above zero
   */
  public double lossBoundPerMarkUnit(final Portfolio portfolio, final double mark) {
    if (!Inputs.isDivisor(mark)) {
      throw new IllegalArgumentException("no mark: " + mark);
    }
    final double factor = parameters.get(PortfolioParameter.MM_LOSS_FACTOR);
    double spotShock = 0;
    double optionShock = 0;
    for (int i = 0; i < parameters.scenarioCount(); i++) {
      spotShock = Math.max(spotShock, Math.abs(parameters.spotShock(i) - 1) * parameters.damping(i));
      optionShock = Math.max(optionShock, Math.max(parameters.spotShock(i), 1) * parameters.damping(i));
    }
    final double size = Math.abs(portfolio.perpetualSize()) + portfolio.futureGross();
    double bound = (Math.abs(portfolio.perpetualSize()) * portfolio.perpetualPrice()
        + Math.abs(portfolio.futureExposure())) * (1 + factor * spotShock)
        + size * portfolio.spotPrice() * parameters.get(PortfolioParameter.MM_PERP_PERCENT);
    for (int i = 0; i < portfolio.collateralCount(); i++) {
      bound += portfolio.collateralValue(i) * (1 + portfolio.maintenanceHaircut(i)
          + (portfolio.cancelsRisk(i) ? factor * spotShock : 0));
    }
    for (int expiry = 0; expiry < grid.expiryCount(); expiry++) {
      if (isHeld[expiry]) {
        bound += optionBound(portfolio, expiry, factor, optionShock);
      }
    }
    return bound / mark * (1 + 1e-9);
  }

  private double optionBound(final Portfolio portfolio, final int expiry, final double factor, final double shock) {
    final double counted = Math.max(grid.scenarioDiscount(expiry, true), grid.scenarioDiscount(expiry, false));
    final double basisMove = Math.max(parameters.get(PortfolioParameter.SCENARIO_SPOT_UP),
        parameters.get(PortfolioParameter.SCENARIO_SPOT_DOWN)) + 1;
    final double basisShare = parameters.get(PortfolioParameter.BASIS_CONT_ADD_FACTOR)
        + parameters.get(PortfolioParameter.BASIS_CONT_MULT_FACTOR) * grid.years(expiry);
    double vega = 0;
    for (int leg = 0; leg < portfolio.legCount(); leg++) {
      if (expiry == portfolio.legExpiry(leg)) {
        vega += Math.abs(portfolio.legAmount(leg)) * grid.volatility(expiry, portfolio.legRow(leg));
      }
    }
    final double gross = grossOfExpiry[expiry];
    double damping = 0;
    for (int i = 0; i < parameters.scenarioCount(); i++) {
      damping = Math.max(damping, parameters.damping(i));
    }
    final double scan = gross * (shock * counted + damping)
        + damping * counted * vega * grid.skewSlope(expiry) * DENSITY_MAX;
    final double slope = gross + factor * Math.max(scan, gross * basisMove * basisShare);
    return grid.discount(expiry) * grid.forward(expiry) * slope
        + gross * portfolio.spotPrice() * parameters.get(PortfolioParameter.MM_OPTION_PERCENT);
  }
}
