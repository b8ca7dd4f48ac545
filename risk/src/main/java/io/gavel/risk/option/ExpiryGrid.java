package io.gavel.risk.option;

import java.util.Arrays;

/**
 * The strikes of one expiry and what a call and a put of each are worth in every column. What has changed is noted, and
 * calculated anew when somebody asks: on a new forward the values, on a new time or rate also the total volatilities.
 * The values depend on the present inputs alone, never on the way there.
 */
final class ExpiryGrid {

  /** In the last half hour the settlement price is averaged: only what is left of it can still move. */
  static final long AVERAGING_SECONDS = 1_800;
  private static final long THIRTY_DAYS_SECONDS = 30 * 86_400;
  private static final double EXPONENT_MAX = 200;
  private static final double SHIFT_MAX = 1e9;
  private static final double SHIFTED_MAX = 1e20;

  private final ScenarioColumns columns;
  private final PortfolioParameters parameters;
  private final int width;

  private long secondsToExpiry;
  private double forward;
  private double rate;
  private double confidence = 1;

  private double years;
  private double rootOfYears;
  private double discount = 1;
  private double discountPositive = 1;
  private double discountNegative = 1;
  private double factorUp = 1;
  private double factorDown = 1;
  private double kStar;
  private boolean timeIsOld = true;
  private boolean markIsOld = true;

  private final double[] forwards;
  private final double[] logForwards;

  private int strikeCount;
  private double[] strikes = new double[0];
  private double[] logStrikes = new double[0];
  private double[] volatilities = new double[0];
  private int[] firstOfStrike = new int[0];
  private double[] nets = new double[0];
  /** From here on one for each column of each strike. */
  private double[] forwardCells = new double[0];
  private double[] logForwardCells = new double[0];
  private double[] shares = new double[0];
  private double[] strikeCells = new double[0];
  private double[] logStrikeCells = new double[0];
  private double[] halves = new double[0];
  private double[] inverses = new double[0];
  private double[] calls = new double[0];
  private double[] puts = new double[0];

  ExpiryGrid(final ScenarioColumns columns, final PortfolioParameters parameters) {
    this.columns = columns;
    this.parameters = parameters;
    width = columns.width;
    forwards = new double[width];
    logForwards = new double[width];
    Arrays.fill(logForwards, Black76.LOG_ZERO);
  }

  void market(final long newSeconds, final double newForward, final double newRate, final double newConfidence) {
    final long seconds = Math.max(newSeconds, 0);
    timeIsOld |= seconds != secondsToExpiry || newRate != rate;
    markIsOld |= timeIsOld || newForward != forward;
    secondsToExpiry = seconds;
    forward = newForward;
    rate = newRate;
    confidence = newConfidence;
  }

  int addStrike(final double strike, final double volatility, final TimeValues scratch) {
    if (strikeCount == strikes.length) {
      grow(Math.max(8, 2 * strikeCount));
      scratch.reserve(strikes.length * width);
    }
    int first = 0;
    while (first < strikeCount && strikes[first] != strike) {
      first++;
    }
    strikes[strikeCount] = strike;
    logStrikes[strikeCount] = StrictMath.log(strike);
    firstOfStrike[strikeCount] = first;
    Arrays.fill(strikeCells, strikeCount * width, (strikeCount + 1) * width, strike);
    Arrays.fill(logStrikeCells, strikeCount * width, (strikeCount + 1) * width, logStrikes[strikeCount]);
    volatilities[strikeCount] = volatility;
    timeIsOld = true;
    markIsOld = true;
    return strikeCount++;
  }

  private void grow(final int capacity) {
    strikes = Arrays.copyOf(strikes, capacity);
    logStrikes = Arrays.copyOf(logStrikes, capacity);
    volatilities = Arrays.copyOf(volatilities, capacity);
    nets = Arrays.copyOf(nets, capacity);
    firstOfStrike = Arrays.copyOf(firstOfStrike, capacity);
    forwardCells = new double[capacity * width];
    logForwardCells = new double[capacity * width];
    shares = new double[capacity * width];
    strikeCells = Arrays.copyOf(strikeCells, capacity * width);
    logStrikeCells = Arrays.copyOf(logStrikeCells, capacity * width);
    halves = Arrays.copyOf(halves, capacity * width);
    inverses = Arrays.copyOf(inverses, capacity * width);
    calls = Arrays.copyOf(calls, capacity * width);
    puts = Arrays.copyOf(puts, capacity * width);
  }

