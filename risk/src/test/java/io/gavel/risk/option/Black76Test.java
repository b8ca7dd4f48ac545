package io.gavel.risk.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Goal: the value to 1e-8 relative, deep tails included. Method: the textbook formula in sixty digits. */
class Black76Test {

  private static final long SEED = 76;
  private static final MathContext DIGITS = new MathContext(60);

  @Test
  void shouldAgreeWithTheTextbookInSixtyDigits() {
    final Random random = new Random(SEED);
    double worst = 0;
    for (int i = 0; i < 250; i++) {
      final double forward = 1_000 * StrictMath.exp(random.nextGaussian());
      final double strike = forward * StrictMath.exp(random.nextGaussian() * 0.8);
      final double volatility = 0.02 + random.nextDouble() * (0 == i % 10 ? 40 : 1.5);
      final double years = StrictMath.pow(10, -5 + 5.5 * random.nextDouble());
      final boolean isCall = random.nextBoolean();
      final BigDecimal wanted = textbook(isCall, forward, strike, volatility, years);
      final double found = Black76.value(isCall, forward, strike, volatility, years, 1);
      if (wanted.compareTo(new BigDecimal("1e-280")) > 0) {
        worst = Math.max(worst, new BigDecimal(found).divide(wanted, MathContext.DECIMAL64)
            .subtract(BigDecimal.ONE).abs().doubleValue());
      } else {
        assertTrue(found < 1e-270, "seed " + SEED + ", case " + i);
      }
    }
    assertTrue(worst < 1e-9, "worst " + worst + ", seed " + SEED);
  }

  @Test
  void shouldGiveTheIntrinsicValueWithoutTimeOrVolatility() {
    assertEquals(5, Black76.value(true, 105, 100, 0, 1, 1));
    assertEquals(0, Black76.value(false, 105, 100, 0, 1, 1));
    assertEquals(0, Black76.value(true, 100, 100, 0, 1, 1));
    assertEquals(4.5, Black76.value(true, 105, 100, 0.8, 0, 0.9));
    assertEquals(20, Black76.value(false, 80, 100, 0.8, -3, 1));
    assertEquals(0, Black76.value(true, 100, 100, 0.8, -3, 1));
  }

  @Test
  void shouldHaveDefinedResultsAtExtremes() {
    assertEquals(0, Black76.value(true, 0, 100, 0.8, 1, 1));
    assertEquals(100, Black76.value(false, 0, 100, 0.8, 1, 1));
    assertEquals(100, Black76.value(true, 100, 150, 1e6, 1, 1));
    assertEquals(150, Black76.value(false, 100, 150, 1e6, 1, 1));
    for (final double forward : new double[] {0, 1e-300, 1e-12, 1, 1e15}) {
      for (final double strike : new double[] {Inputs.PRICE_MIN, 1, 1e15}) {
        for (final double volatility : new double[] {0, 1e-300, 1e-9, 1, 1e9}) {
          for (final double years : new double[] {-1, 0, 1e-300, 1e-9, 1, 100}) {
            final double call = Black76.value(true, forward, strike, volatility, years, 1);
            final double put = Black76.value(false, forward, strike, volatility, years, 1);
            assertTrue(call >= 0 && call <= forward && put >= 0 && put <= strike,
                forward + " " + strike + " " + volatility + " " + years + ": " + call + ", " + put);
          }
        }
      }
    }
  }

  @Test
  void shouldRefuseWhatIsNoOption() {
    final double[] hostile = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -1};
    for (final double bad : hostile) {
      assertThrows(IllegalArgumentException.class, () -> Black76.value(true, bad, 100, 0.5, 1, 1));
      assertThrows(IllegalArgumentException.class, () -> Black76.value(true, 100, bad, 0.5, 1, 1));
      assertThrows(IllegalArgumentException.class, () -> Black76.value(true, 100, 100, bad, 1, 1));
      assertThrows(IllegalArgumentException.class, () -> Black76.value(true, 100, 100, 0.5, 1, bad));
    }
    assertThrows(IllegalArgumentException.class, () -> Black76.value(true, 100, 0, 0.5, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> Black76.value(true, 100, 100, 0.5, Double.NaN, 1));
  }

  private static BigDecimal textbook(final boolean isCall, final double forward, final double strike,
      final double volatility, final double years) {
    final BigDecimal f = new BigDecimal(forward);
    final BigDecimal k = new BigDecimal(strike);
    final BigDecimal v = new BigDecimal(volatility).multiply(new BigDecimal(years).sqrt(DIGITS), DIGITS);
    final BigDecimal d1 = ReferenceNormal.ln(f.divide(k, DIGITS)).divide(v, DIGITS)
        .add(v.divide(BigDecimal.valueOf(2), DIGITS), DIGITS);
    final BigDecimal d2 = d1.subtract(v, DIGITS);
    return isCall
        ? f.multiply(ReferenceNormal.cdf(d1), DIGITS).subtract(k.multiply(ReferenceNormal.cdf(d2), DIGITS), DIGITS)
        : k.multiply(ReferenceNormal.cdf(d2.negate()), DIGITS)
            .subtract(f.multiply(ReferenceNormal.cdf(d1.negate()), DIGITS), DIGITS);
  }
}
