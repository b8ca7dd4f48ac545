package io.gavel.engine.core;

import static io.gavel.engine.core.Core.ALICE;
import static io.gavel.engine.core.Core.BOB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.PositionMode;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetOptionVolatilityEncoder;
import io.gavel.codecs.sbe.SetPortfolioMarginEncoder;
import io.gavel.codecs.sbe.Side;
import io.gavel.risk.margin.MarginBook;
import io.gavel.risk.option.PortfolioParameter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Portfolio mode by hand, through the core: what hedges needs little, what does not is kept out. */
class PortfolioModeTest {

  private static final long ALL = 1_000_000_000;
  private static final long YEAR_NS = 365L * 86_400_000_000_000L;
  private static final int PERP = 3;
  private static final int CALL = 4;
  private static final int PUT = 5;

  private final MarginDesk desk = MarginDesk.open();
  private final Core core = desk.core;

  @BeforeEach
  void open() {
    ok(desk.contract(PERP, InstrumentKind.LINEAR_PERPETUAL, c -> c.indexInstrumentId(Core.PAIR)));
    ok(desk.contract(CALL, InstrumentKind.CALL_OPTION,
        c -> c.indexInstrumentId(Core.PAIR).strikeTicks(100).expiryTimeNs(YEAR_NS)));
    ok(desk.contract(PUT, InstrumentKind.PUT_OPTION,
        c -> c.indexInstrumentId(Core.PAIR).strikeTicks(100).expiryTimeNs(YEAR_NS)));
    for (final int instrumentId : new int[] {PERP, CALL, PUT}) {
      ok(desk.margin(instrumentId, 10_000_000, 5_000_000));
    }
    ok(desk.price(Core.PAIR, PriceSource.INDEX, 100));
    ok(desk.mark(PERP, 100));
    ok(desk.mark(CALL, 20));
    ok(desk.mark(PUT, 20));
    ok(volatility(CALL, 50_000_000));
    ok(volatility(PUT, 50_000_000));
  }

  private static void ok(final ReasonCode code) {
    assertEquals(ReasonCode.OK, code);
  }

  private ReasonCode volatility(final int instrumentId, final long volatilityE8) {
    return core.send(new SetOptionVolatilityEncoder(), 0,
        c -> c.instrumentId(instrumentId).volatilityE8(volatilityE8).rateE8(0).forwardInstrumentId(0));
  }

  private ReasonCode parameter(final PortfolioParameter parameter, final long valueE8) {
    return core.send(new SetPortfolioMarginEncoder(), 0,
        c -> c.instrumentId(Core.PAIR).parameter(parameter.ordinal()).valueE8(valueE8));
  }

  private void account(final long account, final long units) {
    ok(core.hold(account, Core.USD, ALL - units));
    ok(desk.mode(account, MarginMode.PORTFOLIO, PositionMode.ONE_WAY));
  }

  private ReasonCode order(final long account, final int instrumentId, final Side side, final int ticks,
      final long lots) {
    return core.order(account, side, ticks, lots, c -> c.instrumentId(instrumentId));
  }

  private void trade(final long buyer, final long seller, final int instrumentId, final int ticks, final long lots) {
    ok(order(buyer, instrumentId, Side.BUY, ticks, lots));
    ok(order(seller, instrumentId, Side.SELL, ticks, lots));
  }

  private MarginBook book() {
    return core.machine.risk().marginBook();
  }

  private long maintenance(final long account) {
    return book().maintenanceUnits(core.machine.risk().accountSlot(account));
  }

  @Test
  void shouldAskLittleOfAHedgeAndMuchOfItsParts() {
    account(ALICE, 1_000_000);
    account(BOB, 1_000_000);
    trade(BOB, ALICE, CALL, 20, 100);
    final long naked = maintenance(ALICE);
    trade(ALICE, BOB, PERP, 100, 100);
    final long covered = maintenance(ALICE);
    trade(ALICE, BOB, PUT, 20, 100);
    final long conversion = maintenance(ALICE);

    assertTrue(naked > covered && covered > conversion && conversion > 0, naked + ", " + covered + ", " + conversion);
    core.machine.risk().assertConserved();
  }

  @Test
  void shouldLetInWhatTheScenariosLeaveRoomForAndNotMore() {
    account(ALICE, 2_001);
    account(BOB, 1_000_000);
    assertEquals(ReasonCode.MARGIN_INSUFFICIENT, order(ALICE, PERP, Side.BUY, 100, 101), "18 % and 2 % of 100 a lot");
    ok(order(ALICE, PERP, Side.BUY, 100, 100));
    assertTrue(desk.free(ALICE) <= 1, "a requirement is rounded up");
    assertEquals(ReasonCode.MARGIN_INSUFFICIENT, core.hold(ALICE, Core.USD, 2));
  }

  @Test
  void shouldTakeANewParameterAndANewVolatilityAtOnce() {
    account(ALICE, 1_000_000);
    account(BOB, 1_000_000);
    trade(BOB, ALICE, CALL, 20, 100);
    final long before = maintenance(ALICE);
    ok(parameter(PortfolioParameter.MM_LOSS_FACTOR, 160_000_000));
    final long doubled = maintenance(ALICE);
    ok(parameter(PortfolioParameter.MM_LOSS_FACTOR, 80_000_000));
    assertEquals(before, maintenance(ALICE));
    ok(volatility(CALL, 90_000_000));

    assertTrue(doubled > before);
    assertNotEquals(before, maintenance(ALICE));
    assertEquals(ReasonCode.CONTRACT_TERMS_INVALID, volatility(PERP, 1));
    assertEquals(ReasonCode.CONTRACT_TERMS_INVALID, parameter(PortfolioParameter.CONF_MARGIN, -1));
    assertNotEquals(before, maintenance(ALICE));
  }

  @Test
  void shouldFollowTheIndexAndTheMark() {
    account(ALICE, 1_000_000);
    account(BOB, 1_000_000);
    trade(ALICE, BOB, PERP, 100, 100);
    final long before = maintenance(ALICE);
    ok(desk.price(Core.PAIR, PriceSource.INDEX, 200));
    ok(desk.mark(PERP, 200));

    assertTrue(Math.abs(2 * before - maintenance(ALICE)) <= 1, "each rounded up");
  }
}