  void volatility(final int row, final double volatility) {
    if (volatility != volatilities[row]) {
      volatilities[row] = volatility;
      timeIsOld = true;
      markIsOld = true;
    }
  }

  void refresh(final TimeValues scratch) {
    if (timeIsOld) {
      followTime();
      for (int row = 0; row < strikeCount; row++) {
        spreadVolatility(row);
      }
      timeIsOld = false;
    }
    if (markIsOld) {
      followMark();
      skewVolatilities();
      value(scratch, strikeCount * width);
      markIsOld = false;
    }
  }

  private void followTime() {
    years = secondsToExpiry / Black76.SECONDS_PER_YEAR;
    rootOfYears = StrictMath.sqrt(years);
    final double charged = Math.max(rate, 0);
    discount = StrictMath.exp(-Math.min(charged * years, EXPONENT_MAX));
    final double longRate = charged * parameters.get(PortfolioParameter.LONG_RATE_MULTSCALE)
        + parameters.get(PortfolioParameter.LONG_RATE_ADDSCALE);
    final double shortRate = charged * parameters.get(PortfolioParameter.SHORT_RATE_MULTSCALE)
        + parameters.get(PortfolioParameter.SHORT_RATE_ADDSCALE);
    discountPositive = parameters.get(PortfolioParameter.BASE_STATIC_DISCOUNT)
        * StrictMath.exp(-Math.min(years * longRate, EXPONENT_MAX));
    discountNegative = Math.min(1 / discount, parameters.get(PortfolioParameter.BASE_STATIC_DISCOUNT_NEG)
        * StrictMath.exp(Math.min(years * shortRate, EXPONENT_MAX)));
    final double floorSeconds = parameters.get(PortfolioParameter.DTE_FLOOR) * 86_400;
    final double nearness = THIRTY_DAYS_SECONDS / Math.max(Math.max((double) secondsToExpiry, floorSeconds), 1);
    final double power = parameters.get(secondsToExpiry <= THIRTY_DAYS_SECONDS
        ? PortfolioParameter.SHORTTERMPOWER : PortfolioParameter.LONGTERMPOWER);
    final double factor = power(nearness, power);
    factorUp = 1 + parameters.get(PortfolioParameter.VOLRANGEUP) * factor;
    factorDown = Math.max(0, 1 - parameters.get(PortfolioParameter.VOLRANGEDOWN) * factor);
    kStar = Math.max(parameters.get(PortfolioParameter.MIN_K_STAR),
        rootOfYears * parameters.get(PortfolioParameter.MIN_WIDTH_SCALE)
            * (parameters.get(PortfolioParameter.VOL_PARAM_STATIC)
            + rootOfYears * parameters.get(PortfolioParameter.VOL_PARAM_SCALE)));
  }

  /** By logarithm: {@code StrictMath.pow} of Java 17 allocates. Bounded, so that a product with zero is zero. */
  private static double power(final double base, final double exponent) {
    return StrictMath.exp(Math.min(StrictMath.log(base) * exponent, EXPONENT_MAX));
  }

  private void spreadVolatility(final int row) {
    final double volatility = volatilities[row];
    spread(row, VolatilityShift.UP,
        Math.max(parameters.get(PortfolioParameter.MIN_VOL_EVAL_SHOCKED), volatility * factorUp));
    spread(row, VolatilityShift.DOWN, volatility * factorDown);
    spread(row, VolatilityShift.NONE, volatility);
    final int end = row * width + width;
    Arrays.fill(halves, row * width + columns.count(), end, 0);
    Arrays.fill(inverses, row * width + columns.count(), end, 1);
  }

  private void spread(final int row, final VolatilityShift shift, final double volatility) {
    final double total = total(volatility);
    final int from = row * width + columns.from[shift.ordinal()];
    final int to = row * width + columns.from[shift.ordinal() + 1];
    Arrays.fill(halves, from, to, total * 0.5);
    Arrays.fill(inverses, from, to, 1 / total);
  }

  private void followMark() {
    final double moving = secondsToExpiry >= AVERAGING_SECONDS ? forward
        : forward * (secondsToExpiry / (double) AVERAGING_SECONDS);
    final double fixed = forward - moving;
    for (int i = 0; i < columns.count(); i++) {
      forwards[i] = moving * columns.shocks[i] + fixed;
      final int first = columns.firstOfShock[i];
      logForwards[i] = i == first ? Black76.log(forwards[i]) : logForwards[first];
    }
    for (int row = 0; row < strikeCount; row++) {
      System.arraycopy(forwards, 0, forwardCells, row * width, width);
      System.arraycopy(logForwards, 0, logForwardCells, row * width, width);
    }
  }

