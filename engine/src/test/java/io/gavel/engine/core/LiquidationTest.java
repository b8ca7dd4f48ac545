package io.gavel.engine.core;

import static io.gavel.engine.core.LiquidationDesk.HOUSE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gavel.codecs.sbe.HouseFund;
import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.PositionMode;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Side;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.ledger.SystemAccount;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The stages of a liquidation in the core, step by step as they are told. */
class LiquidationTest {

  private static final long SECOND_NS = 1_000_000_000L;
  private static final long LONG = 101;
  private static final long SHORT = 102;
  private static final int PERP = MarginDesk.PERP;

  private static LiquidationDesk pair(final LiquidationDesk desk, final MarginMode mode) {
    desk.trader(LONG, mode, PositionMode.ONE_WAY, 1_000);
    desk.trader(SHORT, MarginMode.CROSS, PositionMode.ONE_WAY, 100_000);
    desk.trade(LONG, SHORT, 100, 90);
    desk.core.events.clear();
    return desk;
  }

  /** 90 lots at 100 with 1,000: equity 1,000 + 90 (p - 100), maintenance 4.5 p; equal at 93.567. */
  @Test
  void shouldTakeOverStrictlyBelowMaintenanceOnly() {
    final LiquidationDesk desk = pair(LiquidationDesk.open(0, 0, c -> { }), MarginMode.CROSS);

    desk.margin.mark(PERP, 94);
    assertEquals(List.of(), desk.told());

    desk.margin.mark(PERP, 93);
    assertEquals(List.of(
        "101 STARTED 0/NET equity=370 of 419 lots=0 value=0 fund=0 backstop=0 short=0",
        "101 TAKEN_OVER 2/NET equity=370 of 419 lots=90 value=8000 fund=0 backstop=0 short=0",
        "101 ENDED 0/NET equity=0 of 0 lots=0 value=0 fund=0 backstop=0 short=0"), desk.told());
    assertEquals(0, desk.margin.lots(LONG, PERP, PositionSide.NET));
    assertEquals(90, desk.margin.lots(HOUSE, PERP, PositionSide.NET));
    assertEquals(1_000_370, desk.margin.equity(HOUSE));
    desk.core.machine.risk().assertConserved();
  }

  @Test
  void shouldTakeAnIsolatedPositionAndLeaveTheRestOfTheMoney() {
    final LiquidationDesk desk = LiquidationDesk.open(0, 0, c -> { });
    desk.trader(LONG, MarginMode.ISOLATED, PositionMode.ONE_WAY, 5_000);
    desk.trader(SHORT, MarginMode.CROSS, PositionMode.ONE_WAY, 100_000);
    desk.trade(LONG, SHORT, 100, 90);
    desk.told();

    desk.margin.mark(PERP, 93);

    assertEquals(List.of(
        "101 STARTED 2/NET equity=270 of 419 lots=0 value=0 fund=0 backstop=0 short=0",
        "101 TAKEN_OVER 2/NET equity=270 of 419 lots=90 value=8100 fund=0 backstop=0 short=0",
        "101 ENDED 2/NET equity=0 of 0 lots=0 value=0 fund=0 backstop=0 short=0"), desk.told());
    assertEquals(4_100, desk.core.machine.risk().freeUnits(LONG, Core.USD));
    desk.core.machine.risk().assertConserved();
  }

  @Test
  void shouldTakeBothSidesOfAHedgeByTheMarginThatTheyRelease() {
    final LiquidationDesk desk = LiquidationDesk.open(0, 0, c -> { });
    desk.trader(LONG, MarginMode.CROSS, PositionMode.HEDGE, 1_500);
    desk.trader(SHORT, MarginMode.CROSS, PositionMode.ONE_WAY, 100_000);
    desk.trade(LONG, SHORT, 100, 90);
    desk.trade(SHORT, LONG, 100, 10);
    desk.told();

    desk.margin.mark(PERP, 85);

    assertEquals(List.of(
        "101 STARTED 0/NET equity=300 of 426 lots=0 value=0 fund=0 backstop=0 short=0",
        "101 TAKEN_OVER 2/LONG equity=300 of 426 lots=90 value=7381 fund=0 backstop=0 short=0",
        "101 TAKEN_OVER 2/SHORT equity=31 of 43 lots=-10 value=880 fund=0 backstop=0 short=0",
        "101 ENDED 0/NET equity=1 of 0 lots=0 value=0 fund=0 backstop=0 short=0"), desk.told());
    assertEquals(80, desk.margin.lots(HOUSE, PERP, PositionSide.NET));
    desk.core.machine.risk().assertConserved();
  }

