package io.gavel.engine.core;

import io.gavel.codecs.Invariants;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SessionState;
import io.gavel.codecs.sbe.SetSessionDecoder;
import io.gavel.codecs.sbe.SetVolatilityGuardDecoder;
import io.gavel.engine.book.AuctionUncross;
import io.gavel.engine.book.OrderBook;
import io.gavel.risk.RiskEngine;

/**
 * Moves markets from state to state. Into continuous trading there is one way, whoever asks and wherever it starts: the
 * book is uncrossed at a single price, what was good for the auction only is cancelled, then the state changes. It
 * takes as many steps as it needs, and nothing else happens between them.
 */
final class SessionHandler {

  /** Seven days: longer call phases end by command. */
  private static final long CALL_NS_MAX = 7L * 86_400 * 1_000_000_000L;
  private static final long HORIZON_NS_MAX = CALL_NS_MAX;
  private static final int BPS = 10_000;

  private enum Phase { IDLE, MATCHING, CANCELLING }

  private final Rooms rooms;
  private final RiskEngine risk;
  private final Sessions sessions;
  private final AuctionUncross auction;
  private final MarketEvents events;
  private final OrderLife orderLife;
  private final Matching matching;
  private final PriceFlow prices;
  private Phase phase = Phase.IDLE;
  private ReasonCode reason = ReasonCode.OK;
  private int priceTicks;
  private long volumeLots;
  private long surplusLots;

  SessionHandler(final Rooms rooms, final MarketEvents events, final OrderLife orderLife, final Matching matching,
      final PriceFlow prices) {
    this.rooms = rooms;
    risk = rooms.risk;
    sessions = rooms.sessions;
    auction = rooms.auction;
    this.events = events;
    this.orderLife = orderLife;
    this.matching = matching;
    this.prices = prices;
  }

  ReasonCode setSession(final SetSessionDecoder command) {
    final int instrumentId = command.instrumentId();
    if (null == risk.instrument(instrumentId)) {
      return ReasonCode.UNKNOWN_INSTRUMENT;
    }
    final SessionState to = command.state();
    if (!isValid(command, sessions.state(instrumentId)) || 0 != rooms.finalPrices.settledTicks(instrumentId)) {
      return ReasonCode.SESSION_CHANGE_INVALID;
    }
    final boolean trades = SessionState.CONTINUOUS == to || SessionState.CLOSE_ONLY == to;
    final ReasonCode halt = risk.haltReason(0, instrumentId);
    if (trades && ReasonCode.OK != halt) {
      return halt;
    }
    rooms.answers.accept(0);
    if (trades) {
      uncross(instrumentId, to, ReasonCode.SESSION_BY_OPERATOR);
      return ReasonCode.OK;
    }
    sessions.endCall(instrumentId);
    if (SessionState.AUCTION == to) {
      sessions.extended[instrumentId] = false;
      sessions.nextStates[instrumentId] = command.nextState();
      sessions.callReferenceTicks[instrumentId] = command.referenceTicks();
      sessions.call(instrumentId, command.callEndTimeNs());
    }
    change(instrumentId, to, ReasonCode.SESSION_BY_OPERATOR);
    prices.bookChanged(rooms.book(instrumentId), instrumentId);
    return ReasonCode.OK;
  }

  private boolean isValid(final SetSessionDecoder command, final SessionState from) {
    final SessionState next = command.nextState();
    final long endTimeNs = command.callEndTimeNs();
    if (SessionState.AUCTION != command.state()) {
      return from != command.state() && 0 == endTimeNs && 0 == command.referenceTicks()
          && SessionState.CONTINUOUS == next;
    }
    return from != SessionState.AUCTION && SessionState.PRE_OPEN != next && SessionState.AUCTION != next
        && (0 == endTimeNs
        || (endTimeNs > rooms.clock.timeNs() && endTimeNs - rooms.clock.timeNs() <= CALL_NS_MAX));
  }

  /** A contract ends: its market closes at once. */
  void close(final int instrumentId) {
    sessions.endCall(instrumentId);
    change(instrumentId, SessionState.CLOSED, ReasonCode.SESSION_BY_OPERATOR);
  }

  ReasonCode setVolatilityGuard(final SetVolatilityGuardDecoder command) {
    final int instrumentId = command.instrumentId();
    if (null == risk.instrument(instrumentId)) {
      return ReasonCode.UNKNOWN_INSTRUMENT;
    }
    final int bandBps = command.bandBps();
    if (bandBps >= BPS || (0 != bandBps && 0 == command.callNs()) || command.callNs() > CALL_NS_MAX
        || command.horizonNs() > HORIZON_NS_MAX) {
      return ReasonCode.GUARD_INVALID;
    }
    rooms.answers.accept(0);
    final boolean off = 0 == bandBps;
    sessions.bandBps[instrumentId] = bandBps;
    sessions.callNs[instrumentId] = off ? 0 : command.callNs();
    sessions.horizonNs[instrumentId] = off ? 0 : command.horizonNs();
    sessions.guardReference(instrumentId, off ? 0 : risk.marks().referenceTicks(instrumentId),
        off ? 0 : rooms.clock.timeNs());
    return ReasonCode.OK;
  }

