package io.gavel.engine.route;

import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/**
 * A pool whose product of reserves does not fall (F-44), the fee taken from what goes in, as keep / of (997 / 1,000).
 * What comes out is rounded down and what must go in is rounded up and one more, always; exact for all reserves a long
 * can hold: intermediate products of up to 154 bits are never cut. Answers NONE for what no pool can do.
 */
public final class ConstantProduct {

  /** No such trade: an amount or reserve that is not positive, more than the pool has, or more than a long holds. */
  public static final long NONE = -1;

  private static final int KEPT_BITS = 62;

  private ConstantProduct() {
  }

  /** The same value on the other side, without a fee: amount x reserveOther / reserve, down. */
  public static long quote(final long amount, final long reserve, final long reserveOther) {
    if (amount <= 0 || reserve <= 0 || reserveOther <= 0
        || !FixedPoint.mulDivFits(amount, reserveOther, reserve, Rounding.FLOOR)) {
      return NONE;
    }
    return FixedPoint.mulDiv(amount, reserveOther, reserve, Rounding.FLOOR);
  }

  /** What comes out: floor(in x keep x reserveOut / (reserveIn x of + in x keep)). */
  public static long amountOut(final long in, final long reserveIn, final long reserveOut, final long keep,
      final long of) {
    if (in <= 0 || reserveIn <= 0 || reserveOut <= 0 || isNoFee(keep, of)) {
      return NONE;
    }
    if (FixedPoint.productFits(in, keep) && FixedPoint.productFits(reserveIn, of)
        && FixedPoint.sumFits(in * keep, reserveIn * of)) {
      return FixedPoint.mulDiv(reserveOut, in * keep, in * keep + reserveIn * of, Rounding.FLOOR);
    }
    return wideAmountOut(in, reserveIn, reserveOut, keep, of);
  }

  /** What must go in for this to come out: floor(reserveIn x out x of / ((reserveOut - out) x keep)) + 1. */
  public static long amountIn(final long out, final long reserveIn, final long reserveOut, final long keep,
      final long of) {
    if (out <= 0 || reserveIn <= 0 || reserveOut <= out || isNoFee(keep, of)) {
      return NONE;
    }
    final long left = reserveOut - out;
    if (!FixedPoint.mulDivFits(reserveIn, out, left, Rounding.FLOOR)) {
      return NONE;
    }
    // floor(floor(n / a) / b) is floor(n / (a x b)): two narrow divisions instead of a wide one.
    final long whole = FixedPoint.mulDiv(reserveIn, out, left, Rounding.FLOOR);
    final long rest = reserveIn * out - whole * left;
    final long fraction = FixedPoint.mulDiv(rest, of, left, Rounding.FLOOR);
    final long in = whole / keep;
    if (!FixedPoint.productFits(in, of)) {
      return NONE;
    }
    final long tail = (whole % keep * of + fraction) / keep + 1;
    return FixedPoint.sumFits(in * of, tail) ? in * of + tail : NONE;
  }

  /** As {@link #amountOut} where the fee is taken from what comes out: floor(plain out x keep / of). */
  public static long amountOutFeeLast(final long in, final long reserveIn, final long reserveOut, final long keep,
      final long of) {
    if (isNoFee(keep, of)) {
      return NONE;
    }
    final long plain = amountOut(in, reserveIn, reserveOut, 1, 1);
    return NONE == plain ? NONE : FixedPoint.mulDiv(plain, keep, of, Rounding.FLOOR);
  }

  /** As {@link #amountIn} where the fee is taken from what comes out: in for ceil(out x of / keep). */
  public static long amountInFeeLast(final long out, final long reserveIn, final long reserveOut, final long keep,
      final long of) {
    if (out <= 0 || isNoFee(keep, of) || !FixedPoint.mulDivFits(out, of, keep, Rounding.CEILING)) {
      return NONE;
    }
    return amountIn(FixedPoint.mulDiv(out, of, keep, Rounding.CEILING), reserveIn, reserveOut, 1, 1);
  }

  private static boolean isNoFee(final long keep, final long of) {
    return keep <= 0 || of < keep || of > Integer.MAX_VALUE;
  }

  /** An estimate from the upper bits, at most a few units off, put right by exact comparison of the wide products. */
  private static long wideAmountOut(final long in, final long reserveIn, final long reserveOut, final long keep,
      final long of) {
    final long paidHigh = Math.multiplyHigh(in, keep);
    final long paidLow = in * keep;
    final long sumLow = paidLow + reserveIn * of;
    final long carry = Long.compareUnsigned(sumLow, paidLow) < 0 ? 1 : 0;
    final long sumHigh = paidHigh + Math.multiplyHigh(reserveIn, of) + carry;
    final int shift = Math.max(0, 2 * Long.SIZE - KEPT_BITS - leadingZeros(sumHigh, sumLow));
    long out = FixedPoint.mulDiv(reserveOut, shifted(paidHigh, paidLow, shift), shifted(sumHigh, sumLow, shift),
        Rounding.FLOOR);
    while (compare(out, sumHigh, sumLow, reserveOut, paidHigh, paidLow) > 0) {
      out--;
    }
    while (compare(out + 1, sumHigh, sumLow, reserveOut, paidHigh, paidLow) <= 0) {
      out++;
    }
    return out;
  }

  private static int leadingZeros(final long high, final long low) {
    return 0 == high ? Long.SIZE + Long.numberOfLeadingZeros(low) : Long.numberOfLeadingZeros(high);
  }

  private static long shifted(final long high, final long low, final int shift) {
    if (0 == shift) {
      return low;
    }
    return (high << (Long.SIZE - shift)) | (low >>> shift);
  }

  /** Order of a x (aHigh, aLow) and b x (bHigh, bLow), in 192 bits; a and b are not negative. */
  private static int compare(final long a, final long aHigh, final long aLow, final long b, final long bHigh,
      final long bLow) {
    final long aCarry = unsignedHigh(a, aLow);
    final long aMiddle = a * aHigh + aCarry;
    final long aTop = Math.multiplyHigh(a, aHigh) + (Long.compareUnsigned(aMiddle, aCarry) < 0 ? 1 : 0);
    final long bCarry = unsignedHigh(b, bLow);
    final long bMiddle = b * bHigh + bCarry;
    final long bTop = Math.multiplyHigh(b, bHigh) + (Long.compareUnsigned(bMiddle, bCarry) < 0 ? 1 : 0);
    if (aTop != bTop) {
      return Long.compareUnsigned(aTop, bTop);
    }
    return aMiddle == bMiddle ? Long.compareUnsigned(a * aLow, b * bLow) : Long.compareUnsigned(aMiddle, bMiddle);
  }

  private static long unsignedHigh(final long a, final long b) {
    return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
  }
}
