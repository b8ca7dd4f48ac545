package io.gavel.codecs;

import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReviewDecoder;
import io.gavel.codecs.sbe.ReviewDefault;
import io.gavel.codecs.sbe.RiskLimitKind;
import io.gavel.codecs.sbe.SelfExcludeDecoder;
import io.gavel.codecs.sbe.SetAccountProfileDecoder;
import io.gavel.codecs.sbe.SetRiskLimitsDecoder;
import org.agrona.DirectBuffer;

/**
 * Field ranges of the commands that fill the risk table, tell it whom it deals with, and review a fired rule. What the
 * fields of a row mean together is judged behind the journal. The body's size is already checked. One thread at a time.
 */
final class LimitCommandCheck {

  private final SetRiskLimitsDecoder riskLimits = new SetRiskLimitsDecoder();
  private final SetAccountProfileDecoder profile = new SetAccountProfileDecoder();
  private final SelfExcludeDecoder selfExclude = new SelfExcludeDecoder();
  private final ReviewDecoder review = new ReviewDecoder();
  private final TokenCommandCheck tokens = new TokenCommandCheck();

  ReasonCode check(final DirectBuffer buffer, final int body, final int templateId) {
    return switch (templateId) {
      case SetRiskLimitsDecoder.TEMPLATE_ID -> check(riskLimits.wrap(
          buffer, body, SetRiskLimitsDecoder.BLOCK_LENGTH, SetRiskLimitsDecoder.SCHEMA_VERSION));
      case SetAccountProfileDecoder.TEMPLATE_ID -> check(profile.wrap(
          buffer, body, SetAccountProfileDecoder.BLOCK_LENGTH, SetAccountProfileDecoder.SCHEMA_VERSION));
      case SelfExcludeDecoder.TEMPLATE_ID -> FieldCheck.id(selfExclude.wrap(
          buffer, body, SelfExcludeDecoder.BLOCK_LENGTH, SelfExcludeDecoder.SCHEMA_VERSION).untilTimeNs());
      case ReviewDecoder.TEMPLATE_ID -> check(review.wrap(
          buffer, body, ReviewDecoder.BLOCK_LENGTH, ReviewDecoder.SCHEMA_VERSION));
      default -> tokens.check(buffer, body, templateId);
    };
  }

  static int blockLength(final int templateId) {
    return switch (templateId) {
      case SetRiskLimitsDecoder.TEMPLATE_ID -> SetRiskLimitsDecoder.BLOCK_LENGTH;
      case SetAccountProfileDecoder.TEMPLATE_ID -> SetAccountProfileDecoder.BLOCK_LENGTH;
      case SelfExcludeDecoder.TEMPLATE_ID -> SelfExcludeDecoder.BLOCK_LENGTH;
      case ReviewDecoder.TEMPLATE_ID -> ReviewDecoder.BLOCK_LENGTH;
      default -> TokenCommandCheck.blockLength(templateId);
    };
  }

  private static ReasonCode check(final SetRiskLimitsDecoder command) {
    if (FieldCheck.isUnknown(command.kind(), RiskLimitKind.SBE_UNKNOWN, RiskLimitKind.NULL_VAL)
        || FieldCheck.isUnknown(command.staged(), Flag.SBE_UNKNOWN, Flag.NULL_VAL)) {
      return ReasonCode.UNKNOWN_ENUM;
    }
    final long signs = command.limitValue() | command.thresholdUnits() | command.windowNs() | command.durationNs()
        | command.ageFromNs() | command.ageBelowNs() | command.instrumentId() | command.groupId()
        | command.region() | command.assetId() | command.commandTemplateId() | command.bandBps();
    return signs < 0 || command.row() <= 0 ? ReasonCode.OUT_OF_RANGE : ReasonCode.OK;
  }

  private static ReasonCode check(final ReviewDecoder command) {
    return FieldCheck.isUnknown(command.decision(), ReviewDefault.SBE_UNKNOWN, ReviewDefault.NULL_VAL)
        ? ReasonCode.UNKNOWN_ENUM : FieldCheck.id(command.ruleId());
  }

  private static ReasonCode check(final SetAccountProfileDecoder command) {
    final long signs = command.openedTimeNs() | command.groupId() | command.region() | command.leverageRow();
    return FieldCheck.id(signs);
  }
}
