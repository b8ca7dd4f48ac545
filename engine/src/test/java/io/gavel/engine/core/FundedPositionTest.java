package io.gavel.engine.core;

import static io.gavel.engine.core.Core.ALICE;
import static io.gavel.engine.core.Core.BOB;
import static io.gavel.engine.core.MarginDesk.PERP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.FundingRule;
import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.PositionMode;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Side;
import io.gavel.risk.ledger.SystemAccount;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Funding of positions that are held: it is in the equity at once, and in the money when a position is touched. */
class FundedPositionTest {

  private static final long HOUR = 3_600_000_000_000L;

  private final MarginDesk desk = MarginDesk.open();
  private final Core core = desk.core;

  FundedPositionTest() {
    assertEquals(ReasonCode.OK, desk.mode(ALICE, MarginMode.CROSS, PositionMode.ONE_WAY));
    assertEquals(ReasonCode.OK, desk.mode(BOB, MarginMode.CROSS, PositionMode.ONE_WAY));
  }

  @Test
  void shouldCountInTheEquityBeforeItMovesAnyMoney() {
    trade(ALICE, BOB, 333);
    final long alice = desk.equity(ALICE);
    final long bob = desk.equity(BOB);
    core.funding(PERP, f -> f.periodNs(HOUR).rateE10(10_010_000));

    core.at(HOUR).time(HOUR);
    // 333 lots at 100, a rate of 0.1001 %: 33.3333 units.
    assertEquals(alice - 34, desk.equity(ALICE), "a payer owes the ceiling");
    assertEquals(bob + 33, desk.equity(BOB), "a receiver is owed the floor");
    assertEquals(0, fundingUnits());
    trade(BOB, ALICE, 1);
    assertEquals(1, fundingUnits(), "what rounding leaves");
    assertEquals(alice - 34, desk.equity(ALICE));
    assertEquals(bob + 33, desk.equity(BOB));
  }

  @Test
  void shouldSettleOnceWhateverTheTouches() {
    trade(ALICE, BOB, 1_000);
    core.funding(PERP, f -> f.periodNs(HOUR).rateE10(-10_000_000));
    final long alice = desk.equity(ALICE);

    core.at(3 * HOUR).time(3 * HOUR);
    for (int touches = 0; touches < 3; touches++) {
      core.machine.risk().touch(desk.position(ALICE, PERP, PositionSide.NET));
      assertEquals(alice + 300, desk.equity(ALICE), "three hours of 0.1 % of 100,000, from the shorts");
    }
    assertEquals(-300, fundingUnits(), "the short owes it");
    core.machine.risk().touch(desk.position(BOB, PERP, PositionSide.NET));
    assertEquals(0, fundingUnits());
    core.machine.risk().assertConserved();
  }

  @Test
  void shouldLeaveNothingToTheNextPosition() {
    trade(ALICE, BOB, 1_000);
    core.funding(PERP, f -> f.periodNs(HOUR).rateE10(10_000_000));
    core.at(HOUR).time(HOUR);
    trade(BOB, ALICE, 1_000);
    final long alice = desk.equity(ALICE);

    core.at(5 * HOUR).time(5 * HOUR);
    assertEquals(alice, desk.equity(ALICE), "flat while four hours were settled");
    trade(ALICE, BOB, 1_000);
    assertEquals(alice, desk.equity(ALICE), "and opened after them");
    core.restart();
    core.at(6 * HOUR).time(6 * HOUR);
    assertEquals(alice - 100, desk.equity(ALICE));
  }

  /** Bids over the index make longs pay: impact bid less index, over the time it stood (F-24). */
  @Test
  void shouldMeasureThePremiumOfTheBook() {
    core.funding(PERP, f -> f.rule(FundingRule.DAMPENED).periodNs(HOUR).dampE10(5_000_000).interestE10(1_000_000)
        .capE10(10_000_000_000L));
    desk.price(PERP, PriceSource.INDEX, 100);
    core.order(BOB, Side.BUY, 104, 1, c -> c.instrumentId(PERP));
    core.order(ALICE, Side.SELL, 106, 1, c -> c.instrumentId(PERP));
    core.at(HOUR / 2).time(HOUR / 2);
    desk.price(PERP, PriceSource.INDEX, 104);
    core.take();

    core.at(HOUR).time(HOUR);
    final String settled = core.take().get(0);
    assertTrue(settled.startsWith("funding 2 rate=195000000 premium=200000000 "), settled);
  }

  /** The first buys of the second at 100. */
  private void trade(final long buyer, final long seller, final long lots) {
    assertEquals(ReasonCode.OK, core.order(seller, Side.SELL, 100, lots, c -> c.instrumentId(PERP)));
    assertEquals(ReasonCode.OK, core.order(buyer, Side.BUY, 100, lots, c -> c.instrumentId(PERP)));
  }

  private long fundingUnits() {
    return core.machine.risk().systemUnits(SystemAccount.FUNDING, Core.USD);
  }

  @Test
  void shouldTellWhatATouchSettled() {
    trade(ALICE, BOB, 333);
    core.funding(PERP, f -> f.periodNs(HOUR).rateE10(10_010_000));
    core.at(HOUR).time(HOUR);
    core.take();

    trade(BOB, ALICE, 1);

    final List<String> told = core.take().stream().filter(line -> line.startsWith("balance ")).toList();
    assertEquals(2, told.size(), told.toString());
    assertTrue(told.stream().anyMatch(line -> line.contains("FUNDING") && line.contains("-34")), told.toString());
    assertTrue(told.stream().anyMatch(line -> line.contains("FUNDING") && line.contains("33")), told.toString());
    trade(BOB, ALICE, 1);
    assertTrue(core.take().stream().noneMatch(line -> line.startsWith("balance ")), "settled once");
  }
}
