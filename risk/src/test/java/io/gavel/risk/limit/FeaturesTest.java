package io.gavel.risk.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streaming features against means that are worked out with sixty digits and never rounded on the way. */
class FeaturesTest {

  private static final MathContext DIGITS = new MathContext(60);

  private static BigDecimal mean(final BigDecimal mean, final long sample, final int shift) {
    return mean.add(BigDecimal.valueOf(sample).subtract(mean).divide(BigDecimal.valueOf(1L << shift), DIGITS), DIGITS);
  }

  private static void assertWithinOne(final BigDecimal exact, final long told, final String what) {
    assertTrue(exact.subtract(BigDecimal.valueOf(told)).abs().compareTo(BigDecimal.ONE) <= 0,
        what + ": " + exact + " told as " + told);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 8, 12})
  void shouldAgreeWithTheWholeHistoryToOneUnit(final int shift) {
    final Random random = new Random(shift);
    final Features features = new Features(shift);
    BigDecimal returns = BigDecimal.ZERO;
    BigDecimal squares = BigDecimal.ZERO;
    BigDecimal lots = BigDecimal.ZERO;
    BigDecimal depth = BigDecimal.ZERO;
    long price = 1_000_000;
    features.priced(price);
    for (int i = 0; i < 5_000; i++) {
      final long next = Math.max(1, price + random.nextInt(40_001) - 20_000);
      final long returnE8 = BigDecimal.valueOf(next - price).multiply(BigDecimal.valueOf(Features.ONE_E8))
          .divide(BigDecimal.valueOf(price), 0, RoundingMode.FLOOR).longValueExact();
      final long square = Math.min(1_000 * Features.ONE_E8, returnE8 * returnE8 / Features.ONE_E8);
      price = next;
      final long size = random.nextInt(1_000);
      final long shown = random.nextInt(100_000);
      returns = mean(returns, returnE8, shift);
      squares = mean(squares, square, shift);
      lots = mean(lots, size, shift);
      depth = mean(depth, shown, shift);

      features.priced(price);
      features.traded(1L + random.nextInt(5), size);
      features.depth(shown);

      assertWithinOne(returns, features.meanReturnE8(), "return");
      assertWithinOne(squares, features.meanSquareE8(), "square");
      assertWithinOne(lots, features.meanTradeLots(), "lots");
      assertWithinOne(depth, features.meanDepthLots(), "depth");
    }
    assertTrue(features.varianceE8() >= 0 && features.concentrationE8() <= Features.ONE_E8);
  }

  @Test
  void shouldFindWhoHasMoreThanHalf() {
    final Features features = new Features(4);
    final Random random = new Random(9);
    for (int i = 0; i < 2_000; i++) {
      features.traded(random.nextInt(10) < 7 ? 42 : random.nextInt(5), 10);
    }
    assertEquals(42, features.leader());
    assertTrue(features.concentrationE8() > 30_000_000, "" + features.concentrationE8());
  }

  @Test
  void shouldTakeNoHarmFromExtremes() {
    final Features features = new Features(99);
    features.priced(-1);
    features.priced(1);
    features.priced(Long.MAX_VALUE);
    features.priced(1);
    features.traded(0, Long.MAX_VALUE);
    features.traded(0, -5);
    features.depth(Long.MIN_VALUE);
    assertTrue(features.meanReturnE8() > 0 && features.varianceE8() >= 0 && features.meanDepthLots() == 0);
  }
}
