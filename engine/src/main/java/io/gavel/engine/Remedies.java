package io.gavel.engine;

import io.gavel.codecs.sbe.AdjustTradeEncoder;
import io.gavel.codecs.sbe.BustTradeEncoder;
import io.gavel.codecs.sbe.CompensateEncoder;
import io.gavel.codecs.sbe.CommandHeaderEncoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.engine.ring.Ingress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the commands that put right what was wrong; {@link Admin} sends them. Each takes back or changes what all
 * books show, so where commands need keys two people must ask for it. One thread.
 */
final class Remedies extends Facade {

  Remedies(final Directory directory, final Ingress ingress) {
    super(directory, ingress);
  }

  CommandHeaderEncoder bust(final String instId, final long tradeId, final Consumer<RemedyTicket> fill) {
    final Directory.InstrumentEntry instrument = directory.requireInstrument(instId);
    final RemedyTicket ticket = filled(fill);
    final BustTradeEncoder command = ingress.begin(new BustTradeEncoder());
    command.tradeId(tradeId).instrumentId(instrument.id())
        .fundMaxUnits(units(money(instrument), ticket.fundMax, "fundMax"))
        .fundBaseMaxUnits(units(asset(instrument.baseAssetId()), ticket.fundBaseMax, "fundBaseMax")).fund(ticket.fund)
        .cause(ticket.cause);
    text(command.evidence(), "evidence", ticket.evidence);
    return command.header();
  }

  CommandHeaderEncoder adjust(final String instId, final long tradeId, final String px,
      final Consumer<RemedyTicket> fill) {
    final Directory.InstrumentEntry instrument = directory.requireInstrument(instId);
    final RemedyTicket ticket = filled(fill);
    final AdjustTradeEncoder command = ingress.begin(new AdjustTradeEncoder());
    command.tradeId(tradeId).instrumentId(instrument.id()).priceTicks(ticks(instrument.tick(), px, "px"))
        .fundMaxUnits(units(money(instrument), ticket.fundMax, "fundMax")).fund(ticket.fund).cause(ticket.cause);
    text(command.evidence(), "evidence", ticket.evidence);
    return command.header();
  }

  CommandHeaderEncoder compensate(final String instId, final String ccy, final String amt, final long key,
      final Consumer<RemedyTicket> fill) {
    final Directory.AssetEntry asset = directory.requireAsset(ccy, "ccy");
    final RemedyTicket ticket = filled(fill);
    final int bestTicks = null == ticket.bestPx ? 0
        : ticks(directory.requireInstrument(instId).tick(), ticket.bestPx, "bestPx");
    final CompensateEncoder command = ingress.begin(new CompensateEncoder());
    command.key(key).amountUnits(units(asset, amt, "amt")).fundMaxUnits(units(asset, ticket.fundMax, "fundMax"))
        .tradeId(ticket.tradeId).assetId(asset.id()).bestPriceTicks(bestTicks).fund(ticket.fund).cause(ticket.cause);
    text(command.evidence(), "evidence", ticket.evidence);
    return command.header();
  }

  private static RemedyTicket filled(final Consumer<RemedyTicket> fill) {
    final RemedyTicket ticket = new RemedyTicket();
    fill.accept(ticket);
    required(ticket.evidence, "evidence");
    return ticket;
  }

  /** What a trade in the instrument is paid in. */
  private Directory.AssetEntry money(final Directory.InstrumentEntry instrument) {
    return asset(0 == instrument.settleAssetId() ? instrument.quoteAssetId() : instrument.settleAssetId());
  }

  private Directory.AssetEntry asset(final int assetId) {
    final Directory.@Nullable AssetEntry entry = directory.asset(assetId);
    if (null == entry) {
      throw new RefusedException(ReasonCode.UNKNOWN_ASSET, "instId", Integer.toString(assetId), "is no asset");
    }
    return entry;
  }
}
