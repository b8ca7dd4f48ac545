package io.gavel.risk;

import static io.gavel.risk.RiskWorld.ALICE;
import static io.gavel.risk.RiskWorld.BASE_PER_LOT;
import static io.gavel.risk.RiskWorld.BOB;
import static io.gavel.risk.RiskWorld.BTC;
import static io.gavel.risk.RiskWorld.BTC_USDT;
import static io.gavel.risk.RiskWorld.USDT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gavel.codecs.sbe.DegradedCause;
import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.HaltScope;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Side;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an order is let in with: its worst price and budget, and controls that change while others are open. */
class OrderGateTest {

  @ParameterizedTest
  @CsvSource({
      "SELL, 10000,         0,     0,       9000", "BUY, 10000,      0,     0,     11000",
      "SELL, 9999,          0,     0,       9000", "BUY, 9999,       0,     0,     10998",
      "SELL, 9999,          1,     0,       9999", "BUY, 9999,       1,     0,     9999",
      "SELL, 1,             10000, 0,       1",    "BUY, 1,          10000, 0,     2",
      "SELL, 3,             10000, 0,       1",    "BUY, 2147483647, 0,     0,     2147483647",
      "SELL, 10000,         0,     200,     9800", "BUY, 10000,      0,     200,   10200",
      "SELL, 10000,         100,   200,     9900", "BUY, 10000,      100,   20000, 10100",
      "SELL, 2147483647,    1,     0, 2147268899", "BUY, 1,          1,     0,     1",
  })
  void shouldProtectAMarketOrderFromTheReference(
      final Side side, final int lastTicks, final int protectionBps, final int collarBps, final int expectedTicks) {
    final RiskWorld world = new RiskWorld(c -> c.collarBps(collarBps));
    world.risk.marks().setLast(BTC_USDT, lastTicks, 1, 1);
    world.market(ALICE, side, 1).protectionBps = protectionBps;

    assertEquals(ReasonCode.OK, world.risk.checkOrder(world.request));

    assertEquals(expectedTicks, world.request.effectiveLimitTicks);
    assertEquals(Long.MAX_VALUE, world.request.notionalBudgetUnits);
  }

  @Test
  void shouldMeasureFromTheMarkWhenThereIsOne() {
    final RiskWorld world = new RiskWorld(c -> c.collarBps(100));
    world.risk.marks().setLast(BTC_USDT, 10_000, 1, 1);
    assertEquals(ReasonCode.OK, world.risk.checkOrder(world.limit(ALICE, Side.BUY, 10_100, 1)));
    assertEquals(ReasonCode.OK, world.risk.checkOrder(world.limit(ALICE, Side.BUY, 9_900, 1)));

    world.risk.marks().setMark(BTC_USDT, 9_000_00, 2, 2);

    assertEquals(ReasonCode.PRICE_OUTSIDE_COLLAR, world.risk.checkOrder(world.limit(ALICE, Side.BUY, 10_100, 1)));
    assertEquals(ReasonCode.OK, world.risk.checkOrder(world.limit(ALICE, Side.BUY, 9_090, 1)));
    assertEquals(ReasonCode.PRICE_OUTSIDE_COLLAR, world.risk.checkOrder(world.limit(ALICE, Side.BUY, 9_091, 1)));
  }

  @Test
  void shouldTakeAPriceFarFromTheReferenceWhenThereIsNoCollar() {
    final RiskWorld world = new RiskWorld();

    assertEquals(ReasonCode.OK, world.risk.checkOrder(world.limit(ALICE, Side.SELL, Integer.MAX_VALUE, 1)));
    assertEquals(Integer.MAX_VALUE, world.request.effectiveLimitTicks);
  }

  @Test
  void shouldLeaveTheWholeAmountToTradeWhenFeesAreTakenFromTheProceedsOrThereAreNone() {
    final RiskWorld world = new RiskWorld(c -> c.makerFeeE8(-5).takerFeeE8(5)
        .feeAsset(FeeAsset.BASE));
    world.risk.marks().setLast(BTC_USDT, 600_000, 1, 1);

    assertEquals(ReasonCode.OK, world.risk.checkOrder(world.marketBuyFor(ALICE, 1_000)));

    assertEquals(1_000, world.request.notionalBudgetUnits);
  }

  @Test
  void shouldHoldNewOrdersToNewLimitsAndLeaveOpenOnesAlone() {
    final RiskWorld world = new RiskWorld();
    world.deposit(ALICE, BTC, 10 * BASE_PER_LOT).deposit(BOB, USDT, 1_000_000_000);
    final int open = world.reserved(world.limit(ALICE, Side.SELL, 600_000, 5));

    assertEquals(ReasonCode.OK, world.risk.setLimits(RiskWorld.limits(c -> c.minLots(2).maxLots(4))));
    assertEquals(ReasonCode.SIZE_ABOVE_MAX, world.risk.checkOrder(world.limit(ALICE, Side.SELL, 600_000, 5)));
    assertEquals(ReasonCode.SIZE_BELOW_MIN, world.risk.checkOrder(world.limit(ALICE, Side.SELL, 600_000, 1)));
    world.risk.setHalt(HaltScope.ACCOUNT, 0, ALICE, true);

    final int taker = world.reserved(world.limit(BOB, Side.BUY, 600_000, 2));
    world.settle(open, taker, Side.BUY, 600_000, 2);
    world.risk.reduce(open, 1);
    world.risk.release(open);
    assertEquals(8 * BASE_PER_LOT, world.free(ALICE, BTC));
    world.risk.assertConserved();
  }

  @Test
  void shouldLetTheRestOfARuleBeSmallerThanAnOrderMayBe() {
    final RiskWorld world = new RiskWorld(c -> c.minLots(2).minNotionalUnits(200_000_000).maxLots(3));
    world.risk.degraded(DegradedCause.OPERATOR, true);

    world.limit(ALICE, Side.SELL, 600_000, 1).newRisk = false;
    assertEquals(ReasonCode.OK, world.risk.checkOrder(world.request));
    world.limit(ALICE, Side.SELL, 600_000, 4).newRisk = false;
    assertEquals(ReasonCode.SIZE_ABOVE_MAX, world.risk.checkOrder(world.request));
  }
}
