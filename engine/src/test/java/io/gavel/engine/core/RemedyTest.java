package io.gavel.engine.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.HouseFund;
import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.PositionMode;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Side;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.ledger.SystemAccount;
import io.gavel.risk.position.Contracts;
import io.gavel.risk.position.Positions;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Trades that are taken back or get another price, and harm that is paid for. The reference is a second house in which
 * the trade never happened.
 */
class RemedyTest {

  private static final long FIRST = 20;
  private static final int PEOPLE = 4;
  private static final int INSTRUMENT = 2;

  /** One trade, as both houses are asked for it. */
  private record Deal(long buyer, long seller, int ticks, long lots, boolean buyerMakes) { }

  private static RemedyDesk spot(final int makerFeeE8, final int takerFeeE8, final FeeAsset feeAsset,
      final boolean keeps) {
    final Core core = new Core(Core.small());
    core.openSpot(makerFeeE8, takerFeeE8, feeAsset);
    final RemedyDesk desk = new RemedyDesk(core);
    for (int i = 0; i < PEOPLE; i++) {
      desk.trader(FIRST + i, 100_000, 100_000_000);
    }
    if (keeps) {
      RemedyDesk.ok(desk.keep(64));
    }
    return desk;
  }

  private static RemedyDesk contract(final InstrumentKind kind, final MarginMode mode, final boolean keeps) {
    final MarginDesk margin = MarginDesk.on(Core.spot());
    final RemedyDesk desk = new RemedyDesk(margin.core);
    RemedyDesk.ok(margin.contract(3, kind, c -> {
      c.makerFeeE8(-20_000).takerFeeE8(70_000);
      if (InstrumentKind.INVERSE_PERPETUAL == kind) {
        c.lotSizeE10(1_000_000_000_000_000L);
      }
    }));
    RemedyDesk.ok(margin.margin(3, 10_000_000, 5_000_000));
    RemedyDesk.ok(margin.mark(3, 1_000));
    RemedyDesk.ok(margin.price(Core.PAIR, PriceSource.INDEX, 1_000));
    RemedyDesk.ok(margin.collateral(Core.BTC, Core.PAIR, 95_000_000));
    for (int i = 0; i < PEOPLE; i++) {
      desk.trader(FIRST + i, 1_000_000_000, 1_000_000_000);
      RemedyDesk.ok(margin.mode(FIRST + i, mode, PositionMode.ONE_WAY));
    }
    if (keeps) {
      RemedyDesk.ok(desk.keep(64));
    }
    return desk;
  }

