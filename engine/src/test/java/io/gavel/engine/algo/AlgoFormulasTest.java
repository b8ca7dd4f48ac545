package io.gavel.engine.algo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Goal: the schedules are the formulas. Method: published figures, and random cases of every magnitude against
 * BigInteger and BigDecimal.
 */
class AlgoFormulasTest {

  private static final long SEED = 6_2035;
  private static final int CASES = 20_000;

  private final Random random = new Random(SEED);

  @Test
  void shouldSizeTwapLegsAsPublished() {
    assertEquals(200, TwapOrder.legLots(1_000, 6, 1_000, 5, 5));
    assertEquals(165, TwapOrder.legLots(1_000, 6, 1_000, 6, 5));
    assertEquals(5, TwapOrder.legs(300, 60));
    assertEquals(20_000_000_000L, TwapOrder.legLots(100_000_000_000L, 5, 100_000_000_000L, 5, 1));
    assertEquals(25_000_000_000L, TwapOrder.legLots(100_000_000_000L, 5, 100_000_000_000L, 4, 1));
    assertEquals(60_000_000_000L, TwapOrder.legLots(100_000_000_000L, 5, 100_000_000_000L, 1, 1), "three legs at most");
  }

  @Test
  void shouldSendNoLegWhenNothingIsLeft() {
    assertEquals(0, TwapOrder.legLots(1_000, 6, 0, 5, 5));
    assertEquals(0, TwapOrder.legLots(1_000, 6, 1_000, 0, 5));
    assertEquals(0, TwapOrder.legLots(0, 6, 1_000, 5, 5));
    assertEquals(0, TwapOrder.legLots(1_000, 0, 1_000, 5, 5));
    assertEquals(0, TwapOrder.legLots(1_000, 6, 1_000, 5, 0));
    assertEquals(0, TwapOrder.legLots(1_000, 300, 4, 1, 5), "less than a step");
    assertEquals(0, TwapOrder.legs(59, 60));
    assertEquals(0, TwapOrder.legs(60, 0));
  }

  @Test
  void shouldSizeTwapLegsLikeTheFormulaInAllMagnitudes() {
    for (int i = 0; i < CASES; i++) {
      final long total = magnitude();
      final long legs = 1L + random.nextInt(1_000);
      final long left = 1 + Math.floorMod(random.nextLong(), total);
      final long legsLeft = 1L + random.nextInt((int) legs);
      final long step = 1L + random.nextInt(100);

      final BigInteger cap = ceil(big(total), big(legs)).multiply(big(3));
      final BigInteger share = ceil(big(left), big(legsLeft)).min(cap);

      assertEquals(share.subtract(share.mod(big(step))).longValueExact(),
          TwapOrder.legLots(total, legs, left, legsLeft, step), () -> "seed " + SEED);
    }
  }

  @Test
  void shouldSumLegsToTheTotalWhenTheyFill() {
    for (int i = 0; i < CASES / 10; i++) {
      final long step = 1L + random.nextInt(100);
      final long total = step * (1 + (magnitude() >>> 8));
      final long legs = 1L + random.nextInt((int) Math.min(500, total / step));
      long left = total;
      for (long leg = 0; leg < legs; leg++) {
        final long lots = TwapOrder.legLots(total, legs, left, legs - leg, step);
        assertEquals(0, lots % step, "seed " + SEED);
        // A leg that found nobody is caught up by those that follow, unless it is among the last.
        left -= leg < legs / 2 && 0 == random.nextInt(3) ? 0 : lots;
      }
      assertEquals(0, left, "seed " + SEED + " total " + total + " legs " + legs);
    }
  }

  @Test
  void shouldPriceLegsWithinTheToleranceOfTheReference() {
    assertEquals(150, SlicePrice.withinTolerance(false, 1_000, 10, 50_000_000, 0));
    assertEquals(50, SlicePrice.withinTolerance(true, 1_000, 10, 50_000_000, 0));
    assertEquals(97, SlicePrice.withinTolerance(true, 1_000, 10, 2_500_000, 0));
    assertEquals(103, SlicePrice.withinTolerance(false, 1_000, 10, 2_500_000, 0));
    assertEquals(102, SlicePrice.withinTolerance(false, 1_000, 10, 2_500_000, 102), "the limit binds");
    assertEquals(99, SlicePrice.withinTolerance(true, 1_000, 10, 2_500_000, 99), "the limit binds");
    assertEquals(1, SlicePrice.withinTolerance(true, 5, 10, 2_500_000, 0), "at least a tick");
    assertEquals(102, SlicePrice.collar(false, 1_000, 10, 2_500_000), "towards the reference");
    assertEquals(98, SlicePrice.collar(true, 1_000, 10, 2_500_000), "towards the reference");
    assertEquals(Integer.MAX_VALUE, SlicePrice.collar(false, Long.MAX_VALUE, 1, 2_500_000));
    assertEquals(Integer.MAX_VALUE, SlicePrice.collar(false, 1, Long.MAX_VALUE, 2_500_000));
  }