  /** Each skew has one column at most, because it leaves the forward alone. */
  private void skewVolatilities() {
    final int linear = columnOf(VolatilityShift.LINEAR);
    final int both = columnOf(VolatilityShift.ABS);
    final double linearCap = capOf(PortfolioParameter.LINEAR_SCALE_CAP, PortfolioParameter.LINEAR_CBASE);
    final double bothCap = capOf(PortfolioParameter.ABS_SCALE_CAP, PortfolioParameter.ABS_CBASE);
    final double logForward = logForwards[columns.ofMark];
    for (int row = 0; row < strikeCount; row++) {
      final double k = logStrikes[row] - logForward;
      if (linear >= 0) {
        put(row * width + linear, skewed(row, k, linearCap));
      }
      if (both >= 0) {
        put(row * width + both, skewed(row, Math.abs(k), bothCap));
      }
    }
  }

  private int columnOf(final VolatilityShift shift) {
    final int from = columns.from[shift.ordinal()];
    return from == columns.from[shift.ordinal() + 1] ? -1 : from;
  }

  private void put(final int cell, final double volatility) {
    final double total = total(volatility);
    halves[cell] = total * 0.5;
    inverses[cell] = 1 / total;
  }

  private double total(final double volatility) {
    return Math.max(Math.min(volatility, SHIFTED_MAX) * rootOfYears, Black76.TOTAL_VOL_MIN);
  }

  private double capOf(final PortfolioParameter scale, final PortfolioParameter byTime) {
    return parameters.get(byTime) * rootOfYears + parameters.get(scale);
  }

  /** Shifted in proportion to {@code k}; at {@code k*} the shift is the cap. A width of zero is a step at once. */
  private double skewed(final int row, final double k, final double cap) {
    final double shift;
    if (0 == kStar) {
      shift = k > 0 ? cap : k < 0 ? -cap : 0;
    } else {
      shift = k >= 0 ? Math.min(cap, k * cap / kStar) : Math.max(-cap, k * cap / kStar);
    }
    return volatilities[row] * Math.max(0, 1 + Math.min(shift, SHIFT_MAX));
  }

  private void value(final TimeValues scratch, final int count) {
    subtract(logForwardCells, logStrikeCells, shares, count);
    scratch.calculate(shares, inverses, halves, count);
    write(forwardCells, strikeCells, shares, discount, calls, puts, count);
  }

  private static void subtract(final double[] logForwards, final double[] logStrikes, final double[] into,
      final int count) {
    for (int i = 0; i < count; i++) {
      into[i] = logForwards[i] - logStrikes[i];
    }
  }

  private static void write(final double[] forwards, final double[] strikes, final double[] shares,
      final double discount, final double[] calls, final double[] puts, final int count) {
    for (int i = 0; i < count; i++) {
      final double time = Math.min(forwards[i], strikes[i]) * shares[i];
      calls[i] = discount * (time + Black76.positive(forwards[i] - strikes[i]));
      puts[i] = discount * (time + Black76.positive(strikes[i] - forwards[i]));
    }
  }

  int strikeCount() {
    return strikeCount;
  }

  int firstOfStrike(final int row) {
    return firstOfStrike[row];
  }

  double[] nets() {
    return nets;
  }

  double strike(final int row) {
    return strikes[row];
  }

  double volatility(final int row) {
    return volatilities[row];
  }

  double[] calls() {
    return calls;
  }

  double[] puts() {
    return puts;
  }

  double years() {
    return years;
  }

  double discount() {
    return discount;
  }

  double discountPositive() {
    return discountPositive;
  }

  double discountNegative() {
    return discountNegative;
  }

  double skewSlope() {
    final double cap = Math.max(
        Math.abs(capOf(PortfolioParameter.LINEAR_SCALE_CAP, PortfolioParameter.LINEAR_CBASE)),
        Math.abs(capOf(PortfolioParameter.ABS_SCALE_CAP, PortfolioParameter.ABS_CBASE)));
    return 0 == cap ? 0 : rootOfYears * Math.min(cap / kStar, SHIFT_MAX);
  }

  double forward() {
    return forward;
  }

  double confidence() {
    return confidence;
  }
}
