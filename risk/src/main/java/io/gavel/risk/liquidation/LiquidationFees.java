package io.gavel.risk.liquidation;

import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/** What a liquidation may cost the account, in 10^-6 of the value closed. All numbers are at least zero. */
public final class LiquidationFees {

  private static final long ONE_E6 = 1_000_000;
  private static final long SIZE_ONE_E9 = 1_000_000_000;

  private LiquidationFees() {
  }

  /** The liquidator's fee: the base during the grace, then higher with each step of time, up to the maximum. */
  public static long liquidatorE6(
      final long baseE6, final long maxE6, final long elapsed, final long grace, final long perStepE6) {
    if (elapsed < grace) {
      return baseE6;
    }
    final long rise = FixedPoint.productFits(elapsed, perStepE6) ? elapsed * perStepE6 : Long.MAX_VALUE;
    return Math.min(maxE6, FixedPoint.addSaturating(baseE6, rise));
  }

  /**
   * The insurance fund's fee: 95 % of what the margin of the whole position would leave after the liquidator's fee
   * and the shortage, so that the fee never is why the account stays short. Money and prices in 10^-6, sizes in
   * 10^-9.
   */
  public static long insuranceE6(
      final long shortageE6, final long sizeE9, final long marginRatioE6, final long liquidatorFeeE6,
      final long priceE6, final long quotePriceE6, final long maxE6) {
    if (0 == priceE6 || 0 == quotePriceE6 || 0 == sizeE9 || marginRatioE6 <= liquidatorFeeE6) {
      return 0;
    }
    final long priceInQuoteE6 = FixedPoint.mulDiv(priceE6, quotePriceE6, ONE_E6, Rounding.DOWN);
    final long valueE6 = FixedPoint.mulDiv(priceInQuoteE6, sizeE9, SIZE_ONE_E9, Rounding.DOWN);
    if (0 == valueE6 || !FixedPoint.mulDivFits(shortageE6, ONE_E6, valueE6, Rounding.UP)) {
      return 0;
    }
    final long shortE6 = FixedPoint.mulDiv(shortageE6, ONE_E6, valueE6, Rounding.UP);
    final long leftE6 = Math.max(0, marginRatioE6 - liquidatorFeeE6 - shortE6);
    return Math.min(maxE6, FixedPoint.mulDiv(leftE6, 19, 20, Rounding.DOWN));
  }
}