  @Test
  void shouldPriceLegsLikeDecimalArithmetic() {
    for (int i = 0; i < CASES; i++) {
      final boolean sell = random.nextBoolean();
      final long units = 1L + random.nextInt(1_000_000);
      final long reference = units * (1 + random.nextInt(1_000_000)) + random.nextInt((int) units);
      final long tolerance = random.nextInt(100_000_000);

      final BigDecimal price = BigDecimal.valueOf(reference)
          .multiply(BigDecimal.ONE.add(BigDecimal.valueOf(sell ? -tolerance : tolerance, 8)));
      final BigDecimal outer =
          price.divide(BigDecimal.valueOf(units), 0, sell ? RoundingMode.FLOOR : RoundingMode.CEILING);
      final BigDecimal inner =
          price.divide(BigDecimal.valueOf(units), 0, sell ? RoundingMode.CEILING : RoundingMode.FLOOR);

      assertEquals(Math.max(1, outer.intValueExact()),
          SlicePrice.withinTolerance(sell, reference, units, tolerance, 0), () -> "seed " + SEED);
      assertEquals(inner.intValueExact(), SlicePrice.collar(sell, reference, units, tolerance));
    }
  }

  @Test
  void shouldSpreadScaleOrdersAsPublished() {
    final long[] sizes = new long[5];
    ScaleOrder.sizes(1_000_000_000, 5, 1_000_000, SizeDistribution.ASCENDING, sizes);
    assertArrayEquals(new long[] {100_000_000, 150_000_000, 200_000_000, 250_000_000, 300_000_000}, sizes);
    ScaleOrder.sizes(1_000_000_000, 5, 1_000_000, SizeDistribution.DESCENDING, sizes);
    assertArrayEquals(new long[] {300_000_000, 250_000_000, 200_000_000, 150_000_000, 100_000_000}, sizes);
    final long[] three = new long[3];
    ScaleOrder.sizes(1_000_000_000, 3, 1_000_000, SizeDistribution.FLAT, three);
    assertArrayEquals(new long[] {333_000_000, 333_000_000, 334_000_000}, three);
    final long[] prices = new long[5];
    Arrays.setAll(prices, i -> ScaleOrder.price(110_000_000, 100_000_000, 5, i));
    assertArrayEquals(new long[] {110_000_000, 107_500_000, 105_000_000, 102_500_000, 100_000_000}, prices);
    Arrays.setAll(prices, i -> ScaleOrder.price(100, 113, 5, i));
    assertArrayEquals(new long[] {100, 103, 106, 109, 113}, prices, "the last price is exact");
  }

  @Test
  void shouldSpreadAnyTotalExactly() {
    final long[] sizes = new long[AlgoSpec.SCALE_MAX];
    for (int i = 0; i < CASES; i++) {
      final int count = 2 + random.nextInt(AlgoSpec.SCALE_MAX - 1);
      final long step = 1L + random.nextInt(50);
      final long total = count * step + (random.nextBoolean() ? random.nextInt(5_000) : magnitude() >>> 8);
      final SizeDistribution distribution = SizeDistribution.values()[random.nextInt(3)];

      ScaleOrder.sizes(total, count, step, distribution, sizes);

      BigInteger sum = BigInteger.ZERO;
      for (int k = 0; k < count; k++) {
        assertTrue(sizes[k] >= step, "seed " + SEED);
        final int fromStart = SizeDistribution.DESCENDING == distribution ? count - 1 - k : k;
        assertTrue(fromStart == count - 1 || 0 == sizes[k] % step, "seed " + SEED);
        sum = sum.add(big(sizes[k]));
      }
      assertEquals(big(total), sum, "seed " + SEED);
    }
  }

  @Test
  void shouldRefuseScaleOrdersThatMakeNoSense() {
    assertEquals(AlgoRefusal.SCALE_COUNT, ScaleOrder.check(true, 100, 110, 1, 1_000, 1));
    assertEquals(AlgoRefusal.SCALE_COUNT, ScaleOrder.check(true, 100, 110, 33, 1_000, 1));
    assertEquals(AlgoRefusal.SCALE_RANGE, ScaleOrder.check(true, 110, 100, 5, 1_000, 1));
    assertEquals(AlgoRefusal.SCALE_RANGE, ScaleOrder.check(false, 100, 110, 5, 1_000, 1));
    assertEquals(AlgoRefusal.SCALE_RANGE, ScaleOrder.check(false, 100, 100, 5, 1_000, 1));
    assertEquals(AlgoRefusal.SCALE_RANGE, ScaleOrder.check(false, 100, 0, 5, 1_000, 1));
    assertEquals(AlgoRefusal.SCALE_TOTAL_TOO_SMALL, ScaleOrder.check(true, 100, 110, 5, 4, 1));
    assertEquals(AlgoRefusal.NONE, ScaleOrder.check(true, 100, 110, 5, 5, 1));
  }

