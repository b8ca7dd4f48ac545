package io.gavel.engine.core;

import io.gavel.codecs.sbe.PoolKind;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetPoolDecoder;
import io.gavel.codecs.sbe.SetSignalDecoder;
import io.gavel.engine.condition.Pools;
import io.gavel.engine.condition.RiskSignals;

/** Takes what others say of accounts, instruments and pools, and carries it to the conditions. */
final class FeedHandler {

  private final Rooms rooms;
  private final PriceFlow prices;

  FeedHandler(final Rooms rooms, final PriceFlow prices) {
    this.rooms = rooms;
    this.prices = prices;
  }

  ReasonCode setSignal(final SetSignalDecoder command) {
    final int instrumentId = command.instrumentId();
    final long account = 0 == instrumentId ? command.header().account() : 0;
    if (0 == instrumentId && !rooms.risk.hasAccount(account)) {
      return ReasonCode.UNKNOWN_ACCOUNT;
    }
    if (0 != instrumentId && null == rooms.risk.instrument(instrumentId)) {
      return ReasonCode.UNKNOWN_INSTRUMENT;
    }
    if (0 != command.untilNs() && command.untilNs() <= rooms.clock.timeNs()) {
      return ReasonCode.EXPIRE_TIME_INVALID;
    }
    final RiskSignals signals = rooms.riskSignals;
    if (signals.isFull() && RiskSignals.NULL_SLOT == signals.find(account, instrumentId, command.signalId())) {
      return ReasonCode.CAPACITY_SIGNALS;
    }
    rooms.answers.accept(0);
    final int slot =
        signals.set(account, instrumentId, command.signalId(), command.value(), command.untilNs());
    rooms.conditions.onScore(instrumentId, slot);
    prices.queueFired();
    return ReasonCode.OK;
  }

  ReasonCode setPool(final SetPoolDecoder command) {
    final int instrumentId = command.instrumentId();
    if (null == rooms.risk.instrument(instrumentId)) {
      return ReasonCode.UNKNOWN_INSTRUMENT;
    }
    final Pools pools = rooms.pools;
    final int slot = pools.find(command.poolId());
    final boolean stable = PoolKind.STABLE == command.kind();
    if (0 == command.poolId() || (0 == command.baseUnits()) != (0 == command.quoteUnits())
        || stable != command.amplification() > 0
        || (Pools.NULL_SLOT != slot && instrumentId != pools.instrumentId(slot))) {
      return ReasonCode.PARAMETERS_INVALID;
    }
    if (Pools.NULL_SLOT == slot && pools.isFull()) {
      return ReasonCode.CAPACITY_SIGNALS;
    }
    rooms.answers.accept(0);
    pools.set(command.poolId(), instrumentId, command.baseUnits(), command.quoteUnits(), command.feeE8(),
        command.amplification(), command.kind());
    rooms.conditions.onPool(instrumentId, command.poolId());
    prices.queueFired();
    return ReasonCode.OK;
  }
}
