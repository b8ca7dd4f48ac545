package io.gavel.risk.collateral;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Values over the reference against big integers, and triangles that never pay. */
class ConversionTest {

  private static final BigInteger SCALE = BigInteger.valueOf(Conversion.UNITS_PER_PRICE);

  private static BigInteger big(final long value) {
    return BigInteger.valueOf(value);
  }

  @Test
  void shouldRoundTowardTheHouseAndNeverPayForGoingRound() {
    final Random random = new Random(5);
    final Conversion conversion = new Conversion(4, 1);
    final long[] prices = {0, Conversion.UNITS_PER_PRICE, 0, 0, 0};
    for (int i = 0; i < 50_000; i++) {
      for (int asset = 2; asset <= 4; asset++) {
        prices[asset] = 1 + random.nextLong(1L << (10 + random.nextInt(35)));
        conversion.price(asset, prices[asset]);
      }
      final long units = random.nextLong(1L << (1 + random.nextInt(50)));
      final BigInteger[] worth = big(units).multiply(big(prices[2])).divideAndRemainder(SCALE);
      if (worth[0].bitLength() > 62) {
        continue;
      }
      final int haircutE8 = random.nextInt(100_000_001);
      conversion.haircut(2, haircutE8);
      assertEquals(worth[0].multiply(big(100_000_000 - haircutE8)).divide(big(100_000_000)).longValue(),
          conversion.creditUnits(2, units));
      assertEquals(worth[0].longValue() + (0 == worth[1].signum() ? 0 : 1), conversion.debtUnits(2, units));
      final BigInteger direct = worth[0].multiply(SCALE).divide(big(prices[3]));
      assertEquals(direct.bitLength() > 63 ? Conversion.NO_ANSWER : direct.longValue(),
          conversion.convert(2, 3, units));
      goRound(conversion, prices, units);
    }
  }

  /** By way of a third asset it is never more, and less by no more than a unit of each on the way is worth. */
  private static void goRound(final Conversion conversion, final long[] prices, final long units) {
    final long direct = conversion.convert(2, 4, units);
    final long between = conversion.convert(2, 3, units);
    final long around = between < 0 ? Conversion.NO_ANSWER : conversion.convert(3, 4, between);
    if (direct >= 0 && around >= 0) {
      final BigInteger bound = big(prices[3]).add(SCALE.shiftLeft(1)).divide(big(prices[4])).add(BigInteger.TWO);
      assertTrue(around <= direct, direct + " became " + around);
      assertTrue(big(direct - around).compareTo(bound) <= 0, direct + " became " + around + ", bound " + bound);
    }
    final long back = direct < 0 ? Conversion.NO_ANSWER : conversion.convert(4, 2, direct);
    assertTrue(back <= units, units + " came back as " + back);
  }

  @Test
  void shouldGiveNothingForWhatHasNoPrice() {
    final Conversion conversion = new Conversion(4, 1);
    assertEquals(0, conversion.creditUnits(2, 5));
    assertEquals(Conversion.NO_ANSWER, conversion.debtUnits(2, 5));
    assertEquals(Conversion.NO_ANSWER, conversion.convert(1, 2, 5));
    conversion.price(1, 7);
    assertEquals(5, conversion.creditUnits(1, 5), "the reference is worth itself");
    assertEquals(1, conversion.referenceAssetId());
    conversion.price(2, Long.MAX_VALUE);
    assertEquals(Conversion.NO_ANSWER, conversion.debtUnits(2, Long.MAX_VALUE));
    assertEquals(Conversion.NO_ANSWER, conversion.debtUnits(2, -1));
  }
}
