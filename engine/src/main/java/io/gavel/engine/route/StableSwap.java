package io.gavel.engine.route;

import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;
import io.gavel.risk.money.SquareRoot;

/**
 * A pool of two assets of nearly the same value: 4A(x + y) + D = 4AD + D^3 / (4xy), in common units. Whole numbers
 * throughout: D is the fixed point of the iteration, and the other reserve is the smallest whole number that keeps the
 * curve, so that a larger trade never costs less in all. The fee is taken from what comes out.
 */
public final class StableSwap {

  /** No such trade, or reserves the curve cannot hold. */
  public static final long NONE = -1;

  /** Larger amplifications are refused: the divisor of the curve's constant stays short. */
  public static final long AMPLIFICATION_MAX = 1_000_000;

  private static final int ROUNDS_MAX = 255;
  private static final int DIGIT_BITS = 32;
  private static final long DIGIT = (1L << DIGIT_BITS) - 1;
  /** The root's square stays below 2^126. */
  private static final long LARGEST = 1L << 61;
  private static final long LARGEST_HIGH = 1L << 58;

  private StableSwap() {
  }

  /** The invariant D of two reserves in common units; NONE when it cannot be found. */
  public static long invariant(final long x, final long y, final long amplification) {
    if (x <= 0 || y <= 0 || amplification <= 0 || amplification > AMPLIFICATION_MAX
        || x > Long.MAX_VALUE / 4 || y > Long.MAX_VALUE / 4) {
      return NONE;
    }
    final long ann = 4 * amplification;
    final long sum = x + y;
    long d = sum;
    for (int i = 0; i < ROUNDS_MAX; i++) {
      if (!FixedPoint.mulDivFits(d, d, 2 * x, Rounding.FLOOR)) {
        return NONE;
      }
      final long half = FixedPoint.mulDiv(d, d, 2 * x, Rounding.FLOOR);
      if (!FixedPoint.mulDivFits(half, d, 2 * y, Rounding.FLOOR)) {
        return NONE;
      }
      final long dp = FixedPoint.mulDiv(half, d, 2 * y, Rounding.FLOOR);
      if (!FixedPoint.productFits(ann, sum) || dp > Long.MAX_VALUE / 8 || ann * sum > Long.MAX_VALUE / 2
          || !FixedPoint.productFits(ann - 1, d)) {
        return NONE;
      }
      final long next = FixedPoint.mulDiv(ann * sum + 2 * dp, d, (ann - 1) * d + 3 * dp, Rounding.FLOOR);
      if (Math.abs(next - d) <= 1) {
        return next;
      }
      d = next;
    }
    return NONE;
  }

  /** The smallest other reserve that keeps the curve when one is x; NONE when a long does not hold it. */
  public static long other(final long x, final long invariant, final long amplification) {
    if (x <= 0 || invariant <= 0 || amplification <= 0
        || amplification > AMPLIFICATION_MAX || x > Long.MAX_VALUE / 4) {
      return NONE;
    }
    final long ann = 4 * amplification;
    if (!FixedPoint.mulDivFits(invariant, invariant, 2 * x, Rounding.FLOOR)) {
      return NONE;
    }
    // y^2 + b y >= c with c = D^3 / (4 x Ann), which takes 128 bits: divided in four digits, the divisor is short.
    final long half = FixedPoint.mulDiv(invariant, invariant, 2 * x, Rounding.FLOOR);
    final long high = Math.multiplyHigh(half, invariant);
    final long low = half * invariant;
    final long cHigh = high / (2 * ann);
    final long middle = ((high % (2 * ann)) << DIGIT_BITS) | (low >>> DIGIT_BITS);
    final long tail = ((middle % (2 * ann)) << DIGIT_BITS) | (low & DIGIT);
    final long cLow = ((middle / (2 * ann)) << DIGIT_BITS) + tail / (2 * ann);
    final long b = x + invariant / ann - invariant;
    if (cHigh >= LARGEST_HIGH || Math.abs(b) > LARGEST) {
      return NONE;
    }
    long y = Math.max(1, (root(b, cHigh, cLow) - b) / 2);
    while (y > 1 && keeps(y - 1, b, cHigh, cLow)) {
      y--;
    }
    while (!keeps(y, b, cHigh, cLow)) {
      y++;
    }
    return y;
  }

  /** What comes out after the fee, in common units. */
  public static long amountOut(final long in, final long reserveIn, final long reserveOut, final long invariant,
      final long amplification, final long keep, final long of) {
    if (in <= 0 || !FixedPoint.sumFits(reserveIn, in)) {
      return NONE;
    }
    final long left = other(reserveIn + in, invariant, amplification);
    if (NONE == left) {
      return NONE;
    }
    // One unit stays in the pool, as the reference contracts do, so that rounding is never at its cost.
    return FixedPoint.mulDiv(Math.max(0, reserveOut - left - 1), keep, of, Rounding.FLOOR);
  }

  /** The least that must go in for at least this to come out after the fee. */
  public static long amountIn(final long out, final long reserveIn, final long reserveOut, final long invariant,
      final long amplification, final long keep, final long of) {
    if (out <= 0 || !FixedPoint.mulDivFits(out, of, keep, Rounding.CEILING)) {
      return NONE;
    }
    final long gross = FixedPoint.mulDiv(out, of, keep, Rounding.CEILING);
    if (gross >= reserveOut - 1) {
      return NONE;
    }
    // The least x whose other reserve is at most this: the curve is symmetric, so it is the other reserve of that.
    final long paid = other(reserveOut - gross - 1, invariant, amplification);
    if (NONE == paid) {
      return NONE;
    }
    long in = Math.max(1, paid - reserveIn);
    while (in > 1 && amountOut(in - 1, reserveIn, reserveOut, invariant, amplification, keep, of) >= out) {
      in--;
    }
    while (amountOut(in, reserveIn, reserveOut, invariant, amplification, keep, of) < out) {
      in++;
    }
    return in;
  }

  /** The root of b^2 + 4 c, down. */
  private static long root(final long b, final long cHigh, final long cLow) {
    final long square = b * b;
    final long low = square + (cLow << 2);
    final long carry = Long.compareUnsigned(low, square) < 0 ? 1 : 0;
    return SquareRoot.floor(Math.multiplyHigh(b, b) + ((cHigh << 2) | (cLow >>> (Long.SIZE - 2))) + carry, low);
  }

  /** y x (y + b) >= c. */
  private static boolean keeps(final long y, final long b, final long cHigh, final long cLow) {
    final long factor = y + b;
    if (factor <= 0) {
      return false;
    }
    final long high = Math.multiplyHigh(y, factor);
    return high == cHigh ? Long.compareUnsigned(y * factor, cLow) >= 0 : high > cHigh;
  }
}
