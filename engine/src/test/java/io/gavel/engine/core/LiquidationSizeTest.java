package io.gavel.engine.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.MarginModelKind;
import io.gavel.codecs.sbe.PositionMode;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReductionPolicy;
import io.gavel.codecs.sbe.SetMarginEncoder;
import io.gavel.codecs.sbe.Side;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Goal: an order closes what its policy wants and not a lot more. Method: random positions, books and shortages; the
 * lots that the core closed are compared with trying one lot after another.
 */
class LiquidationSizeTest {

  private static final long FIRST = LiquidationDesk.FIRST_TRADER;
  private static final long MAKER = 99;
  private static final int PERP = MarginDesk.PERP;
  /** Floors in units, rates in percent. */
  private static final int[][] TIERS = {{0, 5}, {4_000, 10}, {9_000, 20}};
  private static final int ROUNDS = 150;
  private static final long ONE_E8 = 100_000_000;

  @Test
  void shouldCloseTheFewestLotsThatMakeTheAccountSafe() {
    final long seed = System.nanoTime();
    System.out.println("LiquidationSizeTest seed " + seed);
    final SplittableRandom random = new SplittableRandom(seed);
    int told = 0;
    for (int round = 0; round < ROUNDS; round++) {
      told += round(random, ReductionPolicy.SHORTAGE, "seed " + seed + ", round " + round) ? 1 : 0;
    }
    assertTrue(told > ROUNDS / 4, "orders: " + told);
  }

  @Test
  void shouldCloseDownToTheTierBelow() {
    final long seed = System.nanoTime();
    System.out.println("LiquidationSizeTest seed " + seed);
    final SplittableRandom random = new SplittableRandom(seed);
    int told = 0;
    for (int round = 0; round < ROUNDS; round++) {
      told += round(random, ReductionPolicy.LOWER_TIER, "seed " + seed + ", round " + round) ? 1 : 0;
    }
    assertTrue(told > ROUNDS / 4, "orders: " + told);
  }

  /** Whether an order was sent at all: of who has less than nothing the position is taken over. */
  private static boolean round(final SplittableRandom random, final ReductionPolicy policy, final String where) {
    final LiquidationDesk desk = desk(policy);
    final boolean isolated = random.nextBoolean();
    final int direction = random.nextBoolean() ? 1 : -1;
    final long lots = 20 + random.nextLong(180);
    desk.trader(FIRST, isolated ? MarginMode.ISOLATED : MarginMode.CROSS, PositionMode.ONE_WAY,
        2 * maintenance(lots * 100) + 50);
    desk.trade(direction > 0 ? FIRST : MAKER, direction > 0 ? MAKER : FIRST, 100, lots);
    final int position = desk.margin.position(FIRST, PERP, PositionSide.NET);
    final long money = isolated ? desk.core.machine.risk().contracts().marginUnits(position)
        : desk.margin.equity(FIRST);
    int mark = 100;
    while (money + direction * lots * (mark - 100) >= maintenance(lots * mark)) {
      mark -= direction;
    }
    final long[] shown = new long[4];
    final int best = mark - direction * random.nextInt(2);
    for (int level = 0; level < shown.length; level++) {
      shown[level] = 1 + random.nextLong(lots / 2);
      final ReasonCode code =
          desk.order(MAKER, direction > 0 ? Side.BUY : Side.SELL, best - direction * level, shown[level]);
      assertEquals(ReasonCode.OK, code, where);
    }
    desk.told();
    desk.margin.mark(PERP, mark);
    final long equity = money + direction * lots * (mark - 100);
    final String told = desk.told().stream().filter(line -> line.contains("REDUCING")).findFirst().orElse("");
    if (equity < 0) {
      assertEquals("", told, where);
      return false;
    }
    final long wanted = ReductionPolicy.SHORTAGE == policy ? toRestore(lots, mark, equity, shown, Math.abs(mark - best))
        : toTierBelow(lots, mark);
    final long closed = Long.parseLong(told.replaceAll(".* lots=(-?\\d+) .*", "$1"));
    assertEquals(Math.min(wanted, LongStream.of(shown).sum()), direction * closed, where + ": " + told);
    desk.core.machine.risk().assertConserved();
    return true;
  }

  private static LiquidationDesk desk(final ReductionPolicy policy) {
    final LiquidationDesk desk = LiquidationDesk.open(0, 0,
        c -> c.depthShareBps(10_000).partialBps(0).attemptsMax(5).reduction(policy));
    assertEquals(ReasonCode.OK, desk.core.send(new SetMarginEncoder(), 0, c -> {
      c.instrumentId(PERP).curve(MarginModelKind.STEP).profitCounts(Flag.NO).leverageMaxE2(0).stepNs(10)
          .accountsPerStep(1);
      final SetMarginEncoder.TiersEncoder tiers = c.tiersCount(TIERS.length);
      for (final int[] tier : TIERS) {
        tiers.next().floorUnits(tier[0]).initialRateE8(tier[1] * 2_000_000).maintenanceRateE8(tier[1] * 1_000_000);
      }
    }));
    desk.trader(MAKER, MarginMode.CROSS, PositionMode.ONE_WAY, 10_000_000);
    return desk;
  }

  /** Every lot is sold at the price of the worst level that so many lots reach; what it costs is rounded up. */
  private static long toRestore(final long lots, final int mark, final long equity, final long[] shown,
      final int bestGap) {
    long through = 0;
    int level = -1;
    for (long closed = 1; closed <= LongStream.of(shown).sum() && closed < lots; closed++) {
      while (closed > through) {
        level++;
        through += shown[level];
      }
      final long rateE8 = -Math.floorDiv(-(bestGap + level) * ONE_E8, mark);
      if (equity + Math.floorDiv(-closed * mark * rateE8, ONE_E8) >= maintenance((lots - closed) * mark)) {
        return closed;
      }
    }
    return lots;
  }

  private static long toTierBelow(final long lots, final int mark) {
    int tier = TIERS.length - 1;
    while (tier > 0 && lots * mark <= TIERS[tier][0]) {
      tier--;
    }
    long closed = 0;
    while (closed < lots && (0 == tier || (lots - closed) * mark > TIERS[tier][0])) {
      closed++;
    }
    return closed;
  }

  private static long maintenance(final long notional) {
    long hundredths = 0;
    for (int i = 0; i < TIERS.length; i++) {
      final long until = i + 1 < TIERS.length ? TIERS[i + 1][0] : Long.MAX_VALUE;
      hundredths += Math.max(0, Math.min(notional, until) - TIERS[i][0]) * TIERS[i][1];
    }
    return -Math.floorDiv(-hundredths, 100);
  }
}
