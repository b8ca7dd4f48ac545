package io.gavel.codecs;

import io.gavel.codecs.sbe.CancelAllAfterDecoder;
import io.gavel.codecs.sbe.CancelOnDisconnectDecoder;
import io.gavel.codecs.sbe.CancelScope;
import io.gavel.codecs.sbe.DisconnectDecoder;
import io.gavel.codecs.sbe.GrowCapacityDecoder;
import io.gavel.codecs.sbe.QuarantineDecoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SessionState;
import io.gavel.codecs.sbe.SetAccountLimitsDecoder;
import io.gavel.codecs.sbe.SetSessionDecoder;
import io.gavel.codecs.sbe.SetVolatilityGuardDecoder;
import org.agrona.DirectBuffer;

/**
 * Field ranges of the commands that open and close markets, watch over connections
 * and accounts, and make room. The body's size is
 * already checked. One thread at a time.
 */
final class SessionCommandCheck {

  private final SetSessionDecoder setSession = new SetSessionDecoder();
  private final SetVolatilityGuardDecoder setVolatilityGuard = new SetVolatilityGuardDecoder();
  private final CancelAllAfterDecoder cancelAllAfter = new CancelAllAfterDecoder();
  private final CancelOnDisconnectDecoder cancelOnDisconnect = new CancelOnDisconnectDecoder();
  private final DisconnectDecoder disconnect = new DisconnectDecoder();
  private final GrowCapacityDecoder growCapacity = new GrowCapacityDecoder();
  private final SetAccountLimitsDecoder accountLimits = new SetAccountLimitsDecoder();
  private final QuarantineDecoder quarantine = new QuarantineDecoder();
  private final MarginCommandCheck margin = new MarginCommandCheck();

  ReasonCode check(final DirectBuffer buffer, final int body, final int templateId) {
    return switch (templateId) {
      case SetSessionDecoder.TEMPLATE_ID -> check(setSession.wrap(
          buffer, body, SetSessionDecoder.BLOCK_LENGTH, SetSessionDecoder.SCHEMA_VERSION));
      case SetVolatilityGuardDecoder.TEMPLATE_ID -> check(setVolatilityGuard.wrap(
          buffer, body, SetVolatilityGuardDecoder.BLOCK_LENGTH, SetVolatilityGuardDecoder.SCHEMA_VERSION));
      case CancelAllAfterDecoder.TEMPLATE_ID -> check(cancelAllAfter.wrap(
          buffer, body, CancelAllAfterDecoder.BLOCK_LENGTH, CancelAllAfterDecoder.SCHEMA_VERSION));
      case CancelOnDisconnectDecoder.TEMPLATE_ID -> check(cancelOnDisconnect.wrap(
          buffer, body, CancelOnDisconnectDecoder.BLOCK_LENGTH, CancelOnDisconnectDecoder.SCHEMA_VERSION));
      case DisconnectDecoder.TEMPLATE_ID -> check(disconnect.wrap(
          buffer, body, DisconnectDecoder.BLOCK_LENGTH, DisconnectDecoder.SCHEMA_VERSION));
      case GrowCapacityDecoder.TEMPLATE_ID -> check(growCapacity.wrap(
          buffer, body, GrowCapacityDecoder.BLOCK_LENGTH, GrowCapacityDecoder.SCHEMA_VERSION));
      case SetAccountLimitsDecoder.TEMPLATE_ID -> check(accountLimits.wrap(
          buffer, body, SetAccountLimitsDecoder.BLOCK_LENGTH, SetAccountLimitsDecoder.SCHEMA_VERSION));
      case QuarantineDecoder.TEMPLATE_ID -> check(quarantine.wrap(
          buffer, body, QuarantineDecoder.BLOCK_LENGTH, QuarantineDecoder.SCHEMA_VERSION));
      default -> margin.check(buffer, body, templateId);
    };
  }

  private static ReasonCode check(final SetSessionDecoder command) {
    if (FieldCheck.isUnknown(command.state(), SessionState.SBE_UNKNOWN, SessionState.NULL_VAL)
        || FieldCheck.isUnknown(command.nextState(), SessionState.SBE_UNKNOWN, SessionState.NULL_VAL)) {
      return ReasonCode.UNKNOWN_ENUM;
    }
    return command.instrumentId() < 0 || command.referenceTicks() < 0 || command.callEndTimeNs() < 0
        ? ReasonCode.OUT_OF_RANGE : ReasonCode.OK;
  }

  private static ReasonCode check(final SetVolatilityGuardDecoder command) {
    return command.instrumentId() < 0 || command.bandBps() < 0 || command.callNs() < 0 || command.horizonNs() < 0
        ? ReasonCode.OUT_OF_RANGE : ReasonCode.OK;
  }

  private static ReasonCode check(final CancelAllAfterDecoder command) {
    if (FieldCheck.isUnknown(command.scope(), CancelScope.SBE_UNKNOWN, CancelScope.NULL_VAL)) {
      return ReasonCode.UNKNOWN_ENUM;
    }
    return command.timeoutNs() < 0 ? ReasonCode.COUNTDOWN_OUT_OF_RANGE : ReasonCode.OK;
  }

  private static ReasonCode check(final CancelOnDisconnectDecoder command) {
    return FieldCheck.isUnknown(command.scope(), CancelScope.SBE_UNKNOWN, CancelScope.NULL_VAL)
        ? ReasonCode.UNKNOWN_ENUM : FieldCheck.id(command.sessionId());
  }

  private static ReasonCode check(final DisconnectDecoder command) {
    return command.sessionId() <= 0 ? ReasonCode.OUT_OF_RANGE : ReasonCode.OK;
  }

  /** Record 1 is the configuration, without which there is nothing to pass over to. */
  private static ReasonCode check(final QuarantineDecoder command) {
    return command.sequence() <= 1 || command.incident() < 0 ? ReasonCode.OUT_OF_RANGE : ReasonCode.OK;
  }

  private static ReasonCode check(final GrowCapacityDecoder command) {
    return command.ordersMax() < 0 || command.tradesKept() < 0 || 0 == command.ordersMax() + command.tradesKept()
        ? ReasonCode.OUT_OF_RANGE : ReasonCode.OK;
  }

  private static ReasonCode check(final SetAccountLimitsDecoder command) {
    return command.stpGroup() < 0 || command.openOrdersMax() < 0 || command.openRulesMax() < 0
        || command.ratePerSecond() < 0 || command.rateBurst() < 0 ? ReasonCode.OUT_OF_RANGE : ReasonCode.OK;
  }
}
