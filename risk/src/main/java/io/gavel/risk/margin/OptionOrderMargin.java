package io.gavel.risk.margin;

import io.gavel.risk.money.FixedPoint;

/**
 * What an order in premium-style options must be backed with (F-43). All amounts are units of the settle asset for one
 * contract; whole numbers, so nothing is rounded. An overflow of a product throws: sizes are bounded before.
 */
public final class OptionOrderMargin {

  private OptionOrderMargin() {
  }

  /** The premium and the fee. */
  public static long buyToOpenUnits(final long priceUnits, final long feeUnits, final long contracts) {
    return FixedPoint.multiply(FixedPoint.add(priceUnits, feeUnits), contracts);
  }

  /** The position's margin less the premium that comes in, at least the minimum. */
  public static long sellToOpenUnits(final long positionUnits, final long priceUnits, final long feeUnits,
      final long minimumUnits, final long contracts) {
    return FixedPoint.multiply(Math.max(positionUnits - priceUnits + feeUnits, minimumUnits), contracts);
  }

  /** The fee, as far as the premium that comes in does not pay it. */
  public static long sellToCloseUnits(final long priceUnits, final long feeUnits, final long contracts) {
    return FixedPoint.multiply(Math.max(feeUnits - priceUnits, 0), contracts);
  }

  /** The premium and the fee, as far as the margin of what is closed does not pay them. */
  public static long buyToCloseUnits(final long positionUnits, final long priceUnits, final long feeUnits,
      final long contracts) {
    return FixedPoint.multiply(Math.max(priceUnits - positionUnits + feeUnits, 0), contracts);
  }
}
