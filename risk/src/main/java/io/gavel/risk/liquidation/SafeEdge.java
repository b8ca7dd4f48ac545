package io.gavel.risk.liquidation;

import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/**
 * How far a price may go before a budget is used up: the last price that is still covered. Each form is solved exactly
 * over 128 bits and cut towards the present price, so that an edge is never on the far side of the true one.
 *
 * <pre>
 *   linear    loss(d)  = lossUnits * d / moveUnits          for a move of d
 *   inverse   falling  = lossUnits * (price / p - 1)        for a fall to p: steeper the lower it gets
 *             rising   = lossUnits * (1 - price / p)        for a rise to p: never more than lossUnits
 * </pre>
 */
final class SafeEdge {

  /** The budget is never used up on this side. */
  static final long NO_FALL = Long.MIN_VALUE;
  static final long NO_RISE = Long.MAX_VALUE;

  private SafeEdge() {
  }

  /** The lowest level at which a fall has cost at most the budget. */
  static long fall(final long level, final long moveUnits, final long lossUnits, final long budgetUnits) {
    final long distance = distance(moveUnits, lossUnits, budgetUnits);
    return NO_RISE == distance ? NO_FALL : FixedPoint.addSaturating(level, -distance);
  }

  /** The highest level at which a rise has cost at most the budget. */
  static long rise(final long level, final long moveUnits, final long lossUnits, final long budgetUnits) {
    final long distance = distance(moveUnits, lossUnits, budgetUnits);
    return NO_RISE == distance ? NO_RISE : FixedPoint.addSaturating(level, distance);
  }

  private static long distance(final long moveUnits, final long lossUnits, final long budgetUnits) {
    if (lossUnits <= 0 || !FixedPoint.mulDivFits(budgetUnits, moveUnits, lossUnits, Rounding.FLOOR)) {
      return NO_RISE;
    }
    return FixedPoint.mulDiv(budgetUnits, moveUnits, lossUnits, Rounding.FLOOR);
  }

  static long inverseFall(final long price, final long lossUnits, final long budgetUnits) {
    if (lossUnits <= 0 || !FixedPoint.sumFits(lossUnits, budgetUnits)) {
      return lossUnits <= 0 ? NO_FALL : price;
    }
    return FixedPoint.mulDiv(price, lossUnits, lossUnits + budgetUnits, Rounding.CEILING);
  }

  static long inverseRise(final long price, final long lossUnits, final long budgetUnits) {
    if (lossUnits <= budgetUnits
        || !FixedPoint.mulDivFits(price, lossUnits, lossUnits - budgetUnits, Rounding.FLOOR)) {
      return NO_RISE;
    }
    return FixedPoint.mulDiv(price, lossUnits, lossUnits - budgetUnits, Rounding.FLOOR);
  }
}
