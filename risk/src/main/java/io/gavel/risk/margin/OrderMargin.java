package io.gavel.risk.margin;

import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/**
 * Margin by simple factors: of positions with slippage and a risk factor, of isolated positions and their orders
 * (F-08), of the worst that an open order may do. Factors are parts of {@code one}; requirements are rounded up.
 */
public final class OrderMargin {

  private OrderMargin() {
  }

  /** F-08: an isolated position or order: price times size times factor. */
  public static long isolated(final long price, final long lots, final long factor, final long one) {
    return FixedPoint.mulDiv(FixedPoint.multiply(price, Math.abs(lots)), factor, one, Rounding.CEILING);
  }

  /** F-08: an isolated order whose first {@code offsetLots} only close. */
  public static long isolatedOrder(
      final long price, final long lots, final long offsetLots, final long factor, final long one) {
    return isolated(price, Math.max(0, Math.abs(lots) - Math.abs(offsetLots)), factor, one);
  }

  /** What closing a position costs at worst: its value times what it slips and what it risks. */
  public static long maintenance(
      final long price, final long lots, final long slippage, final long riskFactor, final long one) {
    return isolated(price, lots, FixedPoint.add(slippage, riskFactor), one);
  }

  /** What an open spot purchase weighs as if it were filled: its value is owed, its base counts with a weight. */
  public static long boughtWeightUnits(final long valueUnits, final long weight, final long one) {
    return FixedPoint.mulDiv(valueUnits, weight, one, Rounding.DOWN);
  }

  /** What open purchases demand: all they would spend, and a fee for each order. */
  public static long boughtRequirementUnits(final long valueUnits, final long orders, final long feeUnits) {
    return FixedPoint.add(valueUnits, FixedPoint.multiply(orders, feeUnits));
  }
}
