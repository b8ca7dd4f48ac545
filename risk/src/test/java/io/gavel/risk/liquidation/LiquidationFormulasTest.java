package io.gavel.risk.liquidation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Goal: parts of an account that are taken over never cost more than it has, limits stay between the mark and the full
 * spread, and sizes and fees stay inside their bounds. Method: random accounts against big integers, and hostile ones.
 */
class LiquidationFormulasTest {

  private static final int ROUNDS = 2_000;
  private static final long ONE_E6 = 1_000_000;

  @Test
  void shouldShareTheEquityByWhatIsReleasedAndNeverMoreThanAll() {
    final SplittableRandom random = random();
    for (int i = 0; i < ROUNDS; i++) {
      final int count = 1 + random.nextInt(8);
      final long[] released = new long[count];
      long maintenance = 0;
      for (int leg = 0; leg < count; leg++) {
        released[leg] = random.nextLong(1_000_000_000_000L);
        maintenance += released[leg];
      }
      maintenance += 1 + random.nextLong(1_000_000_000L);
      final long equity = random.nextLong(-1_000_000_000_000L, 1_000_000_000_000L);
      BigInteger shared = BigInteger.ZERO;
      for (final long part : released) {
        final long quote = BankruptcyPrice.quoteUnits(equity, maintenance, 0, part);
        final BigInteger[] exact = BigInteger.valueOf(equity).multiply(BigInteger.valueOf(part))
            .divideAndRemainder(BigInteger.valueOf(maintenance));
        final BigInteger floor = exact[1].signum() < 0 ? exact[0].subtract(BigInteger.ONE) : exact[0];
        assertEquals(floor.negate().longValueExact(), quote, "equity " + equity + ", part " + part);
        shared = shared.add(floor);
      }
      assertTrue(shared.compareTo(BigInteger.valueOf(Math.max(0, equity))) <= 0, "shared more than there is");
    }
  }

  @Test
  void shouldOpenTheSpreadBetweenTheRequirementAndBankruptcy() {
    final SplittableRandom random = random();
    for (int i = 0; i < ROUNDS; i++) {
      final long maintenance = 1 + random.nextLong(1_000_000_000_000L);
      final long own = random.nextLong(maintenance + 1);
      final long value = random.nextLong(-1_000_000_000_000L, 1_000_000_000_000L);
      final long equity = random.nextLong(-maintenance, 2 * maintenance);
      final long adjustment = random.nextLong(4_294_967_296L);
      final long spread = random.nextLong(ONE_E6 + 1);
      final long worst = FillablePrice.valueUnits(value, own, equity, maintenance, adjustment, spread);
      final long full = own * spread / ONE_E6;
      assertTrue(worst <= value && worst >= value - full, "value " + value + ", worst " + worst + ", full " + full);
      if (equity >= maintenance) {
        assertEquals(value, worst);
      }
      if (equity <= 0 && adjustment >= ONE_E6) {
        assertEquals(value - full, worst);
      }
    }
    assertEquals(34, FillablePrice.priceUnits(100, 3, 1));
    assertEquals(33, FillablePrice.priceUnits(-100, -3, 1));
    assertEquals(-900, FillablePrice.valueUnits(0, 900, Long.MIN_VALUE / 2, 900, Long.MAX_VALUE, ONE_E6));
  }

  @Test
  void shouldCapTheFeeAndLetTheFundPayTheRest() {
    assertEquals(28, BankruptcyPrice.insuranceDeltaUnits(5_610, 5_100, 5_000));
    assertEquals(10, BankruptcyPrice.insuranceDeltaUnits(5_110, 5_100, 5_000));
    assertEquals(-90, BankruptcyPrice.insuranceDeltaUnits(5_010, 5_100, 5_000));
    assertEquals(22, BankruptcyPrice.insuranceDeltaUnits(-4_410, -4_900, 5_000));
  }

  @Test
  void shouldFreeTheShortageWithTheSizeAndNotWithOneStepLess() {
    final SplittableRandom random = random();
    for (int i = 0; i < ROUNDS; i++) {
      final long shortage = random.nextLong(1_000_000_000_000L);
      final long ratio = 1 + random.nextLong(ONE_E6);
      final long fee = random.nextLong(ONE_E6 / 10);
      final long price = 1 + random.nextLong(1_000_000_000_000L);
      final long size = PartialSize.toCoverShortageE9(shortage, ratio, fee, 0, price, ONE_E6);
      final BigInteger freed = BigInteger.valueOf(price).multiply(BigInteger.valueOf(ratio - fee))
          .divide(BigInteger.valueOf(ONE_E6));
      if (ratio <= fee || freed.signum() == 0) {
        assertEquals(PartialSize.ALL, size);
        continue;
      }
      final BigInteger exact = BigInteger.valueOf(shortage).multiply(BigInteger.valueOf(1_000_000_000)).divide(freed);
      assertEquals(exact.bitLength() < 64 ? exact.longValueExact() : PartialSize.ALL, size);
    }
    assertEquals(PartialSize.ALL, PartialSize.toCoverShortageE9(1, 10, 10, 0, 100, ONE_E6));
    assertEquals(PartialSize.ALL, PartialSize.toCoverShortageE9(1, 10, 0, 0, 0, ONE_E6));
  }

