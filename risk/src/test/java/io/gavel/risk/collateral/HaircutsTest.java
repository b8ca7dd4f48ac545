package io.gavel.risk.collateral;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.InvariantViolation;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.risk.margin.TableTape;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Goal: a credit is what the steps, the root and the concentration leave, to the unit, and a debt what it costs.
 * Method: published figures, then random tables and amounts against decimal arithmetic.
 */
class HaircutsTest {

  private static final BigDecimal ONE_E8 = BigDecimal.valueOf(100_000_000);
  private static final long BTC = 100_000_000L;

  private final HaircutTable table = new HaircutTable();

  @Test
  void shouldWeighAsPublished() {
    assertEquals(9_000, SizeWeights.asset(1_000_000_000_000L, 10, 9_000, 10_000));
    assertEquals(8_357, SizeWeights.asset(1_000_000_000_000_000_000L, 10, 9_000, 10_000));
    assertEquals(2_642, SizeWeights.asset(1_000_000_000_000L, 100_000, 9_000, 10_000));
    assertEquals(11_000, SizeWeights.liability(1_000_000_000_000L, 10, 11_000, 10_000));
    assertEquals(11_962, SizeWeights.liability(1_000_000_000_000L, 10_000, 11_000, 10_000));
    assertEquals(9_000, SizeWeights.concentrated(9_000, 500_000, 500_000));
    assertEquals(3_000, SizeWeights.concentrated(9_000, 1_500_000, 500_000));
  }

