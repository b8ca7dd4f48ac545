package io.gavel.risk.instrument;

import io.gavel.risk.money.FixedPoint;

/** Divides a product by a power of ten, exactly or not at all, without ever forming a number wider than a long. */
final class WholeUnits {

  static final long NOT_WHOLE = 0;
  static final long TOO_LARGE = -1;

  private WholeUnits() {
  }

  /** {@code a * b / 10^decimals} for positive a and b. */
  static long of(final long a, final long b, final int decimals) {
    return of(a, b, 1, decimals);
  }

  /** {@code a * b * c / 10^decimals} for positive factors. */
  static long of(final long a, final long b, final long c, final int decimals) {
    long x = a;
    long y = b;
    long z = c;
    for (int i = 0; i < 2 * decimals; i++) {
      final int prime = i < decimals ? 2 : 5;
      if (0 == x % prime) {
        x /= prime;
      } else if (0 == y % prime) {
        y /= prime;
      } else if (0 == z % prime) {
        z /= prime;
      } else {
        return NOT_WHOLE;
      }
    }
    return FixedPoint.productFits(x, y, z) ? x * y * z : TOO_LARGE;
  }
}
