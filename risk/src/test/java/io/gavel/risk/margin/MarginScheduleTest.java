package io.gavel.risk.margin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.InvariantViolation;
import io.gavel.codecs.sbe.ReasonCode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Goal: requirements are those of the formulas, to the unit, at every size. Method: random tables and amounts, small,
 * huge and around every edge, against decimal arithmetic that adds up tier by tier.
 */
class MarginScheduleTest {

  private static final int ROUNDS = 300;
  private static final BigDecimal ONE_E8 = BigDecimal.valueOf(100_000_000);
  private static final BigDecimal WHOLE_E5 = BigDecimal.valueOf(100_000);

  private final MarginTable table = new MarginTable();

  @Test
  void shouldRequireTierByTierWhateverTheAmount() {
    final long seed = seed();
    final SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < ROUNDS; i++) {
      final int tierCount = randomSteps(random);
      final MarginSchedule schedule = table.schedule();
      for (final long amount : amounts(random, tierCount)) {
        final String what = "seed " + seed + ", round " + i + ", amount " + amount;
        assertEquals(byTier(amount, table.maintenanceRateE8, tierCount), schedule.maintenanceUnits(amount, 1), what);
        assertEquals(byTier(amount, table.initialRateE8, tierCount), schedule.initialUnits(amount, 1, 0, 0), what);
        assertEquals(schedule.maintenanceUnits(amount, 1), schedule.maintenanceUnits(-amount, -1), what);
      }
    }
  }

  @Test
  void shouldBeTheSameFromBothSidesOfAnEdge() {
    table.clear(MarginCurve.STEP);
    table.tier(0, 2_000_000, 1_000_000);
    table.tier(50_000, 5_000_000, 2_500_000);
    table.tier(250_000, 10_000_000, 5_000_000);
    final MarginSchedule schedule = table.schedule();

    assertEquals(500, schedule.maintenanceUnits(50_000, 1));
    assertEquals(501, schedule.maintenanceUnits(50_001, 1));
    assertEquals(500 + 5_000, schedule.maintenanceUnits(250_000, 1));
    assertEquals(1_000 + 10_000, schedule.initialUnits(250_000, 1, 0, 0));
    assertEquals(750, schedule.maintenanceTiers().cumulativeUnits(1));
    assertEquals(5_000, schedule.leverageMaxE2());
    assertEquals(5_000, schedule.leverageMaxE2(50_000, 1, 0));
    assertEquals(2_000, schedule.leverageMaxE2(50_001, 1, 0));
    assertEquals(5_000_000, schedule.maintenanceRateMaxE8());
  }

  @Test
  void shouldGrowWithTheSizeByALineAndByARoot() {
    final long seed = seed();
    final SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < ROUNDS; i++) {
      final MarginCurve curve = random.nextBoolean() ? MarginCurve.LINEAR : MarginCurve.SQUARE_ROOT;
      table.clear(curve);
      final int initial = 1 + random.nextInt(20_000_000);
      table.tier(0, initial, 1 + random.nextInt(initial));
      final int slope = random.nextInt(100_000);
      table.slope(1 + random.nextLong(100_000_000), slope + random.nextInt(10_000), slope);
      final MarginSchedule schedule = table.schedule();
      for (int j = 0; j < 20; j++) {
        final long lots = random.nextLong() >>> (1 + random.nextInt(60));
        final long notional = random.nextLong() >>> (1 + random.nextInt(60));
        final String what = "seed " + seed + ", " + curve + ", lots " + lots + ", notional " + notional;
        final BigDecimal rate = bySize(curve, table.maintenanceRateE8[0], slope, lots);
        final BigDecimal exact = BigDecimal.valueOf(notional).multiply(rate).divide(ONE_E8);
        assertEquals(exact.setScale(0, RoundingMode.CEILING).longValueExact(),
            schedule.maintenanceUnits(notional, lots), what);
        assertEquals(rate.intValueExact(), schedule.maintenanceRateMaxE8(lots), what);
        assertTrue(schedule.initialUnits(notional, lots, 0, 0) >= schedule.maintenanceUnits(notional, lots), what);
      }
    }
  }

  @Test
  void shouldGiveThePublishedFiguresOfTheLine() {
    table.clear(MarginCurve.LINEAR);
    table.tier(0, 2_000_000, 1_000_000);
    table.slope(1_000, 5_000, 5_000);
    final MarginSchedule schedule = table.schedule();

    assertEquals(53_125, schedule.initialUnits(25 * 100_000, 25_000, 0, 0));
    assertEquals(1_312_500, schedule.initialUnits(350 * 100_000, 350_000, 0, 0));
  }

  @Test
  void shouldClimbWithOpenInterestAndLeaveMaintenanceAlone() {
    table.clear(MarginCurve.OPEN_INTEREST);
    table.tier(0, 20_000_000, 50_000_000);
    table.openInterest(1_000_000, 2_000_000);
    final MarginSchedule schedule = table.schedule();

    assertEquals(200_000, schedule.initialUnits(1_000_000, 1, 1_000_000, 0));
    assertEquals(600_000, schedule.initialUnits(1_000_000, 1, 1_500_000, 0));
    assertEquals(1_000_000, schedule.initialUnits(1_000_000, 1, Long.MAX_VALUE, 0));
    assertEquals(100_000, schedule.maintenanceUnits(1_000_000, 1));
    assertEquals(Long.MAX_VALUE, schedule.initialUnits(Long.MIN_VALUE, 1, Long.MAX_VALUE, 0));
    assertEquals(100, schedule.leverageMaxE2(1, 1, 2_000_000));
  }

  @Test
  void shouldNeverFallNorRiseFasterThanItPromises() {
    final long seed = seed();
    final SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < ROUNDS; i++) {
      final MarginSchedule schedule = randomSchedule(random);
      for (int j = 0; j < 50; j++) {
        final long notional = random.nextLong() >>> (2 + random.nextInt(60));
        final long rise = random.nextLong() >>> (2 + random.nextInt(60));
        final long lots = random.nextLong() >>> (1 + random.nextInt(60));
        final long before = schedule.maintenanceUnits(notional, lots);
        final long after = schedule.maintenanceUnits(notional + rise, lots);
        final String what = "seed " + seed + ", " + schedule.curve() + ", " + notional + " + " + rise;
        assertTrue(after >= before, what);
        assertTrue(after - before <= schedule.maintenanceRiseMaxUnits(rise, lots), what);
        assertTrue(after <= notional + rise, what);
        assertTrue(schedule.maintenanceRateMaxE8(lots) <= schedule.maintenanceRateMaxE8(), what);
        assertTrue(schedule.initialUnits(notional, lots, rise, 0) >= before, what);
      }
    }
  }

  @Test
  void shouldRequireAtLeastWhatTheChosenLeverageLeaves() {
    table.clear(MarginCurve.STEP);
    table.tier(0, 1_000_000, 500_000);
    table.leverageMax(5_000);
    final MarginSchedule schedule = table.schedule();

    assertEquals(10, schedule.initialUnits(1_000, 1, 0, 0));
    assertEquals(334, schedule.initialUnits(1_000, 1, 0, 300));
    assertEquals(ReasonCode.OK, schedule.leverageReason(0));
    assertEquals(ReasonCode.OK, schedule.leverageReason(5_000));
    assertEquals(ReasonCode.LEVERAGE_ABOVE_MAX, schedule.leverageReason(5_001));
    assertEquals(ReasonCode.OUT_OF_RANGE, schedule.leverageReason(99));
    assertEquals(ReasonCode.OUT_OF_RANGE, schedule.leverageReason(Integer.MIN_VALUE));
  }

  @Test
  void shouldRefuseATableThatIsNotOne() {
    table.clear(MarginCurve.STEP);
    assertEquals(ReasonCode.MARGIN_TABLE_INVALID, table.check());
    assertThrows(InvariantViolation.class, table::schedule);
    refuse(MarginCurve.STEP, 1, 10, 5);
    refuse(MarginCurve.STEP, 0, 10, 11);
    refuse(MarginCurve.STEP, 0, 10, 0);
    refuse(MarginCurve.STEP, 0, 100_000_001, 5);
    refuse(MarginCurve.STEP, 0, 10, -5);
    refuse(MarginCurve.STEP, 0, 10, 5, 0, 10, 5);
    refuse(MarginCurve.STEP, 0, 10, 5, 100, 9, 5);
    refuse(MarginCurve.STEP, 0, 10, 5, 100, 11, 4);
    refuse(MarginCurve.STEP, 0, 10, 5, -1, 11, 6);
    refuse(MarginCurve.LINEAR, 0, 10, 5);
    refuse(MarginCurve.SQUARE_ROOT, 0, 10, 5);
    refuse(MarginCurve.OPEN_INTEREST, 0, 10, 5, 100, 11, 6);
    table.clear(MarginCurve.OPEN_INTEREST);
    table.tier(0, 10, 5);
    table.openInterest(7, 7);
    assertEquals(ReasonCode.MARGIN_TABLE_INVALID, table.check());
    table.clear(MarginCurve.LINEAR);
    table.tier(0, 10, 5);
    table.slope(1, 1, 2);
    assertEquals(ReasonCode.MARGIN_TABLE_INVALID, table.check());
    table.clear(MarginCurve.STEP);
    table.tier(0, 1_000_000, 5);
    table.leverageMax(10_001);
    assertEquals(ReasonCode.LEVERAGE_ABOVE_MAX, table.check());
    table.leverageMax(99);
    assertEquals(ReasonCode.MARGIN_TABLE_INVALID, table.check());
    assertEquals(null, MarginCurve.of(4));
    assertEquals(null, MarginCurve.of(-1));
    table.clear(MarginCurve.STEP);
    for (int i = 0; i <= MarginTable.TIERS_MAX; i++) {
      table.tier(i, 10, 5);
    }
    assertEquals(ReasonCode.MARGIN_TABLE_INVALID, table.check());
  }

  @Test
  void shouldComeBackFromASnapshot() {
    final SplittableRandom random = new SplittableRandom(seed());
    for (int i = 0; i < ROUNDS; i++) {
      final MarginSchedule schedule = randomSchedule(random);
      final TableTape tape = new TableTape();
      schedule.save(tape);
      final List<Long> saved = tape.values();
      final MarginSchedule loaded = MarginSchedule.load(tape);
      assertEquals(List.of(), tape.values(), "left unread");
      loaded.save(tape);
      assertEquals(saved, tape.values());
      final long notional = random.nextLong() >>> 1;
      assertEquals(schedule.maintenanceUnits(notional, i), loaded.maintenanceUnits(notional, i));
    }
  }

  private void refuse(final MarginCurve curve, final long... tiers) {
    table.clear(curve);
    for (int i = 0; i < tiers.length; i += 3) {
      table.tier(tiers[i], (int) tiers[i + 1], (int) tiers[i + 2]);
    }
    assertEquals(ReasonCode.MARGIN_TABLE_INVALID, table.check());
  }

  private MarginSchedule randomSchedule(final SplittableRandom random) {
    final MarginCurve curve = MarginCurve.values()[random.nextInt(4)];
    if (MarginCurve.STEP == curve) {
      randomSteps(random);
      return table.schedule();
    }
    table.clear(curve);
    final int initial = 1 + random.nextInt(100_000_000);
    table.tier(0, initial, 1 + random.nextInt(initial));
    if (MarginCurve.OPEN_INTEREST == curve) {
      final long low = random.nextLong(1_000_000_000);
      table.openInterest(low, low + 1 + random.nextLong(Long.MAX_VALUE - low - 1));
    } else {
      table.slope(1 + random.nextLong(1_000_000_000_000L), 50_000, random.nextInt(50_000));
    }
    return table.schedule();
  }

  private int randomSteps(final SplittableRandom random) {
    table.clear(MarginCurve.STEP);
    final int tierCount = 1 + random.nextInt(MarginTable.TIERS_MAX);
    long from = 0;
    int maintenance = 1 + random.nextInt(5_000_000);
    int extra = random.nextInt(5_000_000);
    final int shift = 5 + random.nextInt(45);
    for (int i = 0; i < tierCount; i++) {
      table.tier(from, maintenance + extra, maintenance);
      from += 1 + (random.nextLong() >>> (63 - shift));
      maintenance += random.nextInt(3_000_000);
      extra += random.nextInt(2_000_000);
    }
    return tierCount;
  }

  private List<Long> amounts(final SplittableRandom random, final int tierCount) {
    final List<Long> amounts = new ArrayList<>(List.of(0L, 1L, Long.MAX_VALUE, Long.MAX_VALUE - 1));
    for (int i = 0; i < tierCount; i++) {
      for (long step = -2; step <= 2; step++) {
        amounts.add(Math.max(0, table.floorUnits[i] + step));
      }
    }
    for (int i = 0; i < 20; i++) {
      amounts.add(random.nextLong() >>> (1 + random.nextInt(62)));
    }
    return amounts;
  }

  /** The sum over all tiers of what lies in each. */
  private long byTier(final long amount, final int[] rates, final int tierCount) {
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < tierCount; i++) {
      final long top = i + 1 < tierCount ? Math.min(amount, table.floorUnits[i + 1]) : amount;
      final long part = Math.max(0, top - table.floorUnits[i]);
      sum = sum.add(BigDecimal.valueOf(part).multiply(BigDecimal.valueOf(rates[i])));
    }
    return sum.divide(ONE_E8).setScale(0, RoundingMode.CEILING).longValueExact();
  }

  /** The rate at a size, rounded up, at most one. */
  private BigDecimal bySize(final MarginCurve curve, final int base, final int slope, final long lots) {
    final BigDecimal perSize = BigDecimal.valueOf(table.lotsPerSize);
    final BigDecimal slopeE8 = BigDecimal.valueOf(slope);
    if (MarginCurve.LINEAR == curve) {
      final BigDecimal premium =
          slopeE8.multiply(BigDecimal.valueOf(lots)).divide(perSize, 0, RoundingMode.CEILING);
      return premium.add(BigDecimal.valueOf(base)).min(ONE_E8);
    }
    final BigDecimal sizeE10 = BigDecimal.valueOf(lots).multiply(BigDecimal.valueOf(10_000_000_000L))
        .divide(perSize, 0, RoundingMode.CEILING);
    final boolean wide = sizeE10.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0;
    final BigDecimal root = wide
        ? root(BigDecimal.valueOf(lots).divide(perSize, 0, RoundingMode.CEILING)).multiply(WHOLE_E5)
        : root(sizeE10);
    final BigDecimal premium = slopeE8.multiply(root).divide(WHOLE_E5, 0, RoundingMode.CEILING);
    final BigDecimal lowered =
        BigDecimal.valueOf(base).multiply(new BigDecimal("0.8")).setScale(0, RoundingMode.CEILING);
    return premium.add(lowered).min(ONE_E8).max(BigDecimal.valueOf(base));
  }

  private static BigDecimal root(final BigDecimal value) {
    return value.sqrt(new MathContext(60)).setScale(0, RoundingMode.CEILING);
  }

  private static long seed() {
    final long seed = Long.getLong("gavel.seed", System.nanoTime());
    System.out.println("MarginScheduleTest seed " + seed);
    return seed;
  }
}
