package io.gavel.engine.algo;

import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/** Prices of slices measured from a reference that is finer than a tick. Answers for every input. */
public final class SlicePrice {

  /** No price satisfies what was asked. */
  public static final int NONE = 0;

  private SlicePrice() {
  }

  /**
   * The worst price a leg may pay (F-35): reference x (1 + tolerance) up to a tick for a buy, reference x (1 -
   * tolerance) down to a tick for a sell, at least one tick, and never worse than the limit; a limit of 0 is none.
   */
  public static int withinTolerance(final boolean sell, final long referenceUnits, final long unitsPerTick,
      final long toleranceE8, final int limitTicks) {
    final long ticks = from(sell, referenceUnits, unitsPerTick, toleranceE8, sell ? Rounding.FLOOR : Rounding.CEILING);
    return tighter(sell, (int) Math.max(1, ticks), limitTicks);
  }

  /** The collar: as above, but rounded towards the reference; NONE for a buy when that is below the first tick. */
  public static int collar(final boolean sell, final long referenceUnits, final long unitsPerTick,
      final long collarE8) {
    return (int) from(sell, referenceUnits, unitsPerTick, collarE8, sell ? Rounding.CEILING : Rounding.FLOOR);
  }

  /** The better protected of two limits; 0 is none. */
  static int tighter(final boolean sell, final int ticks, final int limitTicks) {
    if (0 == ticks || 0 == limitTicks) {
      return Math.max(ticks, limitTicks);
    }
    return sell ? Math.max(ticks, limitTicks) : Math.min(ticks, limitTicks);
  }

  private static long from(final boolean sell, final long referenceUnits, final long unitsPerTick, final long ratioE8,
      final Rounding rounding) {
    final long factor = sell ? AlgoCheck.ONE_E8 - ratioE8 : AlgoCheck.ONE_E8 + ratioE8;
    if (!FixedPoint.productFits(AlgoCheck.ONE_E8, unitsPerTick)
        || !FixedPoint.mulDivFits(referenceUnits, factor, AlgoCheck.ONE_E8 * unitsPerTick, rounding)) {
      return Integer.MAX_VALUE;
    }
    final long ticks = FixedPoint.mulDiv(referenceUnits, factor, AlgoCheck.ONE_E8 * unitsPerTick, rounding);
    return Math.min(Integer.MAX_VALUE, ticks);
  }
}
