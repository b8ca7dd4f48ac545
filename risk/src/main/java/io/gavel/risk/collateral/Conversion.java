package io.gavel.risk.collateral;

import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/**
 * What assets are worth in one reference asset, and so in one another: every way leads over the reference, so there is
 * one price for each asset and no circle to go round at a profit. What the house owes is rounded down and cut by the
 * asset's haircut, what it is owed is rounded up and not cut. An asset without a price is worth nothing and cannot be
 * owed. Allocates nothing after start. One thread.
 */
public final class Conversion {

  /** Prices are reference units for so many units of the asset. */
  public static final long UNITS_PER_PRICE = 10_000_000_000L;
  /** An answer that does not fit a long, or an asset without a price. */
  public static final long NO_ANSWER = -1;

  private static final int ONE_E8 = 100_000_000;

  private final int referenceAssetId;
  private final long[] prices;
  private final int[] haircutsE8;

  public Conversion(final int assetsMax, final int referenceAssetId) {
    this.referenceAssetId = referenceAssetId;
    prices = new long[assetsMax + 1];
    haircutsE8 = new int[assetsMax + 1];
    prices[referenceAssetId] = UNITS_PER_PRICE;
  }

  /** What everything is worth something in. */
  public int referenceAssetId() {
    return referenceAssetId;
  }

  /** The price of {@link #UNITS_PER_PRICE} units in reference units; 0: none. The reference has its own for good. */
  public void price(final int assetId, final long referenceUnits) {
    if (referenceAssetId != assetId) {
      prices[assetId] = Math.max(0, referenceUnits);
    }
  }

  /** The part of an amount that does not count as the house's debt, 0 to 1. */
  public void haircut(final int assetId, final int ratioE8) {
    haircutsE8[assetId] = Math.max(0, Math.min(ONE_E8, ratioE8));
  }

  /** What an amount of an account's counts for in reference units: rounded down, less the haircut. */
  public long creditUnits(final int assetId, final long units) {
    final long worth = worthUnits(assetId, units, Rounding.FLOOR);
    return NO_ANSWER == worth ? 0 : FixedPoint.mulDiv(worth, ONE_E8 - haircutsE8[assetId], ONE_E8, Rounding.FLOOR);
  }

  /** What an account's debt costs in reference units: rounded up, or {@link #NO_ANSWER}. */
  public long debtUnits(final int assetId, final long units) {
    return worthUnits(assetId, units, Rounding.CEILING);
  }

  /** What an account receives of an asset for an amount of another: rounded down twice, without a haircut. */
  public long convert(final int fromAssetId, final int toAssetId, final long units) {
    if (fromAssetId == toAssetId) {
      return units < 0 ? NO_ANSWER : units;
    }
    final long worth = worthUnits(fromAssetId, units, Rounding.FLOOR);
    final long price = prices[toAssetId];
    return worth < 0 || 0 == price || !FixedPoint.mulDivFits(worth, UNITS_PER_PRICE, price, Rounding.FLOOR)
        ? NO_ANSWER : FixedPoint.mulDiv(worth, UNITS_PER_PRICE, price, Rounding.FLOOR);
  }

  private long worthUnits(final int assetId, final long units, final Rounding rounding) {
    final long price = prices[assetId];
    return units < 0 || 0 == price || !FixedPoint.mulDivFits(units, price, UNITS_PER_PRICE, rounding)
        ? NO_ANSWER : FixedPoint.mulDiv(units, price, UNITS_PER_PRICE, rounding);
  }
}
