package io.gavel.engine.core;

import static io.gavel.engine.core.Core.ALICE;
import static io.gavel.engine.core.Core.BOB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.PositionMode;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReserveMode;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.SettleInstrumentEncoder;
import io.gavel.codecs.sbe.Side;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A future ends once, by command or at expiry, and takes its orders and rules with it; each of them ends once. */
class ContractEndTest {

  private static final int FUTURE = 3;
  private static final int RULES = 9;

  private final MarginDesk desk = MarginDesk.open();
  private final Core core = desk.core;
  private final List<String> told = new ArrayList<>();

  /** Ten lots of Alice's against Bob's, an order of each, and stops: one is at work in the book, the others wait. */
  private void open() {
    desk.contract(FUTURE, InstrumentKind.LINEAR_FUTURE, c -> c.expiryTimeNs(1_000).indexInstrumentId(MarginDesk.PERP));
    desk.margin(FUTURE, 10_000_000, 5_000_000);
    desk.mark(FUTURE, 100);
    desk.price(MarginDesk.PERP, PriceSource.INDEX, 120);
    assertEquals(ReasonCode.OK, desk.mode(ALICE, MarginMode.CROSS, PositionMode.ONE_WAY));
    assertEquals(ReasonCode.OK, desk.mode(BOB, MarginMode.CROSS, PositionMode.ONE_WAY));
    order(ALICE, Side.BUY, 100, 10);
    order(BOB, Side.SELL, 100, 10);
    order(ALICE, Side.BUY, 80, 1);
    order(BOB, Side.SELL, 130, 1);
    for (int i = 0; i < RULES; i++) {
      assertEquals(ReasonCode.OK, core.arm(0 == i % 2 ? ALICE : BOB, stop(0 == i ? 95 : 60, FUTURE)));
    }
    assertEquals(ReasonCode.OK, core.arm(ALICE, stop(1, Core.PAIR)));
    desk.mark(FUTURE, 95);
    desk.mark(FUTURE, 100);
    core.take();
  }

  private void order(final long account, final Side side, final int ticks, final long lots) {
    assertEquals(ReasonCode.OK, core.order(account, side, ticks, lots, c -> c.instrumentId(FUTURE)));
  }

  private static Core.RuleDraft stop(final int levelTicks, final int instrumentId) {
    final Core.RuleDraft draft = new Core.RuleDraft();
    draft.lots = 1;
    draft.reserveMode = ReserveMode.NONE;
    draft.block = c -> c.instrumentId(instrumentId);
    draft.legs.add(leg -> leg.levelTicks(levelTicks).trailRatioE8(0).trailSpreadTicks(0).activationTicks(0)
        .childLimitTicks(125).protectionBps(0).kind(RuleKind.STOP_LOSS).source(PriceSource.MARK));
    return draft;
  }

  private ReasonCode settle(final int ticks) {
    return core.send(new SettleInstrumentEncoder(), 0, c -> c.instrumentId(FUTURE).priceUnits(ticks * 10L));
  }

  private long ended(final String reason) {
    told.addAll(core.take());
    return told.stream().filter(line -> line.startsWith("rule ") && line.contains("->CANCELLED " + reason)).count();
  }

  private void assertEndedOnce() {
    assertEquals(RULES, ended("CANCELLED_SETTLEMENT"), told.toString());
    assertEquals(RULES, told.stream().filter(line -> line.startsWith("rule ") && line.contains("->CANCELLED"))
        .map(line -> line.substring(5, line.indexOf(' ', 5))).distinct().count());
    assertEquals(1, core.machine.rules().size());
    assertEquals(0, desk.lots(ALICE, FUTURE, PositionSide.NET));
    core.machine.risk().assertConserved();
  }

  @Test
  void shouldNotExpireWhatWasSettledBefore() {
    open();
    final long before = core.machine.risk().freeUnits(ALICE, Core.USD);
    core.at(500);
    assertEquals(ReasonCode.OK, settle(130));
    assertEndedOnce();
    assertEquals(before + 300, core.machine.risk().freeUnits(ALICE, Core.USD));

    core.restart();
    core.at(2_000).time(2_000);
    assertEquals(List.of(), core.take(), "nothing is left to expire");
    assertEquals(ReasonCode.OK, settle(140));
    assertEquals(before + 300, core.machine.risk().freeUnits(ALICE, Core.USD));
    core.machine.risk().assertConserved();
  }

  @Test
  void shouldSettleNothingAfterAnExpiry() {
    open();
    final long before = core.machine.risk().freeUnits(ALICE, Core.USD);
    core.at(1_000).time(1_000);
    assertEndedOnce();
    assertEquals(before + 200, core.machine.risk().freeUnits(ALICE, Core.USD), "at the index");

    core.restart();
    core.take();
    assertEquals(ReasonCode.OK, settle(130));
    assertTrue(core.take().stream().noneMatch(line -> line.startsWith("position")));
    assertEquals(before + 200, core.machine.risk().freeUnits(ALICE, Core.USD));
    core.machine.risk().assertConserved();
  }
}