  private static List<Deal> deals(final SplittableRandom random, final int count) {
    final List<Deal> deals = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      final long buyer = FIRST + random.nextInt(PEOPLE);
      final long seller = FIRST + (buyer - FIRST + 1 + random.nextInt(PEOPLE - 1)) % PEOPLE;
      deals.add(new Deal(buyer, seller, 900 + random.nextInt(200), 1 + random.nextInt(40), random.nextBoolean()));
    }
    return deals;
  }

  private static void deal(final RemedyDesk desk, final int instrumentId, final Deal deal) {
    desk.trade(instrumentId, deal.buyer, deal.seller, deal.ticks, deal.lots, PositionSide.NET, PositionSide.NET,
        deal.buyerMakes);
  }

  @Test
  void shouldLeaveSpotAsIfTheTradeHadNeverHappened() {
    final int exact = spotRounds(3_000, 42);
    assertTrue(exact > 500, "only " + exact + " were without a later dependence");
  }

  @Tag("soak")
  @Test
  void shouldLeaveSpotAsIfTheTradeHadNeverHappenedForLong() {
    spotRounds(60_000, System.nanoTime());
  }

  private static int spotRounds(final int rounds, final long seed) {
    System.out.println("RemedyTest spot seed " + seed);
    final SplittableRandom random = new SplittableRandom(seed);
    int exact = 0;
    for (int round = 0; round < rounds / 25; round++) {
      final FeeAsset feeAsset = random.nextBoolean() ? FeeAsset.QUOTE : FeeAsset.BASE;
      final int makerFee = random.nextInt(3) * 30_000 - 30_000;
      final RemedyDesk with = spot(makerFee, 100_000, feeAsset, true);
      final RemedyDesk without = spot(makerFee, 100_000, feeAsset, false);
      final List<Deal> deals = deals(random, 1 + random.nextInt(8));
      final int wrong = random.nextInt(deals.size());
      for (int i = 0; i < deals.size(); i++) {
        deal(with, Core.PAIR, deals.get(i));
        if (i != wrong) {
          deal(without, Core.PAIR, deals.get(i));
        }
      }
      with.core.take();
      assertEquals(ReasonCode.OK, with.bust(wrong + 1), "seed " + seed + " round " + round);
      exact += compareSpot(with, without, "seed " + seed + " round " + round);
    }
    return exact * 25;
  }

  private static int compareSpot(final RemedyDesk with, final RemedyDesk without, final String where) {
    final Positions one = with.core.machine.risk().positions();
    final Positions other = without.core.machine.risk().positions();
    final List<String> events = with.core.take();
    for (int i = 0; i < PEOPLE; i++) {
      final long account = FIRST + i;
      for (final int asset : new int[] {Core.BTC, Core.USD}) {
        assertEquals(without.core.free(account, asset), with.core.free(account, asset), where + " of " + account);
      }
      assertEquals(other.feesPaidUnits(account, Core.PAIR), one.feesPaidUnits(account, Core.PAIR), where);
      if (events.stream().noneMatch(e -> e.contains(" of " + account + " ") && e.contains("exact=NO"))) {
        assertEquals(other.lots(account, Core.PAIR), one.lots(account, Core.PAIR), where);
        assertEquals(other.costUnits(account, Core.PAIR), one.costUnits(account, Core.PAIR), where);
        assertEquals(other.realisedUnits(account, Core.PAIR), one.realisedUnits(account, Core.PAIR), where);
      }
    }
    assertEquals(without.core.machine.risk().systemUnits(SystemAccount.FEES, Core.USD),
        with.core.machine.risk().systemUnits(SystemAccount.FEES, Core.USD), where);
    return events.stream().anyMatch(e -> e.contains("exact=NO")) ? 0 : 1;
  }

  @Test
  void shouldLeaveContractsAsIfTheTradeHadNeverHappened() {
    int exact = 0;
    for (final InstrumentKind kind : new InstrumentKind[] {InstrumentKind.LINEAR_PERPETUAL,
        InstrumentKind.INVERSE_PERPETUAL}) {
      for (final MarginMode mode : new MarginMode[] {MarginMode.CROSS, MarginMode.ISOLATED}) {
        exact += contractRounds(kind, mode, 25, 7);
      }
    }
    assertTrue(exact > 20, "only " + exact + " were without a later dependence");
  }

  private static int contractRounds(final InstrumentKind kind, final MarginMode mode, final int rounds,
      final long seed) {
    System.out.println("RemedyTest " + kind + ' ' + mode + " seed " + seed);
    final SplittableRandom random = new SplittableRandom(seed);
    int exact = 0;
    for (int round = 0; round < rounds; round++) {
      final RemedyDesk with = contract(kind, mode, true);
      final RemedyDesk without = contract(kind, mode, false);
      final List<Deal> deals = deals(random, 1 + random.nextInt(7));
      final int wrong = random.nextInt(deals.size());
      for (int i = 0; i < deals.size(); i++) {
        deal(with, 3, deals.get(i));
        if (i != wrong) {
          deal(without, 3, deals.get(i));
        }
      }
      with.core.take();
      final String where = kind + " " + mode + " seed " + seed + " round " + round;
      assertEquals(ReasonCode.OK, with.bust(3, wrong + 1, c -> { }), where);
      exact += compareContracts(with, without, kind, where);
    }
    return exact;
  }

  /** Money less cost, and lots, are what they were without the trade in any case; each alone when nothing depends. */
  private static int compareContracts(final RemedyDesk with, final RemedyDesk without, final InstrumentKind kind,
      final String where) {
    final int asset = InstrumentKind.INVERSE_PERPETUAL == kind ? Core.BTC : Core.USD;
    final RiskEngine one = with.core.machine.risk();
    final RiskEngine other = without.core.machine.risk();
    final List<String> events = with.core.take();
    for (int i = 0; i < PEOPLE; i++) {
      final long account = FIRST + i;
      final int mine = one.contracts().find(one.accountSlot(account), 3, PositionSide.NET);
      final int theirs = other.contracts().find(other.accountSlot(account), 3, PositionSide.NET);
      if (Contracts.NULL_POSITION == mine) {
        assertEquals(without.money(account, asset), with.money(account, asset), where);
        continue;
      }
      final boolean flat = Contracts.NULL_POSITION == theirs;
      assertEquals(flat ? 0 : other.contracts().lots(theirs), one.contracts().lots(mine), where);
      assertEquals(without.money(account, asset) - (flat ? 0 : other.contracts().costUnits(theirs)),
          with.money(account, asset) - one.contracts().costUnits(mine), where);
      assertEquals(flat ? 0 : other.contracts().feesPaidUnits(theirs), one.contracts().feesPaidUnits(mine), where);
      if (events.stream().noneMatch(e -> e.contains(" of " + account + " ") && e.contains("exact=NO"))) {
        assertEquals(flat ? 0 : other.contracts().costUnits(theirs), one.contracts().costUnits(mine), where);
        assertEquals(flat ? 0 : other.contracts().realisedUnits(theirs), one.contracts().realisedUnits(mine), where);
        assertEquals(without.money(account, asset), with.money(account, asset), where);
      }
    }
    return events.stream().anyMatch(e -> e.contains("exact=NO")) ? 0 : 1;
  }

  @Test
  void shouldGiveATradeThePriceThatItShouldHaveHad() {
    for (final InstrumentKind kind : new InstrumentKind[] {InstrumentKind.LINEAR_PERPETUAL,
        InstrumentKind.INVERSE_PERPETUAL}) {
      final int asset = InstrumentKind.INVERSE_PERPETUAL == kind ? Core.BTC : Core.USD;
      final SplittableRandom random = new SplittableRandom(11);
      for (int round = 0; round < 40; round++) {
        final RemedyDesk with = contract(kind, MarginMode.CROSS, true);
        final RemedyDesk right = contract(kind, MarginMode.CROSS, false);
        final List<Deal> deals = deals(random, 1 + random.nextInt(6));
        final int wrong = random.nextInt(deals.size());
        final Deal bad = deals.get(wrong);
        for (int i = 0; i < deals.size(); i++) {
          deal(with, 3, deals.get(i));
          deal(right, 3, i == wrong ? new Deal(bad.buyer, bad.seller, 555, bad.lots, bad.buyerMakes) : deals.get(i));
        }
        assertEquals(ReasonCode.OK, with.adjust(3, wrong + 1, 555, c -> { }));
        final RiskEngine one = with.core.machine.risk();
        final RiskEngine other = right.core.machine.risk();
        for (int i = 0; i < PEOPLE; i++) {
          final long account = FIRST + i;
          final int mine = one.contracts().find(one.accountSlot(account), 3, PositionSide.NET);
          final int theirs = other.contracts().find(other.accountSlot(account), 3, PositionSide.NET);
          if (Contracts.NULL_POSITION != mine) {
            assertEquals(right.money(account, asset) - other.contracts().costUnits(theirs)
                    + other.contracts().feesPaidUnits(theirs),
                with.money(account, asset) - one.contracts().costUnits(mine) + one.contracts().feesPaidUnits(mine),
                kind + " round " + round);
            assertEquals(other.contracts().lots(theirs), one.contracts().lots(mine));
          }
        }
      }
    }
  }

  @Test
  void shouldMoveTheDifferenceInSpotAndKeepTheFees() {
    final RemedyDesk desk = spot(50_000, 100_000, FeeAsset.QUOTE, true);
    final long id = desk.trade(FIRST, FIRST + 1, 1_000, 10);
    final long buyer = desk.core.free(FIRST, Core.USD);
    final long seller = desk.core.free(FIRST + 1, Core.USD);
    final long fees = desk.core.machine.risk().systemUnits(SystemAccount.FEES, Core.USD);
    final long cost = desk.core.machine.risk().positions().costUnits(FIRST, Core.PAIR);
    assertEquals(ReasonCode.AMEND_NOTHING, desk.adjust(Core.PAIR, id, 1_000, c -> { }));
    assertEquals(ReasonCode.OK, desk.adjust(Core.PAIR, id, 950, c -> { }));
    final long difference = cost / 1_000 * 50;
    assertEquals(buyer + difference, desk.core.free(FIRST, Core.USD));
    assertEquals(seller - difference, desk.core.free(FIRST + 1, Core.USD));
    assertEquals(cost - difference, desk.core.machine.risk().positions().costUnits(FIRST, Core.PAIR));
    assertEquals(fees, desk.core.machine.risk().systemUnits(SystemAccount.FEES, Core.USD));
    assertEquals(ReasonCode.ALREADY_REMEDIED, desk.bust(id));
  }

  @Test
  void shouldDoNothingTwiceAndKnowNoTradeThatWasNotKept() {
    final RemedyDesk desk = spot(0, 0, FeeAsset.QUOTE, false);
    final long early = desk.trade(FIRST, FIRST + 1, 1_000, 10);
    assertEquals(ReasonCode.UNKNOWN_TRADE, desk.bust(early));
    assertEquals(ReasonCode.OK, desk.keep(4));
    assertEquals(ReasonCode.CAPACITY_NOT_LARGER, desk.keep(4));
    assertEquals(ReasonCode.CAPACITY_NOT_LARGER, desk.keep(KeptTrades.TRADES_MAX + 1));
    assertEquals(ReasonCode.UNKNOWN_TRADE, desk.bust(early));
    final long first = desk.trade(FIRST, FIRST + 1, 1_000, 10);
    assertEquals(ReasonCode.UNKNOWN_TRADE, desk.bust(INSTRUMENT, first, c -> { }), "of another instrument");
    assertEquals(ReasonCode.OUT_OF_RANGE, desk.bust(Core.PAIR, first, c -> c.fund(HouseFund.LENDING)));
    assertEquals(ReasonCode.OK, desk.bust(first));
    assertEquals(ReasonCode.ALREADY_REMEDIED, desk.bust(first));
    assertEquals(ReasonCode.ALREADY_REMEDIED, desk.adjust(Core.PAIR, first, 900, c -> { }));
    final long second = desk.trade(FIRST, FIRST + 1, 1_000, 10);
    desk.keep(6);
    desk.core.restart();
    assertEquals(ReasonCode.UNKNOWN_TRADE, desk.bust(early), "in the longer window neither");
    assertEquals(ReasonCode.ALREADY_REMEDIED, desk.bust(first), "also after a restart and in a longer window");
    for (int i = 0; i < 6; i++) {
      desk.trade(FIRST, FIRST + 1, 1_000, 1);
    }
    assertEquals(ReasonCode.UNKNOWN_TRADE, desk.bust(second), "six are kept");
    assertEquals(ReasonCode.UNKNOWN_TRADE, desk.bust(Long.MAX_VALUE));
  }

  @Test
  void shouldHaveTheFundPayWhatAPartyDoesNotHaveAnyMoreWithinTheCap() {
    final RemedyDesk desk = spot(0, 0, FeeAsset.QUOTE, true);
    final long id = desk.trade(FIRST, FIRST + 1, 1_000, 10);
    final long proceeds = desk.core.machine.risk().positions().costUnits(FIRST, Core.PAIR);
    final long left = desk.core.free(FIRST + 1, Core.USD);
    assertEquals(ReasonCode.OK, desk.core.hold(FIRST + 1, Core.USD, left - 4_000));
    final long short_ = proceeds - 4_000;
    final List<String> before = desk.core.state();
    assertEquals(ReasonCode.REMEDY_NOT_COVERED, desk.bust(Core.PAIR, id, c -> c.fundMaxUnits(short_ - 1)));
    assertEquals(ReasonCode.FUND_INSUFFICIENT, desk.bust(Core.PAIR, id, c -> c.fundMaxUnits(short_)));
    assertEquals(before, desk.core.state(), "a refusal has no effect");
    assertEquals(ReasonCode.OK, desk.fund(HouseFund.INSURANCE, Core.USD, short_ + 100));
    desk.core.take();
    assertEquals(ReasonCode.OK, desk.bust(Core.PAIR, id, c -> c.fundMaxUnits(short_)));
    assertEquals(0, desk.core.free(FIRST + 1, Core.USD));
    assertEquals(100_000_000, desk.core.free(FIRST, Core.USD));
    assertEquals(100, desk.core.machine.risk().systemUnits(SystemAccount.INSURANCE, Core.USD));
    final List<String> events = desk.core.take();
    assertEquals("fund INSURANCE -" + short_ + " of 2 now=100", events.get(0));
    assertEquals("remedied BUST of " + (FIRST + 1) + " trade=1 key=0 other=" + FIRST + " lots=10 base="
        + desk.core.machine.risk().instrument(1).baseUnits(10) + " quote=-" + proceeds + " fee=0 realised=0 fund="
        + short_ + "/0 1000->0 INSURANCE WRONG_FEED exact=YES CASE-1", events.get(1));
    assertEquals(ReasonCode.REMEDY_NOT_COVERED, desk.compensate(FIRST, 1, 100, short_ + 99, c -> { }),
        "the cap counts what was paid for all remedies");
    assertEquals(ReasonCode.OK, desk.compensate(FIRST, 1, 100, short_ + 100, c -> { }));
  }

  @Test
  void shouldPayForHarmOnceForEachKeyAndNoMoreThanTheHarm() {
    final RemedyDesk desk = spot(0, 0, FeeAsset.QUOTE, true);
    final long id = desk.trade(FIRST, FIRST + 1, 1_000, 10);
    final long unit = desk.core.machine.risk().positions().costUnits(FIRST, Core.PAIR) / 1_000;
    RemedyDesk.ok(desk.fund(HouseFund.BACKSTOP, Core.USD, 1_000_000));
    final long before = desk.core.free(FIRST, Core.USD);
    assertEquals(ReasonCode.REMEDY_NOT_COVERED, desk.compensate(FIRST, 5, 10 * unit + 1, 1_000_000,
        c -> c.tradeId(id).bestPriceTicks(990).fund(HouseFund.BACKSTOP)));
    assertEquals(ReasonCode.REMEDY_NOT_COVERED, desk.compensate(FIRST, 5, 1, 1_000_000,
        c -> c.tradeId(id).bestPriceTicks(1_010).fund(HouseFund.BACKSTOP)), "it bought better than that");
    assertEquals(ReasonCode.UNKNOWN_TRADE, desk.compensate(FIRST + 2, 5, 1, 1_000_000,
        c -> c.tradeId(id).bestPriceTicks(990).fund(HouseFund.BACKSTOP)), "it has no part in it");
    assertEquals(ReasonCode.UNKNOWN_ASSET, desk.compensate(FIRST, 5, 1, 1_000_000,
        c -> c.tradeId(id).bestPriceTicks(990).assetId(Core.BTC).fund(HouseFund.BACKSTOP)));
    assertEquals(ReasonCode.UNKNOWN_ACCOUNT, desk.compensate(99, 5, 1, 1, c -> { }));
    assertEquals(ReasonCode.OK, desk.compensate(FIRST, 5, 10 * unit, 1_000_000,
        c -> c.tradeId(id).bestPriceTicks(990).fund(HouseFund.BACKSTOP)));
    assertEquals(before + 10 * unit, desk.core.free(FIRST, Core.USD));
    desk.core.restart();
    assertEquals(ReasonCode.ALREADY_REMEDIED, desk.compensate(FIRST, 5, 1, 1_000_000,
        c -> c.fund(HouseFund.BACKSTOP)), "a key is good once, whatever else is said with it");
    for (int key = 6; key < 1_100; key++) {
      assertEquals(ReasonCode.OK, desk.compensate(FIRST, key, 1, 1_000_000, c -> c.fund(HouseFund.BACKSTOP)));
    }
    assertEquals(ReasonCode.ALREADY_REMEDIED, desk.compensate(FIRST, 5, 1, 1_000_000,
        c -> c.fund(HouseFund.BACKSTOP)), "also when it was so long ago that it is not known any more");
  }

  @Test
  void shouldTakeReduceOnlyOrdersBackThatWouldCrossZero() {
    final RemedyDesk desk = contract(InstrumentKind.LINEAR_PERPETUAL, MarginMode.CROSS, true);
    desk.trade(3, FIRST, FIRST + 1, 1_000, 4, PositionSide.NET, PositionSide.NET, true);
    final long id = desk.trade(3, FIRST, FIRST + 1, 1_000, 6, PositionSide.NET, PositionSide.NET, true);
    RemedyDesk.ok(desk.core.order(FIRST, Side.SELL, 1_100, 9, o -> o.instrumentId(3).reduceOnly(Flag.YES)));
    desk.core.take();
    assertEquals(ReasonCode.OK, desk.bust(3, id, c -> { }));
    assertTrue(desk.core.take().stream().anyMatch(e -> e.startsWith("amended") && e.contains(" 4@1100 ")),
        "of nine lots four are left");
    assertEquals(4, desk.core.machine.risk().contracts().lots(
        desk.core.machine.risk().contracts().find(desk.core.machine.risk().accountSlot(FIRST), 3, PositionSide.NET)));
  }
}
