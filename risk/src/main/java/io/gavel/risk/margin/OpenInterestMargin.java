package io.gavel.risk.margin;

import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/**
 * Margin that grows with the open interest of the market (F-05). Rates are parts of {@code scale}, a rate of one; all
 * numbers at least zero, rates at most one.
 */
public final class OpenInterestMargin {

  private OpenInterestMargin() {
  }

  /**
   * The initial rate at this open interest: the base up to {@code low}, one from {@code high} on, a straight line
   * between, rounded down as it is published. A {@code high} of 0 leaves the base.
   */
  public static long rate(
      final long baseRate, final long openInterest, final long low, final long high, final long scale) {
    if (0 == high || openInterest <= low || baseRate >= scale) {
      return baseRate;
    }
    if (openInterest >= high) {
      return scale;
    }
    return baseRate + FixedPoint.mulDiv(scale - baseRate, openInterest - low, high - low, Rounding.DOWN);
  }

  /** The maintenance rate: so much of the base rate, rounded down as it is published. */
  public static long maintenanceRate(final long baseRate, final long fraction, final long scale) {
    return FixedPoint.mulDiv(baseRate, fraction, scale, Rounding.DOWN);
  }

  /** The requirement at a rate, rounded up. */
  public static long requirement(final long notional, final long rate, final long scale) {
    return FixedPoint.mulDiv(notional, rate, scale, Rounding.CEILING);
  }

  /** The maintenance requirement: a share of the initial one at the base rate, both rounded up. */
  public static long maintenance(final long notional, final long baseRate, final long fraction, final long scale) {
    return requirement(requirement(notional, baseRate, scale), fraction, scale);
  }
}
