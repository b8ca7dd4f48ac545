package io.gavel.engine.core;

import static io.gavel.engine.core.Core.ALICE;
import static io.gavel.engine.core.Core.BOB;
import static io.gavel.engine.core.MarginDesk.PERP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.PlaceOrderEncoder;
import io.gavel.codecs.sbe.PositionMode;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RiskLimitKind;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.TimeInForce;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.ledger.SystemAccount;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Orders in contracts by hand, through the core. Every account begins with 1,000,000,000 units of USD; what a test lets
 * an account have is held away first. Conservation is looked at after every command.
 */
class ContractFlowTest {

  private static final long ALL = 1_000_000_000;
  private static final PositionSide NET = PositionSide.NET;

  private final MarginDesk desk = MarginDesk.open();
  private final Core core = desk.core;

  /** A cross account that has so much left. */
  private void cross(final long account, final long units) {
    assertEquals(ReasonCode.OK, core.hold(account, Core.USD, ALL - units));
    assertEquals(ReasonCode.OK, desk.mode(account, MarginMode.CROSS, PositionMode.ONE_WAY));
  }

  private ReasonCode order(final long account, final Side side, final int ticks, final long lots) {
    return order(account, side, ticks, lots, c -> { });
  }

  private ReasonCode order(final long account, final Side side, final int ticks, final long lots,
      final Consumer<PlaceOrderEncoder> change) {
    return core.order(account, side, ticks, lots, c -> change.accept(c.instrumentId(PERP)));
  }

  private static void reduceOnly(final PlaceOrderEncoder order) {
    order.reduceOnly(Flag.YES);
  }

  private RiskEngine risk() {
    return core.machine.risk();
  }

  @Test
  void shouldLetInWhatTheAccountCanBackAndNotALotMore() {
    cross(ALICE, 1_000);
    assertEquals(ReasonCode.MARGIN_INSUFFICIENT, order(ALICE, Side.BUY, 100, 101));
    assertEquals(ReasonCode.OK, order(ALICE, Side.BUY, 100, 100), "10 % of 10,000");
    assertEquals(0, desk.free(ALICE));
    assertEquals(ReasonCode.OK, order(ALICE, Side.SELL, 110, 100), "the worse side counts, not both");
    assertEquals(ReasonCode.MARGIN_INSUFFICIENT, order(ALICE, Side.SELL, 110, 1));
    assertEquals(ReasonCode.MARGIN_INSUFFICIENT, core.hold(ALICE, Core.USD, 1), "nor may money leave");
  }

  @Test
  void shouldCountTheLossOfALimitAgainstTheMark() {
    cross(ALICE, 1_000);
    assertEquals(ReasonCode.MARGIN_INSUFFICIENT, order(ALICE, Side.BUY, 110, 51), "10 a lot to lose, 10 a lot margin");
    assertEquals(ReasonCode.OK, order(ALICE, Side.BUY, 110, 50));
    assertEquals(0, desk.free(ALICE));
  }

  @Test
  void shouldOpenRealiseAndCrossZero() {
    cross(ALICE, 10_000);
    cross(BOB, 10_000);
    order(ALICE, Side.BUY, 100, 10);
    core.take();
    order(BOB, Side.SELL, 100, 10);
    assertTrue(core.take().stream().anyMatch(e -> e.startsWith("position 10 (+10) cost=1000")), "the maker's position");
    desk.mark(PERP, 120);
    assertEquals(10_200, desk.equity(ALICE));
    assertEquals(9_800, desk.equity(BOB));
    assertEquals(9_880, desk.free(ALICE), "a profit that is not realised backs nothing: 10,000 less 10 % of 1,200");

    order(BOB, Side.BUY, 120, 25);
    order(ALICE, Side.SELL, 120, 25);
    assertEquals(10_200, risk().freeUnits(ALICE, Core.USD));
    assertEquals(9_800, risk().freeUnits(BOB, Core.USD));
    assertEquals(-15, desk.lots(ALICE, PERP, NET));
    assertEquals(1, risk().contracts().epoch(desk.position(ALICE, PERP, NET)));
  }

