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
    long x = a;
    long y = b;
    for (int i = 0; i < decimals; i++) {
      if (0 == (x & 1)) {
        x >>= 1;
      } else if (0 == (y & 1)) {
        y >>= 1;
      } else {
        return NOT_WHOLE;
      }
      if (0 == x % 5) {
        x /= 5;
      } else if (0 == y % 5) {
        y /= 5;
      } else {
        return NOT_WHOLE;
      }
    }
    return FixedPoint.productFits(x, y) ? x * y : TOO_LARGE;
  }
}
