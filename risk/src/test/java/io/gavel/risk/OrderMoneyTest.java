package io.gavel.risk;

import static io.gavel.risk.RiskWorld.ALICE;
import static io.gavel.risk.RiskWorld.BASE_PER_LOT;
import static io.gavel.risk.RiskWorld.BOB;
import static io.gavel.risk.RiskWorld.BTC;
import static io.gavel.risk.RiskWorld.BTC_USDT;
import static io.gavel.risk.RiskWorld.QUOTE_PER_TICK_LOT;
import static io.gavel.risk.RiskWorld.USDT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gavel.codecs.InvariantViolation;
import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Side;
import io.gavel.risk.ledger.SystemAccount;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The money of orders by hand: what is held, what a fill moves, what comes back. */
class OrderMoneyTest {

  private RiskWorld market = new RiskWorld(c -> c.makerFeeE8(20_000).takerFeeE8(50_000));

  @AfterEach
  void shouldStayConserved() {
    market.risk.assertConserved();
  }

  @Test
  void shouldMoveBaseQuoteAndFeesWhenAnOrderFills() {
    market.deposit(ALICE, BTC, 3 * BASE_PER_LOT).deposit(BOB, USDT, 10_000_000_000L);
    final int maker = market.reserved(market.limit(ALICE, Side.SELL, 600_000, 3));
    final int taker = market.reserved(market.limit(BOB, Side.BUY, 600_100, 2));
    final long notional = 600_000L * 2 * QUOTE_PER_TICK_LOT;
    final long worst = 600_100L * 2 * QUOTE_PER_TICK_LOT;

    assertEquals(3 * BASE_PER_LOT, market.held(ALICE, BTC));
    assertEquals(worst + 60_010 + 2, market.held(BOB, USDT));
    market.settle(maker, taker, Side.BUY, 600_000, 2);

    assertEquals(notional, market.fill.notionalUnits);
    assertEquals(2 * BASE_PER_LOT, market.fill.baseUnits);
    assertEquals(24_000, market.fill.makerFeeUnits);
    assertEquals(60_000, market.fill.takerFeeUnits);
    assertEquals(BASE_PER_LOT, market.held(ALICE, BTC));
    assertEquals(notional - 24_000, market.free(ALICE, USDT));
    assertEquals(2 * BASE_PER_LOT, market.free(BOB, BTC));
    assertEquals(0, market.held(BOB, USDT));
    assertEquals(10_000_000_000L - notional - 60_000, market.free(BOB, USDT));
    assertEquals(84_000, market.risk.systemUnits(SystemAccount.FEES, USDT));
    assertEquals(-10_000_000_000L, market.risk.systemUnits(SystemAccount.EXTERNAL, USDT));
    assertEquals(60_000, market.risk.reservationFeeUnits(taker));

    market.risk.release(taker);
    market.risk.release(maker);
    assertEquals(BASE_PER_LOT, market.free(ALICE, BTC));
    assertEquals(0, market.held(ALICE, BTC));
  }

  @Test
  void shouldTakeFeesFromBaseWhenTheInstrumentSaysSo() {
    market = new RiskWorld(c -> c.makerFeeE8(20_000).takerFeeE8(50_000).feeAsset(FeeAsset.BASE));
    market.deposit(ALICE, BTC, 10 * BASE_PER_LOT).deposit(BOB, USDT, 600_000L * 2 * QUOTE_PER_TICK_LOT);
    final int maker = market.reserved(market.limit(BOB, Side.BUY, 600_000, 2));
    final int taker = market.reserved(market.limit(ALICE, Side.SELL, 600_000, 2));

    assertEquals(2 * BASE_PER_LOT + 100 + 2, market.held(ALICE, BTC));
    market.settle(maker, taker, Side.SELL, 600_000, 2);

    assertEquals(40, market.fill.makerFeeUnits);
    assertEquals(100, market.fill.takerFeeUnits);
    assertEquals(2 * BASE_PER_LOT - 40, market.free(BOB, BTC));
    assertEquals(8 * BASE_PER_LOT - 100, market.free(ALICE, BTC));
    assertEquals(600_000L * 2 * QUOTE_PER_TICK_LOT, market.free(ALICE, USDT));
    assertEquals(140, market.risk.systemUnits(SystemAccount.FEES, BTC));
  }

