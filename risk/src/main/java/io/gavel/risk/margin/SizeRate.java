package io.gavel.risk.margin;

import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;
import io.gavel.risk.money.SquareRoot;

/**
 * Rates that grow with the size of a position: {@code base + slope x size} (F-04) and {@code max(base, 0.8 base +
 * slope x root of size)} (F-06). Sizes and rates are at least zero, slopes at most 10^8; a rate never exceeds
 * {@code scale}, which is one, or as far as a caller lets it grow.
 */
public final class SizeRate {

  /** Sizes of the root come in 10^-10, so that their roots are in 10^-5. */
  static final long SIZE_ONE_E10 = 10_000_000_000L;
  private static final long ROOT_ONE_E5 = 100_000;

  private SizeRate() {
  }

  /** F-04: rounded up, at most {@code scale}. {@code size / sizeOne} is the size. */
  public static long linear(
      final long base, final long slope, final long size, final long sizeOne, final long scale) {
    if (!FixedPoint.mulDivFits(slope, size, sizeOne, Rounding.CEILING)) {
      return scale;
    }
    return capped(base, FixedPoint.mulDiv(slope, size, sizeOne, Rounding.CEILING), scale);
  }

  /** F-06: rounded up, at most {@code scale}, at least {@code base}. {@code size / sizeOne} is the size. */
  public static long squareRoot(
      final long base, final long slope, final long size, final long sizeOne, final long scale) {
    final long premium = FixedPoint.mulDiv(slope, rootE5(size, sizeOne), ROOT_ONE_E5, Rounding.CEILING);
    final long lowered = FixedPoint.mulDiv(base, 4, 5, Rounding.CEILING);
    return Math.max(base, capped(lowered, premium, scale));
  }

  /** The root of the size in 10^-5, rounded up; coarser from a thousand million whole units on, and never smaller. */
  public static long rootE5(final long size, final long sizeOne) {
    if (FixedPoint.mulDivFits(size, SIZE_ONE_E10, sizeOne, Rounding.CEILING)) {
      return SquareRoot.ceiling(FixedPoint.mulDiv(size, SIZE_ONE_E10, sizeOne, Rounding.CEILING));
    }
    return SquareRoot.ceiling(FixedPoint.divide(size, sizeOne, Rounding.CEILING)) * ROOT_ONE_E5;
  }

  private static long capped(final long base, final long premium, final long scale) {
    return premium >= scale - base ? scale : base + premium;
  }
}
