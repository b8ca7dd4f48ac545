package io.gavel.risk.option;

/**
 * What one unit of each option of an underlying is worth under every scenario: per expiry, a row for each strike and a
 * column for each different move of forward and volatility. It is the market's side of portfolio margin, shared by all
 * accounts: a mark that moves makes the grid of its expiry old, the next evaluation calculates it anew, once, and each
 * account's risk is then a sum of products over it.
 *
 * <p>Single threaded. Adding an expiry or a strike allocates; setting a forward or a volatility and calculating do not.
 * An expiry in the past stays, at intrinsic value on its forward, until its owner stops asking for it.
 */
public final class ScenarioGrid {

  private final PortfolioParameters parameters;
  private final ScenarioColumns columns;
  private final TimeValues scratch = new TimeValues();
  private final ExpiryGrid[] expiries;
  private int expiryCount;

  /** A grid without expiries. */
  public ScenarioGrid(final PortfolioParameters parameters, final int expiriesMax) {
    this.parameters = parameters;
    columns = new ScenarioColumns(parameters);
    expiries = new ExpiryGrid[expiriesMax];
  }

  /** The numbers by which it is calculated. */
  public PortfolioParameters parameters() {
    return parameters;
  }

  /** How many expiries it has. */
  public int expiryCount() {
    return expiryCount;
  }

  /** How many more expiries there is room for. */
  public int expiryRoom() {
    return expiries.length - expiryCount;
  }

  /** Adds an expiry at a forward of zero, to be set by {@link #market}; {@link #expiryRoom} must not be zero. */
  public int addExpiry() {
    expiries[expiryCount] = new ExpiryGrid(columns, parameters);
    return expiryCount++;
  }

  /**
   * Sets what the market says of an expiry.
   *
   * @param secondsToExpiry from now; zero or less is expired
   * @param forward price of the underlying for that day
   * @param rate of a year; a negative one counts as zero
   * @param confidence in these, from 0 to 1
   */
  public InputFault market(final int expiry, final long secondsToExpiry, final double forward, final double rate,
      final double confidence) {
    if (expiry < 0 || expiry >= expiryCount) {
      return InputFault.UNKNOWN;
    }
    if (secondsToExpiry > Inputs.SECONDS_MAX) {
      return InputFault.EXPIRY;
    }
    if (!Inputs.isPrice(forward)) {
      return InputFault.PRICE;
    }
    if (!Inputs.isRate(rate)) {
      return InputFault.RATE;
    }
    if (!Inputs.isShare(confidence)) {
      return InputFault.CONFIDENCE;
    }
    expiries[expiry].market(secondsToExpiry, forward, rate, confidence);
    return InputFault.NONE;
  }

  /** Whether {@link #addStrike} would take these. */
  public InputFault checkStrike(final int expiry, final double strike, final double volatility) {
    if (expiry < 0 || expiry >= expiryCount) {
      return InputFault.UNKNOWN;
    }
    if (!Inputs.isDivisor(strike)) {
      return InputFault.PRICE;
    }
    return Inputs.isVolatility(volatility) ? InputFault.NONE : InputFault.VOLATILITY;
  }

  /** Adds a row that {@link #checkStrike} permits. One strike may have several, each of its own volatility. */
  public int addStrike(final int expiry, final double strike, final double volatility) {
    if (InputFault.NONE != checkStrike(expiry, strike, volatility)) {
      throw new IllegalArgumentException("no such row: " + expiry + ", " + strike + ", " + volatility);
    }
    return expiries[expiry].addStrike(strike, volatility, scratch);
  }

  /** Sets the volatility at which a row is marked. */
  public InputFault volatility(final int expiry, final int row, final double volatility) {
    if (expiry < 0 || expiry >= expiryCount || row < 0 || row >= expiries[expiry].strikeCount()) {
      return InputFault.UNKNOWN;
    }
    if (!Inputs.isVolatility(volatility)) {
      return InputFault.VOLATILITY;
    }
    expiries[expiry].volatility(row, volatility);
    return InputFault.NONE;
  }

  /** How many rows an expiry has. */
  public int strikeCount(final int expiry) {
    return expiries[expiry].strikeCount();
  }

  /** What one option is worth as marked. */
  public double markValue(final int expiry, final int row, final boolean isCall) {
    refresh(expiry);
    return values(expiry, isCall)[at(row) + columns.ofMark];
  }

  /** What one option is worth under a scenario, before discount and damping of the whole expiry. */
  public double scenarioValue(final int expiry, final int row, final boolean isCall, final int scenario) {
    refresh(expiry);
    return values(expiry, isCall)[at(row) + columns.ofScenario[scenario]];
  }

  /** Calculates what has become old of an expiry. {@link #values} and the figures below hold until it changes. */
  public void refresh(final int expiry) {
    expiries[expiry].refresh(scratch);
  }

  /** The values of all rows of an expiry; row {@code r} begins at {@link #at}. */
  public double[] values(final int expiry, final boolean isCall) {
    return isCall ? expiries[expiry].calls() : expiries[expiry].puts();
  }

  /** Where the columns of a row begin. */
  public int at(final int row) {
    return row * columns.width;
  }

  /** How many columns a row has, unused ones too. */
  public int width() {
    return columns.width;
  }

  /** The column as marked. */
  public int markColumn() {
    return columns.ofMark;
  }

  /** The column of the basis contingency's move up or down. */
  public int basisColumn(final boolean isUp) {
    return isUp ? columns.ofBasisUp : columns.ofBasisDown;
  }

  /** The column of a scenario. */
  public int scenarioColumn(final int scenario) {
    return columns.ofScenario[scenario];
  }

  /** The first row of the strike of a row: rows with the same one net. */
  public int firstOfStrike(final int expiry, final int row) {
    return expiries[expiry].firstOfStrike(row);
  }

  /** Scratch of an evaluation: a sum for each row of an expiry, zero before and after. */
  public double[] nets(final int expiry) {
    return expiries[expiry].nets();
  }

  /** Strike of a row. */
  public double strike(final int expiry, final int row) {
    return expiries[expiry].strike(row);
  }

  /** Volatility at which a row is marked. */
  public double volatility(final int expiry, final int row) {
    return expiries[expiry].volatility(row);
  }

  /** Years to an expiry, of 365 days. */
  public double years(final int expiry) {
    return expiries[expiry].years();
  }

  /** Forward of an expiry. */
  public double forward(final int expiry) {
    return expiries[expiry].forward();
  }

  /** Confidence in what the market says of an expiry. */
  public double confidence(final int expiry) {
    return expiries[expiry].confidence();
  }

  /** What a unit at an expiry is worth today. */
  public double discount(final int expiry) {
    return expiries[expiry].discount();
  }

  /** What a shocked value of an expiry as a whole counts at: less if it is an asset, more if it is a debt. */
  public double scenarioDiscount(final int expiry, final boolean isAsset) {
    return isAsset ? expiries[expiry].discountPositive() : expiries[expiry].discountNegative();
  }

  /** How much a volatility of one shifts at most per unit of log-moneyness, in total volatility, under a skew. */
  public double skewSlope(final int expiry) {
    return expiries[expiry].skewSlope();
  }
}
