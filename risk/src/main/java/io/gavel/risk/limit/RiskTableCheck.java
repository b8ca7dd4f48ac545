package io.gavel.risk.limit;

import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RiskLimitKind;
import io.gavel.codecs.sbe.SetRiskLimitsDecoder;
import io.gavel.risk.instrument.Instruments;

/** Whether what a row says together means something. Each method returns OK or the refusal; none has an effect. */
final class RiskTableCheck {

  private static final long LEVERAGE_E2_MIN = 100;
  private static final int TEMPLATES = 64;

  private final Instruments instruments;

  RiskTableCheck(final Instruments instruments) {
    this.instruments = instruments;
  }

  ReasonCode check(final SetRiskLimitsDecoder command, final RiskRows rows) {
    if (command.row() <= 0 || command.row() > RiskRows.ROWS_MAX
        || command.groupId() > AccountProfiles.GROUPS_MAX || command.groupId() < 0) {
      return ReasonCode.OUT_OF_RANGE;
    }
    if (RiskLimitKind.NONE == command.kind()) {
      return ReasonCode.OK;
    }
    if (0 != command.instrumentId() && null == instruments.get(command.instrumentId())) {
      return ReasonCode.UNKNOWN_INSTRUMENT;
    }
    if (command.windowNs() > RiskTable.SPAN_NS_MAX || command.durationNs() > RiskTable.SPAN_NS_MAX
        || command.bandBps() < 0 || command.bandBps() > CascadeBudget.BAND_BPS_MAX) {
      return ReasonCode.OUT_OF_RANGE;
    }
    if (0 != command.bandBps() && RiskLimitKind.CASCADE != command.kind()) {
      return ReasonCode.LIMITS_INVALID;
    }
    final boolean ages = 0 == command.ageBelowNs() || command.ageBelowNs() > command.ageFromNs();
    return ages && isSound(command, rows) ? ReasonCode.OK : ReasonCode.LIMITS_INVALID;
  }

  private static boolean isSound(final SetRiskLimitsDecoder command, final RiskRows rows) {
    return switch (command.kind()) {
      case ORDER_NOTIONAL, POSITION_NOTIONAL, GROUP_NOTIONAL ->
          0 != (command.instrumentId() | command.assetId());
      case OPEN_INTEREST -> isAboutAnyone(command);
      case LEVERAGE -> command.limitValue() >= LEVERAGE_E2_MIN && command.limitValue() <= Integer.MAX_VALUE
          && (0 == command.thresholdUnits() || 0 != (command.instrumentId() | command.assetId()));
      case VOLATILITY -> isAboutAnyone(command) && 0 != command.instrumentId() && command.limitValue() > 0
          && pauses(command);
      case STOP_OUTS -> 0 == (command.instrumentId() | command.assetId()) && command.limitValue() > 0
          && command.limitValue() <= RiskTable.STOPS_MAX && pauses(command);
      case LOSS -> 0 == command.instrumentId() && 0 != command.assetId() && pauses(command)
          && isOneLossAsset(command, rows);
      case CASCADE -> isAboutAnyone(command) && 0 == command.assetId() && command.limitValue() > 0
          && command.windowNs() > 0;
      case COMMAND_COST -> isAboutAnyone(command) && 0 == (command.instrumentId() | command.assetId())
          && command.commandTemplateId() > 0 && command.commandTemplateId() < TEMPLATES
          && command.limitValue() <= RiskTable.COST_MAX;
      default -> true;
    };
  }

  private static boolean pauses(final SetRiskLimitsDecoder command) {
    return command.windowNs() > 0 && command.durationNs() > 0;
  }

  private static boolean isAboutAnyone(final SetRiskLimitsDecoder command) {
    return 0 == command.header().account()
        && 0 == (command.groupId() | command.region() | command.ageFromNs() | command.ageBelowNs());
  }

  /** Losses are remembered once, so all rows have to mean the same asset. */
  private static boolean isOneLossAsset(final SetRiskLimitsDecoder command, final RiskRows rows) {
    for (int row = 0; row < RiskRows.ROWS_MAX; row++) {
      if (RiskLimitKind.LOSS == rows.kinds[row] && row != command.row() - 1
          && rows.assetIds[row] != command.assetId()) {
        return false;
      }
    }
    return true;
  }
}
