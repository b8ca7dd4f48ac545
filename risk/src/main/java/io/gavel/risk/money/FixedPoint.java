package io.gavel.risk.money;

import io.gavel.codecs.InvariantViolation;

/**
 * Integer arithmetic on money. What a user asked for is tried first with a {@code fits} method, which has an answer for
 * every input; the other methods are for numbers that must fit, and throw {@link InvariantViolation} where they do not.
 */
public final class FixedPoint {

  private static final long LOW_32 = 0xFFFF_FFFFL;
  private static final long BASE_32 = 1L << 32;

  private FixedPoint() {
  }

  public static boolean sumFits(final long a, final long b) {
    final long sum = a + b;
    return ((a ^ sum) & (b ^ sum)) >= 0;
  }

  public static long add(final long a, final long b) {
    final long sum = a + b;
    if (((a ^ sum) & (b ^ sum)) < 0) {
      throw overflow("sum", a, b, 1);
    }
    return sum;
  }

  /** The sum, or the end of the range it would have left: for figures that are shown and on which no money depends. */
  public static long addSaturating(final long a, final long b) {
    final long sum = a + b;
    if (((a ^ sum) & (b ^ sum)) < 0) {
      return a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    return sum;
  }

  public static boolean productFits(final long a, final long b) {
    return Math.multiplyHigh(a, b) == (a * b) >> 63;
  }

  public static boolean productFits(final long a, final long b, final long c) {
    if (0 == a || 0 == b || 0 == c) {
      return true;
    }
    return productFits(a, b) && productFits(a * b, c);
  }

  public static long multiply(final long a, final long b) {
    final long product = a * b;
    if (Math.multiplyHigh(a, b) != product >> 63) {
      throw overflow("product", a, b, 1);
    }
    return product;
  }

  public static long multiply(final long a, final long b, final long c) {
    return multiply(multiply(a, b), c);
  }

  /** {@code a / divisor}; the divisor is positive. */
  public static long divide(final long a, final long divisor, final Rounding rounding) {
    requirePositive(divisor);
    final long quotient = a / divisor;
    final boolean exact = 0 == a - quotient * divisor;
    return exact ? quotient : quotient + step(a < 0, rounding);
  }

  /** Whether {@link #mulDiv} has an answer. */
  public static boolean mulDivFits(final long a, final long b, final long divisor, final Rounding rounding) {
    requirePositive(divisor);
    if (productFits(a, b)) {
      return true;
    }
    final boolean negative = (a ^ b) < 0;
    final long x = magnitude(a);
    final long y = magnitude(b);
    final long high = unsignedHigh(x, y);
    if (Long.compareUnsigned(high, divisor) >= 0) {
      return false;
    }
    final long low = x * y;
    final long quotient = divideUnsigned(high, low, divisor);
    final boolean exact = 0 == low - quotient * divisor;
    final long rounded = exact ? quotient : quotient + Math.abs(step(negative, rounding));
    final boolean wrapped = !exact && 0 == rounded;
    return !wrapped && (rounded >= 0 || (negative && Long.MIN_VALUE == rounded));
  }

  /** {@code a * b / divisor} over a 128-bit product; the divisor is positive. */
  public static long mulDiv(final long a, final long b, final long divisor, final Rounding rounding) {
    requirePositive(divisor);
    final long product = a * b;
    if (Math.multiplyHigh(a, b) == product >> 63) {
      return divide(product, divisor, rounding);
    }
    if (!mulDivFits(a, b, divisor, rounding)) {
      throw overflow("quotient", a, b, divisor);
    }
    final boolean negative = (a ^ b) < 0;
    final long x = magnitude(a);
    final long y = magnitude(b);
    final long low = x * y;
    final long quotient = divideUnsigned(unsignedHigh(x, y), low, divisor);
    final boolean exact = 0 == low - quotient * divisor;
    final long signed = negative ? -quotient : quotient;
    return exact ? signed : signed + step(negative, rounding);
  }

  /** A sum of 128 bits, not below zero, by a divisor above its upper word; rounded down. */
  public static long divideWide(final long high, final long low, final long divisor) {
    if (high < 0 || high >= divisor) {
      throw overflow("quotient", high, low, divisor);
    }
    final long quotient = divideUnsigned(high, low, divisor);
    if (quotient < 0) {
      throw overflow("quotient", high, low, divisor);
    }
    return quotient;
  }

  /** What rounding adds to the quotient that was cut towards zero. */
  private static int step(final boolean negative, final Rounding rounding) {
    return switch (rounding) {
      case UP -> negative ? -1 : 1;
      case DOWN -> 0;
      case FLOOR -> negative ? -1 : 0;
      case CEILING -> negative ? 0 : 1;
    };
  }

  /** The absolute value as an unsigned long; that of Long.MIN_VALUE is 2^63. */
  private static long magnitude(final long value) {
    return value < 0 ? -value : value;
  }

  private static long unsignedHigh(final long a, final long b) {
    return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
  }

  /** Long division in two digits of 32 bits (Knuth, algorithm D); high is below the divisor, so the quotient fits. */
  private static long divideUnsigned(final long high, final long low, final long divisor) {
    final int shift = Long.numberOfLeadingZeros(divisor);
    final long v = divisor << shift;
    final long u32 = 0 == shift ? high : (high << shift) | (low >>> (Long.SIZE - shift));
    final long u10 = low << shift;
    final long q1 = digit(u32, u10 >>> 32, v);
    final long u21 = (u32 << 32) + (u10 >>> 32) - q1 * v;
    final long q0 = digit(u21, u10 & LOW_32, v);
    return (q1 << 32) + q0;
  }

  /** One digit of the quotient: a first guess that is at most two too large, put right. */
  private static long digit(final long u, final long nextDigit, final long v) {
    final long v1 = v >>> 32;
    final long v0 = v & LOW_32;
    long q = Long.divideUnsigned(u, v1);
    long rest = u - q * v1;
    while (q >= BASE_32 || Long.compareUnsigned(q * v0, (rest << 32) + nextDigit) > 0) {
      q--;
      rest += v1;
      if (rest >= BASE_32) {
        break;
      }
    }
    return q;
  }

  private static void requirePositive(final long divisor) {
    if (divisor <= 0) {
      throw new InvariantViolation("divisor is not positive: " + divisor);
    }
  }

  private static InvariantViolation overflow(final String what, final long a, final long b, final long divisor) {
    return new InvariantViolation(what + " does not fit: " + a + ", " + b + ", " + divisor);
  }
}
