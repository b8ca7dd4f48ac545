package io.gavel.engine.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.DeleveragePolicy;
import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.HouseFund;
import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.PositionMode;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReductionPolicy;
import io.gavel.codecs.sbe.Side;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.ledger.SystemAccount;
import java.util.SplittableRandom;

/**
 * A house in which a hundred longs with little money stand against each short with much, and whose mark crashes in few
 * steps. What is asked of it is read from its events alone and compared with its books.
 */
final class LiquidationCascade {

  private static final long SEED = 20_261_120L;
  private static final long SHORTS_FROM = 1_000;
  private static final long MAKER = 99;
  private static final int LONGS_PER_SHORT = 100;
  private static final int PRICE = 10_000;
  private static final int[] CRASH = {9_650, 9_240, 8_800, 8_100, 7_300};
  private static final int PERP = MarginDesk.PERP;
  private static final long ACCOUNT_CAP = 200_000;

  private final long longs;
  private long fundCap;
  private long backstopCap;
  private LiquidationDesk desk = new LiquidationDesk(new MarginDesk(Core.spot()));
  /** All steps folded into one number, in their order. */
  long digest;
  long liquidations;
  long steps;
  private long bankruptLots;
  private long deleveragedLots;
  private long sharedLots;
  private long takenLots;
  private long reducedLots;
  private long fundPaid;
  private long fundReceived;
  private long backstopPaid;

  LiquidationCascade(final long longs) {
    this.longs = longs;
  }

  LiquidationCascade run(final DeleveragePolicy policy, final boolean restores) {
    open(policy);
    final RiskEngine before = desk.core.machine.risk();
    final long fund = before.systemUnits(SystemAccount.INSURANCE, Core.USD);
    final long backstop = before.systemUnits(SystemAccount.BACKSTOP, Core.USD);
    long nowNs = 1_000;
    final long startNs = System.nanoTime();
    for (final int mark : CRASH) {
      desk.core.at(++nowNs);
      assertEquals(ReasonCode.OK, desk.margin.mark(PERP, mark));
      read();
      if (restores) {
        desk.core.restart();
      }
    }
    // Who found nothing in the book has waited, and is taken over now.
    for (int round = 0; round < 4; round++) {
      nowNs += 1_000;
      desk.core.at(nowNs).fees(0, 0);
      read();
    }
    System.out.println("cascade of " + liquidations + " in " + (System.nanoTime() - startNs) / 1_000_000 + " ms");
    final RiskEngine risk = desk.core.machine.risk();
    risk.assertConserved();
    assertTrue(deleveragedLots > 0 && fundPaid > 0 && backstopPaid > 0 && reducedLots > 0,
        "deleveraged " + deleveragedLots + ", fund " + fundPaid + ", backstop " + backstopPaid + ", orders "
            + reducedLots);
    assertEquals(bankruptLots, deleveragedLots + sharedLots, "lots without a payer");
    assertEquals(takenLots - deleveragedLots, desk.margin.lots(LiquidationDesk.HOUSE, PERP, PositionSide.NET));
    assertTrue(fundPaid <= fundCap && backstopPaid <= backstopCap, "caps: " + fundPaid + ", " + backstopPaid);
    assertEquals(fund - fundPaid + fundReceived, risk.systemUnits(SystemAccount.INSURANCE, Core.USD));
    assertEquals(backstop - backstopPaid, risk.systemUnits(SystemAccount.BACKSTOP, Core.USD));
    for (int slot = 0; slot < risk.accountCount(); slot++) {
      assertTrue(MarginMode.CROSS != risk.accountModes().margin(slot)
          || risk.marginBook().equityUnits(slot) >= risk.marginBook().maintenanceUnits(slot),
          "in breach: " + risk.accountAt(slot) + ", paused " + desk.core.machine.isLiquidationPaused(slot));
    }
    return this;
  }

