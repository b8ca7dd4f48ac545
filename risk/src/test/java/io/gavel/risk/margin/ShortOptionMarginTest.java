package io.gavel.risk.margin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Goal: F-42 and F-43 to the unit. Method: published examples, and fractions that are rounded at the end alone. */
class ShortOptionMarginTest {

  private static final long COIN = 100_000_000;
  private static final long SEED = 43;

  private final ShortOptionMargin okx = ShortOptionMargin.okx(3_000_000, 102_000_000);
  private final ShortOptionMargin deribit = ShortOptionMargin.deribit();

  @Test
  void shouldChargeTheShortCallOfThePublishedExample() {
    final long perCoin = okx.initialUnits(true, 5_900, 6_000, COIN, 5_750_000);

    assertEquals(19_321_187, perCoin, "0.193211864... of a coin, a tenth of it a contract: published as 0.01932");
  }

  @Test
  void shouldChargeTheFloorFarOutOfTheMoneyAndTheBaseInTheMoney() {
    assertEquals(10_200_000, okx.initialUnits(true, 100, 1_000, COIN, 0));
    assertEquals(10_200_000, okx.initialUnits(false, 1_000, 1, COIN, 0));
    assertEquals(15_300_000 + 90, okx.initialUnits(true, 1_000, 100, COIN, 90));
    assertEquals(15_300_000, okx.initialUnits(true, 0, 100, COIN, -5));
    assertEquals(15_300_000, okx.initialUnits(false, -7, 100, COIN, 0));
  }

  @Test
  void shouldKeepAPutAboveItsOwnMark() {
    assertEquals(3_060_000 + 40_000_000, okx.maintenanceUnits(false, COIN, 40_000_000));
    assertEquals(6_120_000 + 200_000_000, okx.maintenanceUnits(false, COIN, 200_000_000));
    assertEquals(7_500_000 + 300_000_000, deribit.maintenanceUnits(true, COIN, 300_000_000));
    assertEquals(22_500_000 + 300_000_000, deribit.maintenanceUnits(false, COIN, 300_000_000));
    assertEquals(22_500_000 + 300_000_000, deribit.initialUnits(false, 100, 400, COIN, 300_000_000));
  }

  @Test
  void shouldRoundUpOnceAndNeverFallAsTheOptionComesIntoTheMoney() {
    final Random random = new Random(SEED);
    for (int i = 0; i < 2_000; i++) {
      final long forward = 1L + random.nextInt(1_000_000);
      final long strike = 1L + random.nextInt(1_000_000);
      final long coin = 1 + (random.nextLong() >>> 24);
      final long mark = random.nextInt(1_000_000);
      final boolean isCall = random.nextBoolean();
      final long found = okx.initialUnits(isCall, forward, strike, coin, mark);
      final long away = Math.max(0, Math.min(forward, isCall ? strike - forward : forward - strike));
      final BigDecimal deducted = BigDecimal.valueOf(away)
          .divide(BigDecimal.valueOf(forward), 8, RoundingMode.DOWN);
      final BigDecimal share = new BigDecimal("0.15").subtract(deducted).max(new BigDecimal("0.1"));
      final BigDecimal wanted = share.multiply(new BigDecimal("1.02")).multiply(BigDecimal.valueOf(coin))
          .setScale(0, RoundingMode.UP).add(BigDecimal.valueOf(mark));
      assertEquals(wanted.longValueExact(), found, "seed " + SEED + ", case " + i);
      assertTrue(okx.initialUnits(isCall, forward, isCall ? strike - 1 : strike + 1, coin, mark) >= found);
    }
  }

  @Test
  void shouldRefuseTermsThatAreNone() {
    assertThrows(IllegalArgumentException.class, () -> ShortOptionMargin.okx(-1, 102_000_000));
    assertThrows(IllegalArgumentException.class, () -> ShortOptionMargin.okx(3_000_000, -1));
    assertThrows(IllegalArgumentException.class, () -> ShortOptionMargin.okx(3_000_000, Integer.MAX_VALUE));
  }

  @Test
  void shouldBackOrdersAsPublished() {
    assertEquals(47_700_000, OptionOrderMargin.buyToOpenUnits(475_000, 2_000, 100));
    assertEquals(133_400_000, OptionOrderMargin.sellToOpenUnits(1_932_000, 600_000, 2_000, 1_000_000, 100));
    assertEquals(100_000_000, OptionOrderMargin.sellToOpenUnits(1_932_000, 1_900_000, 2_000, 1_000_000, 100));
    assertEquals(0, OptionOrderMargin.sellToCloseUnits(755_000, 2_000, 100));
    assertEquals(100_000, OptionOrderMargin.sellToCloseUnits(1_000, 2_000, 100));
    assertEquals(0, OptionOrderMargin.buyToCloseUnits(1_932_000, 500_000, 2_000, 100));
    assertEquals(7_000_000, OptionOrderMargin.buyToCloseUnits(1_932_000, 2_000_000, 2_000, 100));
  }
}
