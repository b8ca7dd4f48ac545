package io.gavel.codecs;

import io.gavel.codecs.sbe.AdjustTradeDecoder;
import io.gavel.codecs.sbe.BustTradeDecoder;
import io.gavel.codecs.sbe.CompensateDecoder;
import io.gavel.codecs.sbe.HouseFund;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RemedyCause;
import io.gavel.codecs.sbe.Text32Decoder;
import org.agrona.DirectBuffer;

/**
 * Field ranges of the commands that put right what was wrong. None does without evidence. The body's size is already
 * checked. One thread at a time.
 */
final class RemedyCommandCheck {

  private final BustTradeDecoder bust = new BustTradeDecoder();
  private final AdjustTradeDecoder adjust = new AdjustTradeDecoder();
  private final CompensateDecoder compensate = new CompensateDecoder();

  ReasonCode check(final DirectBuffer buffer, final int body, final int templateId) {
    return switch (templateId) {
      case BustTradeDecoder.TEMPLATE_ID -> check(bust.wrap(
          buffer, body, BustTradeDecoder.BLOCK_LENGTH, BustTradeDecoder.SCHEMA_VERSION));
      case AdjustTradeDecoder.TEMPLATE_ID -> check(adjust.wrap(
          buffer, body, AdjustTradeDecoder.BLOCK_LENGTH, AdjustTradeDecoder.SCHEMA_VERSION));
      case CompensateDecoder.TEMPLATE_ID -> check(compensate.wrap(
          buffer, body, CompensateDecoder.BLOCK_LENGTH, CompensateDecoder.SCHEMA_VERSION));
      default -> ReasonCode.UNKNOWN_TEMPLATE;
    };
  }

  static int blockLength(final int templateId) {
    return switch (templateId) {
      case BustTradeDecoder.TEMPLATE_ID -> BustTradeDecoder.BLOCK_LENGTH;
      case AdjustTradeDecoder.TEMPLATE_ID -> AdjustTradeDecoder.BLOCK_LENGTH;
      case CompensateDecoder.TEMPLATE_ID -> CompensateDecoder.BLOCK_LENGTH;
      default -> CommandValidator.NULL_LENGTH;
    };
  }

  private static ReasonCode check(final BustTradeDecoder command) {
    final ReasonCode code = check(command.fund(), command.cause(), command.evidence());
    if (ReasonCode.OK != code) {
      return code;
    }
    return command.tradeId() <= 0 || command.instrumentId() <= 0
        || (command.fundMaxUnits() | command.fundBaseMaxUnits()) < 0 ? ReasonCode.OUT_OF_RANGE : ReasonCode.OK;
  }

  private static ReasonCode check(final AdjustTradeDecoder command) {
    final ReasonCode code = check(command.fund(), command.cause(), command.evidence());
    if (ReasonCode.OK != code) {
      return code;
    }
    if (command.priceTicks() <= 0) {
      return ReasonCode.PRICE_NOT_POSITIVE;
    }
    return command.tradeId() <= 0 || command.instrumentId() <= 0 || command.fundMaxUnits() < 0
        ? ReasonCode.OUT_OF_RANGE : ReasonCode.OK;
  }

  private static ReasonCode check(final CompensateDecoder command) {
    final ReasonCode code = check(command.fund(), command.cause(), command.evidence());
    if (ReasonCode.OK != code) {
      return code;
    }
    if (command.amountUnits() <= 0) {
      return ReasonCode.AMOUNT_NOT_POSITIVE;
    }
    final boolean namesTrade = 0 != command.tradeId();
    return command.key() <= 0 || command.fundMaxUnits() < 0 || command.tradeId() < 0 || command.assetId() <= 0
        || command.bestPriceTicks() < 0 || namesTrade != (0 != command.bestPriceTicks())
        ? ReasonCode.OUT_OF_RANGE : ReasonCode.OK;
  }

  private static ReasonCode check(final HouseFund fund, final RemedyCause cause, final Text32Decoder evidence) {
    if (FieldCheck.isUnknown(fund, HouseFund.SBE_UNKNOWN, HouseFund.NULL_VAL)
        || FieldCheck.isUnknown(cause, RemedyCause.SBE_UNKNOWN, RemedyCause.NULL_VAL)) {
      return ReasonCode.UNKNOWN_ENUM;
    }
    return FieldCheck.isName(evidence) ? ReasonCode.OK : ReasonCode.NAME_INVALID;
  }
}