  @Test
  void shouldBorrowWhatCashCannotPayAndPayItBackFirst() {
    assertEquals(ReasonCode.OK, desk.collateral(Core.BTC, Core.PAIR, 50_000_000));
    assertEquals(ReasonCode.OK, desk.price(Core.PAIR, PriceSource.INDEX, 100));
    cross(ALICE, 100);
    cross(BOB, 10_000);
    assertEquals(100 + 50_000_000, desk.equity(ALICE), "a million bitcoin at half of 100");
    order(ALICE, Side.BUY, 100, 100);
    order(BOB, Side.SELL, 100, 100);
    order(BOB, Side.BUY, 90, 100);
    order(ALICE, Side.SELL, 90, 100);
    assertEquals(0, risk().freeUnits(ALICE, Core.USD), "lost 1,000, had 100");
    final int balance = 900;
    assertEquals(50_000_000 - balance, desk.equity(ALICE));
    assertEquals(ReasonCode.POSITION_OPEN, desk.mode(ALICE, MarginMode.CASH, PositionMode.ONE_WAY), "owes");
    assertEquals(ReasonCode.OK, core.deposit(ALICE, Core.USD, 1_000));
    assertEquals(100, risk().freeUnits(ALICE, Core.USD), "900 paid back");
    assertEquals(ReasonCode.OK, desk.mode(ALICE, MarginMode.CASH, PositionMode.ONE_WAY));
  }

  @Test
  void shouldMarginAnIsolatedPositionByItself() {
    core.hold(ALICE, Core.USD, ALL - 1_000);
    assertEquals(ReasonCode.OK, desk.mode(ALICE, MarginMode.ISOLATED, PositionMode.ONE_WAY));
    cross(BOB, 100_000);
    assertEquals(ReasonCode.OK, desk.leverage(ALICE, PERP, 500));
    assertEquals(ReasonCode.OK, order(ALICE, Side.BUY, 100, 20));
    assertEquals(600, risk().freeUnits(ALICE, Core.USD), "a fifth of 2,000 is held for the order");
    order(BOB, Side.SELL, 100, 20);
    assertEquals(400, risk().contracts().marginUnits(desk.position(ALICE, PERP, NET)));
    assertEquals(ReasonCode.OK, order(ALICE, Side.SELL, 130, 20), "closing needs nothing");
    assertEquals(600, risk().freeUnits(ALICE, Core.USD));
    assertEquals(ReasonCode.MARGIN_INSUFFICIENT, desk.adjust(ALICE, PERP, NET, -1));
    assertEquals(ReasonCode.OK, desk.adjust(ALICE, PERP, NET, 100));
    assertEquals(ReasonCode.OK, desk.adjust(ALICE, PERP, NET, -100));
    order(BOB, Side.BUY, 130, 5);
    assertEquals(300, risk().contracts().marginUnits(desk.position(ALICE, PERP, NET)));
    assertEquals(600 + 100 + 150, risk().freeUnits(ALICE, Core.USD));
    order(BOB, Side.BUY, 130, 15);
    assertEquals(1_600, risk().freeUnits(ALICE, Core.USD));
    assertEquals(0, risk().contracts().marginUnits(desk.position(ALICE, PERP, NET)));
  }

  @Test
  void shouldNeverLetAReduceOnlyOrderCrossZero() {
    cross(ALICE, 10_000);
    cross(BOB, 10_000);
    assertEquals(ReasonCode.REDUCE_ONLY_INCREASES, order(ALICE, Side.SELL, 120, 1, ContractFlowTest::reduceOnly));
    order(ALICE, Side.BUY, 100, 10);
    order(BOB, Side.SELL, 100, 10);
    assertEquals(ReasonCode.OK, order(ALICE, Side.SELL, 120, 6, ContractFlowTest::reduceOnly));
    assertEquals(ReasonCode.REDUCE_ONLY_INCREASES, order(ALICE, Side.SELL, 120, 5, ContractFlowTest::reduceOnly));
    assertEquals(ReasonCode.OK, order(ALICE, Side.SELL, 121, 4, ContractFlowTest::reduceOnly));
    core.take();
    assertEquals(ReasonCode.OK, order(ALICE, Side.SELL, 119, 5));
    assertEquals(List.of("accepted", "amended"), core.take().stream().map(e -> e.split(" ", -1)[0]).toList(),
        "five of the oldest are taken back");
    order(BOB, Side.BUY, 121, 30);
    assertEquals(0, desk.lots(ALICE, PERP, NET));
    assertEquals(20, risk().contracts().openBuyLots(desk.position(BOB, PERP, NET)));
  }

