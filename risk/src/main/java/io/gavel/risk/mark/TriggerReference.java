package io.gavel.risk.mark;

import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/**
 * The price that orders are triggered by when last trades are thin (F-30): the median of the last fill, the oracle with
 * its funding basis, and the oracle with the recent gap of the mark; held within a band around the oracle. Pure.
 */
public final class TriggerReference {

  private static final long ONE_E6 = 1_000_000;
  /** A funding rate's part that is no premium: 0.02 % a day, in 10^-9. */
  private static final long OFFSET_E9 = 200_000;
  private static final long BUFFER = 1_000;
  private static final long INTERVALS_PER_DAY = 24;

  private TriggerReference() {
  }

  /** The price, at most {@code oracle / bandDivisor} away from the oracle. */
  public static long clamped(final long oracle, final long price, final long bandDivisor) {
    final long band = oracle / bandDivisor;
    return Math.max(oracle - band, Math.min(FixedPoint.addSaturating(oracle, band), price));
  }

  /** The middle one of three. */
  public static long median(final long a, final long b, final long c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }

  /**
   * The premium that the last funding rate stands for, at this oracle price: falling to zero in a straight line over
   * the period; each step towards zero. The rate is money per unit in 10^-9, its oracle average a price in 10^-6.
   */
  public static long fundingBasis(
      final long oracle, final long lastRateE9, final long rateOracleE6, final long elapsed, final long period) {
    if (rateOracleE6 <= 0) {
      return 0;
    }
    final long dailyE9 = INTERVALS_PER_DAY * FixedPoint.mulDiv(lastRateE9, ONE_E6, rateOracleE6, Rounding.DOWN);
    final long left = period - Math.min(elapsed, period);
    final long basis = FixedPoint.mulDiv(oracle, dailyE9 - OFFSET_E9, ONE_E6, Rounding.DOWN);
    return FixedPoint.mulDiv(basis, left, period, Rounding.DOWN) / BUFFER;
  }

  /** F-30; a {@code lastFill} of zero is none yet. */
  public static long price(
      final long oracle, final long lastFill, final long fundingBasis, final long recentGap, final long bandDivisor) {
    final long fill = 0 == lastFill ? oracle : lastFill;
    final long middle =
        median(fill, FixedPoint.add(oracle, fundingBasis), FixedPoint.add(oracle, recentGap));
    return clamped(oracle, middle, bandDivisor);
  }
}
