package io.gavel.risk.liquidation;

import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/**
 * What a house that takes over part of a portfolio owes or is owed for it (F-16): its value, and a share of the equity
 * in proportion to the maintenance margin that it releases. Several parts taken one after the other never add up to
 * more than the account has.
 */
public final class BankruptcyPrice {

  private BankruptcyPrice() {
  }

  /**
   * The money that moves to the account when the part is closed at its bankruptcy price; negative: from it. Rounded
   * to plus infinity, in favour of the account's other creditors.
   *
   * @param equityUnits all the account has, positions at their marks; negative when it is bankrupt
   * @param maintenanceUnits of the whole account, positive
   * @param valueChangeUnits value of the instrument's position after the closing less that before it, both rounded
   * @param releasedUnits maintenance margin that the closing releases, at least 0
   */
  public static long quoteUnits(
      final long equityUnits, final long maintenanceUnits, final long valueChangeUnits, final long releasedUnits) {
    final long share = FixedPoint.mulDiv(equityUnits, releasedUnits, maintenanceUnits, Rounding.FLOOR);
    return FixedPoint.add(-valueChangeUnits, -share);
  }

  /** What the house gains by a fill beyond the bankruptcy price, capped by its fee; negative: the fund pays (F-22). */
  public static long insuranceDeltaUnits(final long fillUnits, final long bankruptcyUnits, final long feeE6) {
    final long delta = FixedPoint.add(fillUnits, -bankruptcyUnits);
    return Math.min(delta, FixedPoint.mulDiv(Math.abs(fillUnits), feeE6, 1_000_000, Rounding.DOWN));
  }
}
