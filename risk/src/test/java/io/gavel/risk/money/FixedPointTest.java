package io.gavel.risk.money;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.InvariantViolation;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Goal: the arithmetic is exact, and says so where it cannot be. Method: the same in BigInteger, ends included. */
class FixedPointTest {

  private static final long SEED = 20_260_801L;
  private static final long[] ENDS = {
      0, 1, -1, 2, -2, 3, 9_999_999, 100_000_000, Integer.MAX_VALUE, Integer.MIN_VALUE, 1L << 32, (1L << 32) - 1,
      -(1L << 32), Long.MAX_VALUE, Long.MAX_VALUE - 1, Long.MIN_VALUE, Long.MIN_VALUE + 1, Long.MAX_VALUE / 2,
      Long.MAX_VALUE / 2 + 1, 3_037_000_499L, 3_037_000_500L
  };

  @Test
  void shouldAgreeWithBigIntegerAtTheEnds() {
    for (final long a : ENDS) {
      for (final long b : ENDS) {
        compareSumAndProduct(a, b);
        for (final long divisor : ENDS) {
          if (divisor > 0) {
            compareQuotients(a, b, divisor);
          }
        }
      }
    }
  }

  @Test
  void shouldAgreeWithBigIntegerAnywhere() {
    System.out.println("FixedPointTest seed " + SEED);
    final SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 60_000; i++) {
      final long a = anyLong(random);
      final long b = anyLong(random);
      final long divisor = Math.max(1, anyLong(random) & Long.MAX_VALUE);
      compareSumAndProduct(a, b);
      compareQuotients(a, b, divisor);
    }
  }

  @Test
  void shouldHaltWhenTheDivisorIsNotPositive() {
    assertThrows(InvariantViolation.class, () -> FixedPoint.divide(1, 0, Rounding.UP));
    assertThrows(InvariantViolation.class, () -> FixedPoint.mulDiv(1, 1, -1, Rounding.UP));
    assertThrows(InvariantViolation.class, () -> FixedPoint.mulDivFits(1, 1, 0, Rounding.UP));
  }

  @Test
  void shouldStayAtTheEndWhenASaturatingSumLeavesTheRange() {
    assertEquals(Long.MAX_VALUE, FixedPoint.addSaturating(Long.MAX_VALUE, 1));
    assertEquals(Long.MIN_VALUE, FixedPoint.addSaturating(Long.MIN_VALUE, -1));
    assertEquals(-1, FixedPoint.addSaturating(Long.MAX_VALUE, Long.MIN_VALUE));
  }

  @Test
  void shouldSumInOneHundredAndTwentyEightBits() {
    final SplittableRandom random = new SplittableRandom(SEED);
    final Sum128 sum = new Sum128();
    BigInteger expected = BigInteger.ZERO;
    for (int i = 0; i < 10_000; i++) {
      final long value = ENDS[random.nextInt(ENDS.length)];
      if (random.nextBoolean()) {
        sum.add(value);
        expected = expected.add(BigInteger.valueOf(value));
      } else {
        sum.subtract(value);
        expected = expected.subtract(BigInteger.valueOf(value));
      }
      assertEquals(expected.shiftRight(64).longValueExact(), sum.highWord());
      assertEquals(expected.longValue(), sum.lowWord());
      assertEquals(fits(expected), sum.fitsLong());
      assertEquals(0 == expected.signum(), sum.isZero());
    }
    sum.clear();
    assertTrue(sum.isZero());
  }

  private static void compareSumAndProduct(final long a, final long b) {
    final BigInteger sum = BigInteger.valueOf(a).add(BigInteger.valueOf(b));
    assertEquals(fits(sum), FixedPoint.sumFits(a, b));
    if (fits(sum)) {
      assertEquals(sum.longValueExact(), FixedPoint.add(a, b));
      assertEquals(sum.longValueExact(), FixedPoint.addSaturating(a, b));
    } else {
      assertThrows(InvariantViolation.class, () -> FixedPoint.add(a, b));
    }
    final BigInteger product = BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
    assertEquals(fits(product), FixedPoint.productFits(a, b));
    if (fits(product)) {
      assertEquals(product.longValueExact(), FixedPoint.multiply(a, b));
    } else {
      assertThrows(InvariantViolation.class, () -> FixedPoint.multiply(a, b));
      assertTrue(FixedPoint.productFits(a, b, 0));
      assertFalse(FixedPoint.productFits(a, b, 1));
    }
  }

  private static void compareQuotients(final long a, final long b, final long divisor) {
    final BigDecimal product = new BigDecimal(BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)));
    for (final Rounding rounding : Rounding.values()) {
      final BigInteger expected =
          product.divide(BigDecimal.valueOf(divisor), 0, mode(rounding)).toBigIntegerExact();
      assertEquals(fits(expected), FixedPoint.mulDivFits(a, b, divisor, rounding),
          () -> a + " * " + b + " / " + divisor + " " + rounding);
      if (fits(expected)) {
        assertEquals(expected.longValueExact(), FixedPoint.mulDiv(a, b, divisor, rounding),
            () -> a + " * " + b + " / " + divisor + " " + rounding);
      } else {
        assertThrows(InvariantViolation.class, () -> FixedPoint.mulDiv(a, b, divisor, rounding));
      }
      assertEquals(BigDecimal.valueOf(a).divide(BigDecimal.valueOf(divisor), 0, mode(rounding)).longValueExact(),
          FixedPoint.divide(a, divisor, rounding));
    }
  }

  private static RoundingMode mode(final Rounding rounding) {
    return switch (rounding) {
      case UP -> RoundingMode.UP;
      case DOWN -> RoundingMode.DOWN;
      case FLOOR -> RoundingMode.FLOOR;
      case CEILING -> RoundingMode.CEILING;
    };
  }

  private static boolean fits(final BigInteger value) {
    return value.bitLength() < Long.SIZE;
  }

  /** Of any magnitude, each bit length as likely as the next. */
  private static long anyLong(final SplittableRandom random) {
    return random.nextLong() >> random.nextInt(Long.SIZE);
  }
}