  @Test
  void shouldKeepTwoPositionsInHedgeMode() {
    core.hold(ALICE, Core.USD, ALL - 10_000);
    desk.mode(ALICE, MarginMode.CROSS, PositionMode.HEDGE);
    cross(BOB, 100_000);
    assertEquals(ReasonCode.ACCOUNT_MODE_WRONG, order(ALICE, Side.BUY, 100, 10));
    assertEquals(ReasonCode.OK, order(ALICE, Side.BUY, 100, 10, c -> c.positionSide(PositionSide.LONG)));
    order(BOB, Side.SELL, 100, 10);
    assertEquals(ReasonCode.OK, order(ALICE, Side.SELL, 100, 4, c -> c.positionSide(PositionSide.SHORT)));
    order(BOB, Side.BUY, 100, 4);
    assertEquals(10, desk.lots(ALICE, PERP, PositionSide.LONG));
    assertEquals(-4, desk.lots(ALICE, PERP, PositionSide.SHORT));
    assertEquals(10_000 - 140, desk.free(ALICE));
    assertEquals(ReasonCode.REDUCE_ONLY_INCREASES,
        order(ALICE, Side.SELL, 100, 11, c -> c.positionSide(PositionSide.LONG)), "it cannot cross zero");
    assertEquals(ReasonCode.OK, order(ALICE, Side.SELL, 101, 10, c -> c.positionSide(PositionSide.LONG)));
    assertEquals(ReasonCode.POSITION_OPEN, desk.mode(ALICE, MarginMode.CROSS, PositionMode.ONE_WAY));
  }

  @Test
  void shouldPayPremiumsAtOnce() {
    desk.contract(3, InstrumentKind.CALL_OPTION, c -> c.strikeTicks(110).expiryTimeNs(1_000_000)
        .indexInstrumentId(PERP));
    desk.margin(3, 15_000_000, 7_500_000);
    cross(ALICE, 1_000);
    cross(BOB, 1_000);
    assertEquals(ReasonCode.NO_REFERENCE_PRICE, core.order(ALICE, Side.BUY, 20, 10, c -> c.instrumentId(3)));
    desk.price(PERP, PriceSource.INDEX, 100);
    desk.mark(3, 20);
    assertEquals(ReasonCode.MARGIN_INSUFFICIENT, core.order(ALICE, Side.BUY, 20, 51, c -> c.instrumentId(3)));
    assertEquals(ReasonCode.OK, core.order(ALICE, Side.BUY, 20, 10, c -> c.instrumentId(3)));
    assertEquals(ReasonCode.OK, core.order(BOB, Side.SELL, 20, 10, c -> c.instrumentId(3)));
    assertEquals(800, risk().freeUnits(ALICE, Core.USD));
    assertEquals(1_200, risk().freeUnits(BOB, Core.USD));
    assertEquals(1_000, desk.equity(ALICE));
    assertEquals(800, desk.free(ALICE), "what it is worth backs nothing");
    assertEquals(1_000 - 150, desk.free(BOB), "15 % of an underlying of 100, ten times");
  }