  @Test
  void shouldPayTheMakerWhenItsRateIsARebate() {
    market = new RiskWorld(c -> c.makerFeeE8(-10_000).takerFeeE8(50_000));
    market.deposit(ALICE, USDT, 1_000_000_000).deposit(BOB, BTC, BASE_PER_LOT);
    final int maker = market.reserved(market.limit(ALICE, Side.BUY, 600_000, 1));
    final int taker = market.reserved(market.limit(BOB, Side.SELL, 600_000, 1));

    market.settle(maker, taker, Side.SELL, 600_000, 1);

    assertEquals(-6_000, market.fill.makerFeeUnits);
    assertEquals(30_000, market.fill.takerFeeUnits);
    assertEquals(1_000_000_000 - 60_000_000 + 6_000, market.free(ALICE, USDT));
    assertEquals(24_000, market.risk.systemUnits(SystemAccount.FEES, USDT));
  }

  @Test
  void shouldSpendAtMostTheQuoteAmountFeesIncluded() {
    market.risk.marks().setLast(BTC_USDT, 600_000, 1, 1);
    market.deposit(ALICE, BTC, 100 * BASE_PER_LOT).deposit(BOB, USDT, 130_000_000);
    final int maker = market.reserved(market.limit(ALICE, Side.SELL, 600_000, 100));
    final int taker = market.reserved(market.marketBuyFor(BOB, 130_000_000));

    final long budget = market.request.notionalBudgetUnits;
    assertEquals(660_000, market.request.effectiveLimitTicks);
    assertEquals((130_000_000L - 2) * 100_000_000 / 100_050_000, budget);
    assertEquals(130_000_000, market.held(BOB, USDT));
    market.settle(maker, taker, Side.BUY, 600_000, 2);

    assertEquals(130_000_000 - 120_000_000 - 60_000, market.held(BOB, USDT));
    market.risk.release(taker);
    assertEquals(130_000_000 - 120_000_000 - 60_000, market.free(BOB, USDT));
  }

  @Test
  void shouldTradeWithItselfAndPayBothFeesWhenMakerAndTakerAreOneAccount() {
    market.deposit(ALICE, BTC, BASE_PER_LOT).deposit(ALICE, USDT, 100_000_000);
    final int maker = market.reserved(market.limit(ALICE, Side.SELL, 600_000, 1));
    final int taker = market.reserved(market.limit(ALICE, Side.BUY, 600_000, 1));

    market.settle(maker, taker, Side.BUY, 600_000, 1);
    market.risk.release(maker);
    market.risk.release(taker);

    assertEquals(BASE_PER_LOT, market.free(ALICE, BTC));
    assertEquals(100_000_000 - 12_000 - 30_000, market.free(ALICE, USDT));
  }

  @Test
  void shouldFreeWhatIsNotNeededWhenReducedAndHoldMoreWhenResized() {
    market.deposit(BOB, USDT, 200_000_000);
    final int order = market.reserved(market.limit(BOB, Side.BUY, 600_000, 3));
    assertEquals(180_000_000 + 90_000 + 2, market.held(BOB, USDT));

    market.risk.reduce(order, 2);
    assertEquals(120_000_000 + 60_000 + 2, market.held(BOB, USDT));
    assertEquals(ReasonCode.INSUFFICIENT_BALANCE, market.risk.resize(order, 600_000, 4));
    assertEquals(120_000_000 + 60_000 + 2, market.held(BOB, USDT));
    assertEquals(ReasonCode.NOTIONAL_OVERFLOW, market.risk.resize(order, Integer.MAX_VALUE, Long.MAX_VALUE));
    assertEquals(ReasonCode.PRICE_NOT_POSITIVE, market.risk.resize(order, 0, 1));
    assertEquals(ReasonCode.SIZE_NOT_POSITIVE, market.risk.resize(order, 1, -1));
    assertEquals(ReasonCode.OK, market.risk.resize(order, 500_000, 3));
    assertEquals(150_000_000 + 75_000 + 2, market.risk.reservedUnits(order));
    assertEquals(ReasonCode.OK, market.risk.resize(order, 400_000, 1));
    assertEquals(40_000_000 + 20_000 + 2, market.held(BOB, USDT));
    market.risk.reduce(order, 0);
    assertEquals(0, market.held(BOB, USDT));
    market.risk.release(order);
    assertEquals(200_000_000, market.free(BOB, USDT));
  }

