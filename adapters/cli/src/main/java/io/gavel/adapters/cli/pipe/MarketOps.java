package io.gavel.adapters.cli.pipe;

import io.gavel.codecs.sbe.AdvanceTimeEncoder;
import io.gavel.codecs.sbe.DegradedEncoder;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.HaltMode;
import io.gavel.codecs.sbe.HaltScope;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetFeesEncoder;
import io.gavel.codecs.sbe.SetHaltEncoder;
import io.gavel.codecs.sbe.SetLimitsEncoder;
import io.gavel.codecs.sbe.SetPriceEncoder;
import io.gavel.codecs.sbe.TapePrintEncoder;
import io.gavel.engine.Directory;
import java.util.List;

/** Prices, tape prints, fees, limits, kill switches and time. */
final class MarketOps {

  private static final Words<PriceSource> SETTABLE =
      Words.of(PriceSource.class, source -> PriceSource.MARK == source || PriceSource.INDEX == source);
  private static final Words<HaltScope> HALT_SCOPES = Words.of(HaltScope.class);
  private static final Words<HaltMode> HALT_MODES = Words.of(HaltMode.class);
  private static final int GROUPS_MAX = 4_096;
  private static final int BPS_MAX = 10_000;
  private static final int SLIPPAGE_TICKS_MAX = 1_000_000;
  private static final int ONE_E8 = 100_000_000;

  private final SetPriceEncoder price = new SetPriceEncoder();
  private final TapePrintEncoder print = new TapePrintEncoder();
  private final SetFeesEncoder fees = new SetFeesEncoder();
  private final SetLimitsEncoder limits = new SetLimitsEncoder();
  private final SetHaltEncoder halt = new SetHaltEncoder();
  private final DegradedEncoder degraded = new DegradedEncoder();
  private final AdvanceTimeEncoder time = new AdvanceTimeEncoder();

  List<Op> ops() {
    return List.of(
        new Op("price", this::price, "instId", "pxType", "px"),
        new Op("print", this::print, "acct", "instId", "px", "sz", "share", "slippageTicks"),
        new Op("fees", this::fees, "instId", "makerFee", "takerFee"),
        new Op("limits", this::limits, "instId", "collarBps", "minSz", "maxSz", "minNotional", "maxNotional"),
        new Op("halt", this::halt, "scope", "instId", "acct", "group", "on", "mode"),
        new Op("degraded", this::degraded, "on"),
        new Op("time", this::time, "acceptJump"));
  }

  private void price(final Fields line, final CommandScope scope) throws LineFault {
    final Directory.InstrumentEntry instrument = scope.instrument(line);
    final PriceSource source = line.word("pxType", SETTABLE);
    final long priceUnits = scope.markUnits(instrument, line, "px");
    final SetPriceEncoder command = scope.ingress().begin(price);
    scope.header(command.header(), 0);
    command.instrumentId(instrument.id()).source(source).priceUnits(priceUnits);
  }

  private void print(final Fields line, final CommandScope scope) throws LineFault {
    final long account = scope.account(line);
    final Directory.InstrumentEntry instrument = scope.instrument(line);
    line.decimal("px");
    line.decimal("sz");
    final int priceTicks = scope.ticks(instrument, line, "px");
    final long lots = scope.lots(instrument, line, "sz");
    final TapePrintEncoder command = scope.ingress().begin(print);
    scope.header(command.header(), account);
    command.instrumentId(instrument.id()).priceTicks(priceTicks).sizeLots(lots)
        .shareE8(line.has("share") ? scope.ratioE8(line, "share") : ONE_E8)
        .slippageTicks(line.intOr("slippageTicks", 0, SLIPPAGE_TICKS_MAX, 0));
  }

  private void fees(final Fields line, final CommandScope scope) throws LineFault {
    final Directory.InstrumentEntry instrument = scope.instrument(line);
    line.decimal("makerFee");
    line.decimal("takerFee");
    final SetFeesEncoder command = scope.ingress().begin(fees);
    scope.header(command.header(), 0);
    command.instrumentId(instrument.id()).makerFeeE8(scope.ratioE8(line, "makerFee"))
        .takerFeeE8(scope.ratioE8(line, "takerFee"));
  }

  private void limits(final Fields line, final CommandScope scope) throws LineFault {
    final Directory.InstrumentEntry instrument = scope.instrument(line);
    final Directory.AssetEntry quote = scope.quote(instrument, line);
    final SetLimitsEncoder command = scope.ingress().begin(limits);
    scope.header(command.header(), 0);
    command.instrumentId(instrument.id()).collarBps(line.intOr("collarBps", 0, BPS_MAX, 0))
        .minLots(scope.lots(instrument, line, "minSz")).maxLots(scope.lots(instrument, line, "maxSz"))
        .minNotionalUnits(scope.units(quote, line, "minNotional"))
        .maxNotionalUnits(scope.units(quote, line, "maxNotional"));
  }

  private void halt(final Fields line, final CommandScope scope) throws LineFault {
    final HaltScope which = line.word("scope", HALT_SCOPES);
    final boolean on = line.flag("on");
    final boolean idle = (line.has("instId") && HaltScope.INSTRUMENT != which)
        || (line.has("acct") && HaltScope.ACCOUNT != which) || (line.has("group") && HaltScope.GROUP != which);
    if (idle) {
      throw line.fault(ReasonCode.FLAGS_CONFLICT, "pipe.haltConflict", Words.word(which));
    }
    final int instrumentId = HaltScope.INSTRUMENT == which ? scope.instrument(line).id() : 0;
    final long account = HaltScope.ACCOUNT == which ? scope.account(line) : 0;
    final int groupId = HaltScope.GROUP == which ? (int) line.whole("group", 1, GROUPS_MAX) : 0;
    final HaltMode mode = line.wordOr("mode", HALT_MODES, HaltMode.FULL);
    final SetHaltEncoder command = scope.ingress().begin(halt);
    scope.header(command.header(), account);
    command.instrumentId(instrumentId).scope(which).on(on ? Flag.YES : Flag.NO).mode(mode)
        .groupId(groupId);
  }

  private void degraded(final Fields line, final CommandScope scope) throws LineFault {
    final boolean on = line.flag("on");
    final DegradedEncoder command = scope.ingress().begin(degraded);
    scope.header(command.header(), 0);
    command.on(on ? Flag.YES : Flag.NO);
  }

  private void time(final Fields line, final CommandScope scope) throws LineFault {
    final boolean accept = line.has("acceptJump") && line.flag("acceptJump");
    final long timeNs = accept ? line.time("ts") : 0;
    final AdvanceTimeEncoder command = scope.ingress().begin(time);
    scope.header(command.header(), 0);
    command.timeNs(timeNs);
  }
}
