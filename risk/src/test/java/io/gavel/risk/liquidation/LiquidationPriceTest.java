package io.gavel.risk.liquidation;

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

/**
 * Goal: at the price that is given the account still has its requirement or just lost it, and one unit further it
 * certainly has; long rounds up, short down. Method: random legs against exact fractions.
 */
class LiquidationPriceTest {

  private static final int ROUNDS = 2_000;
  private static final BigDecimal ONE_E8 = BigDecimal.valueOf(100_000_000);

  private final LiquidationPrice price = new LiquidationPrice();

  @Test
  void shouldSolveForOneLegExactly() {
    final SplittableRandom random = random();
    for (int i = 0; i < ROUNDS; i++) {
      final long size = 1 + (random.nextLong() >>> (30 + random.nextInt(30)));
      final long lots = random.nextBoolean() ? size : -size;
      final long cost = lots * (1 + random.nextLong(100_000_000));
      final long wallet = random.nextLong(Math.abs(cost) + 1);
      final long rateE8 = 1 + random.nextLong(50_000_000);
      final long cumulative = random.nextLong(wallet + 1);
      price.clear(wallet, 0, 0);
      price.leg(lots, cost, rateE8, cumulative);

      final BigDecimal slope = BigDecimal.valueOf(size).multiply(BigDecimal.valueOf(rateE8)).divide(ONE_E8)
          .subtract(BigDecimal.valueOf(lots));
      final BigDecimal exact = BigDecimal.valueOf(wallet).add(BigDecimal.valueOf(cumulative))
          .subtract(BigDecimal.valueOf(cost));
      final long expected = exact.divide(slope, 0, lots > 0 ? RoundingMode.CEILING : RoundingMode.FLOOR)
          .longValueExact();
      assertTrue(price.exists());
      if (size <= 20_000_000_000L) {
        assertEquals(expected, price.priceUnits(), "lots " + lots + ", cost " + cost);
      } else {
        assertTrue(Math.abs(expected - price.priceUnits()) <= 1, "lots " + lots + ", cost " + cost);
      }
    }
  }

  @Test
  void shouldShareOnePriceAmongTheLegsOfAHedge() {
    // 10 long at 100 and 4 short at 120, 300 in the wallet, 1 %: (300 - 1000 + 480) / (0.14 - 6).
    price.clear(300, 0, 0);
    price.leg(10, 1_000, 1_000_000, 0);
    price.leg(-4, -480, 1_000_000, 0);

    assertTrue(price.exists());
    assertEquals(38, price.priceUnits());
    price.clear(300, 0, 0);
    price.leg(10, 1_000, 0, 0);
    price.leg(-10, -1_000, 0, 0);
    assertFalse(price.exists());
  }

  @Test
  void shouldCountWhatOtherPositionsAddAndNeed() {
    price.clear(1_000, -200, 300);
    price.leg(10, 1_000, 0, 0);

    assertEquals(50, price.priceUnits());
    price.clear(2_000, 0, 0);
    price.leg(10, 1_000, 0, 0);
    assertTrue(price.priceUnits() <= 0, "backed in full: no price reaches it");
    assertThrows(InvariantViolation.class, () -> price.clear(Long.MAX_VALUE, 1, 0));
  }

  @Test
  void shouldFixMaintenanceAtTheEntry() {
    assertEquals(19_700, LiquidationPrice.fixedMaintenanceUnits(1, 20_000, 400, 100));
    assertEquals(20_300, LiquidationPrice.fixedMaintenanceUnits(-1, -20_000, 400, 100));
    assertEquals(34, LiquidationPrice.fixedMaintenanceUnits(3, 130, 30, 0));
    assertEquals(53, LiquidationPrice.fixedMaintenanceUnits(-3, -130, 30, 0));
    assertEquals(105, LiquidationPrice.bufferedUnits(100, 200, 5_000_000));
    assertEquals(195, LiquidationPrice.bufferedUnits(200, 100, 5_000_000));
  }

  @Test
  void shouldPriceInverseContractsAgainstTheirOwner() {
    final SplittableRandom random = random();
    for (int i = 0; i < ROUNDS; i++) {
      final boolean isLong = random.nextBoolean();
      final long face = 1 + random.nextLong(1_000_000_000_000L);
      final long value = 1 + random.nextLong(1_000_000_000_000L);
      final long backing = random.nextLong(value + value / 4 + 1);
      final long settleScale = 100_000_000;
      final long bankrupt = InversePrice.bankruptcy(isLong, face, value, backing, 0, settleScale);
      final BigInteger worth = BigInteger.valueOf(isLong ? value + backing : value - backing);
      if (worth.signum() <= 0) {
        assertEquals(InversePrice.NO_PRICE, bankrupt);
        continue;
      }
      final BigDecimal exact = new BigDecimal(BigInteger.valueOf(face).multiply(BigInteger.valueOf(settleScale)));
      assertEquals(exact.divide(new BigDecimal(worth), 0, isLong ? RoundingMode.CEILING : RoundingMode.FLOOR)
          .longValueExact(), bankrupt);
      final long liquidation =
          InversePrice.liquidation(isLong, face, value, backing, backing / 2, 75_000, settleScale);
      assertTrue(InversePrice.NO_PRICE == liquidation || (isLong ? liquidation >= bankrupt : liquidation <= bankrupt),
          "liquidation comes first");
    }
    assertEquals(InversePrice.NO_PRICE, InversePrice.isolatedBankruptcy(false, 100, 100_000_000));
    assertEquals(50, InversePrice.isolatedBankruptcy(true, 100, 100_000_000));
    assertEquals(0, InversePrice.linearBankruptcy(true, 100, 100_000_000));
    assertEquals(110, InversePrice.linearBankruptcy(false, 100, 1_000_000_000));
    assertEquals(15, InversePrice.toTick(true, 11, 5));
    assertEquals(10, InversePrice.toTick(false, 14, 5));
  }

  private static SplittableRandom random() {
    final long seed = System.nanoTime();
    System.out.println("LiquidationPriceTest seed " + seed);
    return new SplittableRandom(seed);
  }
}
