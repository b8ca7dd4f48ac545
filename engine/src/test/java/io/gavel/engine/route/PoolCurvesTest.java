package io.gavel.engine.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Goal: the curves are the formulas, in all magnitudes. Method: published figures, and BigInteger. */
class PoolCurvesTest {

  private static final long SEED = 4_4045;
  private static final int CASES = 40_000;

  private final Random random = new Random(SEED);

  @Test
  void shouldAnswerAsPublished() {
    assertEquals(2, ConstantProduct.quote(1, 100, 200));
    assertEquals(1, ConstantProduct.quote(2, 200, 100));
    assertEquals(1, ConstantProduct.amountOut(2, 100, 100, 997, 1_000));
    assertEquals(2, ConstantProduct.amountIn(1, 100, 100, 997, 1_000));
    // 100 base and 1,000 quote with 1 %, times 10^15.
    final long unit = 1_000_000_000_000_000L;
    assertEquals(2_415_223_225_176_872L, ConstantProduct.amountOut(25 * unit, 1_000 * unit, 100 * unit, 99, 100));
    assertEquals(20_614_306_328_592_043L, ConstantProduct.amountIn(2 * unit, 1_000 * unit, 100 * unit, 99, 100));
    assertEquals(198 * unit, ConstantProduct.amountOutFeeLast(25 * unit, 100 * unit, 1_000 * unit, 99, 100));
  }

  @Test
  void shouldRefuseWhatNoPoolCanDo() {
    final long none = ConstantProduct.NONE;
    assertEquals(none, ConstantProduct.quote(0, 100, 200));
    assertEquals(none, ConstantProduct.quote(1, 0, 200));
    assertEquals(none, ConstantProduct.quote(1, 100, 0));
    assertEquals(none, ConstantProduct.quote(Long.MAX_VALUE, 1, 2));
    assertEquals(none, ConstantProduct.amountOut(0, 100, 100, 997, 1_000));
    assertEquals(none, ConstantProduct.amountOut(1, 0, 100, 997, 1_000));
    assertEquals(none, ConstantProduct.amountOut(1, 100, 0, 997, 1_000));
    assertEquals(none, ConstantProduct.amountOut(1, 100, 100, 0, 1_000));
    assertEquals(none, ConstantProduct.amountOut(1, 100, 100, 1_001, 1_000));
    assertEquals(none, ConstantProduct.amountIn(0, 100, 100, 997, 1_000));
    assertEquals(none, ConstantProduct.amountIn(100, 100, 100, 997, 1_000));
    assertEquals(none, ConstantProduct.amountIn(101, 100, 100, 997, 1_000));
    assertEquals(none, ConstantProduct.amountIn(1, 0, 100, 997, 1_000));
    assertEquals(none, ConstantProduct.amountIn(Long.MAX_VALUE - 1, Long.MAX_VALUE, Long.MAX_VALUE, 997, 1_000));
    assertEquals(none, ConstantProduct.amountInFeeLast(Long.MAX_VALUE, 10, 20, 1, 1_000));
    assertEquals(none, ConstantProduct.amountOutFeeLast(1, 10, 20, 0, 1_000));
    assertEquals(StableSwap.NONE, StableSwap.invariant(0, 1, 100));
    assertEquals(StableSwap.NONE, StableSwap.invariant(Long.MAX_VALUE, 1, 100));
    assertEquals(StableSwap.NONE, StableSwap.other(0, 1, 100));
    assertEquals(StableSwap.NONE, StableSwap.amountIn(100, 100, 100, 200, 100, 1, 1));
    assertEquals(StableSwap.NONE, StableSwap.amountIn(0, 100, 100, 200, 100, 1, 1));
    assertEquals(StableSwap.NONE, StableSwap.amountOut(0, 100, 100, 200, 100, 1, 1));
  }

