package io.gavel.risk.margin;

import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/** Tiers that are published by their leverage: the maintenance rate is half the initial rate at that leverage. */
public final class LeverageTiers {

  private static final long ONE_E8 = MarginTable.ONE_E8;

  private LeverageTiers() {
  }

  /** Half of one over the leverage, rounded up. */
  public static long maintenanceRateE8(final long leverageE8) {
    return FixedPoint.mulDiv(ONE_E8, ONE_E8, FixedPoint.multiply(leverageE8, 2), Rounding.CEILING);
  }

  /**
   * F-03 without a rounded rate between: the cumulative amount of a tier from its floor, the amount and the leverage
   * of the tier below; rounded down.
   */
  public static long nextCumulativeUnits(
      final long cumulativeUnits, final long floorUnits, final long leverageBelowE8, final long leverageE8) {
    final long there = FixedPoint.mulDiv(floorUnits, ONE_E8, FixedPoint.multiply(leverageE8, 2), Rounding.DOWN);
    final long below =
        FixedPoint.mulDiv(floorUnits, ONE_E8, FixedPoint.multiply(leverageBelowE8, 2), Rounding.CEILING);
    return FixedPoint.add(cumulativeUnits, FixedPoint.add(there, -below));
  }
}