  @Test
  void shouldHoldTheNotionalExactlyWhenThereAreNoFees() {
    market = new RiskWorld();
    market.deposit(BOB, USDT, 600_000L * QUOTE_PER_TICK_LOT);

    market.reserved(market.limit(BOB, Side.BUY, 600_000, 1));

    assertEquals(0, market.free(BOB, USDT));
  }

  @Test
  void shouldKeepTheRatesItWasAcceptedWithWhenFeesChange() {
    market.deposit(ALICE, BTC, BASE_PER_LOT).deposit(BOB, USDT, 100_000_000);
    final int maker = market.reserved(market.limit(ALICE, Side.SELL, 600_000, 1));
    assertEquals(ReasonCode.OK, market.risk.setFees(BTC_USDT, 90_000, 100_000));
    final int taker = market.reserved(market.limit(BOB, Side.BUY, 600_000, 1));

    market.settle(maker, taker, Side.BUY, 600_000, 1);

    assertEquals(12_000, market.fill.makerFeeUnits);
    assertEquals(60_000, market.fill.takerFeeUnits);
  }

  @Test
  void shouldKeepRoomForRebatesThatFeesHaveNotEarned() {
    market = new RiskWorld(c -> c.makerFeeE8(-10_000_000).takerFeeE8(10_000_000));
    market.deposit(ALICE, USDT, 70_000_000).deposit(BOB, BTC, BASE_PER_LOT);
    final int maker = market.reserved(market.limit(ALICE, Side.BUY, 600_000, 1));
    market.risk.setFees(BTC_USDT, 0, 0);
    final int taker = market.reserved(market.limit(BOB, Side.SELL, 600_000, 1));
    market.settle(maker, taker, Side.SELL, 600_000, 1);
    assertEquals(-6_000_000, market.risk.systemUnits(SystemAccount.FEES, USDT));

    final long room = Long.MAX_VALUE - 70_000_000 - 6_000_000;
    assertEquals(ReasonCode.AMOUNT_OVERFLOW, market.risk.deposit(BOB, USDT, room + 1, 0, 0));
    assertEquals(ReasonCode.OK, market.risk.deposit(BOB, USDT, room, 0, 0));
    assertEquals(ReasonCode.AMOUNT_OVERFLOW, market.risk.deposit(ALICE, USDT, 1, 0, 0));
  }

  @Test
  void shouldNotAskForAPriceWhenASaleIsResized() {
    market.deposit(ALICE, BTC, 3 * BASE_PER_LOT);
    final int rule = market.reserved(market.limit(ALICE, Side.SELL, 600_000, 1));

    assertEquals(ReasonCode.OK, market.risk.resize(rule, 0, 3));
    assertEquals(3 * BASE_PER_LOT, market.held(ALICE, BTC));
  }

  @Test
  void shouldHaltWhenAFillIsNotWhatWasReserved() {
    market.deposit(ALICE, BTC, BASE_PER_LOT).deposit(BOB, USDT, 200_000_000);
    final int sell = market.reserved(market.limit(ALICE, Side.SELL, 600_000, 1));
    final int buy = market.reserved(market.limit(BOB, Side.BUY, 600_000, 1));

    assertThrows(InvariantViolation.class, () -> market.risk.settleFill(
        buy, sell, BTC_USDT, Side.BUY, 600_000, 1, market.fill));
    assertNull(market.risk.instrument(2));
    assertThrows(InvariantViolation.class, () -> market.risk.settleFill(
        sell, buy, 2, Side.BUY, 600_000, 1, market.fill));
    assertThrows(InvariantViolation.class, () -> market.risk.reduce(buy, 2));
  }
}
