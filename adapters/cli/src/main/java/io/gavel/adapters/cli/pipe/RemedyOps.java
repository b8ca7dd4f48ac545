package io.gavel.adapters.cli.pipe;

import io.gavel.codecs.sbe.AdjustTradeEncoder;
import io.gavel.codecs.sbe.BustTradeEncoder;
import io.gavel.codecs.sbe.CompensateEncoder;
import io.gavel.codecs.sbe.HouseFund;
import io.gavel.codecs.sbe.RemedyCause;
import io.gavel.engine.Directory;
import java.util.List;

/** Trades that are taken back or get another price, and harm that is paid for. */
final class RemedyOps {

  private static final Words<HouseFund> FUNDS = Words.of(HouseFund.class, fund -> HouseFund.LENDING != fund);
  private static final Words<RemedyCause> CAUSES = Words.of(RemedyCause.class);

  private final BustTradeEncoder bust = new BustTradeEncoder();
  private final AdjustTradeEncoder adjust = new AdjustTradeEncoder();
  private final CompensateEncoder compensate = new CompensateEncoder();

  List<Op> ops() {
    return List.of(
        new Op("bust-trade", this::bust, "instId", "tradeId", "cause", "evidence", "fund", "fundMax", "fundBaseMax"),
        new Op("adjust-trade", this::adjust, "instId", "tradeId", "px", "cause", "evidence", "fund", "fundMax"),
        new Op("compensate", this::compensate, "acct", "ccy", "amt", "key", "instId", "tradeId", "bestPx", "cause",
            "evidence", "fund", "fundMax"));
  }

  private void bust(final Fields line, final CommandScope scope) throws LineFault {
    final Directory.InstrumentEntry instrument = scope.instrument(line);
    final long tradeId = line.whole("tradeId", 1, Long.MAX_VALUE);
    final RemedyCause cause = line.word("cause", CAUSES);
    final String evidence = line.name("evidence");
    final HouseFund fund = line.wordOr("fund", FUNDS, HouseFund.INSURANCE);
    final long maxUnits = scope.units(scope.settle(instrument, line), line, "fundMax");
    final long baseMaxUnits = line.has("fundBaseMax") ? scope.units(base(instrument, line, scope), line, "fundBaseMax")
        : 0;
    final BustTradeEncoder command = scope.ingress().begin(bust);
    scope.header(command.header(), 0);
    command.tradeId(tradeId).instrumentId(instrument.id()).fundMaxUnits(maxUnits).fundBaseMaxUnits(baseMaxUnits)
        .fund(fund).cause(cause);
    CommandScope.text(command.evidence(), evidence);
  }

  private static Directory.AssetEntry base(
      final Directory.InstrumentEntry instrument, final Fields line, final CommandScope scope) throws LineFault {
    return scope.asset(scope.directory().assetName(instrument.baseAssetId()), line, "fundBaseMax");
  }

  private void adjust(final Fields line, final CommandScope scope) throws LineFault {
    final Directory.InstrumentEntry instrument = scope.instrument(line);
    final long tradeId = line.whole("tradeId", 1, Long.MAX_VALUE);
    line.decimal("px");
    final int ticks = scope.ticks(instrument, line, "px");
    final RemedyCause cause = line.word("cause", CAUSES);
    final String evidence = line.name("evidence");
    final HouseFund fund = line.wordOr("fund", FUNDS, HouseFund.INSURANCE);
    final long maxUnits = scope.units(scope.settle(instrument, line), line, "fundMax");
    final AdjustTradeEncoder command = scope.ingress().begin(adjust);
    scope.header(command.header(), 0);
    command.tradeId(tradeId).instrumentId(instrument.id()).priceTicks(ticks).fundMaxUnits(maxUnits).fund(fund)
        .cause(cause);
    CommandScope.text(command.evidence(), evidence);
  }

  /** A trade is named together with the best price it could have had. */
  private void compensate(final Fields line, final CommandScope scope) throws LineFault {
    final long account = scope.account(line);
    final Directory.AssetEntry asset = scope.asset(line, "ccy");
    final long units = scope.requiredUnits(asset, line, "amt");
    final long key = line.whole("key", 1, Long.MAX_VALUE);
    final RemedyCause cause = line.word("cause", CAUSES);
    final String evidence = line.name("evidence");
    final HouseFund fund = line.wordOr("fund", FUNDS, HouseFund.INSURANCE);
    final long maxUnits = scope.requiredUnits(asset, line, "fundMax");
    final boolean named = line.count("instId", "tradeId", "bestPx") > 0;
    final long tradeId = named ? line.whole("tradeId", 1, Long.MAX_VALUE) : 0;
    if (named) {
      line.decimal("bestPx");
    }
    final int bestTicks = named ? scope.ticks(scope.instrument(line), line, "bestPx") : 0;
    final CompensateEncoder command = scope.ingress().begin(compensate);
    scope.header(command.header(), account);
    command.key(key).amountUnits(units).fundMaxUnits(maxUnits).tradeId(tradeId).assetId(asset.id())
        .bestPriceTicks(bestTicks).fund(fund).cause(cause);
    CommandScope.text(command.evidence(), evidence);
  }
}