  private void open(final DeleveragePolicy policy) {
    final int shorts = (int) (longs / LONGS_PER_SHORT);
    final int accounts = (int) longs + shorts + 64;
    final Core core = new Core(CoreConfig.standard().withCapacities(accounts, 1 << 14, 256, 4 * accounts)).large();
    core.openSpot(0, 0, FeeAsset.QUOTE);
    desk = new LiquidationDesk(MarginDesk.on(core));
    assertEquals(ReasonCode.OK, desk.margin.margin(PERP, 2_000_000, 1_000_000));
    assertEquals(ReasonCode.OK, desk.margin.mark(PERP, PRICE));
    desk.trader(LiquidationDesk.HOUSE, MarginMode.CROSS, PositionMode.ONE_WAY, 1_000_000_000_000_000L);
    desk.trader(MAKER, MarginMode.CROSS, PositionMode.ONE_WAY, 1_000_000_000_000_000L);
    fundCap = longs * 6_000;
    backstopCap = longs * 3_000;
    desk.fund(HouseFund.INSURANCE, longs * 10_000);
    desk.fund(HouseFund.BACKSTOP, longs * 10_000);
    assertEquals(ReasonCode.OK, desk.terms(c -> c.collarBps(200).depthShareBps(5_000).attemptsMax(1).retryNs(10)
        .policy(policy).reduction(ReductionPolicy.SHORTAGE).insuranceFeeE6(1_000).fundAccountMaxUnits(ACCOUNT_CAP)
        .fundMaxUnits(fundCap).fundIntervalMaxUnits(fundCap / 3).intervalNs(1).backstopLossMaxUnits(backstopCap)));
    people(shorts);
    for (final int mark : CRASH) {
      assertEquals(ReasonCode.OK, desk.order(MAKER, Side.BUY, mark - 20, longs));
    }
    core.events.clear();
    core.eventTimesNs.clear();
  }

  /** Ids fall while places rise. */
  private void people(final int shorts) {
    final SplittableRandom random = new SplittableRandom(SEED);
    long id = SHORTS_FROM + shorts + longs;
    for (int i = 0; i < shorts; i++) {
      final long seller = id--;
      desk.trader(seller, MarginMode.CROSS, PositionMode.ONE_WAY, 1_000_000_000L);
      final long[] lots = new long[LONGS_PER_SHORT];
      long all = 0;
      for (int k = 0; k < lots.length; k++) {
        lots[k] = 1 + random.nextLong(300);
        all += lots[k];
      }
      assertEquals(ReasonCode.OK, desk.order(seller, Side.SELL, PRICE, all));
      for (final long bought : lots) {
        final long buyer = id--;
        final MarginMode mode = 0 == random.nextInt(3) ? MarginMode.ISOLATED : MarginMode.CROSS;
        desk.trader(buyer, mode, PositionMode.ONE_WAY, bought * PRICE / 100 * (3 + random.nextInt(20)));
        assertEquals(ReasonCode.OK, desk.order(buyer, Side.BUY, PRICE, bought));
      }
      desk.core.events.clear();
      desk.core.eventTimesNs.clear();
    }
  }

  private void read() {
    for (final String event : desk.core.events) {
      final int at = event.indexOf("liquidation ");
      if (at >= 0) {
        step(event.substring(at + 12).split(" ", -1));
      }
    }
    desk.core.events.clear();
    desk.core.eventTimesNs.clear();
  }

  /** account STAGE instrument/side equity=x of y lots= value= fund= backstop= short= */
  private void step(final String[] words) {
    steps++;
    for (int i = 0; i < 11; i++) {
      digest = digest * 1_000_003 + words[i].hashCode();
    }
    final long lots = figure(words[6]);
    final long fund = figure(words[8]);
    fundPaid += Math.max(0, fund);
    fundReceived += Math.max(0, -fund);
    backstopPaid += figure(words[9]);
    assertTrue(fund <= ACCOUNT_CAP, "account cap: " + fund);
    switch (words[1]) {
      case "ENDED" -> liquidations++;
      case "REDUCING" -> reducedLots += lots;
      case "TAKEN_OVER" -> {
        takenLots += lots;
        bankruptLots += figure(words[10]) > 0 ? lots : 0;
      }
      case "DELEVERAGED" -> deleveragedLots -= lots;
      case "SOCIALISED" -> sharedLots += lots;
      default -> assertEquals(0, lots);
    }
  }

  private static long figure(final String word) {
    return Long.parseLong(word.substring(word.indexOf('=') + 1));
  }
}
