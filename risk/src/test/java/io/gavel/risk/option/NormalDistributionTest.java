package io.gavel.risk.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Goal: relative accuracy wherever a double can hold the result. Method: sixty digits at fixed and random points. */
class NormalDistributionTest {

  private static final long SEED = 20_201_120;

  @Test
  void shouldBeRightToATrillionthInRelativeTermsEverywhere() {
    final Random random = new Random(SEED);
    double worst = 0;
    for (int i = 0; i < 400; i++) {
      final double x = i < 200 ? -37.4 + i * 0.23 : -37 + random.nextDouble() * 45;
      worst = Math.max(worst, error(NormalDistribution.cdf(x), ReferenceNormal.cdf(new BigDecimal(x))));
    }
    assertTrue(worst < 1e-12, "worst " + worst + ", seed " + SEED);
  }

  @Test
  void shouldHaveItsDefinedEnds() {
    assertEquals(0, NormalDistribution.cdf(Double.NEGATIVE_INFINITY));
    assertEquals(1, NormalDistribution.cdf(Double.POSITIVE_INFINITY));
    assertEquals(0, NormalDistribution.cdf(-1e300));
    assertEquals(0.5, NormalDistribution.cdf(0));
    assertEquals(0.5, NormalDistribution.cdf(-0.0));
    assertTrue(Double.isNaN(NormalDistribution.cdf(Double.NaN)));
  }

  @Test
  void shouldNeverFallAsTheArgumentGrows() {
    double before = 0;
    for (double x = -39; x < 9; x += 0.001) {
      final double now = NormalDistribution.cdf(x);
      assertTrue(now >= before * (1 - 1e-12), "at " + x);
      before = now;
    }
    assertEquals(1, before);
  }

  private static double error(final double found, final BigDecimal wanted) {
    return new BigDecimal(found).divide(wanted, MathContext.DECIMAL64).subtract(BigDecimal.ONE).abs().doubleValue();
  }
}