  @Test
  void shouldCarryNewTermsFromAccountToAccount() {
    cross(ALICE, 1_000);
    cross(BOB, 1_000);
    order(ALICE, Side.BUY, 100, 10);
    order(BOB, Side.SELL, 100, 10);
    core.take();
    core.at(100);
    assertEquals(ReasonCode.OK, desk.margin(PERP, 20_000_000, 10_000_000));
    assertEquals(ReasonCode.MARGIN_NOT_SET, desk.margin(PERP, 30_000_000, 10_000_000), "one change at a time");
    assertEquals(900, desk.free(ALICE));
    core.at(110).deposit(BOB, Core.BTC, 1);
    assertEquals(800, desk.free(ALICE));
    assertEquals(900, desk.free(BOB));
    core.at(130).deposit(BOB, Core.BTC, 1);
    assertEquals(800, desk.free(BOB));
    assertEquals(List.of("margin 2 1 through=1 NO", "margin 2 1 through=2 NO", "margin 2 1 through=0 YES"),
        core.take().stream().filter(e -> e.startsWith("margin")).toList());
    assertEquals(ReasonCode.OK, desk.margin(PERP, 30_000_000, 10_000_000));
  }

  @Test
  void shouldSettleAFutureAtTheMeanOfItsIndex() {
    desk.contract(3, InstrumentKind.LINEAR_FUTURE, c -> c.expiryTimeNs(1_000).settlementWindowNs(100)
        .indexInstrumentId(PERP));
    desk.margin(3, 10_000_000, 5_000_000);
    desk.mark(3, 100);
    desk.price(PERP, PriceSource.INDEX, 90);
    cross(ALICE, 10_000);
    cross(BOB, 10_000);
    core.order(ALICE, Side.BUY, 100, 10, c -> c.instrumentId(3));
    core.order(BOB, Side.SELL, 100, 10, c -> c.instrumentId(3));
    assertEquals(ReasonCode.OK, core.order(BOB, Side.SELL, 110, 5, c -> c.instrumentId(3)));
    core.at(950);
    desk.price(PERP, PriceSource.INDEX, 121);
    core.at(980);
    desk.price(PERP, PriceSource.INDEX, 200);
    core.take();
    core.at(2_000).deposit(ALICE, Core.BTC, 1);
    final List<String> told = core.take();
    assertEquals("session CONTINUOUS->CLOSED SESSION_EXPIRED", told.get(0));
    assertTrue(told.get(1).contains("CANCELLED_SETTLEMENT"), told.toString());
    assertTrue(told.get(2).startsWith("position 0 (-10) cost=0 realised=210 "), "90 for half, 121 for 3, 200 for 2");
    assertTrue(told.get(3).startsWith("position 0 (+10) cost=0 realised=-210 "), told.toString());
    assertEquals(10_210, risk().freeUnits(ALICE, Core.USD));
    assertEquals(ReasonCode.SESSION_CLOSED, core.order(ALICE, Side.BUY, 100, 1, c -> c.instrumentId(3)));
    assertEquals(ReasonCode.CONTRACT_TERMS_INVALID,
        desk.contract(4, InstrumentKind.LINEAR_FUTURE, c -> c.expiryTimeNs(2_000)), "has expired already");
  }

  @Test
  void shouldPayAnOptionWhatItIsInTheMoney() {
    desk.price(PERP, PriceSource.INDEX, 100);
    for (int id = 3; id <= 4; id++) {
      desk.contract(id, 3 == id ? InstrumentKind.CALL_OPTION : InstrumentKind.PUT_OPTION,
          c -> c.strikeTicks(110).expiryTimeNs(1_000).indexInstrumentId(PERP));
      desk.margin(id, 15_000_000, 7_500_000);
      desk.mark(id, 20);
    }
    cross(ALICE, 10_000);
    cross(BOB, 10_000);
    for (final int id : new int[] {3, 4}) {
      core.order(ALICE, Side.BUY, 20, 10, c -> c.instrumentId(id));
      core.order(BOB, Side.SELL, 20, 10, c -> c.instrumentId(id));
    }
    desk.price(PERP, PriceSource.INDEX, 140);
    core.at(1_000).deposit(ALICE, Core.BTC, 1);
    assertEquals(10_000 - 400 + 300, risk().freeUnits(ALICE, Core.USD));
    assertEquals(10_000 + 400 - 300, risk().freeUnits(BOB, Core.USD));
  }

