package io.gavel.engine.core;

import io.gavel.codecs.sbe.CancelScope;
import io.gavel.codecs.sbe.DegradedDecoder;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.HaltScope;
import io.gavel.codecs.sbe.MassCancelDecoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetFeesDecoder;
import io.gavel.codecs.sbe.SetHaltDecoder;
import io.gavel.codecs.sbe.SetLimitsDecoder;
import io.gavel.risk.RiskEngine;

/** Applies what operators ask while the house runs: fees, limits, halts, degraded mode and mass cancels. */
final class ControlHandler {

  private final Rooms rooms;
  private final RiskEngine risk;
  private final MarketEvents events;

  ControlHandler(final Rooms rooms, final MarketEvents events) {
    this.rooms = rooms;
    risk = rooms.risk;
    this.events = events;
  }

  ReasonCode setFees(final SetFeesDecoder command) {
    return accepted(risk.setFees(command.instrumentId(), command.makerFeeE8(), command.takerFeeE8()));
  }

  ReasonCode setLimits(final SetLimitsDecoder command) {
    return accepted(risk.setLimits(command));
  }

  ReasonCode degraded(final DegradedDecoder command) {
    risk.degraded(Flag.YES == command.on());
    return accepted(ReasonCode.OK);
  }

  ReasonCode setHalt(final SetHaltDecoder command) {
    final HaltScope scope = command.scope();
    final long account = command.header().account();
    final int instrumentId = command.instrumentId();
    final boolean on = Flag.YES == command.on();
    final ReasonCode code = risk.setHalt(scope, instrumentId, account, on);
    if (ReasonCode.OK != code) {
      return code;
    }
    rooms.answers.accept(0);
    events.haltChanged(account, instrumentId, scope, command.on());
    if (!on) {
      final SlotList held = rooms.ruleTable.held;
      for (int slot = held.first(0); SlotList.NULL_SLOT != slot; slot = held.next(slot)) {
        rooms.followUps.add(FollowUps.Kind.RULE_LIFT, slot);
      }
    }
    return ReasonCode.OK;
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
    final int accountSlot = risk.accountSlot(account);
    if (CancelScope.RULES != command.scope()) {
      rooms.followUps.add(FollowUps.Kind.MASS_CANCEL_ORDERS, 0, instrumentId,
          rooms.orders.firstOf(accountSlot), 0, 0);
    }
    if (CancelScope.ORDERS != command.scope()) {
      rooms.followUps.add(FollowUps.Kind.MASS_CANCEL_RULES, accountSlot, instrumentId,
          OrderTable.NULL_SLOT, 0, 0);
    }
    rooms.followUps.add(FollowUps.Kind.BOOKS_CHANGED, 0);
    return ReasonCode.OK;
  }

  private ReasonCode accepted(final ReasonCode code) {
    if (ReasonCode.OK == code) {
      rooms.answers.accept(0);
    }
    return code;
  }
}