  @Test
  void shouldComputeConstantProductsExactlyInAllMagnitudes() {
    System.out.println("PoolCurvesTest seed=" + SEED);
    int wide = 0;
    for (int i = 0; i < CASES; i++) {
      final long x = magnitude();
      final long y = magnitude();
      final long in = magnitude();
      final long of = random.nextBoolean() ? 1_000 : 1 + random.nextInt(100_000_000);
      final long keep = random.nextBoolean() ? of : 1 + random.nextInt((int) of);
      final BigInteger paid = big(in).multiply(big(keep));
      final BigInteger all = big(x).multiply(big(of)).add(paid);
      wide += all.bitLength() > 63 ? 1 : 0;

      assertEquals(paid.multiply(big(y)).divide(all), big(ConstantProduct.amountOut(in, x, y, keep, of)),
          () -> "seed " + SEED);

      final long out = 1 + Math.floorMod(random.nextLong(), y);
      final BigInteger price = out >= y ? BigInteger.ZERO : big(x).multiply(big(out)).multiply(big(of))
          .divide(big(y - out).multiply(big(keep))).add(BigInteger.ONE);
      final long expected = out >= y || price.bitLength() > 63 ? ConstantProduct.NONE : price.longValueExact();
      final long actual = ConstantProduct.amountIn(out, x, y, keep, of);
      // Where only an intermediate quotient is too large, saying no is allowed as well.
      assertTrue(actual == expected || (ConstantProduct.NONE == actual && price.bitLength() > 62), () -> "seed " + SEED
          + " out " + out + " x " + x + " y " + y + " keep " + keep + "/" + of + ": " + actual + " for " + expected);
    }
    assertTrue(wide > CASES / 10, "too few wide cases: " + wide);
  }

  @Test
  void shouldNeverPayOutMoreThanWasPaidIn() {
    for (int i = 0; i < CASES / 4; i++) {
      final long x = magnitude() >>> 2;
      final long y = magnitude() >>> 2;
      final long out = 1 + Math.floorMod(random.nextLong(), Math.max(1, y - 1));
      final long in = ConstantProduct.amountIn(out, x, y, 997, 1_000);
      if (ConstantProduct.NONE != in && out < y) {
        assertTrue(ConstantProduct.amountOut(in, x, y, 997, 1_000) >= out, "seed " + SEED);
      }
    }
  }

  @Test
  void shouldKeepTheStableCurveToTheUnit() {
    for (int i = 0; i < CASES / 10; i++) {
      final long x = 1_000 + (magnitude() >>> 14);
      final long y = Math.max(1_000, x / (1 + random.nextInt(5)));
      final long amplification = 1L + random.nextInt(2_000);
      final long d = StableSwap.invariant(x, y, amplification);
      assertTrue(d > 0 && d <= x + y, "seed " + SEED);
      final long in = 1 + Math.floorMod(random.nextLong(), x / 2);
      final long left = StableSwap.other(x + in, d, amplification);

      assertTrue(keeps(x + in, left, d, amplification) && !keeps(x + in, left - 1, d, amplification),
          () -> "seed " + SEED);
      final long out = StableSwap.amountOut(in, x, y, d, amplification, 9_996, 10_000);
      assertTrue(out >= 0 && out < y, "seed " + SEED);
      if (out > 0) {
        final long least = StableSwap.amountIn(out, x, y, d, amplification, 9_996, 10_000);
        assertTrue(least <= in, "seed " + SEED);
        assertTrue(StableSwap.amountOut(least, x, y, d, amplification, 9_996, 10_000) >= out, "seed " + SEED);
        assertTrue(1 == least || StableSwap.amountOut(least - 1, x, y, d, amplification, 9_996, 10_000) < out,
            "seed " + SEED);
      }
    }
  }

  @Test
  void shouldTradeNearlyOneToOneInTheMiddleOfAStablePool() {
    final long d = StableSwap.invariant(1_000_000_000, 1_000_000_000, 200);
    assertEquals(2_000_000_000, d);
    final long out = StableSwap.amountOut(1_000_000, 1_000_000_000, 1_000_000_000, d, 200, 1, 1);
    assertTrue(out > 999_990 && out <= 1_000_000, "out " + out);
    assertTrue(out > ConstantProduct.amountOut(1_000_000, 1_000_000_000, 1_000_000_000, 1, 1));
  }

  /** y^2 + (x + D / Ann - D) y >= c with the rounded c and b the curve is defined by. */
  private static boolean keeps(final long x, final long y, final long d, final long amplification) {
    final BigInteger ann = big(4).multiply(big(amplification));
    final BigInteger half = big(d).multiply(big(d)).divide(big(2).multiply(big(x)));
    final BigInteger c = half.multiply(big(d)).divide(ann.multiply(big(2)));
    final BigInteger b = big(x).add(big(d).divide(ann)).subtract(big(d));
    return big(y).multiply(big(y).add(b)).compareTo(c) >= 0 && big(y).add(b).signum() > 0;
  }

  /** Any magnitude up to 2^61. */
  private long magnitude() {
    return 1 + (random.nextLong() >>> (3 + random.nextInt(58)));
  }

  private static BigInteger big(final long value) {
    return BigInteger.valueOf(value);
  }
}