  @Test
  void shouldSettleInverseFuturesAndKeepWhatRoundingLeaves() {
    desk.contract(3, InstrumentKind.INVERSE_FUTURE, c -> c.expiryTimeNs(1_000).lotSizeE10(1_000_000_000_000L));
    desk.margin(3, 10_000_000, 5_000_000);
    desk.collateral(Core.BTC, Core.PAIR, 100_000_000);
    desk.price(Core.PAIR, PriceSource.INDEX, 3);
    desk.price(3, PriceSource.INDEX, 7);
    desk.mark(3, 3);
    cross(ALICE, 10_000);
    cross(BOB, 10_000);
    core.order(ALICE, Side.BUY, 3, 10, c -> c.instrumentId(3));
    core.order(BOB, Side.SELL, 3, 10, c -> c.instrumentId(3));
    core.at(1_000).deposit(ALICE, Core.USD, 1);
    assertEquals(1_000_000 + 333 - 143, risk().freeUnits(ALICE, Core.BTC), "1,000 / 3 less 1,000 / 7 rounded up");
    assertEquals(1_000_000 - 333 + 142, risk().freeUnits(BOB, Core.BTC));
    assertEquals(1, risk().systemUnits(SystemAccount.INSURANCE, Core.BTC));
  }

  @Test
  void shouldRefuseAContractToAnAccountThatIsNotMargined() {
    assertEquals(ReasonCode.ACCOUNT_MODE_WRONG, order(ALICE, Side.BUY, 100, 1));
    assertEquals(ReasonCode.ACCOUNT_MODE_WRONG,
        core.order(ALICE, Side.BUY, 100, 1, c -> c.positionSide(PositionSide.LONG)));
    cross(ALICE, 1_000);
    assertEquals(ReasonCode.SIZE_AMBIGUOUS, order(ALICE, Side.BUY, 0, 0,
        c -> c.ordType(OrdType.MARKET).timeInForce(TimeInForce.IOC).quoteAmountUnits(100)));
    assertEquals(ReasonCode.ACCOUNT_MODE_WRONG, desk.mode(BOB, MarginMode.CASH, PositionMode.HEDGE));
    assertEquals(ReasonCode.LEVERAGE_ABOVE_MAX, desk.leverage(ALICE, PERP, 1_001));
  }

  @Test
  void shouldRefuseALeverageThatTheRiskTableDoesNotAllowTheAccount() {
    cross(ALICE, 1_000);
    cross(BOB, 1_000);
    assertEquals(ReasonCode.OK, core.riskLimit(0, 1, RiskLimitKind.LEVERAGE, 300, c -> c.region(44)));
    assertEquals(ReasonCode.OK, core.riskLimit(0, 2, RiskLimitKind.LEVERAGE, 800, c -> c.ageBelowNs(1_000)));
    assertEquals(ReasonCode.OK, core.profile(ALICE, 1, 0, 44, 0));
    assertEquals(ReasonCode.OK, core.profile(BOB, 1, 0, 0, 0));

    assertEquals(ReasonCode.LEVERAGE_ABOVE_MAX, desk.leverage(ALICE, PERP, 301));
    assertEquals(ReasonCode.OK, desk.leverage(ALICE, PERP, 300));
    assertEquals(ReasonCode.LEVERAGE_ABOVE_MAX, desk.leverage(ALICE, PERP, 0), "the terms alone would be ten");
    assertEquals(ReasonCode.LEVERAGE_ABOVE_MAX, desk.leverage(BOB, PERP, 900), "too young");
    core.at(5_000);
    assertEquals(ReasonCode.OK, desk.leverage(BOB, PERP, 900));
    assertEquals(ReasonCode.OK, desk.leverage(BOB, PERP, 0));
    assertEquals(ReasonCode.LEVERAGE_ABOVE_MAX, desk.leverage(BOB, PERP, 1_001));
  }
}
