package io.gavel.codecs;

import io.gavel.codecs.sbe.AdjustMarginDecoder;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.MarginModelKind;
import io.gavel.codecs.sbe.PositionMode;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetAccountModeDecoder;
import io.gavel.codecs.sbe.SetCollateralDecoder;
import io.gavel.codecs.sbe.SetLeverageDecoder;
import io.gavel.codecs.sbe.SetMarginDecoder;
import org.agrona.DirectBuffer;

/**
 * Field ranges of the commands about margin. Whether the tiers of a table go together is the business of the room that
 * makes the table. The body's size is already checked. One thread at a time.
 */
final class MarginCommandCheck {

  /** Tiers that one table can have. */
  static final int TIERS_MAX = 16;

  private final SetMarginDecoder margin = new SetMarginDecoder();
  private final SetCollateralDecoder collateral = new SetCollateralDecoder();
  private final SetAccountModeDecoder mode = new SetAccountModeDecoder();
  private final SetLeverageDecoder leverage = new SetLeverageDecoder();
  private final AdjustMarginDecoder adjust = new AdjustMarginDecoder();
  private final SecurityCommandCheck security = new SecurityCommandCheck();

  ReasonCode check(final DirectBuffer buffer, final int body, final int templateId) {
    return switch (templateId) {
      case SetMarginDecoder.TEMPLATE_ID -> check(
          margin.wrap(buffer, body, SetMarginDecoder.BLOCK_LENGTH, SetMarginDecoder.SCHEMA_VERSION));
      case SetCollateralDecoder.TEMPLATE_ID -> check(
          collateral.wrap(buffer, body, SetCollateralDecoder.BLOCK_LENGTH, SetCollateralDecoder.SCHEMA_VERSION));
      case SetAccountModeDecoder.TEMPLATE_ID -> check(
          mode.wrap(buffer, body, SetAccountModeDecoder.BLOCK_LENGTH, SetAccountModeDecoder.SCHEMA_VERSION));
      case SetLeverageDecoder.TEMPLATE_ID -> check(
          leverage.wrap(buffer, body, SetLeverageDecoder.BLOCK_LENGTH, SetLeverageDecoder.SCHEMA_VERSION));
      case AdjustMarginDecoder.TEMPLATE_ID -> check(
          adjust.wrap(buffer, body, AdjustMarginDecoder.BLOCK_LENGTH, AdjustMarginDecoder.SCHEMA_VERSION));
      default -> security.check(buffer, body, templateId);
    };
  }

  static int blockLength(final int templateId) {
    return switch (templateId) {
      case SetMarginDecoder.TEMPLATE_ID -> SetMarginDecoder.BLOCK_LENGTH;
      case SetCollateralDecoder.TEMPLATE_ID -> SetCollateralDecoder.BLOCK_LENGTH;
      case SetAccountModeDecoder.TEMPLATE_ID -> SetAccountModeDecoder.BLOCK_LENGTH;
      case SetLeverageDecoder.TEMPLATE_ID -> SetLeverageDecoder.BLOCK_LENGTH;
      case AdjustMarginDecoder.TEMPLATE_ID -> AdjustMarginDecoder.BLOCK_LENGTH;
      default -> SecurityCommandCheck.blockLength(templateId);
    };
  }

  private static ReasonCode check(final SetMarginDecoder command) {
    if (FieldCheck.isUnknown(command.curve(), MarginModelKind.SBE_UNKNOWN, MarginModelKind.NULL_VAL)
        || FieldCheck.isUnknown(command.profitCounts(), Flag.SBE_UNKNOWN, Flag.NULL_VAL)) {
      return ReasonCode.UNKNOWN_ENUM;
    }
    final long signs = command.instrumentId() | command.accountsPerStep() | command.stepNs();
    return signs < 0 ? ReasonCode.OUT_OF_RANGE : ReasonCode.OK;
  }

  private static ReasonCode check(final SetCollateralDecoder command) {
    return (command.assetId() | command.instrumentId()) < 0 ? ReasonCode.OUT_OF_RANGE : ReasonCode.OK;
  }

  private static ReasonCode check(final SetAccountModeDecoder command) {
    return FieldCheck.isUnknown(command.marginMode(), MarginMode.SBE_UNKNOWN, MarginMode.NULL_VAL)
        || FieldCheck.isUnknown(command.positionMode(), PositionMode.SBE_UNKNOWN, PositionMode.NULL_VAL)
        ? ReasonCode.UNKNOWN_ENUM : ReasonCode.OK;
  }

  private static ReasonCode check(final SetLeverageDecoder command) {
    return (command.instrumentId() | command.leverageE2()) < 0 ? ReasonCode.OUT_OF_RANGE : ReasonCode.OK;
  }

  private static ReasonCode check(final AdjustMarginDecoder command) {
    if (FieldCheck.isUnknown(command.positionSide(), PositionSide.SBE_UNKNOWN, PositionSide.NULL_VAL)) {
      return ReasonCode.UNKNOWN_ENUM;
    }
    return FieldCheck.id(command.instrumentId());
  }
}
