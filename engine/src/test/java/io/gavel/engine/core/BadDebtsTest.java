package io.gavel.engine.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.HouseFund;
import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.PositionMode;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Side;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.ledger.SystemAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Goal: whom orders close below the bankruptcy price does not go on owing what nobody can collect: the fund pays within
 * its caps, all holders the rest. Method: thin books, worked out by hand; then random houses, with a twin that restarts
 * after every command, in which each write-off is compared with the equity that was told before it.
 */
class BadDebtsTest {

  private static final long LONG = 101;
  private static final long SHORT = 102;
  private static final long MAKER = 103;
  private static final int PERP = MarginDesk.PERP;
  private static final int WORLDS = 40;

  /** 90 lots at 100 with so much money, in a market that bids 85 while the mark says 93. */
  private static LiquidationDesk thin(final MarginMode mode, final long money, final long fund, final long accountMax) {
    final LiquidationDesk desk = LiquidationDesk.open(fund, 0,
        c -> c.depthShareBps(10_000).attemptsMax(3).fundAccountMaxUnits(accountMax));
    desk.trader(LONG, mode, PositionMode.ONE_WAY, money);
    desk.trader(SHORT, MarginMode.CROSS, PositionMode.ONE_WAY, 100_000);
    desk.trader(MAKER, MarginMode.CROSS, PositionMode.ONE_WAY, 100_000);
    desk.trade(LONG, SHORT, 100, 90);
    assertEquals(ReasonCode.OK, desk.order(MAKER, Side.BUY, 85, 200));
    desk.told();
    desk.margin.mark(PERP, 93);
    desk.core.machine.risk().assertConserved();
    return desk;
  }

  /** Lost 1,350 with 1,000: the 350 are borne by 180 lots, 1.94444445 each, and what that makes rounded up. */
  @Test
  void shouldChargeAllHoldersForWhatAnOrderFetchedTooLittle() {
    final LiquidationDesk desk = thin(MarginMode.CROSS, 1_000, 0, 0);

    assertEquals(List.of(
        "101 STARTED 0/NET equity=370 of 419 lots=0 value=0 fund=0 backstop=0 short=0",
        "101 REDUCING 2/NET equity=370 of 419 lots=90 value=7650 fund=0 backstop=0 short=0",
        "101 SOCIALISED 2/NET equity=-350 of 0 lots=0 value=0 fund=0 backstop=0 short=350",
        "101 ENDED 0/NET equity=0 of 0 lots=0 value=0 fund=0 backstop=0 short=0"), desk.told());
    assertEquals(100_630 - 176, desk.margin.equity(SHORT));
    assertEquals(100_720 - 176, desk.margin.equity(MAKER));
    assertEquals(-350, desk.core.machine.risk().systemUnits(SystemAccount.SOCIALISED, Core.USD));
    assertEquals(0, desk.core.machine.risk().systemUnits(SystemAccount.LENDING, Core.USD));
  }

  @Test
  void shouldLetTheFundPayFirstAndNoMoreThanItMay() {
    assertEquals("101 SOCIALISED 2/NET equity=-350 of 0 lots=0 value=0 fund=200 backstop=0 short=150",
        thin(MarginMode.CROSS, 1_000, 200, 0).told().get(2));
    final LiquidationDesk capped = thin(MarginMode.CROSS, 1_000, 900, 100);
    assertEquals("101 SOCIALISED 2/NET equity=-350 of 0 lots=0 value=0 fund=100 backstop=0 short=250",
        capped.told().get(2));
    assertEquals(800, capped.core.machine.risk().systemUnits(SystemAccount.INSURANCE, Core.USD));
    assertEquals("101 SOCIALISED 2/NET equity=-350 of 0 lots=0 value=0 fund=350 backstop=0 short=0",
        thin(MarginMode.CROSS, 1_000, 900, 0).told().get(2));
  }

  /** 900 of 5,000 are the margin: no more is lost than that. */
  @Test
  void shouldTakeNoMoreThanItsMarginForAnIsolatedPosition() {
    final LiquidationDesk desk = thin(MarginMode.ISOLATED, 5_000, 0, 0);

    assertTrue(desk.told().contains(
        "101 SOCIALISED 2/NET equity=0 of 0 lots=0 value=0 fund=0 backstop=0 short=450"));
    assertEquals(4_100, desk.core.machine.risk().freeUnits(LONG, Core.USD));
    assertEquals(100_630 - 225, desk.margin.equity(SHORT));
  }

  @Test
  void shouldLeaveNobodyFlatWithDebtsInRandomHouses() {
    long written = 0;
    for (int seed = 1; seed <= WORLDS; seed++) {
      final List<String> told = world(seed, false);
      assertEquals(told, world(seed, true), "restarts, seed " + seed);
      for (final String line : told) {
        final String[] words = line.split(" ", -1);
        if ("SOCIALISED".equals(words[1]) && 0 == figure(words[6])) {
          written++;
          final long equity = figure(words[3]);
          assertTrue(equity >= 0 || -equity == figure(words[8]) + figure(words[10]), "seed " + seed + ": " + line);
        }
      }
    }
    assertTrue(written > WORLDS, "debts written off: " + written);
  }

  private static List<String> world(final int seed, final boolean restarts) {
    final SplittableRandom random = new SplittableRandom(seed);
    final int fee = 0 == random.nextInt(2) ? 0 : 10_000;
    final LiquidationDesk desk = LiquidationDesk.open(0, 0,
        c -> c.depthShareBps(10_000).attemptsMax(2).insuranceFeeE6(fee).fundAccountMaxUnits(300));
    if (0 == random.nextInt(2)) {
      assertEquals(ReasonCode.OK, desk.fund(HouseFund.INSURANCE, 1 + random.nextInt(3_000)));
    }
    desk.trader(SHORT, MarginMode.CROSS, PositionMode.ONE_WAY, 1_000_000);
    desk.trader(MAKER, MarginMode.CROSS, PositionMode.ONE_WAY, 1_000_000);
    final int longs = 2 + random.nextInt(12);
    for (long id = MAKER + 1; id <= MAKER + longs; id++) {
      final long lots = 1L + random.nextInt(90);
      final MarginMode mode = 0 == random.nextInt(3) ? MarginMode.ISOLATED : MarginMode.CROSS;
      desk.trader(id, mode, PositionMode.ONE_WAY, lots * (10 + random.nextInt(10)) + 10);
      desk.trade(id, SHORT, 100, lots);
    }
    desk.told();
    final List<String> told = new ArrayList<>();
    int mark = 100;
    for (int step = 1; step <= 8; step++) {
      desk.core.at(step * 100L);
      desk.order(MAKER, Side.BUY, mark - 5 - random.nextInt(8), 1 + random.nextInt(300));
      mark -= random.nextInt(6);
      assertEquals(ReasonCode.OK, desk.margin.mark(PERP, mark));
      told.addAll(desk.told());
      if (restarts) {
        desk.core.restart();
      }
      check(desk, seed);
    }
    return told;
  }

  private static void check(final LiquidationDesk desk, final int seed) {
    final RiskEngine risk = desk.core.machine.risk();
    risk.assertConserved();
    for (int slot = 0; slot < risk.accountCount(); slot++) {
      final long id = risk.accountAt(slot);
      assertTrue(0 != desk.margin.lots(id, PERP, PositionSide.NET) || risk.marginBook().equityUnits(slot) >= 0,
          "seed " + seed + ": flat with debts: " + id);
    }
  }

  private static long figure(final String word) {
    return Long.parseLong(word.substring(word.indexOf('=') + 1));
  }
}
