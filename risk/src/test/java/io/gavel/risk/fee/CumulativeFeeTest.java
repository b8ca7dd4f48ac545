package io.gavel.risk.fee;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Goal: fees add up to one rounding per role, and the cover is always enough. Method: BigInteger beside it. */
class CumulativeFeeTest {

  private static final long SEED = 715_517L;
  private static final BigInteger ONE_E8 = BigInteger.valueOf(CumulativeFee.ONE_E8);

  @Test
  void shouldChargeTheCeilingOfRateTimesAllThatWasTraded() {
    System.out.println("CumulativeFeeTest seed " + SEED);
    final SplittableRandom random = new SplittableRandom(SEED);
    for (int order = 0; order < 2_000; order++) {
      final int rateE8 = rate(random);
      BigInteger traded = BigInteger.ZERO;
      BigInteger charged = BigInteger.ZERO;
      int remainderE8 = 0;
      for (int fill = 0; fill < 20; fill++) {
        final long amountUnits = amount(random);
        final long feeUnits = CumulativeFee.feeUnits(rateE8, amountUnits, remainderE8);
        remainderE8 = CumulativeFee.nextRemainderE8(rateE8, amountUnits, remainderE8, feeUnits);

        traded = traded.add(BigInteger.valueOf(amountUnits));
        charged = charged.add(BigInteger.valueOf(feeUnits));
        assertEquals(ceilE8(BigInteger.valueOf(rateE8).multiply(traded)), charged);
        assertTrue(remainderE8 >= 0 && remainderE8 < CumulativeFee.ONE_E8);
        assertTrue(feeUnits <= amountUnits, "a fee never exceeds what was traded");
      }
    }
  }

  @Test
  void shouldCoverWhateverFillsComeInWhateverRoles() {
    final SplittableRandom random = new SplittableRandom(SEED);
    for (int order = 0; order < 5_000; order++) {
      final int makerE8 = rate(random);
      final int takerE8 = Math.max(-makerE8, rate(random));
      final int worstE8 = CumulativeFee.worstE8(makerE8, takerE8);
      long openUnits = 1 + amount(random) / 4;
      final int[] remaindersE8 = new int[2];
      long heldUnits = CumulativeFee.withCoverUnits(worstE8, openUnits, 0);
      while (openUnits > 0) {
        final long worstUnits = Math.min(openUnits, 1 + random.nextLong(1 + openUnits / (1 + random.nextInt(8))));
        final long tradedUnits = worstUnits - random.nextLong(1 + worstUnits / (1 + random.nextInt(100)));
        final int role = random.nextInt(2);
        final int rateE8 = 0 == role ? makerE8 : takerE8;
        final long feeUnits = CumulativeFee.feeUnits(rateE8, tradedUnits, remaindersE8[role]);
        remaindersE8[role] =
            CumulativeFee.nextRemainderE8(rateE8, tradedUnits, remaindersE8[role], feeUnits);
        openUnits -= worstUnits;
        heldUnits -= tradedUnits + Math.max(0, feeUnits);
        final int positiveE8 = (makerE8 > 0 ? remaindersE8[0] : 0) + (takerE8 > 0 ? remaindersE8[1] : 0);
        final long requiredUnits = CumulativeFee.withCoverUnits(worstE8, openUnits, positiveE8);
        assertTrue(heldUnits >= requiredUnits, heldUnits + " < " + requiredUnits);
        heldUnits = requiredUnits;
      }
      assertEquals(0, heldUnits);
    }
  }

  @Test
  void shouldSayWhenAmountAndCoverDoNotFit() {
    final SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 100_000; i++) {
      final int worstE8 = 1 + random.nextInt(CumulativeFee.ONE_E8);
      final long amountUnits = 1 + (random.nextLong() >>> (1 + random.nextInt(4))) % Long.MAX_VALUE;
      final BigInteger amount = BigInteger.valueOf(amountUnits);
      final BigInteger expected = amount.add(ceilE8(amount.multiply(BigInteger.valueOf(worstE8)))).add(BigInteger.TWO);
      assertEquals(expected.bitLength() < Long.SIZE ? expected.longValueExact() : CumulativeFee.TOO_LARGE,
          CumulativeFee.withCoverUnits(worstE8, amountUnits, 0));
    }
    assertEquals(Long.MAX_VALUE, CumulativeFee.withCoverUnits(0, Long.MAX_VALUE, 0));
    assertEquals(CumulativeFee.TOO_LARGE, CumulativeFee.withCoverUnits(CumulativeFee.ONE_E8, Long.MAX_VALUE, 0));
    assertEquals(0, CumulativeFee.withCoverUnits(CumulativeFee.ONE_E8, 0, 5));
  }

  @Test
  void shouldFindTheLargestAmountThatMoneyBuys() {
    final SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 100_000; i++) {
      final int worstE8 = 1 + random.nextInt(CumulativeFee.ONE_E8);
      final long moneyUnits = 1 + amount(random);
      final long tradableUnits = CumulativeFee.tradableUnits(worstE8, moneyUnits);
      assertTrue(0 == tradableUnits || CumulativeFee.withCoverUnits(worstE8, tradableUnits, 0) <= moneyUnits);
      final long more = CumulativeFee.withCoverUnits(worstE8, tradableUnits + 1, 0);
      assertTrue(more > moneyUnits || CumulativeFee.TOO_LARGE == more);
    }
    assertEquals(Long.MAX_VALUE, CumulativeFee.tradableUnits(0, Long.MAX_VALUE));
    assertEquals(0, CumulativeFee.tradableUnits(1, 1));
  }

  private static BigInteger ceilE8(final BigInteger valueE8) {
    final BigInteger[] parts = valueE8.divideAndRemainder(ONE_E8);
    return parts[1].signum() > 0 ? parts[0].add(BigInteger.ONE) : parts[0];
  }

  private static int rate(final SplittableRandom random) {
    final int size = 1 + random.nextInt(CumulativeFee.ONE_E8) / (1 + random.nextInt(10_000));
    return switch (random.nextInt(6)) {
      case 0 -> 0;
      case 1 -> CumulativeFee.ONE_E8;
      case 2 -> -size;
      default -> size;
    };
  }

  /** From 1 to 2^62, each bit length as likely as the next. */
  private static long amount(final SplittableRandom random) {
    return 1 + ((random.nextLong() >>> 2) >>> random.nextInt(62));
  }
}
