package io.gavel.engine.core;

import io.gavel.codecs.sbe.CancelAllAfterDecoder;
import io.gavel.codecs.sbe.CancelOnDisconnectDecoder;
import io.gavel.codecs.sbe.CancelScope;
import io.gavel.codecs.sbe.DisconnectDecoder;
import io.gavel.codecs.sbe.MassCancelDecoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.risk.RiskEngine;

/**
 * Cancels all orders of an account: because it asks, because it did not ask in time to be left alone, or because its
 * session is lost. Whether rules die too is what the account said; the order of a rule that has fired already is part
 * of the rule, except in a mass cancel by request, which names orders and means all of them.
 */
final class ConnectionHandler {

  private static final long COUNTDOWN_NS_MIN = 1_000_000_000L;
  private static final long COUNTDOWN_NS_MAX = 7L * 86_400 * 1_000_000_000L;

  private final Rooms rooms;
  private final RiskEngine risk;
  private final Countdowns countdowns;

  ConnectionHandler(final Rooms rooms) {
    this.rooms = rooms;
    risk = rooms.risk;
    countdowns = rooms.countdowns;
  }

  ReasonCode massCancel(final MassCancelDecoder command) {
    final long account = command.header().account();
    final int instrumentId = command.instrumentId();
    if (!risk.hasAccount(account)) {
      return ReasonCode.UNKNOWN_ACCOUNT;
    }
    if (0 != instrumentId && null == risk.instrument(instrumentId)) {
      return ReasonCode.UNKNOWN_INSTRUMENT;
    }
    rooms.answers.accept(0);
    cancelAll(risk.accountSlot(account), instrumentId, command.scope(), ReasonCode.CANCELLED_MASS);
    rooms.followUps.add(FollowUps.Kind.BOOKS_CHANGED, 0);
    return ReasonCode.OK;
  }

  ReasonCode cancelAllAfter(final CancelAllAfterDecoder command) {
    final long account = command.header().account();
    if (!risk.hasAccount(account)) {
      return ReasonCode.UNKNOWN_ACCOUNT;
    }
    final long timeoutNs = command.timeoutNs();
    if (0 != timeoutNs && (timeoutNs < COUNTDOWN_NS_MIN || timeoutNs > COUNTDOWN_NS_MAX)) {
      return ReasonCode.COUNTDOWN_OUT_OF_RANGE;
    }
    rooms.answers.accept(0);
    final int accountSlot = risk.accountSlot(account);
    if (0 == timeoutNs) {
      countdowns.stop(accountSlot);
    } else {
      countdowns.start(accountSlot, rooms.clock.timeNs() + timeoutNs, command.scope());
    }
    return ReasonCode.OK;
  }

  ReasonCode cancelOnDisconnect(final CancelOnDisconnectDecoder command) {
    final long account = command.header().account();
    if (!risk.hasAccount(account)) {
      return ReasonCode.UNKNOWN_ACCOUNT;
    }
    rooms.answers.accept(0);
    countdowns.bind(risk.accountSlot(account), command.sessionId(), command.scope());
    return ReasonCode.OK;
  }

  /** The shell lost a session. Nobody need be bound to it. */
  ReasonCode disconnect(final DisconnectDecoder command) {
    rooms.answers.accept(0);
    final int first = boundTo(command.sessionId(), countdowns.firstBound());
    if (SlotList.NULL_SLOT != first) {
      rooms.followUps.add(FollowUps.Kind.DISCONNECT, first);
    }
    return ReasonCode.OK;
  }

  /** One account of a lost session; the next one follows when all that this one owes is done. */
  void disconnected(final int accountSlot) {
    cancelAll(accountSlot, 0, countdowns.sessionScope(accountSlot), ReasonCode.CANCELLED_DISCONNECT);
    final int next = boundTo(countdowns.sessionIds[accountSlot], countdowns.nextBound(accountSlot));
    if (SlotList.NULL_SLOT == next) {
      rooms.followUps.add(FollowUps.Kind.BOOKS_CHANGED, 0);
    } else {
      rooms.followUps.add(FollowUps.Kind.DISCONNECT, next);
    }
  }

  /** A countdown ran out: it has to be asked for again. */
  void ranOut(final int accountSlot) {
    countdowns.ranOut(accountSlot);
    cancelAll(accountSlot, 0, countdowns.countdownScope(accountSlot), ReasonCode.CANCELLED_COUNTDOWN);
    rooms.followUps.add(FollowUps.Kind.BOOKS_CHANGED, 0);
  }

  private int boundTo(final long sessionId, final int from) {
    int slot = from;
    while (SlotList.NULL_SLOT != slot && sessionId != countdowns.sessionIds[slot]) {
      slot = countdowns.nextBound(slot);
    }
    return slot;
  }

  private void cancelAll(final int accountSlot, final int instrumentId, final CancelScope scope,
      final ReasonCode reason) {
    if (CancelScope.RULES != scope) {
      final boolean sparesChildren = CancelScope.ORDERS == scope && ReasonCode.CANCELLED_MASS != reason;
      rooms.followUps.add(FollowUps.Kind.MASS_CANCEL_ORDERS, sparesChildren ? 1 : 0, instrumentId,
          rooms.orders.firstOf(accountSlot), reason.value(), 0);
    }
    if (CancelScope.ORDERS != scope) {
      rooms.followUps.add(FollowUps.Kind.MASS_CANCEL_RULES, accountSlot, instrumentId,
          OrderTable.NULL_SLOT, reason.value(), 0);
    }
  }
}
