package io.gavel.engine.core;

import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleState;
import io.gavel.engine.trigger.RuleBook;
import io.gavel.risk.RiskEngine;

/** The steps of a rule's life that follow from its child order and from time; every one is told, once. */
final class RuleLife {

  private final RiskEngine risk;
  private final RuleBook rules;
  private final RuleTable table;
  private final ClientIds clientIds;
  private final io.gavel.engine.timer.DeadlineQueue deadlines;
  private final AccountLimits limits;
  private final RuleEvents events;
  private final Relations relations;
  private final RuleActions actions;
  private final Algos algos;
  private final Hedges hedges;

  RuleLife(final Rooms rooms, final RuleEvents events) {
    risk = rooms.risk;
    rules = rooms.rules;
    table = rooms.ruleTable;
    clientIds = rooms.clientIds;
    deadlines = rooms.deadlines;
    limits = rooms.limits;
    relations = rooms.relations;
    this.events = events;
    actions = rooms.actions;
    algos = rooms.algos;
    hedges = rooms.hedges;
  }

  void state(final int slot, final RuleState to, final ReasonCode reason) {
    final RuleState from = rules.state(slot);
    rules.state(slot, to);
    events.changed(slot, from, to, reason);
  }

  /** A child traded: the one remaining quantity of all legs shrinks in the same step. */
  void filled(final int slot, final long lots, final boolean restingChild) {
    final long remainingLots = rules.remainingLots(slot) - lots;
    rules.remainingLots(slot, remainingLots);
    table.filledLots[slot] += lots;
    hedges.owe(slot, lots);
    final boolean runs = algos.isRunning(slot);
    if (runs) {
      algos.filled(slot, lots);
    }
    if ((restingChild || runs) && remainingLots > 0 && RuleState.TRIGGERED == rules.state(slot)) {
      state(slot, RuleState.PARTLY_EFFECTIVE, ReasonCode.CHILD_PARTLY_FILLED);
    }
  }

  /** The child order is gone; what is left of a market child stays in the rule, anything else ends it. */
  void childClosed(final int slot, final int child, final long childFilledLots, final long childUnfilledLots,
      final ReasonCode childReason) {
    if (algos.isRunning(slot)) {
      algos.childClosed(slot, child, childUnfilledLots, childReason);
      return;
    }
    rules.childSlot(slot, RuleBook.NULL_SLOT);
    if (0 == rules.remainingLots(slot)) {
      end(slot, RuleState.FINISHED, ReasonCode.CHILD_FILLED);
    } else if (ReasonCode.CANCELLED_WITH_RULE == childReason) {
      end(slot, RuleState.CANCELLED, ReasonCode.CANCELLED_BY_USER);
    } else if (isSweep(childReason)) {
      end(slot, RuleState.CANCELLED, childReason);
    } else if (isMarketChild(slot)
        && (ReasonCode.CANCELLED_IOC_REST == childReason || ReasonCode.CANCELLED_SELF_TRADE == childReason)) {
      final ReasonCode reason = childFilledLots > 0 ? ReasonCode.CHILD_PARTLY_FILLED : childReason;
      if (RuleState.PARTLY_EFFECTIVE != rules.state(slot)) {
        state(slot, RuleState.PARTLY_EFFECTIVE, reason);
      }
      table.working.append(rules.instrumentId(slot), slot);
    } else {
      end(slot, RuleState.CANCELLED, ReasonCode.CHILD_CANCELLED);
    }
  }

  /** Whether an order went together with all others of its account, or of its instrument. */
  private static boolean isSweep(final ReasonCode reason) {
    return ReasonCode.CANCELLED_MASS == reason || ReasonCode.CANCELLED_COUNTDOWN == reason
        || ReasonCode.CANCELLED_DISCONNECT == reason || ReasonCode.CANCELLED_SETTLEMENT == reason;
  }

  /** Self-trade prevention took lots away from an order of the rule that lives on. */
  void childReduced(final int slot, final long lots) {
    if (algos.isRunning(slot)) {
      algos.reduced(slot, lots);
    }
  }

  boolean isMarketChild(final int slot) {
    return 0 == rules.childLimitTicks(slot, rules.firedLeg(slot));
  }

  /** The terminal step: money, deadlines, lists and names are given back, then the slot. */
  void end(final int slot, final RuleState to, final ReasonCode reason) {
    final RuleState from = rules.state(slot);
    if (RuleState.LIVE == from || RuleState.PENDING == from) {
      rules.disarm(slot);
    }
    if (algos.isRunning(slot)) {
      algos.stop(slot);
    }
    hedges.ruleEnded(slot);
    actions.close(slot);
    cancelWindow(slot);
    table.dueHandles[slot] = cancel(table.dueHandles[slot]);
    table.dueTimesNs[slot] = 0;
    final int reservation = rules.reservation(slot);
    if (RiskEngine.NULL_RESERVATION != reservation) {
      risk.release(reservation);
      rules.reservation(slot, RiskEngine.NULL_RESERVATION);
    }
    table.working.remove(slot);
    table.held.remove(slot);
    table.carried.remove(slot);
    relations.close(slot);
    table.ofAccount.remove(slot);
    limits.countRule(table.accountSlots[slot], -1);
    clientIds.removeRule(slot);
    state(slot, to, reason);
    rules.release(slot);
  }

  /** The window matters only until the rule has fired. */
  void cancelWindow(final int slot) {
    table.startHandles[slot] = cancel(table.startHandles[slot]);
    table.endHandles[slot] = cancel(table.endHandles[slot]);
  }

  private int cancel(final int handle) {
    if (RuleTable.NULL_SLOT != handle) {
      deadlines.cancel(handle);
    }
    return RuleTable.NULL_SLOT;
  }
}
