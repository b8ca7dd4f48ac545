package io.gavel.risk.liquidation;

import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/**
 * Debts of one asset taken over together with collateral in another (F-19's spot forms): how much debt covers a
 * shortage, how much goes with a given collateral, and how much collateral goes with a given debt. Amounts in units of
 * their assets with so many decimals, prices and multipliers in 10^-6, weights in 10^-4.
 */
public final class CollateralTransfer {

  private static final int VALUE_DECIMALS = 6;
  private static final long ONE_E6 = 1_000_000;
  /** Weights with one more digit, times the price scale. */
  private static final long PRICE_TIMES_WEIGHT = ONE_E6 * 100_000;

  private CollateralTransfer() {
  }

  /** The debt whose transfer covers the shortage; {@link PartialSize#ALL} when none does. Rounded down. */
  public static long debtToCoverShortage(
      final long shortageE6, final long assetWeightE4, final long assetMultiplierE6, final long debtWeightE4,
      final long debtMultiplierE6, final int debtDecimals, final long debtPriceE6, final long insuranceFeeE6) {
    final long assetWeightE5 =
        FixedPoint.mulDiv(assetWeightE4 * 10, assetMultiplierE6, debtMultiplierE6, Rounding.DOWN);
    final long freed = FixedPoint.multiply(debtPriceE6, debtWeightE4 * 10 - assetWeightE5);
    final long paid = FixedPoint.multiply(
        FixedPoint.mulDiv(debtPriceE6, insuranceFeeE6, ONE_E6, Rounding.DOWN), debtWeightE4, 10);
    if (freed <= paid) {
      return PartialSize.ALL;
    }
    final long scaled = FixedPoint.multiply(shortageE6, scaleUp(VALUE_DECIMALS, debtDecimals));
    return FixedPoint.mulDiv(scaled, PRICE_TIMES_WEIGHT, freed - paid, Rounding.DOWN)
        / scaleUp(debtDecimals, VALUE_DECIMALS);
  }

  /** The debt that goes with an amount of collateral; rounded up. */
  public static long debtForCollateral(
      final long assetAmount, final long assetMultiplierE6, final int assetDecimals, final long assetPriceE6,
      final long debtMultiplierE6, final int debtDecimals, final long debtPriceE6) {
    final long scaled = FixedPoint.multiply(assetAmount, scaleUp(assetDecimals, debtDecimals));
    final long debt = FixedPoint.mulDiv(scaled, FixedPoint.multiply(assetPriceE6, debtMultiplierE6),
        FixedPoint.multiply(debtPriceE6, assetMultiplierE6), Rounding.UP);
    return FixedPoint.divide(debt, scaleUp(debtDecimals, assetDecimals), Rounding.UP);
  }

  /**
   * The collateral that goes with an amount of debt; rounded down, and all of it when what would be left over or is
   * missing is worth less than one.
   */
  public static long collateralForDebt(
      final long assetAmount, final long assetMultiplierE6, final int assetDecimals, final long assetPriceE6,
      final long debtAmount, final long debtMultiplierE6, final int debtDecimals, final long debtPriceE6) {
    final long scaled = FixedPoint.multiply(debtAmount, scaleUp(debtDecimals, assetDecimals));
    final long transfer = FixedPoint.mulDiv(scaled, FixedPoint.multiply(debtPriceE6, assetMultiplierE6),
        FixedPoint.multiply(assetPriceE6, debtMultiplierE6), Rounding.DOWN) / scaleUp(assetDecimals, debtDecimals);
    final long restAmount = Math.abs(FixedPoint.add(transfer, -assetAmount));
    final long restE6 = FixedPoint.mulDiv(
        restAmount, assetPriceE6, scaleUp(0, assetDecimals), Rounding.DOWN);
    return restE6 < ONE_E6 ? assetAmount : transfer;
  }

  /** Ten to the difference of two decimals, or one. */
  private static long scaleUp(final int from, final int to) {
    long scale = 1;
    for (int i = from; i < to; i++) {
      scale = FixedPoint.multiply(scale, 10);
    }
    return scale;
  }
}