  @Test
  void shouldKeepStepsWithinThePosition() {
    assertEquals(50, PartialSize.stepMax(100, 10, 500_000));
    assertEquals(100, PartialSize.stepMax(100, 1_000, 500_000));
    assertEquals(100, PartialSize.stepMax(100, 0, Long.MAX_VALUE));
    assertEquals(10, PartialSize.stepMin(100, 10));
    assertEquals(100, PartialSize.stepMin(100, 1_000));
    assertEquals(500_000, PartialSize.halvingShareE6(50, 100, 1_000, 1_000));
    assertEquals(ONE_E6, PartialSize.halvingShareE6(49, 100, 1_000, 1_000));
    assertEquals(ONE_E6, PartialSize.halvingShareE6(50, 100, Long.MAX_VALUE, 1));
    assertEquals(10_000, PartialSize.pacedShareE4(49, 50, 0, 0, 100, 0));
    assertEquals(0, PartialSize.pacedShareE4(50, 50, 0, 0, 100, 0));
    assertEquals(6_000, PartialSize.pacedShareE4(50, 50, 0, 50, 100, 1_000));
    assertEquals(10_000, PartialSize.pacedShareE4(50, 50, 0, Long.MAX_VALUE, 100, 1_000));
    assertEquals(2_000, PartialSize.pacedShareE4(50, 50, 50, 50, 100, 1_000));
  }

  @Test
  void shouldSellWhatWasTakenOverInSharesThatTheBookBears() {
    assertEquals(100, DisposalSchedule.stepLots(280, 50_000_000, 50, 10_000, 1_000_000));
    assertEquals(45, DisposalSchedule.stepLots(45, 50_000_000, 50, 10_000, 1_000_000));
    assertEquals(26, DisposalSchedule.stepLots(51, 50_000_000, 50, 10_000, 1_000_000));
    assertEquals(0, DisposalSchedule.stepLots(51, 50_000_000, 50, 99, 1_000_000));
    final long all = Long.MAX_VALUE;
    assertEquals(all, DisposalSchedule.stepLots(all, 100_000_000, 0, all, 100_000_000));
  }

  @Test
  void shouldKeepFeesWithinTheirBounds() {
    assertEquals(20_000, LiquidationFees.liquidatorE6(20_000, 50_000, 1_499, 1_500, 1));
    assertEquals(21_500, LiquidationFees.liquidatorE6(20_000, 50_000, 1_500, 1_500, 1));
    assertEquals(50_000, LiquidationFees.liquidatorE6(20_000, 50_000, Long.MAX_VALUE, 1_500, Long.MAX_VALUE));
    final SplittableRandom random = random();
    for (int i = 0; i < ROUNDS; i++) {
      final long max = random.nextLong(50_000);
      final long fee = LiquidationFees.insuranceE6(random.nextLong() >>> (1 + random.nextInt(60)),
          random.nextLong(1_000_000_000_000L), random.nextLong(ONE_E6), random.nextLong(ONE_E6),
          random.nextLong(1_000_000_000L), random.nextLong(2 * ONE_E6), max);
      assertTrue(fee >= 0 && fee <= max, "fee " + fee + " of " + max);
    }
  }

  @Test
  void shouldTakeAllCollateralWhenOnlyDustWouldStay() {
    assertEquals(200_000_000, CollateralTransfer.collateralForDebt(200_000_000, ONE_E6, 6, ONE_E6,
        1_995_000_000, ONE_E6, 9, 100 * ONE_E6));
    assertEquals(190_000_000, CollateralTransfer.collateralForDebt(200_000_000, ONE_E6, 6, ONE_E6,
        1_900_000_000, ONE_E6, 9, 100 * ONE_E6));
    assertEquals(PartialSize.ALL, CollateralTransfer.debtToCoverShortage(1, 10_000, ONE_E6, 10_000, ONE_E6, 9, 1, 0));
    assertEquals(100_000_000, CollateralTransfer.debtForCollateral(
        10_000_000, ONE_E6, 6, ONE_E6, ONE_E6, 9, 100 * ONE_E6));
  }

  private static SplittableRandom random() {
    final long seed = System.nanoTime();
    System.out.println("LiquidationFormulasTest seed " + seed);
    return new SplittableRandom(seed);
  }
}
