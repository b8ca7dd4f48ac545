package io.gavel.engine.core;

import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.HouseFund;
import io.gavel.codecs.sbe.RemediedEncoder;
import io.gavel.codecs.sbe.RemedyCause;
import io.gavel.codecs.sbe.RemedyKind;
import io.gavel.codecs.sbe.Text32Decoder;
import io.gavel.risk.ReversalResult;
import io.gavel.risk.TradeFacts;
import io.gavel.risk.instrument.Instrument;

/** Writes what was done about trades that were wrong: one event for each side, with the evidence. */
final class RemedyEvents {

  private final RemediedEncoder remedied = new RemediedEncoder();
  private final Rooms rooms;
  private final EventWriter events;

  RemedyEvents(final Rooms rooms) {
    this.rooms = rooms;
    events = rooms.events;
  }

  private RemediedEncoder begin(final long account, final RemedyKind kind, final HouseFund fund,
      final RemedyCause cause, final Text32Decoder evidence) {
    remedied.wrap(events.buffer(), events.begin(RemediedEncoder.SCHEMA_ID, RemediedEncoder.TEMPLATE_ID,
        RemediedEncoder.SCHEMA_VERSION, RemediedEncoder.BLOCK_LENGTH));
    events.header(remedied.header(), account);
    remedied.kind(kind).fund(fund).cause(cause);
    remedied.evidence().w0(evidence.w0()).w1(evidence.w1()).w2(evidence.w2()).w3(evidence.w3());
    return remedied;
  }

  void reversed(final long tradeId, final int side, final TradeFacts facts, final ReversalResult result,
      final RemedyKind kind, final int newTicks, final HouseFund fund, final RemedyCause cause,
      final Text32Decoder evidence) {
    final Instrument instrument = rooms.instrument(facts.instrumentId);
    begin(rooms.risk.accountAt(facts.accountSlots[side]), kind, fund, cause, evidence);
    remedied.tradeId(tradeId).key(0).otherAccount(rooms.risk.accountAt(facts.accountSlots[1 - side]))
        .lots(result.lots[side]).baseUnits(result.baseUnits[side]).quoteUnits(result.quoteUnits[side])
        .feeUnits(result.feeUnits[side]).realisedUnits(result.realisedUnits[side])
        .fundUnits(result.missingUnits[side]).fundBaseUnits(result.missingBaseUnits[side])
        .instrumentId(facts.instrumentId)
        .assetId(instrument.isContract() ? instrument.settleAssetId() : instrument.quoteAssetId())
        .priceTicks(facts.priceTicks).newPriceTicks(newTicks).exact(result.exact[side] ? Flag.YES : Flag.NO);
    events.end(remedied.encodedLength());
  }

  /** {@code facts} is of the trade that did the harm; without one {@code tradeId} is 0. */
  void compensated(final long account, final long key, final long tradeId, final TradeFacts facts,
      final int assetId, final long amountUnits, final int bestTicks, final HouseFund fund, final RemedyCause cause,
      final Text32Decoder evidence) {
    final boolean namesTrade = 0 != tradeId;
    begin(account, RemedyKind.COMPENSATION, fund, cause, evidence);
    remedied.tradeId(tradeId).key(key).otherAccount(0).lots(0).baseUnits(0).quoteUnits(0).feeUnits(0)
        .realisedUnits(0).fundUnits(amountUnits).fundBaseUnits(0)
        .instrumentId(namesTrade ? facts.instrumentId : 0).assetId(assetId)
        .priceTicks(namesTrade ? facts.priceTicks : 0).newPriceTicks(bestTicks).exact(Flag.YES);
    events.end(remedied.encodedLength());
  }
}