  /** The end of a call phase has come. A market that the kill switch holds does not trade: it stays halted. */
  void callEnds(final int instrumentId) {
    sessions.callEndHandles[instrumentId] = OrderTable.NULL_SLOT;
    sessions.callEndTimesNs[instrumentId] = 0;
    final ReasonCode halt = risk.haltReason(0, instrumentId);
    if (ReasonCode.OK != halt) {
      change(instrumentId, SessionState.HALTED, halt);
    } else {
      uncross(instrumentId, sessions.nextStates[instrumentId], ReasonCode.SESSION_CALL_OVER);
    }
  }

  private void uncross(final int instrumentId, final SessionState to, final ReasonCode why) {
    Invariants.check(Phase.IDLE == phase, "two markets uncross at once", instrumentId, 0);
    sessions.endCall(instrumentId);
    sessions.nextStates[instrumentId] = to;
    reason = why;
    rooms.followUps.add(FollowUps.Kind.UNCROSS, instrumentId);
  }

  /** One step on the way to the next state; true when the way is done. */
  boolean step(final int instrumentId) {
    final OrderBook book = rooms.book(instrumentId);
    switch (phase) {
      case IDLE -> {
        return begin(book, instrumentId);
      }
      case MATCHING -> {
        if (book.uncross(priceTicks, rooms.fills)) {
          phase = Phase.CANCELLING;
        }
        matching.settleUncross(instrumentId);
        return false;
      }
      default -> {
        return !cancelAuctionOnly(instrumentId) && finish(book, instrumentId);
      }
    }
  }

  private boolean begin(final OrderBook book, final int instrumentId) {
    evaluate(book, instrumentId);
    if (0 != priceTicks && ReasonCode.SESSION_CALL_OVER == reason && !sessions.extended[instrumentId]
        && !sessions.isInBand(instrumentId, priceTicks)) {
      sessions.extended[instrumentId] = true;
      sessions.call(instrumentId, rooms.clock.timeNs() + sessions.callNs[instrumentId]);
      change(instrumentId, SessionState.AUCTION, ReasonCode.SESSION_CALL_EXTENDED);
      prices.bookChanged(book, instrumentId);
      return true;
    }
    phase = 0 == priceTicks ? Phase.CANCELLING : Phase.MATCHING;
    return false;
  }

  /** The book's price now; what the venue published so far is no matter. */
  private void evaluate(final OrderBook book, final int instrumentId) {
    auction.evaluate(book, prices.callReferenceTicks(instrumentId));
    priceTicks = auction.priceTicks();
    volumeLots = auction.volumeLots();
    surplusLots = auction.surplusLots();
  }

  /** Up to a chunk of orders that were good for the auction only; false when none is left. */
  private boolean cancelAuctionOnly(final int instrumentId) {
    int left = rooms.config.fillsPerChunk();
    int slot = rooms.auctionOrders.first(instrumentId);
    while (SlotList.NULL_SLOT != slot && left > 0) {
      orderLife.cancel(slot, ReasonCode.CANCELLED_AUCTION_OVER);
      slot = rooms.auctionOrders.first(instrumentId);
      left--;
    }
    return SlotList.NULL_SLOT != slot;
  }

  private boolean finish(final OrderBook book, final int instrumentId) {
    phase = Phase.IDLE;
    Invariants.check(!book.isCrossed(), "book is crossed after its auction: bid, ask", book.bestBidTicks(),
        book.bestAskTicks());
    if (0 != priceTicks) {
      events.auctionPrice(instrumentId, priceTicks, volumeLots, surplusLots, Flag.YES);
      sessions.guardReference(instrumentId, 0 == sessions.bandBps[instrumentId] ? 0 : priceTicks,
          0 == sessions.bandBps[instrumentId] ? 0 : rooms.clock.timeNs());
    }
    sessions.callReferenceTicks[instrumentId] = 0;
    sessions.extended[instrumentId] = false;
    final SessionState to = sessions.nextStates[instrumentId];
    sessions.nextStates[instrumentId] = SessionState.CONTINUOUS;
    change(instrumentId, to, reason);
    if (0 != priceTicks) {
      prices.printed(instrumentId, priceTicks);
      prices.traded(instrumentId, volumeLots);
    }
    prices.bookChanged(book, instrumentId);
    prices.queueFired();
    liftHeld();
    return true;
  }

  private void liftHeld() {
    final SlotList held = rooms.ruleTable.held;
    for (int slot = held.first(0); SlotList.NULL_SLOT != slot; slot = held.next(slot)) {
      rooms.followUps.add(FollowUps.Kind.RULE_LIFT, slot, 0, ReasonCode.SESSION_RESUMED.value(), 0, 0);
    }
  }

  private void change(final int instrumentId, final SessionState to, final ReasonCode why) {
    final SessionState from = sessions.state(instrumentId);
    sessions.states[instrumentId] = to;
    sessions.toldPriceTicks[instrumentId] = 0;
    sessions.toldVolumeLots[instrumentId] = 0;
    sessions.toldSurplusLots[instrumentId] = 0;
    events.sessionChanged(instrumentId, from, to, sessions.callEndTimesNs[instrumentId], why);
  }
}
