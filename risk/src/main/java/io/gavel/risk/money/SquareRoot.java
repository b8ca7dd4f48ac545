package io.gavel.risk.money;

/** Whole square roots, bit by bit: no floating point, so every machine agrees. */
public final class SquareRoot {

  private SquareRoot() {
  }

  /** The largest whole number whose square is at most {@code value}; 0 of what is not positive. */
  public static long floor(final long value) {
    if (value <= 0) {
      return 0;
    }
    long rest = value;
    long root = 0;
    for (long bit = topPair(value); 0 != bit; bit >>= 2) {
      if (rest >= root + bit) {
        rest -= root + bit;
        root = (root >> 1) + bit;
      } else {
        root >>= 1;
      }
    }
    return root;
  }

  /** The same of 128 bits, unsigned; at most 2^63 - 1, the root of all values below 2^126. */
  public static long floor(final long high, final long low) {
    long root = 0;
    for (long bit = 1L << 62; 0 != bit; bit >>>= 1) {
      final long next = root | bit;
      final long nextHigh = Math.multiplyHigh(next, next);
      final boolean fits = nextHigh == high
          ? Long.compareUnsigned(next * next, low) <= 0 : Long.compareUnsigned(nextHigh, high) < 0;
      root = fits ? next : root;
    }
    return root;
  }

  /** The smallest whole number whose square is at least {@code value}. */
  public static long ceiling(final long value) {
    final long root = floor(value);
    return root * root < value ? root + 1 : root;
  }

  /** The largest power of four that is at most {@code value}. */
  private static long topPair(final long value) {
    return 1L << ((Long.SIZE - 1 - Long.numberOfLeadingZeros(value)) & ~1);
  }
}