  @Test
  void shouldCancelOrdersFirstAndSpareWhoIsHealthyThen() {
    final LiquidationDesk desk = pair(LiquidationDesk.open(0, 0, c -> { }), MarginMode.CROSS);
    assertEquals(ReasonCode.OK, desk.order(LONG, Side.BUY, 50, 1));
    desk.told();

    desk.margin.mark(PERP, 93);

    assertEquals(List.of("101 STARTED", "101 ORDERS_CANCELLED", "101 TAKEN_OVER", "101 ENDED"),
        desk.told().stream().map(line -> line.substring(0, line.indexOf(' ', 4))).toList());
  }

  /** 90 a second of equity 1,000: the seventh leaves 370 of 450 required, though the mark never moves. */
  @Test
  void shouldLiquidateWhomFundingAloneBringsBelow() {
    final LiquidationDesk desk = pair(LiquidationDesk.open(0, 0, c -> { }), MarginMode.CROSS);
    desk.core.funding(PERP, c -> c.intervalNs(SECOND_NS).periodNs(SECOND_NS).rateE10(100_000_000));

    for (int second = 1; second <= 6; second++) {
      desk.core.time(second * SECOND_NS);
      assertEquals(List.of(), desk.told());
    }
    desk.core.time(7 * SECOND_NS);
    assertEquals("101 STARTED 0/NET equity=370 of 450 lots=0 value=0 fund=0 backstop=0 short=0", desk.told().get(0));
    desk.core.machine.risk().assertConserved();
  }

  /** At 85 the account lacks 350: the fund pays 200 of them, or nothing and nobody but those who profit. */
  @Test
  void shouldPayFromTheFundThenTheBackstopOrDeleverage() {
    final LiquidationDesk paid = pair(LiquidationDesk.open(200, 150, c -> { }), MarginMode.CROSS);
    paid.margin.mark(PERP, 85);
    assertEquals("101 TAKEN_OVER 2/NET equity=-350 of 383 lots=90 value=8000 fund=200 backstop=150 short=0",
        paid.told().get(1));
    assertEquals(0, paid.core.machine.risk().systemUnits(SystemAccount.INSURANCE, Core.USD));
    assertEquals(1_000_000, paid.margin.equity(HOUSE));
    paid.core.machine.risk().assertConserved();

    final LiquidationDesk deleveraged =
        pair(LiquidationDesk.open(200, 150, c -> c.fundAccountMaxUnits(199)), MarginMode.CROSS);
    deleveraged.margin.mark(PERP, 85);
    final List<String> told = deleveraged.told();
    assertEquals("101 TAKEN_OVER 2/NET equity=-350 of 383 lots=90 value=8000 fund=0 backstop=0 short=350",
        told.get(1));
    assertEquals("102 DELEVERAGED 2/NET equity=101350 of 383 lots=-90 value=8000 fund=0 backstop=0 short=0",
        told.get(3));
    assertEquals(200, deleveraged.core.machine.risk().systemUnits(SystemAccount.INSURANCE, Core.USD));
    assertEquals(0, deleveraged.margin.lots(SHORT, PERP, PositionSide.NET));
    assertEquals(0, deleveraged.margin.lots(HOUSE, PERP, PositionSide.NET));
    assertEquals(101_000, deleveraged.margin.equity(SHORT));
    deleveraged.core.machine.risk().assertConserved();
  }

