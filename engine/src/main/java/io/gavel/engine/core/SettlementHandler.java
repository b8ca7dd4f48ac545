package io.gavel.engine.core;

import io.gavel.codecs.sbe.PositionCause;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Side;
import io.gavel.engine.book.OrderBook;
import io.gavel.engine.book.OrderPool;
import io.gavel.risk.FinalSettlement;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.position.Contracts;

/**
 * Ends a contract in steps of bounded work: the market closes, its rules and orders are cancelled one by one, every
 * position is closed at the price one by one, in the order in which they were opened; then the end is told.
 */
final class SettlementHandler {

  private static final int POSITIONS_PER_STEP = 512;

  private final Rooms rooms;
  private final RiskEngine risk;
  private final Contracts contracts;
  private final OrderLife life;
  private final SessionHandler sessions;
  private final ExpiryHandler expiries;
  private final MarginEvents marginEvents;
  private final LiquidationEvents events;
  private final FinalSettlement left = new FinalSettlement();
  private int cursor;
  private int positions;
  private long openInterestLots;

  SettlementHandler(final Rooms rooms, final OrderLife life, final SessionHandler sessions,
      final ExpiryHandler expiries, final MarginEvents marginEvents, final LiquidationEvents events) {
    this.rooms = rooms;
    risk = rooms.risk;
    contracts = rooms.risk.contracts();
    this.life = life;
    this.sessions = sessions;
    this.expiries = expiries;
    this.marginEvents = marginEvents;
    this.events = events;
  }

  /** Closes the market; the rest is owed. It will not expire any more. */
  void begin(final int instrumentId, final int priceTicks) {
    sessions.close(instrumentId);
    expiries.endsEarly(rooms.instrument(instrumentId), priceTicks);
    cursor = 0;
    positions = 0;
    openInterestLots = contracts.openInterestLots(instrumentId);
    left.clear();
    rooms.followUps.add(FollowUps.Kind.SETTLE_INSTRUMENT, instrumentId, 0, 0, priceTicks, 0);
  }

  /** The next order, or the next position; true when the contract has ended. */
  boolean step(final int instrumentId, final int priceTicks) {
    final OrderBook book = rooms.book(instrumentId);
    final int bid = book.firstOrder(Side.BUY);
    final int order = OrderPool.NULL_SLOT != bid ? bid : book.firstOrder(Side.SELL);
    if (OrderPool.NULL_SLOT != order) {
      life.cancel(order, ReasonCode.CANCELLED_SETTLEMENT);
      return false;
    }
    final int end = Math.min(contracts.size(), cursor + POSITIONS_PER_STEP);
    for (; cursor < end; cursor++) {
      final long lots = contracts.lots(cursor);
      if (0 != lots && instrumentId == contracts.instrumentId(cursor)) {
        settle(cursor++, lots, priceTicks);
        return false;
      }
    }
    if (cursor < contracts.size()) {
      return false;
    }
    risk.finishSettlement(instrumentId, left);
    rooms.remedies.trades.forget(instrumentId);
    events.instrumentSettled(instrumentId,
        (long) priceTicks * rooms.instrument(instrumentId).markUnitsPerTick(), openInterestLots, positions);
    return true;
  }

  private void settle(final int position, final long lots, final int priceTicks) {
    final long realisedUnits = risk.settlePosition(position, priceTicks, left);
    marginEvents.positionChanged(position, -lots, realisedUnits, PositionCause.SETTLEMENT);
    rooms.guard.accountChanged(contracts.accountSlot(position));
    positions++;
  }
}
