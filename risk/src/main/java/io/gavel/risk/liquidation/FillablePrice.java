package io.gavel.risk.liquidation;

import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/**
 * The limit of a liquidation order (F-17): the mark, worse by a share of the maintenance margin that grows with how
 * far the account has fallen below its requirement, and is full at bankruptcy. Ratios are in 10^-6.
 */
public final class FillablePrice {

  private static final long ONE_E6 = 1_000_000;

  private FillablePrice() {
  }

  /**
   * What the whole position may fetch at worst, signed like it: a long's proceeds, a short's cost as a negative.
   * Rounded against the order: a seller asks more, a buyer offers less.
   *
   * @param valueUnits of the position at its mark, negative for a short
   * @param positionMaintenanceUnits of this position
   * @param equityUnits and {@code maintenanceUnits} (positive) of the account
   * @param adjustmentE6 how fast the spread opens below the requirement
   * @param spreadE6 share of the position's maintenance that the spread may reach
   */
  public static long valueUnits(
      final long valueUnits, final long positionMaintenanceUnits, final long equityUnits, final long maintenanceUnits,
      final long adjustmentE6, final long spreadE6) {
    final long fullUnits = FixedPoint.mulDiv(positionMaintenanceUnits, spreadE6, ONE_E6, Rounding.DOWN);
    final long missingUnits = FixedPoint.add(maintenanceUnits, -equityUnits);
    if (missingUnits <= 0) {
      return valueUnits;
    }
    final boolean full = !FixedPoint.mulDivFits(missingUnits, adjustmentE6, maintenanceUnits, Rounding.DOWN)
        || FixedPoint.mulDiv(missingUnits, adjustmentE6, maintenanceUnits, Rounding.DOWN) >= ONE_E6;
    if (full) {
      return FixedPoint.add(valueUnits, -fullUnits);
    }
    final long opened = FixedPoint.mulDiv(fullUnits, missingUnits, maintenanceUnits, Rounding.DOWN);
    return FixedPoint.add(valueUnits, -FixedPoint.mulDiv(opened, adjustmentE6, ONE_E6, Rounding.DOWN));
  }

  /** The price of that value, in units per lot times {@code priceScale}: a sale rounded up, a purchase down. */
  public static long priceUnits(final long valueUnits, final long lots, final long priceScale) {
    return lots > 0
        ? FixedPoint.mulDiv(valueUnits, priceScale, lots, Rounding.CEILING)
        : FixedPoint.mulDiv(-valueUnits, priceScale, -lots, Rounding.FLOOR);
  }
}
