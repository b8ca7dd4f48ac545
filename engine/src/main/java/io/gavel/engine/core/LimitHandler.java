package io.gavel.engine.core;

import io.gavel.codecs.sbe.CoolingCause;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RiskLimitKind;
import io.gavel.codecs.sbe.SelfExcludeDecoder;
import io.gavel.codecs.sbe.SetAccountProfileDecoder;
import io.gavel.codecs.sbe.SetRiskLimitsDecoder;
import io.gavel.risk.RiskEngine;

/** Applies what the house asks of the risk table, and what people ask of themselves. */
final class LimitHandler {

  private final Rooms rooms;
  private final RiskEngine risk;
  private final MarketEvents events;

  LimitHandler(final Rooms rooms, final MarketEvents events) {
    this.rooms = rooms;
    risk = rooms.risk;
    this.events = events;
  }

  ReasonCode setRiskLimits(final SetRiskLimitsDecoder command) {
    if (RiskLimitKind.COMMAND_COST == command.kind() && CommandScopes.isCancel(command.commandTemplateId())) {
      return ReasonCode.LIMITS_INVALID;
    }
    return accepted(risk.controls().setRiskLimits(command));
  }

  ReasonCode setProfile(final SetAccountProfileDecoder command) {
    return accepted(risk.controls().setProfile(command.header().account(), command.openedTimeNs(), command.groupId(),
        command.region(), command.leverageRow()));
  }

  /** A time that has come already is a wish for nothing; one before an earlier wish is refused, whoever asks. */
  ReasonCode selfExclude(final SelfExcludeDecoder command) {
    final long account = command.header().account();
    if (!risk.hasAccount(account)) {
      return ReasonCode.UNKNOWN_ACCOUNT;
    }
    final int accountSlot = risk.accountSlot(account);
    final long untilTimeNs = command.untilTimeNs();
    if (untilTimeNs < risk.cooling().excludedUntilNs(accountSlot)) {
      return ReasonCode.EXCLUSION_SHORTER;
    }
    if (untilTimeNs <= rooms.clock.timeNs()) {
      return ReasonCode.OUT_OF_RANGE;
    }
    rooms.answers.accept(0);
    risk.cooling().exclude(accountSlot, untilTimeNs);
    events.coolingOff(account, 0, risk.cooling().untilNs(accountSlot), 0, CoolingCause.SELF_EXCLUSION);
    return ReasonCode.OK;
  }

  private ReasonCode accepted(final ReasonCode code) {
    if (ReasonCode.OK == code) {
      rooms.answers.accept(0);
    }
    return code;
  }
}
