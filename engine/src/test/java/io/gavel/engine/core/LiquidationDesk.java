package io.gavel.engine.core;

import io.gavel.codecs.sbe.AccountKind;
import io.gavel.codecs.sbe.DeleveragePolicy;
import io.gavel.codecs.sbe.FundHouseEncoder;
import io.gavel.codecs.sbe.HouseFund;
import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.PositionMode;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReductionPolicy;
import io.gavel.codecs.sbe.SetLiquidationEncoder;
import io.gavel.codecs.sbe.SettleInstrumentEncoder;
import io.gavel.codecs.sbe.Side;
import java.util.List;
import java.util.function.Consumer;

/** The commands about liquidation, and a perpetual in which people are long and short. */
final class LiquidationDesk {

  static final long HOUSE = 90;
  static final long FIRST_TRADER = 100;

  final Core core;
  final MarginDesk margin;

  LiquidationDesk(final MarginDesk margin) {
    this.margin = margin;
    core = margin.core;
  }

  /** A perpetual at 10 % initial and 5 % maintenance with a mark of 100, a backstop account, and funds. */
  static LiquidationDesk open(final long fund, final long backstop, final Consumer<SetLiquidationEncoder> terms) {
    final LiquidationDesk desk = new LiquidationDesk(MarginDesk.open());
    desk.trader(HOUSE, MarginMode.CROSS, PositionMode.ONE_WAY, 1_000_000);
    if (fund > 0) {
      desk.fund(HouseFund.INSURANCE, fund);
    }
    if (backstop > 0) {
      desk.fund(HouseFund.BACKSTOP, backstop);
    }
    check(desk.terms(terms));
    desk.core.events.clear();
    return desk;
  }

  private static void check(final ReasonCode code) {
    if (ReasonCode.OK != code) {
      throw new AssertionError(code);
    }
  }

  void trader(final long account, final MarginMode mode, final PositionMode positions, final long money) {
    check(core.account(account, AccountKind.USER, "trader-" + account));
    check(core.deposit(account, Core.USD, money));
    check(margin.mode(account, mode, positions));
  }

  ReasonCode fund(final HouseFund fund, final long units) {
    return core.send(new FundHouseEncoder(), 0, c -> c.fund(fund).assetId(Core.USD).amountUnits(units));
  }

  ReasonCode terms(final Consumer<SetLiquidationEncoder> change) {
    return core.send(new SetLiquidationEncoder(), 0, c -> {
      c.backstopAccount(HOUSE).instrumentId(MarginDesk.PERP).collarBps(1_000).policy(DeleveragePolicy.PRO_RATA)
          .retryNs(10).fundAccountMaxUnits(0).fundMaxUnits(0).fundIntervalMaxUnits(0).intervalNs(0)
          .backstopLossMaxUnits(0).depthShareBps(0).partialBps(0).attemptsMax(0)
          .reduction(ReductionPolicy.SHARE).insuranceFeeE6(0);
      change.accept(c);
    });
  }

  ReasonCode settle(final int ticks) {
    return core.send(new SettleInstrumentEncoder(), 0,
        c -> c.instrumentId(MarginDesk.PERP).priceUnits(ticks * 10L));
  }

  /** One buys from the other at a price. */
  void trade(final long buyer, final long seller, final int ticks, final long lots) {
    check(order(seller, Side.SELL, ticks, lots));
    check(order(buyer, Side.BUY, ticks, lots));
  }

  ReasonCode order(final long account, final Side side, final int ticks, final long lots) {
    return core.order(account, side, ticks, lots,
        c -> c.instrumentId(MarginDesk.PERP).positionSide(sideOf(account, side)));
  }

  /** In hedge mode these tests only ever open. */
  private PositionSide sideOf(final long account, final Side side) {
    final int slot = core.machine.risk().accountSlot(account);
    return PositionMode.ONE_WAY == core.machine.risk().accountModes().position(slot) ? PositionSide.NET
        : Side.BUY == side ? PositionSide.LONG : PositionSide.SHORT;
  }

  /** What liquidations told since the last time, without what they are the same about. */
  List<String> told() {
    final List<String> steps = core.events.stream().filter(line -> line.contains("liquidation "))
        .map(line -> line.substring(line.indexOf("liquidation ") + 12)).map(line -> line.replaceAll(" cause=.*", ""))
        .toList();
    core.events.clear();
    return steps;
  }
}
