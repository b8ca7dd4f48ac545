package io.gavel.risk.option;

/**
 * The bounds within which the models of this room calculate. They are far outside of any market, and tight enough that
 * no sum, product or exponential of theirs can overflow.
 */
public final class Inputs {

  /** Of a forward, spot, strike or collateral price. */
  public static final double PRICE_MAX = 1e15;
  /** The least price that may stand below a fraction line or in a logarithm. */
  public static final double PRICE_MIN = 1e-12;
  /** Of an amount of contracts or of cash, on either side of zero. */
  public static final double AMOUNT_MAX = 1e18;
  /** A year's standard deviation, far beyond where every option is worth its underlying. */
  public static final double VOLATILITY_MAX = 1e9;
  /** A year's interest, on either side of zero: 10,000 %. */
  public static final double RATE_MAX = 100;
  /** A hundred years of 365 days. */
  public static final long SECONDS_MAX = 100L * 365 * 86_400;

  private Inputs() {
  }

  /** Whether a price may be zero or more. */
  public static boolean isPrice(final double price) {
    return price >= 0 && price <= PRICE_MAX;
  }

  /** Whether a price is enough above zero to divide by. */
  public static boolean isDivisor(final double price) {
    return price >= PRICE_MIN && price <= PRICE_MAX;
  }

  /** Whether an amount, of either sign, is within bounds. */
  public static boolean isAmount(final double amount) {
    return amount >= -AMOUNT_MAX && amount <= AMOUNT_MAX;
  }

  /** Whether a volatility is within bounds; zero is one. */
  public static boolean isVolatility(final double volatility) {
    return volatility >= 0 && volatility <= VOLATILITY_MAX;
  }

  /** Whether a rate is within bounds; a negative one is a rate. */
  public static boolean isRate(final double rate) {
    return rate >= -RATE_MAX && rate <= RATE_MAX;
  }

  /** Whether a confidence, a weight or a haircut lies between 0 and 1. */
  public static boolean isShare(final double share) {
    return share >= 0 && share <= 1;
  }
}
