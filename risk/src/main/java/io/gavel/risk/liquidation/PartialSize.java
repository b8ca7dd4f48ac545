package io.gavel.risk.liquidation;

import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/** How much of a position one step of a liquidation closes. All numbers are at least zero. */
public final class PartialSize {

  /** No size is enough: the margin it frees does not exceed its fees. */
  public static final long ALL = Long.MAX_VALUE;

  private static final long ONE_E6 = 1_000_000;
  private static final long SIZE_ONE_E9 = 1_000_000_000;

  private PartialSize() {
  }

  /**
   * F-19: the size, in 10^-9, whose closing frees the shortage after the fees of liquidator and fund. Prices, money,
   * ratios and fees are in 10^-6; rounded down as it is published, so a caller rounds up to its step.
   */
  public static long toCoverShortageE9(
      final long shortageE6, final long marginRatioE6, final long liquidatorFeeE6, final long insuranceFeeE6,
      final long priceE6, final long quotePriceE6) {
    if (0 == priceE6 || marginRatioE6 <= liquidatorFeeE6) {
      return ALL;
    }
    final long valueE6 = FixedPoint.mulDiv(priceE6, quotePriceE6, ONE_E6, Rounding.DOWN);
    final long freed = FixedPoint.mulDiv(valueE6, marginRatioE6 - liquidatorFeeE6, ONE_E6, Rounding.DOWN);
    final long paid = FixedPoint.mulDiv(priceE6, insuranceFeeE6, ONE_E6, Rounding.DOWN);
    if (freed <= paid || !FixedPoint.mulDivFits(shortageE6, SIZE_ONE_E9, freed - paid, Rounding.DOWN)) {
      return ALL;
    }
    return FixedPoint.mulDiv(shortageE6, SIZE_ONE_E9, freed - paid, Rounding.DOWN);
  }

  /** F-21: what one step may close at most: a portion, but not less than the minimum, nor more than there is. */
  public static long stepMax(final long position, final long minimum, final long portionE6) {
    return Math.min(position,
        Math.max(minimum, FixedPoint.mulDiv(position, Math.min(portionE6, ONE_E6), ONE_E6, Rounding.DOWN)));
  }

  /** F-21: what one step must close at least. */
  public static long stepMin(final long position, final long minimum) {
    return Math.min(position, minimum);
  }

  /**
   * F-20: half the account's positions while it still has half its requirement, all of it below; of one position the
   * share in 10^-6, at most one.
   */
  public static long halvingShareE6(
      final long equity, final long maintenance, final long positionsValue, final long positionValue) {
    if (equity < maintenance - maintenance / 2 || 0 == positionValue) {
      return ONE_E6;
    }
    return FixedPoint.mulDivFits(positionsValue, ONE_E6 / 2, positionValue, Rounding.UP)
        ? Math.min(ONE_E6, FixedPoint.mulDiv(positionsValue, ONE_E6 / 2, positionValue, Rounding.UP)) : ONE_E6;
  }

  /**
   * The share of the shortage that may be covered by now, in 10^-4: all of a small one; of others a first share that
   * grows with time, less what was freed before.
   */
  public static long pacedShareE4(
      final long shortage, final long smallShortage, final long freedBefore, final long elapsed, final long duration,
      final long firstShareE4) {
    final long oneE4 = 10_000;
    if (shortage < smallShortage || 0 == duration) {
      return oneE4;
    }
    final long opened = Math.min(oneE4, FixedPoint.addSaturating(firstShareE4,
        FixedPoint.mulDivFits(elapsed, oneE4, duration, Rounding.DOWN)
            ? FixedPoint.mulDiv(elapsed, oneE4, duration, Rounding.DOWN) : oneE4));
    final long freeable =
        FixedPoint.mulDiv(FixedPoint.add(shortage, freedBefore), opened, oneE4, Rounding.DOWN) - freedBefore;
    return FixedPoint.mulDiv(Math.max(0, freeable), oneE4, shortage, Rounding.DOWN);
  }
}
