package io.gavel.risk.funding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.InvariantViolation;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Goal: rates stay within their clamps, and what a loss charges covers it. Method: random figures and big integers. */
class FundingRatesTest {

  private static final long ONE_E8 = 100_000_000;

  @Test
  void shouldDrawThePremiumToTheInterestByAtMostTheDampening() {
    assertEquals(-134_000, FundingRates.dampened(-184_000, 10_000, 50_000));
    assertEquals(10_000, FundingRates.dampened(20_000, 10_000, 50_000));
    assertEquals(150_000, FundingRates.dampened(200_000, 10_000, 50_000));
    assertEquals(100, FundingRates.clamped(200_000, 100));
    assertEquals(-100, FundingRates.clamped(-200_000, 100));
    assertEquals(0, FundingRates.cap(5, 6, 75, 100));
    assertThrows(InvariantViolation.class, () -> FundingRates.settlement(Long.MIN_VALUE, 1, 1));
  }

  @Test
  void shouldCutIndexDeltasTowardsZero() {
    assertEquals(1_001, FundingRates.indexDelta(1_001_999, 28_800, 28_800, 1_000, -6));
    assertEquals(-1_001, FundingRates.indexDelta(-1_001_999, 28_800, 28_800, 1_000, -6));
    assertEquals(-5_009_995_000_000L, FundingRates.indexDelta(-1_001_999, 14_400, 28_800, 1_000, 4));
    assertEquals(-600, FundingRates.settlement(100, -100, 3));
  }

  @Test
  void shouldBoundThePeriodicPayment() {
    assertEquals(16_000_000, payment(1_590, 10_000, -1_000 * ONE_E8, 1_000 * ONE_E8));
    assertEquals(-20 * ONE_E8, payment(1_500, 0, -ONE_E8, 5_000_000));
    assertEquals(20 * ONE_E8, payment(1_700, 0, -5_000_000, ONE_E8));
    assertEquals(0, FundingRates.marginForPayment(20, -1, 50, 100));
    assertEquals(10, FundingRates.marginForPayment(-20, -1, 50, 100));
    assertEquals(2, FundingRates.marginForPayment(3, 1, 50, 100));
  }

  private static long payment(final long futures, final long accrued, final long lower, final long upper) {
    return FundingRates.periodicPayment(futures * ONE_E8, 1_600 * ONE_E8, accrued, lower, upper, ONE_E8);
  }

  @Test
  void shouldChargeAtLeastTheLossAndLessThanAUnitForEachMore() {
    final long seed = System.nanoTime();
    System.out.println("FundingRatesTest seed " + seed);
    final SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 2_000; i++) {
      final long loss = random.nextLong(1_000_000_000L);
      final long openLong = random.nextLong(1_000_000_000L);
      final long openShort = -random.nextLong(1_000_000_000L);
      final long perUnit = FundingRates.lossPerUnit(-loss, openLong, openShort, ONE_E8);
      final BigInteger charged = BigInteger.valueOf(perUnit).multiply(BigInteger.valueOf(openLong - openShort));
      final BigInteger due = BigInteger.valueOf(loss).multiply(BigInteger.valueOf(ONE_E8));
      assertTrue(0 == openLong - openShort || charged.compareTo(due) >= 0, "seed " + seed);
      assertTrue(charged.subtract(due).compareTo(BigInteger.valueOf(openLong - openShort)) < 0
          || 0 == openLong - openShort, "seed " + seed);
    }
    assertEquals(0, FundingRates.lossPerUnit(5, 0, 0, ONE_E8));
    assertEquals(0, FundingRates.depositIndexLoss(ONE_E8, 5, 0));
    assertEquals(34, FundingRates.depositIndexLoss(100, 1, 3));
  }
}