  @Test
  void shouldSumTheLegsOfACurveToTheTotal() {
    for (int i = 0; i < CASES / 10; i++) {
      final long total = magnitude();
      final int legs = 1 + random.nextInt(AlgoSpec.CURVE_MAX);
      final long[] sums = new long[legs];
      long sum = 0;
      for (int k = 0; k < legs; k++) {
        sum += random.nextInt(1_000_000);
        sums[k] = sum;
      }
      final long all = Math.max(1, sum);
      final long step = 1L + random.nextInt(10);
      long out = 0;
      for (int k = 0; k < legs; k++) {
        final long target = VwapOrder.targetLots(total, sums[k], all, step, k == legs - 1);
        final BigInteger exact = big(total).multiply(big(sums[k])).divide(big(all));
        assertEquals(k == legs - 1 ? big(total) : exact.subtract(exact.mod(big(step))), big(target), "seed " + SEED);
        assertTrue(target >= out, "seed " + SEED);
        out = target;
      }
      assertEquals(total, out);
    }
  }

  @Test
  void shouldKeepAShareOfVolumeInBothDefinitions() {
    assertEquals(10, PovOrder.targetLots(VolumeBasis.WITH_OWN, 100, 0, 10_000_000));
    assertEquals(11, PovOrder.targetLots(VolumeBasis.OTHERS, 100, 0, 10_000_000));
    assertEquals(10, PovOrder.targetLots(VolumeBasis.OTHERS, 100, 10, 10_000_000), "the fixed point of both");
    assertEquals(Long.MAX_VALUE, PovOrder.targetLots(VolumeBasis.OTHERS, Long.MAX_VALUE, 0, 99_999_999));
    for (int i = 0; i < CASES; i++) {
      final long market = 1 + (magnitude() >>> 2);
      final long own = Math.floorMod(random.nextLong(), market);
      final long share = 1L + random.nextInt(50_000_000);
      final long target = PovOrder.targetLots(VolumeBasis.OTHERS, market, own, share);
      // Once the target is ours, it is at most share x (volume of others + target).
      final BigInteger all = big(market).subtract(big(own)).add(big(target));
      assertTrue(big(target).multiply(big(100_000_000)).compareTo(all.multiply(big(share))) <= 0, "seed " + SEED);
      final BigInteger more = big(target).add(BigInteger.ONE);
      assertTrue(more.multiply(big(100_000_000)).compareTo(all.add(BigInteger.ONE).multiply(big(share))) > 0,
          "seed " + SEED);
    }
  }

  @Test
  void shouldShareOutHiddenReservesInProportion() {
    final long[] fills = new long[3];
    assertEquals(0, IcebergSlicer.shareOut(new long[] {200, 100, 100}, 3, 300, fills));
    assertArrayEquals(new long[] {150, 75, 75}, fills);
    assertEquals(200, IcebergSlicer.shareOut(new long[] {200, 100, 100}, 3, 600, fills));
    assertArrayEquals(new long[] {200, 100, 100}, fills);
    assertEquals(0, IcebergSlicer.shareOut(new long[] {100, 100, 100}, 3, 100, fills));
    assertArrayEquals(new long[] {34, 33, 33}, fills, "what divisions leave goes by time priority");
    assertEquals(7, IcebergSlicer.shareOut(new long[] {0, 0, 0}, 3, 7, fills));
    assertEquals(0, IcebergSlicer.shareOut(new long[] {5, 0, 5}, 3, 0, fills));
    assertEquals(0, IcebergSlicer.shareOut(new long[0], 0, 0, fills));
  }

  @Test
  void shouldRefillOnlyWhatIsBelowTheRefreshLevel() {
    assertEquals(10, IcebergSlicer.refillLots(10, 0, 0, 100));
    assertEquals(0, IcebergSlicer.refillLots(10, 0, 1, 100));
    assertEquals(8, IcebergSlicer.refillLots(10, 2, 2, 100));
    assertEquals(3, IcebergSlicer.refillLots(10, 2, 2, 3));
    assertEquals(0, IcebergSlicer.refillLots(10, 2, 2, 0));
  }

  @Test
  void shouldAllowAShareOfDepthOnce() {
    assertEquals(25, PacingGuard.allowance(100, 25_000_000, 0));
    assertEquals(5, PacingGuard.allowance(100, 25_000_000, 20));
    assertEquals(0, PacingGuard.allowance(100, 25_000_000, 30));
  }

  /** Any magnitude up to 2^62. */
  private long magnitude() {
    return 1 + (random.nextLong() >>> (1 + 1 + random.nextInt(60)));
  }

  private static BigInteger ceil(final BigInteger a, final BigInteger b) {
    return a.add(b).subtract(BigInteger.ONE).divide(b);
  }

  private static BigInteger big(final long value) {
    return BigInteger.valueOf(value);
  }
}
