package io.gavel.engine.core;

import io.gavel.codecs.sbe.AdjustMarginEncoder;
import io.gavel.codecs.sbe.CreateInstrumentEncoder;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.MarginModelKind;
import io.gavel.codecs.sbe.PositionMode;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetAccountModeEncoder;
import io.gavel.codecs.sbe.SetCollateralEncoder;
import io.gavel.codecs.sbe.SetLeverageEncoder;
import io.gavel.codecs.sbe.SetMarginEncoder;
import io.gavel.codecs.sbe.SetPriceEncoder;
import io.gavel.risk.position.Contracts;
import java.util.function.Consumer;

/** The margin commands of a core, and what it says of positions. A perpetual is worth its price times its lots. */
final class MarginDesk {

  static final int PERP = 2;
  private static final int RATE_ONE_E8 = 100_000_000;

  final Core core;

  MarginDesk(final Core core) {
    this.core = core;
  }

  /** Spot, a linear perpetual at 10 % initial and 5 % maintenance, USD as the reference, a mark of 100. */
  static MarginDesk open() {
    return on(Core.spot());
  }

  static MarginDesk on(final Core core) {
    final MarginDesk desk = new MarginDesk(core);
    desk.contract(PERP, InstrumentKind.LINEAR_PERPETUAL, c -> { });
    desk.collateral(Core.USD, 0, RATE_ONE_E8);
    desk.margin(PERP, 10_000_000, 5_000_000);
    desk.mark(PERP, 100);
    return desk;
  }

  ReasonCode contract(final int id, final InstrumentKind kind, final Consumer<CreateInstrumentEncoder> terms) {
    return core.send(new CreateInstrumentEncoder(), 0, c -> {
      c.instrumentId(id).baseAssetId(Core.BTC).quoteAssetId(Core.USD).makerFeeE8(0).takerFeeE8(0)
          .markUnitsPerTick(10).protectionBps(1_000).collarBps(0).tickSizeE10(10_000_000_000L)
          .lotSizeE10(10_000_000_000L).minLots(1).kind(kind);
      Core.put(c.symbol(), "CONTRACT-" + id);
      terms.accept(c);
    });
  }

  ReasonCode margin(final int instrumentId, final int initialE8, final int maintenanceE8) {
    return margin(instrumentId, initialE8, maintenanceE8, c -> { });
  }

  ReasonCode margin(final int instrumentId, final int initialE8, final int maintenanceE8,
      final Consumer<SetMarginEncoder> change) {
    return core.send(new SetMarginEncoder(), 0, c -> {
      c.instrumentId(instrumentId).curve(MarginModelKind.STEP).profitCounts(Flag.NO).leverageMaxE2(0).stepNs(10)
          .accountsPerStep(1);
      change.accept(c);
      c.tiersCount(1).next().floorUnits(0).initialRateE8(initialE8).maintenanceRateE8(maintenanceE8);
    });
  }

  ReasonCode collateral(final int assetId, final int instrumentId, final int weightE8) {
    return core.send(new SetCollateralEncoder(), 0, c -> {
      c.assetId(assetId).instrumentId(instrumentId).amountPerSize(1).debtWeightE8(RATE_ONE_E8);
      c.tiersCount(1).next().floorUnits(0).weightE8(weightE8);
    });
  }

  ReasonCode mode(final long account, final MarginMode margin, final PositionMode position) {
    return core.send(new SetAccountModeEncoder(), account, c -> c.marginMode(margin).positionMode(position));
  }

  ReasonCode leverage(final long account, final int instrumentId, final int leverageE2) {
    return core.send(new SetLeverageEncoder(), account, c -> c.instrumentId(instrumentId).leverageE2(leverageE2));
  }

  ReasonCode adjust(final long account, final int instrumentId, final PositionSide side, final long units) {
    return core.send(new AdjustMarginEncoder(), account,
        c -> c.instrumentId(instrumentId).positionSide(side).amountUnits(units));
  }

  /** A mark in ticks. */
  ReasonCode mark(final int instrumentId, final int ticks) {
    return price(instrumentId, PriceSource.MARK, ticks);
  }

  ReasonCode price(final int instrumentId, final PriceSource source, final int ticks) {
    return core.send(new SetPriceEncoder(), 0,
        c -> c.instrumentId(instrumentId).source(source).priceUnits(ticks * 10L));
  }

  int position(final long account, final int instrumentId, final PositionSide side) {
    return core.machine.risk().contracts().find(core.machine.risk().accountSlot(account), instrumentId, side);
  }

  long lots(final long account, final int instrumentId, final PositionSide side) {
    final int position = position(account, instrumentId, side);
    return Contracts.NULL_POSITION == position ? 0 : core.machine.risk().contracts().lots(position);
  }

  long equity(final long account) {
    return core.machine.risk().marginBook().equityUnits(core.machine.risk().accountSlot(account));
  }

  long free(final long account) {
    return core.machine.risk().marginBook().freeUnits(core.machine.risk().accountSlot(account));
  }
}