  /** Nobody profits: who sold at 80 has lost at 85. The 350 that are lacking are charged to the 90 lots short. */
  @Test
  void shouldChargeAllHoldersWhenNobodyProfits() {
    final LiquidationDesk desk = pair(LiquidationDesk.open(0, 0, c -> { }), MarginMode.CROSS);
    desk.trader(103, MarginMode.CROSS, PositionMode.ONE_WAY, 100_000);
    desk.trade(SHORT, 103, 80, 90);
    desk.told();

    desk.margin.mark(PERP, 85);

    final List<String> told = desk.told();
    assertEquals("90 SOCIALISED 2/NET equity=999650 of 383 lots=90 value=0 fund=0 backstop=0 short=350",
        told.get(told.size() - 1));
    final RiskEngine risk = desk.core.machine.risk();
    assertEquals(388_888_889, risk.losses().indexE8(PERP));
    assertEquals(100_000 - 450 - 351, desk.margin.equity(103));
    assertEquals(1_000_000, desk.margin.equity(HOUSE));
    assertEquals(-350, risk.systemUnits(SystemAccount.SOCIALISED, Core.USD));
    risk.assertConserved();
    desk.core.restart();
    assertEquals(100_000 - 450 - 351, desk.margin.equity(103));

    desk.trade(103, SHORT, 85, 10);
    assertEquals(100_000 - 450 - 351, desk.margin.equity(103));
    assertEquals(1, desk.core.events.stream().filter(line -> line.contains("103") && line.contains("-351")).count(),
        desk.core.events::toString);
    assertEquals(1, desk.core.machine.risk().systemUnits(SystemAccount.SOCIALISED, Core.USD));
    desk.core.machine.risk().assertConserved();
  }

  /** The 1,520 that are lacking at 72 are charged to 110 lots: the long of 10 with 170 is left with 31 of 36. */
  @Test
  void shouldLiquidateWhomASharedLossBringsBelow() {
    final LiquidationDesk desk = pair(LiquidationDesk.open(0, 0, c -> { }), MarginMode.CROSS);
    desk.trader(103, MarginMode.CROSS, PositionMode.ONE_WAY, 100_000);
    desk.trader(104, MarginMode.CROSS, PositionMode.ONE_WAY, 150);
    desk.trade(SHORT, 103, 70, 90);
    desk.trade(104, 103, 70, 10);
    desk.told();

    desk.margin.mark(PERP, 72);

    final List<String> told = desk.told();
    assertEquals("104 STARTED 0/NET equity=31 of 36 lots=0 value=0 fund=0 backstop=0 short=0",
        told.stream().filter(line -> line.startsWith("104 ")).findFirst().orElse(""));
    assertEquals(100, desk.margin.lots(HOUSE, PERP, PositionSide.NET));
    desk.core.machine.risk().assertConserved();
  }

  /** Half of 40 visible lots within 10 %: 20, at the best price; then a pause; then nothing is shown; then the end. */
  @Test
  void shouldReduceAsFarAsTheBookBearsItAndPause() {
    final LiquidationDesk desk = pair(
        LiquidationDesk.open(0, 0, c -> c.depthShareBps(5_000).partialBps(10_000).attemptsMax(2)), MarginMode.CROSS);
    assertEquals(ReasonCode.OK, desk.order(SHORT, Side.BUY, 92, 40));
    assertEquals(ReasonCode.OK, desk.order(SHORT, Side.BUY, 60, 500));
    desk.told();

    desk.core.at(100);
    desk.margin.mark(PERP, 93);
    assertEquals(List.of(
        "101 STARTED 0/NET equity=370 of 419 lots=0 value=0 fund=0 backstop=0 short=0",
        "101 REDUCING 2/NET equity=370 of 419 lots=20 value=1840 fund=0 backstop=0 short=0",
        "101 ENDED 0/NET equity=350 of 326 lots=0 value=0 fund=0 backstop=0 short=0"), desk.told());
    assertEquals(70, desk.margin.lots(LONG, PERP, PositionSide.NET));

    desk.core.massCancel(SHORT, 0, io.gavel.codecs.sbe.CancelScope.ALL);
    desk.core.at(200);
    desk.margin.mark(PERP, 92);
    assertEquals(List.of(
        "101 STARTED 0/NET equity=280 of 322 lots=0 value=0 fund=0 backstop=0 short=0",
        "101 PAUSED 0/NET equity=280 of 322 lots=0 value=0 fund=0 backstop=0 short=0"), desk.told());
    desk.core.at(209).fees(0, 0);
    assertEquals(List.of(), desk.told());
    desk.core.at(210).fees(0, 0);
    assertEquals(List.of("101 PAUSED 0/NET equity=280 of 322 lots=0 value=0 fund=0 backstop=0 short=0"),
        desk.told());
    desk.core.at(220).fees(0, 0);
    assertEquals("101 TAKEN_OVER 2/NET equity=280 of 322 lots=70 value=6160 fund=0 backstop=0 short=0",
        desk.told().get(0));
    desk.core.machine.risk().assertConserved();
  }

