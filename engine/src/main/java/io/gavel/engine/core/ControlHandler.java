package io.gavel.engine.core;

import io.gavel.codecs.sbe.DegradedDecoder;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.GrowCapacityDecoder;
import io.gavel.codecs.sbe.HaltMode;
import io.gavel.codecs.sbe.QuarantineDecoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetAccountLimitsDecoder;
import io.gavel.codecs.sbe.SetFeesDecoder;
import io.gavel.codecs.sbe.SetHaltDecoder;
import io.gavel.codecs.sbe.SetLimitsDecoder;
import io.gavel.risk.RiskEngine;

/** Applies what operators ask while the house runs: fees, limits, halts, degraded mode and more room. */
final class ControlHandler {

  private static final int RATE_PER_SECOND_MAX = 1_000_000;

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
    risk.degraded(command.cause(), Flag.YES == command.on());
    return accepted(ReasonCode.OK);
  }

  ReasonCode setHalt(final SetHaltDecoder command) {
    final boolean on = Flag.YES == command.on();
    final ReasonCode code = risk.controls().setHalt(command.scope(), command.instrumentId(), command.header().account(),
        command.groupId(), on, command.mode());
    if (ReasonCode.OK != code) {
      return code;
    }
    rooms.answers.accept(0);
    events.haltChanged(command);
    if (!on || HaltMode.REDUCE_ONLY == command.mode()) {
      final SlotList held = rooms.ruleTable.held;
      for (int slot = held.first(0); SlotList.NULL_SLOT != slot; slot = held.next(slot)) {
        rooms.followUps.add(FollowUps.Kind.RULE_LIFT, slot, 0, ReasonCode.HALT_LIFTED.value(), 0, 0);
      }
    }
    return ReasonCode.OK;
  }

  ReasonCode setAccountLimits(final SetAccountLimitsDecoder command) {
    final long account = command.header().account();
    if (!risk.hasAccount(account)) {
      return ReasonCode.UNKNOWN_ACCOUNT;
    }
    if (command.ratePerSecond() > RATE_PER_SECOND_MAX || command.rateBurst() > RATE_PER_SECOND_MAX) {
      return ReasonCode.OUT_OF_RANGE;
    }
    rooms.answers.accept(0);
    rooms.limits.set(risk.accountSlot(account), command.stpGroup(), command.openOrdersMax(), command.openRulesMax(),
        command.ratePerSecond(), command.rateBurst());
    rooms.groupAll(risk.accountSlot(account));
    return ReasonCode.OK;
  }

  /** On the record only: the frame in front of it was passed over by whoever read both. */
  ReasonCode quarantine(final QuarantineDecoder command) {
    return accepted(command.sequence() < rooms.clock.sequence() ? ReasonCode.OK : ReasonCode.QUARANTINE_MISPLACED);
  }

  ReasonCode grow(final GrowCapacityDecoder command) {
    final int ordersMax = command.ordersMax();
    final int tradesKept = command.tradesKept();
    final KeptTrades trades = rooms.remedies.trades;
    if ((0 != ordersMax && (ordersMax <= rooms.ordersMax() || ordersMax > CoreConfig.ORDERS_MAX))
        || (0 != tradesKept && (tradesKept <= trades.capacity() || tradesKept > KeptTrades.TRADES_MAX))) {
      return ReasonCode.CAPACITY_NOT_LARGER;
    }
    rooms.answers.accept(0);
    if (0 != ordersMax) {
      rooms.grow(ordersMax);
    }
    if (0 != tradesKept) {
      trades.grow(tradesKept);
    }
    events.capacityChanged(rooms.ordersMax(), trades.capacity());
    return ReasonCode.OK;
  }

  private ReasonCode accepted(final ReasonCode code) {
    if (ReasonCode.OK == code) {
      rooms.answers.accept(0);
    }
    return code;
  }
}
