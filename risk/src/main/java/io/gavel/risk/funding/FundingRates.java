package io.gavel.risk.funding;

import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/**
 * Funding as pure functions: the rate of an interval (F-24, F-26, F-27), what it adds to an index, and what a position
 * pays by an index. Rates are signed, positive when longs pay; those of one call share one scale, whichever it is.
 */
public final class FundingRates {

  private FundingRates() {
  }

  /** F-24: the premium, drawn to the interest by at most the dampening. */
  public static long dampened(final long premium, final long interest, final long dampening) {
    return FixedPoint.add(premium, clamped(FixedPoint.add(interest, -premium), dampening));
  }

  /** The rate, at most {@code cap} away from zero; the cap is at least zero. */
  public static long clamped(final long rate, final long cap) {
    return Math.max(-cap, Math.min(cap, rate));
  }

  /** F-24, F-26: the cap, so much of what initial margin has above maintenance margin; rounded down. */
  public static long cap(final long initialRate, final long maintenanceRate, final long factor, final long one) {
    return FixedPoint.mulDiv(Math.max(0, initialRate - maintenanceRate), factor, one, Rounding.DOWN);
  }

  /** What a rate of an interval comes to in a day; times in one unit. */
  public static long perDay(final long rate, final long day, final long interval) {
    return FixedPoint.mulDiv(rate, day, interval, Rounding.DOWN);
  }

  /**
   * F-26: what a rate of so many {@code period}s adds to the index in {@code elapsed}, per unit of the position and at
   * this price; towards zero. The price is {@code price x 10^exponent}.
   */
  public static long indexDelta(
      final long rate, final long elapsed, final long period, final long price, final int exponent) {
    final long numerator = FixedPoint.multiply(price, tenTo(exponent));
    final long divisor = FixedPoint.multiply(period, tenTo(-exponent));
    return FixedPoint.mulDiv(FixedPoint.multiply(rate, elapsed), numerator, divisor, Rounding.DOWN);
  }

  /** F-26: what a position receives when the index has moved; negative: pays. Exact, in units of the index. */
  public static long settlement(final long indexNow, final long indexThen, final long size) {
    return FixedPoint.multiply(-FixedPoint.add(indexNow, -indexThen), size);
  }

  /**
   * F-27: the payment per unit of a periodic settlement: the premium of the futures price over the spot price, and
   * interest, drawn into bounds around the spot price. Rates are parts of {@code one}, prices at least zero.
   *
   * @param accrued interest of the interval, as a rate
   */
  public static long periodicPayment(
      final long futuresPrice, final long spotPrice, final long accrued, final long lowerBound, final long upperBound,
      final long one) {
    final long premium = FixedPoint.add(futuresPrice, -spotPrice);
    final long interest = FixedPoint.mulDiv(spotPrice, accrued, one, Rounding.UP);
    final long drawn = FixedPoint.add(interest, -premium);
    final long lower = FixedPoint.mulDiv(spotPrice, lowerBound, one, Rounding.DOWN);
    final long upper = FixedPoint.mulDiv(spotPrice, upperBound, one, Rounding.DOWN);
    return FixedPoint.add(premium, Math.min(upper, Math.max(lower, drawn)));
  }

  /** F-27: margin for the payment a position has run up: a share of what it would pay, nothing if it receives. */
  public static long marginForPayment(final long payment, final long lots, final long factor, final long one) {
    return FixedPoint.mulDiv(Math.max(0, FixedPoint.multiply(payment, lots)), factor, one, Rounding.CEILING);
  }

  /**
   * F-46: what each unit of open interest, long and short, is charged for a loss; rounded up. In parts of
   * {@code one} per unit.
   */
  public static long lossPerUnit(final long loss, final long openLong, final long openShort, final long one) {
    final long open = FixedPoint.add(Math.abs(openLong), Math.abs(openShort));
    return 0 == open ? 0 : FixedPoint.mulDiv(Math.abs(loss), one, open, Rounding.CEILING);
  }

  /** F-46: how far the index of deposits falls for a loss; rounded up, and nothing without deposits. */
  public static long depositIndexLoss(final long index, final long loss, final long deposits) {
    return deposits <= 0 ? 0 : FixedPoint.mulDiv(index, Math.abs(loss), deposits, Rounding.CEILING);
  }

  private static long tenTo(final int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power = FixedPoint.multiply(power, 10);
    }
    return power;
  }
}
