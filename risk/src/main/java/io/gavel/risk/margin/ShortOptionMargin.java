package io.gavel.risk.margin;

import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/**
 * What a short option must be backed with, one position at a time (F-42, F-43): a share of the underlying that shrinks
 * as the option goes out of the money, and its mark. A long option needs nothing, its premium is paid. Integers
 * throughout, rounded up once; immutable; allocates nothing.
 *
 * <p>Shares are of one coin, in 1e-8. {@code coinUnits} is what a coin is worth in units of the settle asset: its price
 * for an option that settles in dollars, its own units for one that settles in the coin. A forward of zero or less
 * deducts nothing, a mark below zero counts as zero, so no input makes a requirement smaller than the floor.
 */
public final class ShortOptionMargin {

  private static final long ONE_E8 = 100_000_000;
  private static final int SHARE_MAX_E8 = 1_000_000_000;

  private final int baseE8;
  private final int floorE8;
  private final int maintenanceE8;
  private final int factorE8;
  private final boolean putStartsAtMaintenance;

  private ShortOptionMargin(final int baseE8, final int floorE8, final int maintenanceE8, final int factorE8,
      final boolean putStartsAtMaintenance) {
    if (floorE8 < 0 || baseE8 < floorE8 || maintenanceE8 < 0 || factorE8 < 0 || baseE8 > SHARE_MAX_E8
        || maintenanceE8 > SHARE_MAX_E8 || factorE8 > SHARE_MAX_E8) {
      throw new IllegalArgumentException("no terms: base=" + baseE8 + ", floor=" + floorE8 + ", maintenance="
          + maintenanceE8 + ", factor=" + factorE8);
    }
    this.baseE8 = baseE8;
    this.floorE8 = floorE8;
    this.maintenanceE8 = maintenanceE8;
    this.factorE8 = factorE8;
    this.putStartsAtMaintenance = putStartsAtMaintenance;
  }

  /** F-43: 15 % less what it is out of the money, at least 10 %, times the factor of the account's tier. */
  public static ShortOptionMargin okx(final int maintenanceE8, final int factorE8) {
    return new ShortOptionMargin(15_000_000, 10_000_000, maintenanceE8, factorE8, false);
  }

  /** F-42: the same shares without a factor, maintenance 7.5 %; a put's initial margin is at least its maintenance. */
  public static ShortOptionMargin deribit() {
    return new ShortOptionMargin(15_000_000, 10_000_000, 7_500_000, (int) ONE_E8, true);
  }

  /** Of one coin, to open. Forward and strike are in one unit, whichever. */
  public long initialUnits(final boolean isCall, final long forward, final long strike, final long coinUnits,
      final long markUnits) {
    final long away = isCall ? strike - forward : forward - strike;
    final long deductedE8 =
        forward <= 0 || away <= 0 ? 0 : FixedPoint.mulDiv(Math.min(away, forward), ONE_E8, forward, Rounding.DOWN);
    final long initial = units(Math.max(floorE8, baseE8 - deductedE8), coinUnits) + Math.max(0, markUnits);
    return putStartsAtMaintenance && !isCall
        ? Math.max(initial, maintenanceUnits(false, coinUnits, markUnits)) : initial;
  }

  /** Of one coin, to stay: a put in deep water is charged a share of its own mark. */
  public long maintenanceUnits(final boolean isCall, final long coinUnits, final long markUnits) {
    final long mark = Math.max(0, markUnits);
    return units(maintenanceE8, isCall ? coinUnits : Math.max(coinUnits, mark)) + mark;
  }

  /** {@code ceil(share x factor x worth)}. */
  private long units(final long shareE8, final long ofUnits) {
    return FixedPoint.mulDiv(shareE8 * factorE8, Math.max(0, ofUnits), ONE_E8 * ONE_E8, Rounding.UP);
  }
}
