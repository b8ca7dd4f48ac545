package io.gavel.risk.collateral;

import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;
import io.gavel.risk.money.SquareRoot;

/**
 * Weights that get worse with the square root of a size (F-06) and with how much of an asset the house holds. Sizes are
 * in 10^-9, factors in 10^-6, weights in parts of {@code scale}, a weight of one. All at least zero.
 */
public final class SizeWeights {

  private static final long FACTOR_ONE_E6 = 1_000_000;
  private static final long ROOT_ONE_E5 = 100_000;

  private SizeWeights() {
  }

  /**
   * What a credit of this size weighs: {@code min(weight, 1.1 / (1 + factor x root of size))}; the steps are rounded
   * down as they are published, which is a little in favour of its owner.
   */
  public static long asset(final long sizeE9, final long factorE6, final long weight, final long scale) {
    return asset(rootE5(sizeE9), factorE6, weight, scale, Rounding.DOWN);
  }

  /** The same from a root in 10^-5 that is rounded up, with every step against the owner: what this house credits. */
  static long assetAtMost(final long rootE5, final long factorE6, final long weight, final long scale) {
    return asset(rootE5, factorE6, weight, scale, Rounding.UP);
  }

  private static long asset(
      final long rootE5, final long factorE6, final long weight, final long scale, final Rounding slopeRounding) {
    if (0 == factorE6) {
      return weight;
    }
    final long slope = FixedPoint.mulDiv(rootE5, factorE6, ROOT_ONE_E5, slopeRounding);
    final long discounted = FixedPoint.mulDiv(FACTOR_ONE_E6 + FACTOR_ONE_E6 / 10, scale,
        FixedPoint.addSaturating(FACTOR_ONE_E6, slope), Rounding.DOWN);
    return Math.min(weight, discounted);
  }

  /**
   * What a debt or a position of this size weighs: {@code max(weight, 0.8 weight + factor x root of size)}; the steps
   * are rounded down as they are published.
   */
  public static long liability(final long sizeE9, final long factorE6, final long weight, final long scale) {
    if (0 == factorE6) {
      return weight;
    }
    final long premium = FixedPoint.mulDiv(
        rootE5(sizeE9), FixedPoint.multiply(factorE6, scale), ROOT_ONE_E5 * FACTOR_ONE_E6, Rounding.DOWN);
    return Math.max(weight, FixedPoint.addSaturating(weight - weight / 5, premium));
  }

  /** What a position of this value needs at a ratio; rounded down as it is published, not as this house requires. */
  public static long requirement(final long value, final long ratio, final long scale) {
    return FixedPoint.mulDiv(value, ratio, scale, Rounding.DOWN);
  }

  /** The weight when the house holds {@code depositsValue} of the asset and is at ease up to {@code startValue}. */
  public static long concentrated(final long weight, final long depositsValue, final long startValue) {
    if (0 == startValue || depositsValue <= startValue) {
      return weight;
    }
    return FixedPoint.mulDiv(weight, startValue, depositsValue, Rounding.DOWN);
  }

  /** The root of {@code 10 x size + 1}, rounded down: in 10^-5. */
  private static long rootE5(final long sizeE9) {
    final long low = sizeE9 * 10 + 1;
    final long high = Math.multiplyHigh(sizeE9, 10) + (0 == low ? 1 : 0);
    return SquareRoot.floor(high, low);
  }
}