  /**
   * 20 of 90 lots release 93 of 419 required, and so 82 of 370 of equity: 1,778 at the bankruptcy price, of 1,860. At
   * 92 they fetch 62 more, of which the fund takes at most its fee of 1,840; at 84 they fetch 98 less, which it pays.
   */
  @Test
  void shouldShareWithTheFundWhatAnOrderFetches() {
    assertFund(10_000, 92, "101 REDUCING 2/NET equity=370 of 419 lots=20 value=1840 fund=-18 backstop=0 short=0", 518);
    assertFund(1_000_000, 92, "101 REDUCING 2/NET equity=370 of 419 lots=20 value=1840 fund=-62 backstop=0 short=0",
        562);
    assertFund(10_000, 84, "101 REDUCING 2/NET equity=370 of 419 lots=20 value=1680 fund=98 backstop=0 short=0", 402);
    assertFund(0, 84, "101 REDUCING 2/NET equity=370 of 419 lots=20 value=1680 fund=0 backstop=0 short=0", 500);
  }

  private static void assertFund(final int feeE6, final int ticks, final String told, final long fund) {
    final LiquidationDesk desk = pair(LiquidationDesk.open(500, 0,
        c -> c.depthShareBps(10_000).attemptsMax(2).insuranceFeeE6(feeE6).fundAccountMaxUnits(100)), MarginMode.CROSS);
    assertEquals(ReasonCode.OK, desk.order(SHORT, Side.BUY, ticks, 20));
    desk.told();
    desk.margin.mark(PERP, 93);
    assertEquals(told, desk.told().get(1));
    assertEquals(fund, desk.core.machine.risk().systemUnits(SystemAccount.INSURANCE, Core.USD));
    desk.core.machine.risk().assertConserved();
  }

  @Test
  void shouldMoveMoneyOfTheHouseAndRefuseWhatIsNotThere() {
    final LiquidationDesk desk = LiquidationDesk.open(0, 0, c -> { });
    assertEquals(ReasonCode.OK, desk.fund(HouseFund.INSURANCE, 500));
    assertEquals(ReasonCode.OK, desk.fund(HouseFund.INSURANCE, -200));
    assertEquals(ReasonCode.FUND_INSUFFICIENT, desk.fund(HouseFund.INSURANCE, -301));
    assertEquals(ReasonCode.AMOUNT_OVERFLOW, desk.fund(HouseFund.BACKSTOP, Long.MAX_VALUE));
    assertEquals(300, desk.core.machine.risk().systemUnits(SystemAccount.INSURANCE, Core.USD));
  }

  @Test
  void shouldSettleAContractAtAPrice() {
    final LiquidationDesk desk = pair(LiquidationDesk.open(0, 0, c -> { }), MarginMode.CROSS);
    assertEquals(ReasonCode.OK, desk.order(SHORT, Side.BUY, 60, 500));
    desk.core.events.clear();

    assertEquals(ReasonCode.OK, desk.settle(105));

    assertEquals(1, desk.core.events.stream()
        .filter(line -> line.contains("settled 2 at 1050 positions=2 lots=90")).count());
    assertEquals(0, desk.margin.lots(LONG, PERP, PositionSide.NET));
    assertEquals(1_450, desk.margin.equity(LONG));
    assertEquals(99_550, desk.margin.equity(SHORT));
    assertEquals(ReasonCode.NOT_A_CONTRACT, desk.core.send(new io.gavel.codecs.sbe.SettleInstrumentEncoder(), 0,
        c -> c.instrumentId(Core.PAIR).priceUnits(10)));
    desk.core.machine.risk().assertConserved();
  }
}
