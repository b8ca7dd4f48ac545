package io.gavel.engine.core;

import io.gavel.codecs.sbe.PositionCause;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleState;
import io.gavel.codecs.sbe.SessionState;
import io.gavel.engine.trigger.RuleBook;
import io.gavel.risk.FinalSettlement;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.position.Contracts;

/**
 * The end of a future or an option: its market closes, its orders and rules are cancelled, its positions are closed at
 * the settlement price, account by account in the order in which they were created, all before the next frame.
 */
final class ExpiryHandler {

  /** Accounts looked at in one step, and orders or positions ended in one: their events have room. */
  private static final int ACCOUNTS_PER_STEP = 256;
  private static final int ENDS_PER_STEP = 4;

  private final Rooms rooms;
  private final RiskEngine risk;
  private final Contracts contracts;
  private final FinalPrices finalPrices;
  private final MarketEvents marketEvents;
  private final MarginEvents events;
  private final OrderLife orderLife;
  private final RuleLife ruleLife;
  private final int[] handles;
  private final FinalSettlement settlement = new FinalSettlement();

  ExpiryHandler(final Rooms rooms, final FinalPrices finalPrices, final MarketEvents marketEvents,
      final MarginEvents events, final OrderLife orderLife, final RuleLife ruleLife) {
    this.rooms = rooms;
    risk = rooms.risk;
    contracts = rooms.risk.contracts();
    this.finalPrices = finalPrices;
    this.marketEvents = marketEvents;
    this.events = events;
    this.orderLife = orderLife;
    this.ruleLife = ruleLife;
    handles = new int[rooms.config.instrumentsMax() + 1];
  }

  /** An instrument has come into being; one that expires is due then. */
  void created(final Instrument instrument) {
    if (0 != instrument.expiryTimeNs()) {
      handles[instrument.id()] =
          rooms.deadlines.add(instrument.expiryTimeNs(), instrument.id(), Rooms.EXPIRY, instrument.id());
    }
  }

  /** Puts the deadlines back when a snapshot was loaded. */
  void resume() {
    for (int i = 0; i < risk.instrumentCount(); i++) {
      if (0 == finalPrices.settledTicks(risk.instrumentAt(i).id())) {
        created(risk.instrumentAt(i));
      }
    }
  }

  /** An instrument ends now, at this price: it does not expire any more, and no rule waits for its prices. */
  void endsEarly(final Instrument instrument, final int priceTicks) {
    final int instrumentId = instrument.id();
    if (0 != instrument.expiryTimeNs() && 0 == finalPrices.settledTicks(instrumentId)) {
      rooms.deadlines.cancel(handles[instrumentId]);
      finalPrices.settledAt(instrumentId, priceTicks);
    }
    rooms.followUps.add(FollowUps.Kind.EXPIRE_RULES, instrumentId);
  }

  void expire(final int instrumentId) {
    finalPrices.settle(rooms.instrument(instrumentId));
    settlement.clear();
    final SessionState from = rooms.sessions.state(instrumentId);
    rooms.sessions.endCall(instrumentId);
    rooms.sessions.close(instrumentId);
    if (SessionState.CLOSED != from) {
      marketEvents.sessionChanged(instrumentId, from, SessionState.CLOSED, 0, ReasonCode.SESSION_EXPIRED);
    }
    rooms.followUps.add(FollowUps.Kind.EXPIRE_ORDERS, instrumentId);
    rooms.followUps.add(FollowUps.Kind.EXPIRE_RULES, instrumentId);
    rooms.followUps.add(FollowUps.Kind.EXPIRE_POSITIONS, instrumentId);
  }

  /** Cancels orders of the instrument from the account at the cursor on; the next cursor, or -1 when none is left. */
  int cancelFrom(final int instrumentId, final int cursor) {
    int ends = 0;
    int accountSlot = cursor;
    while (accountSlot < risk.accountCount() && accountSlot < cursor + ACCOUNTS_PER_STEP) {
      int slot = rooms.orders.firstOf(accountSlot);
      while (OrderTable.NULL_SLOT != slot) {
        final int next = rooms.orders.nextOf(slot);
        if (instrumentId == rooms.orders.instrumentId(slot)) {
          orderLife.cancel(slot, ReasonCode.CANCELLED_SETTLEMENT);
          ends++;
        }
        slot = next;
        if (ENDS_PER_STEP == ends) {
          return accountSlot;
        }
      }
      accountSlot++;
    }
    return accountSlot < risk.accountCount() ? accountSlot : OrderTable.NULL_SLOT;
  }

  /** Cancels rules of the instrument from the account at the cursor on; the next cursor, or -1 when none is left. */
  int disarmFrom(final int instrumentId, final int cursor) {
    int ends = 0;
    int accountSlot = cursor;
    while (accountSlot < risk.accountCount() && accountSlot < cursor + ACCOUNTS_PER_STEP) {
      // What ends with a rule may be its neighbour: the walk begins anew behind each.
      int slot = firstOf(accountSlot, instrumentId);
      while (RuleTable.NULL_SLOT != slot) {
        final int child = rooms.rules.childSlot(slot);
        if (RuleBook.NULL_SLOT == child) {
          ruleLife.end(slot, RuleState.CANCELLED, ReasonCode.CANCELLED_SETTLEMENT);
        } else {
          orderLife.cancel(child, ReasonCode.CANCELLED_SETTLEMENT);
        }
        if (ENDS_PER_STEP == ++ends) {
          return accountSlot;
        }
        slot = firstOf(accountSlot, instrumentId);
      }
      accountSlot++;
    }
    return accountSlot < risk.accountCount() ? accountSlot : OrderTable.NULL_SLOT;
  }

  private int firstOf(final int accountSlot, final int instrumentId) {
    int slot = rooms.ruleTable.firstOf(accountSlot);
    while (RuleTable.NULL_SLOT != slot && instrumentId != rooms.rules.instrumentId(slot)) {
      slot = rooms.ruleTable.nextOf(slot);
    }
    return slot;
  }

  /** Closes positions of the instrument from the account at the cursor on; the next cursor, or -1 at the end. */
  int settleFrom(final int instrumentId, final int cursor) {
    int ends = 0;
    int accountSlot = cursor;
    while (accountSlot < risk.accountCount() && accountSlot < cursor + ACCOUNTS_PER_STEP && ends < ENDS_PER_STEP) {
      for (int side = PositionSide.NET.value(); side <= PositionSide.SHORT.value(); side++) {
        final int position = contracts.find(accountSlot, instrumentId, PositionSide.get((short) side));
        if (Contracts.NULL_POSITION != position && 0 != contracts.lots(position)) {
          final long lots = contracts.lots(position);
          final long realisedUnits =
              risk.settlePosition(position, finalPrices.settledTicks(instrumentId), settlement);
          events.positionChanged(position, -lots, realisedUnits, PositionCause.SETTLEMENT);
          ends++;
        }
      }
      accountSlot++;
    }
    if (accountSlot < risk.accountCount()) {
      return accountSlot;
    }
    risk.finishSettlement(instrumentId, settlement);
    rooms.remedies.trades.forget(instrumentId);
    return OrderTable.NULL_SLOT;
  }
}
