package io.gavel.risk.option;

/**
 * The numbers of the portfolio model (F-40b), each with its published default and the range within which the model
 * stays finite. The names are those of the published tests.
 */
public enum PortfolioParameter {
  /** Largest relative shift of a skewed volatility, before its term by time. */
  LINEAR_SCALE_CAP(0.15, 0, 1_000),
  /** What the square root of time adds to it. */
  LINEAR_CBASE(-0.05, -1_000, 1_000),
  /** As LINEAR_SCALE_CAP, for the shift of both wings. */
  ABS_SCALE_CAP(0.15, 0, 1_000),
  /** As LINEAR_CBASE, for the shift of both wings. */
  ABS_CBASE(-0.05, -1_000, 1_000),
  /** Least log-moneyness at which a shift is at its cap. */
  MIN_K_STAR(0.01, 0, 1_000),
  /** Width of a surface, in total volatilities. */
  MIN_WIDTH_SCALE(4, 0, 1_000),
  /** Volatility by which that width is measured. */
  VOL_PARAM_STATIC(0.6, 0, 1_000),
  /** What the square root of time adds to it. */
  VOL_PARAM_SCALE(-0.1, -1_000, 1_000),
  /** Relative shock up, at thirty days. */
  VOLRANGEUP(0.5, 0, 1_000),
  /** A volatility shocked up is at least this. */
  MIN_VOL_EVAL_SHOCKED(0.45, 0, 1_000),
  /** Relative shock down, at thirty days. */
  VOLRANGEDOWN(0.275, 0, 1_000),
  /** How a shock grows below thirty days. */
  SHORTTERMPOWER(0.3, -50, 50),
  /** How a shock fades beyond thirty days. */
  LONGTERMPOWER(0.13, -50, 50),
  /** Days below which a shock grows no more. */
  DTE_FLOOR(1, 0, 36_500),
  /** Multiplies the worst loss, for maintenance. */
  MM_LOSS_FACTOR(0.8, 0, 1_000),
  /** Multiplies the worst loss, for initial margin. */
  IM_LOSS_FACTOR(1, 0, 1_000),
  /** Of the rate, in the discount of a negative value. */
  SHORT_RATE_MULTSCALE(0.5, 0, 1_000),
  /** Of the rate, in the discount of a positive value. */
  LONG_RATE_MULTSCALE(1, 0, 1_000),
  /** Added to the rate, in the discount of a negative value. */
  SHORT_RATE_ADDSCALE(0.08, 0, 1_000),
  /** Added to the rate, in the discount of a positive value. */
  LONG_RATE_ADDSCALE(0.08, 0, 1_000),
  /** What a positive value counts at, whatever its expiry. */
  BASE_STATIC_DISCOUNT(0.95, 0, 1_000),
  /** What a negative value counts at, whatever its expiry. */
  BASE_STATIC_DISCOUNT_NEG(1.04, 0, 1_000),
  /** Move of the basis contingency, up. */
  SCENARIO_SPOT_UP(1.045, 0, 1_000),
  /** Move of the basis contingency, down. */
  SCENARIO_SPOT_DOWN(0.955, 0, 1_000),
  /** Share of that move's loss that counts. */
  BASIS_CONT_ADD_FACTOR(0.5, 0, 1_000),
  /** What each year adds to that share. */
  BASIS_CONT_MULT_FACTOR(2, 0, 1_000),
  /** Price of the settlement currency below which initial margin grows. */
  PEG_LOSS_THRESHOLD(0.98, 0, 1_000),
  /** How fast it grows. */
  PEG_LOSS_FACTOR(2, 0, 1_000),
  /** Confidence of a price below which a contingency is charged. */
  CONF_THRESHOLD(0.55, 0, 1_000),
  /** Its size. */
  CONF_MARGIN(1, 0, 1_000),
  /** Of a perpetual's spot notional. */
  MM_PERP_PERCENT(0.015, 0, 1_000),
  /** Of a perpetual's spot notional, on top. */
  IM_PERP_PERCENT(0.005, 0, 1_000),
  /** Of the spot notional of net short options per strike. */
  MM_OPTION_PERCENT(0.003, 0, 1_000),
  /** Of the spot notional of net short options per strike, on top. */
  IM_OPTION_PERCENT(0.002, 0, 1_000);

  private final double base;
  private final double least;
  private final double most;

  PortfolioParameter(final double base, final double least, final double most) {
    this.base = base;
    this.least = least;
    this.most = most;
  }

  /** The published default. */
  public double base() {
    return base;
  }

  /** Whether a value is within the range. */
  public boolean permits(final double value) {
    return value >= least && value <= most;
  }
}