  @Test
  void shouldCreditStepByStep() {
    final long seed = System.nanoTime();
    System.out.println("HaircutsTest seed " + seed);
    final SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 300; i++) {
      final int tierCount = randomSteps(random);
      final long start = random.nextLong() >>> (1 + random.nextInt(60));
      table.concentrationStart(start);
      final Haircuts haircuts = table.haircuts();
      for (int j = 0; j < 20; j++) {
        final long value = 0 == j ? Long.MAX_VALUE : random.nextLong() >>> (1 + random.nextInt(60));
        final long deposits = random.nextLong() >>> (1 + random.nextInt(60));
        final BigDecimal stepped = stepped(value, tierCount);
        final BigDecimal expected = 0 == start || deposits <= start ? stepped
            : stepped.multiply(BigDecimal.valueOf(start)).divide(BigDecimal.valueOf(deposits), 0, RoundingMode.FLOOR);
        final long credit = haircuts.creditUnits(value, 1, deposits);
        assertEquals(expected.longValueExact(), credit, "seed " + seed + ", round " + i + ", value " + value);
        assertTrue(credit <= value);
      }
    }
  }

  @Test
  void shouldCreditLessOfALargeAmount() {
    table.clear(BTC);
    table.tier(0, 90_000_000);
    table.factor(100_000);
    final Haircuts haircuts = table.haircuts();

    final long value = 1_000_000_000L;
    assertEquals(900_000_000L, haircuts.creditUnits(value, 1, 0));
    assertEquals(264_278_000L, haircuts.creditUnits(value, 1_000 * BTC, 0) / 1_000 * 1_000);
    assertTrue(haircuts.creditUnits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE) < Long.MAX_VALUE / 10);
    assertEquals(90_000_000, haircuts.weightMaxE8());
  }

  @Test
  void shouldRoundEveryStepAgainstTheOwner() {
    final long seed = System.nanoTime();
    System.out.println("HaircutsTest seed " + seed);
    final SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 1_000; i++) {
      final int factor = 1 + random.nextInt(HaircutTable.FACTOR_MAX_E6);
      final long amount = random.nextLong() >>> (1 + random.nextInt(60));
      final long value = random.nextLong() >>> (1 + random.nextInt(60));
      table.clear(BTC);
      table.tier(0, 95_000_000);
      table.debt(105_000_000);
      table.factor(factor);
      final Haircuts haircuts = table.haircuts();
      final BigDecimal root = BigDecimal.valueOf(amount).divide(BigDecimal.valueOf(BTC)).sqrt(new MathContext(60));
      final BigDecimal slope = root.multiply(BigDecimal.valueOf(factor, 6));
      final BigDecimal weight = new BigDecimal("0.95").min(
          new BigDecimal("1.1").divide(BigDecimal.ONE.add(slope), new MathContext(60)));
      final BigDecimal credit = weight.multiply(BigDecimal.valueOf(value));
      final BigDecimal debt = new BigDecimal("1.05").max(new BigDecimal("0.84").add(slope))
          .multiply(BigDecimal.valueOf(value));
      final String what = "seed " + seed + ", factor " + factor + ", amount " + amount + ", value " + value;
      assertTrue(credit.compareTo(BigDecimal.valueOf(haircuts.creditUnits(value, amount, 0))) >= 0, what);
      assertTrue(debt.min(BigDecimal.valueOf(Long.MAX_VALUE))
          .compareTo(BigDecimal.valueOf(haircuts.debtUnits(value, amount))) <= 0, what);
    }
  }

  @Test
  void shouldRaiseADebtAndSaturateOneThatDoesNotFit() {
    table.clear(BTC);
    table.tier(0, 0);
    table.debt(110_000_000);
    final Haircuts haircuts = table.haircuts();

    assertEquals(0, haircuts.creditUnits(Long.MAX_VALUE, 1, 0));
    assertEquals(12, haircuts.debtUnits(10, 1) + 1);
    assertEquals(Long.MAX_VALUE, haircuts.debtUnits(Long.MAX_VALUE, 1));
  }

  @Test
  void shouldRefuseATableThatIsNotOne() {
    table.clear(BTC);
    assertEquals(ReasonCode.MARGIN_TABLE_INVALID, table.check());
    assertThrows(InvariantViolation.class, table::haircuts);
    refuse(1, 90);
    refuse(0, 100_000_001);
    refuse(0, -1);
    refuse(0, 90, 0, 80);
    refuse(0, 90, 10, 91);
    table.clear(0);
    table.tier(0, 90);
    assertEquals(ReasonCode.MARGIN_TABLE_INVALID, table.check());
    table.clear(BTC);
    table.tier(0, 90);
    table.debt(99_999_999);
    assertEquals(ReasonCode.MARGIN_TABLE_INVALID, table.check());
    table.debt(100_000_000);
    assertEquals(ReasonCode.OK, table.check());
    table.factor(-1);
    assertEquals(ReasonCode.MARGIN_TABLE_INVALID, table.check());
    table.factor(HaircutTable.FACTOR_MAX_E6 + 1);
    assertEquals(ReasonCode.MARGIN_TABLE_INVALID, table.check());
    table.factor(0);
    for (int i = 1; i <= HaircutTable.TIERS_MAX; i++) {
      table.tier(i, 90);
    }
    assertEquals(ReasonCode.MARGIN_TABLE_INVALID, table.check());
  }

  @Test
  void shouldTakeTheRootOfWhatTenTimesALongIs() {
    final SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 1_000; i++) {
      final long sizeE9 = random.nextLong() >>> (1 + random.nextInt(62));
      final BigInteger root = BigInteger.valueOf(sizeE9).multiply(BigInteger.TEN).add(BigInteger.ONE).sqrt();
      final long weight = SizeWeights.liability(sizeE9, 1_000_000, 1, 100_000);
      assertEquals(Math.max(1, 1 + root.longValueExact()), weight, "size " + sizeE9);
    }
  }

  @Test
  void shouldComeBackFromASnapshot() {
    final SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 100; i++) {
      randomSteps(random);
      table.debt(HaircutTable.ONE_E8 + i);
      table.factor(i);
      table.concentrationStart(i);
      final TableTape tape = new TableTape();
      table.haircuts().save(tape);
      final List<Long> saved = tape.values();
      final Haircuts loaded = Haircuts.load(tape);
      assertEquals(List.of(), tape.values(), "left unread");
      loaded.save(tape);
      assertEquals(saved, tape.values());
    }
  }

  private void refuse(final long... tiers) {
    table.clear(BTC);
    for (int i = 0; i < tiers.length; i += 2) {
      table.tier(tiers[i], (int) tiers[i + 1]);
    }
    assertEquals(ReasonCode.MARGIN_TABLE_INVALID, table.check());
  }

  private int randomSteps(final SplittableRandom random) {
    table.clear(BTC);
    final int tierCount = 1 + random.nextInt(HaircutTable.TIERS_MAX);
    long from = 0;
    int weight = 100_000_000;
    for (int i = 0; i < tierCount; i++) {
      table.tier(from, weight);
      from += 1 + random.nextLong(1L << (4 + random.nextInt(50)));
      weight -= random.nextInt(6_000_000);
    }
    return tierCount;
  }

  private BigDecimal stepped(final long value, final int tierCount) {
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < tierCount; i++) {
      final long top = i + 1 < tierCount ? Math.min(value, table.floorUnits[i + 1]) : value;
      final long part = Math.max(0, top - table.floorUnits[i]);
      sum = sum.add(BigDecimal.valueOf(part).multiply(BigDecimal.valueOf(table.weightE8[i])));
    }
    return sum.divide(ONE_E8).setScale(0, RoundingMode.FLOOR);
  }
}
