package io.gavel.risk.option;

import java.math.BigDecimal;
import java.math.MathContext;

/** The normal distribution to forty digits: a series near the middle, a continued fraction in the tail. */
final class ReferenceNormal {

  private static final MathContext DIGITS = new MathContext(60);
  private static final BigDecimal TWO_PI =
      new BigDecimal("6.28318530717958647692528676655900576839433879875021164194988918461563281");

  private ReferenceNormal() {
  }

  static BigDecimal cdf(final BigDecimal x) {
    final BigDecimal y = x.abs();
    final BigDecimal upper = y.compareTo(BigDecimal.valueOf(4)) < 0
        ? new BigDecimal("0.5").subtract(fromMiddle(y)) : density(y).multiply(mills(y), DIGITS);
    return x.signum() <= 0 ? upper : BigDecimal.ONE.subtract(upper);
  }

  static BigDecimal exp(final BigDecimal x) {
    if (x.signum() < 0) {
      return BigDecimal.ONE.divide(exp(x.negate()), DIGITS);
    }
    int halvings = 0;
    BigDecimal r = x;
    while (r.compareTo(new BigDecimal("0.5")) > 0) {
      r = r.divide(BigDecimal.valueOf(2), DIGITS);
      halvings++;
    }
    BigDecimal sum = BigDecimal.ONE;
    BigDecimal term = BigDecimal.ONE;
    for (int i = 1; i < 60; i++) {
      term = term.multiply(r, DIGITS).divide(BigDecimal.valueOf(i), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    for (int i = 0; i < halvings; i++) {
      sum = sum.multiply(sum, DIGITS);
    }
    return sum;
  }

  static BigDecimal ln(final BigDecimal x) {
    BigDecimal y = BigDecimal.valueOf(StrictMath.log(x.doubleValue()));
    for (int i = 0; i < 4; i++) {
      final BigDecimal power = exp(y);
      y = y.add(x.subtract(power).multiply(BigDecimal.valueOf(2)).divide(x.add(power), DIGITS), DIGITS);
    }
    return y;
  }

  private static BigDecimal density(final BigDecimal y) {
    return exp(y.multiply(y).divide(BigDecimal.valueOf(-2), DIGITS)).divide(TWO_PI.sqrt(DIGITS), DIGITS);
  }

  private static BigDecimal fromMiddle(final BigDecimal y) {
    BigDecimal term = y;
    BigDecimal sum = y;
    for (int i = 1; i < 150; i++) {
      term = term.multiply(y, DIGITS).multiply(y, DIGITS).divide(BigDecimal.valueOf(2 * i + 1), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    return sum.multiply(density(y), DIGITS);
  }

  private static BigDecimal mills(final BigDecimal y) {
    BigDecimal below = y;
    for (int i = 1_000; i > 0; i--) {
      below = y.add(BigDecimal.valueOf(i).divide(below, DIGITS), DIGITS);
    }
    return BigDecimal.ONE.divide(below, DIGITS);
  }
}
