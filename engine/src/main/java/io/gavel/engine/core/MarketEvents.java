package io.gavel.engine.core;

import io.gavel.codecs.sbe.AuctionPriceEncoder;
import io.gavel.codecs.sbe.BalanceCause;
import io.gavel.codecs.sbe.BalanceChangedEncoder;
import io.gavel.codecs.sbe.CapacityChangedEncoder;
import io.gavel.codecs.sbe.CoolingCause;
import io.gavel.codecs.sbe.CoolingOffEncoder;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.HaltChangedEncoder;
import io.gavel.codecs.sbe.PriceChangedEncoder;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SessionChangedEncoder;
import io.gavel.codecs.sbe.SessionState;
import io.gavel.codecs.sbe.SetHaltDecoder;
import io.gavel.risk.RiskEngine;

/** Writes money that moved without a trade, prices that entered by command, halts, and what markets do. */
final class MarketEvents {

  private final BalanceChangedEncoder balance = new BalanceChangedEncoder();
  private final PriceChangedEncoder price = new PriceChangedEncoder();
  private final HaltChangedEncoder halt = new HaltChangedEncoder();
  private final SessionChangedEncoder session = new SessionChangedEncoder();
  private final AuctionPriceEncoder auction = new AuctionPriceEncoder();
  private final CapacityChangedEncoder capacity = new CapacityChangedEncoder();
  private final CoolingOffEncoder cooling = new CoolingOffEncoder();
  private final EventWriter events;
  private final RiskEngine risk;

  MarketEvents(final Rooms rooms) {
    events = rooms.events;
    risk = rooms.risk;
  }

  void balanceChanged(final long account, final int assetId, final long changeUnits, final long holdId,
      final BalanceCause cause) {
    balance.wrap(events.buffer(), events.begin(BalanceChangedEncoder.SCHEMA_ID, BalanceChangedEncoder.TEMPLATE_ID,
        BalanceChangedEncoder.SCHEMA_VERSION, BalanceChangedEncoder.BLOCK_LENGTH));
    events.header(balance.header(), account);
    balance.freeUnits(risk.freeUnits(account, assetId)).heldUnits(risk.heldUnits(account, assetId))
        .changeUnits(changeUnits).holdId(holdId).assetId(assetId).cause(cause);
    events.end(balance.encodedLength());
  }

  void priceChanged(final long account, final int instrumentId, final PriceSource source, final long priceUnits,
      final long sizeLots) {
    price.wrap(events.buffer(), events.begin(PriceChangedEncoder.SCHEMA_ID, PriceChangedEncoder.TEMPLATE_ID,
        PriceChangedEncoder.SCHEMA_VERSION, PriceChangedEncoder.BLOCK_LENGTH));
    events.header(price.header(), account);
    price.priceUnits(priceUnits).sizeLots(sizeLots).instrumentId(instrumentId).source(source);
    events.end(price.encodedLength());
  }

  void haltChanged(final SetHaltDecoder command) {
    halt.wrap(events.buffer(), events.begin(HaltChangedEncoder.SCHEMA_ID, HaltChangedEncoder.TEMPLATE_ID,
        HaltChangedEncoder.SCHEMA_VERSION, HaltChangedEncoder.BLOCK_LENGTH));
    events.header(halt.header(), command.header().account());
    halt.instrumentId(command.instrumentId()).scope(command.scope()).on(command.on()).mode(command.mode())
        .groupId(command.groupId());
    events.end(halt.encodedLength());
  }

  /** Account 0: a market pauses; instrument 0: an account does. */
  void coolingOff(final long account, final int instrumentId, final long untilTimeNs, final int row,
      final CoolingCause cause) {
    cooling.wrap(events.buffer(), events.begin(CoolingOffEncoder.SCHEMA_ID, CoolingOffEncoder.TEMPLATE_ID,
        CoolingOffEncoder.SCHEMA_VERSION, CoolingOffEncoder.BLOCK_LENGTH));
    events.header(cooling.header(), account);
    cooling.untilTimeNs(untilTimeNs).instrumentId(instrumentId).row(row).cause(cause);
    events.end(cooling.encodedLength());
  }

  void sessionChanged(final int instrumentId, final SessionState from, final SessionState to,
      final long callEndTimeNs, final ReasonCode reason) {
    session.wrap(events.buffer(), events.begin(SessionChangedEncoder.SCHEMA_ID, SessionChangedEncoder.TEMPLATE_ID,
        SessionChangedEncoder.SCHEMA_VERSION, SessionChangedEncoder.BLOCK_LENGTH));
    events.header(session.header(), 0);
    session.callEndTimeNs(callEndTimeNs).instrumentId(instrumentId).fromState(from).toState(to).reason(reason);
    events.end(session.encodedLength());
  }

  void auctionPrice(final int instrumentId, final int priceTicks, final long volumeLots, final long surplusLots,
      final Flag uncrossed) {
    auction.wrap(events.buffer(), events.begin(AuctionPriceEncoder.SCHEMA_ID, AuctionPriceEncoder.TEMPLATE_ID,
        AuctionPriceEncoder.SCHEMA_VERSION, AuctionPriceEncoder.BLOCK_LENGTH));
    events.header(auction.header(), 0);
    auction.volumeLots(volumeLots).surplusLots(surplusLots).instrumentId(instrumentId).priceTicks(priceTicks)
        .uncrossed(uncrossed);
    events.end(auction.encodedLength());
  }

  void capacityChanged(final int ordersMax, final int tradesKept) {
    capacity.wrap(events.buffer(), events.begin(CapacityChangedEncoder.SCHEMA_ID,
        CapacityChangedEncoder.TEMPLATE_ID, CapacityChangedEncoder.SCHEMA_VERSION,
        CapacityChangedEncoder.BLOCK_LENGTH));
    events.header(capacity.header(), 0);
    capacity.ordersMax(ordersMax).tradesKept(tradesKept);
    events.end(capacity.encodedLength());
  }
}
