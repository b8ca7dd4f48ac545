package io.gavel.engine.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.PositionMode;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetCollateralEncoder;
import io.gavel.codecs.sbe.Side;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What prices count for in margin: how fast they may help, and whether anything may be taken away by them. */
class PriceCreditTest {

  private static final long LONG = 101;
  private static final long SHORT = 102;
  private static final int PERP = MarginDesk.PERP;
  private static final long INTERVAL_NS = 1_000;

  /** R13: a mark that jumps by a fifth helps by a twentieth an interval; equity says all of it at once. */
  @Test
  void shouldRaiseBuyingPowerNoFasterThanItMay() {
    final LiquidationDesk desk = LiquidationDesk.open(0, 0, c -> { });
    desk.core.at(10);
    assertEquals(ReasonCode.OK, desk.margin.margin(PERP, 10_000_000, 5_000_000, c -> c.profitCounts(Flag.YES)));
    assertEquals(ReasonCode.OK, desk.core.priceRule(r -> r.instrumentId(PERP).quorum(0).staleNs(0)
        .raiseMaxE8(5_000_000).raiseIntervalNs(INTERVAL_NS)));
    desk.margin.mark(PERP, 100);
    desk.trader(LONG, MarginMode.CROSS, PositionMode.ONE_WAY, 1_000);
    desk.trader(SHORT, MarginMode.CROSS, PositionMode.ONE_WAY, 1_000);
    desk.trade(LONG, SHORT, 100, 10);

    desk.core.at(20);
    desk.margin.mark(PERP, 120);
    assertEquals(1_200, desk.margin.equity(LONG));
    assertEquals(1_050 - 120, desk.margin.free(LONG));
    assertEquals(800 - 120, desk.margin.free(SHORT));
    assertEquals(ReasonCode.MARGIN_INSUFFICIENT, desk.order(LONG, Side.BUY, 100, 78));
    desk.core.restart();
    assertEquals(1_050 - 120, desk.margin.free(LONG));

    desk.core.at(20 + INTERVAL_NS);
    desk.margin.mark(PERP, 120);
    assertEquals(1_102 - 120, desk.margin.free(LONG));

    // Down again: a short's gain back counts at once as far as its loss did.
    desk.core.at(30 + INTERVAL_NS);
    desk.margin.mark(PERP, 100);
    assertEquals(1_000 - 100, desk.margin.free(LONG));
    assertEquals(1_000, desk.margin.equity(SHORT));
    desk.core.machine.risk().assertConserved();
  }

  /** 10 BTC count for 900 at 100 each, and for less once more than 1,000 of them in value are deposited by anybody. */
  @Test
  void shouldLookAgainAtWhoseCollateralOthersMakeWorthLess() {
    final LiquidationDesk desk = LiquidationDesk.open(0, 0, c -> { });
    desk.margin.price(Core.PAIR, PriceSource.INDEX, 100);
    final long issued = desk.core.machine.risk().ledger().issuedUnits(Core.BTC) * 100;
    desk.core.send(new SetCollateralEncoder(), 0, c -> {
      c.assetId(Core.BTC).instrumentId(Core.PAIR).amountPerSize(1).debtWeightE8(100_000_000)
          .concentrationStartUnits(issued + 1_000);
      c.tiersCount(1).next().floorUnits(0).weightE8(90_000_000);
    });
    desk.trader(LONG, MarginMode.CROSS, PositionMode.ONE_WAY, 100);
    desk.core.deposit(LONG, Core.BTC, 10);
    desk.trader(SHORT, MarginMode.CROSS, PositionMode.ONE_WAY, 100_000);
    desk.trade(LONG, SHORT, 100, 90);
    desk.margin.mark(PERP, 95);
    desk.told();
    assertEquals(550, desk.margin.equity(LONG));

    desk.core.deposit(SHORT, Core.BTC, (issued + 1_000) / 100 / 8);
    assertEquals(List.of(), desk.told());
    assertEquals(450, desk.margin.equity(LONG));

    desk.core.deposit(SHORT, Core.BTC, (issued + 1_000) / 100 / 8);
    assertEquals("101 STARTED 0/NET equity=370 of 428 lots=0 value=0 fund=0 backstop=0 short=0", desk.told().get(0));
    desk.core.machine.risk().assertConserved();
  }

  /** Nothing is taken away by the index of a collateral that nobody has confirmed lately. */
  @Test
  void shouldWaitForTheIndexOfWhatCountsAsCollateral() {
    final LiquidationDesk desk = LiquidationDesk.open(0, 0, c -> { });
    desk.core.at(10);
    desk.margin.collateral(Core.BTC, Core.PAIR, 90_000_000);
    desk.core.priceRule(r -> r.quorum(0).staleNs(100));
    desk.margin.price(Core.PAIR, PriceSource.INDEX, 100);
    desk.trader(LONG, MarginMode.CROSS, PositionMode.ONE_WAY, 100);
    desk.core.deposit(LONG, Core.BTC, 10);
    desk.trader(SHORT, MarginMode.CROSS, PositionMode.ONE_WAY, 100_000);
    desk.trade(LONG, SHORT, 100, 90);
    desk.told();

    desk.core.at(200);
    desk.margin.mark(PERP, 92);
    assertEquals(List.of(), desk.told());

    desk.margin.price(Core.PAIR, PriceSource.INDEX, 100);
    assertEquals("101 STARTED 0/NET equity=280 of 414 lots=0 value=0 fund=0 backstop=0 short=0", desk.told().get(0));
    desk.core.machine.risk().assertConserved();
  }
}
