package io.gavel.codecs;

import io.gavel.codecs.sbe.DeleveragePolicy;
import io.gavel.codecs.sbe.FundHouseDecoder;
import io.gavel.codecs.sbe.HouseFund;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReductionPolicy;
import io.gavel.codecs.sbe.SetLiquidationDecoder;
import io.gavel.codecs.sbe.SettleInstrumentDecoder;
import org.agrona.DirectBuffer;

/**
 * Field ranges of the commands about the funds of the house, about liquidation and about the end of a contract. The
 * body's size is already checked. One thread at a time.
 */
final class LiquidationCommandCheck {

  private static final int ONE_BPS = 10_000;
  private static final int ONE_E6 = 1_000_000;
  private static final int ATTEMPTS_MAX = 1_000;

  private final FundHouseDecoder fund = new FundHouseDecoder();
  private final SetLiquidationDecoder terms = new SetLiquidationDecoder();
  private final SettleInstrumentDecoder settle = new SettleInstrumentDecoder();
  private final LimitCommandCheck limits = new LimitCommandCheck();

  ReasonCode check(final DirectBuffer buffer, final int body, final int templateId) {
    return switch (templateId) {
      case FundHouseDecoder.TEMPLATE_ID -> check(fund.wrap(
          buffer, body, FundHouseDecoder.BLOCK_LENGTH, FundHouseDecoder.SCHEMA_VERSION));
      case SetLiquidationDecoder.TEMPLATE_ID -> check(terms.wrap(
          buffer, body, SetLiquidationDecoder.BLOCK_LENGTH, SetLiquidationDecoder.SCHEMA_VERSION));
      case SettleInstrumentDecoder.TEMPLATE_ID -> check(settle.wrap(
          buffer, body, SettleInstrumentDecoder.BLOCK_LENGTH, SettleInstrumentDecoder.SCHEMA_VERSION));
      default -> limits.check(buffer, body, templateId);
    };
  }

  static int blockLength(final int templateId) {
    return switch (templateId) {
      case FundHouseDecoder.TEMPLATE_ID -> FundHouseDecoder.BLOCK_LENGTH;
      case SetLiquidationDecoder.TEMPLATE_ID -> SetLiquidationDecoder.BLOCK_LENGTH;
      case SettleInstrumentDecoder.TEMPLATE_ID -> SettleInstrumentDecoder.BLOCK_LENGTH;
      default -> LimitCommandCheck.blockLength(templateId);
    };
  }

  private static ReasonCode check(final FundHouseDecoder command) {
    if (FieldCheck.isUnknown(command.fund(), HouseFund.SBE_UNKNOWN, HouseFund.NULL_VAL)) {
      return ReasonCode.UNKNOWN_ENUM;
    }
    // The smallest number has no counterpart above zero.
    return 0 == command.amountUnits() || Long.MIN_VALUE == command.amountUnits()
        ? ReasonCode.AMOUNT_NOT_POSITIVE : FieldCheck.id(command.assetId());
  }

  private static ReasonCode check(final SetLiquidationDecoder command) {
    if (FieldCheck.isUnknown(command.policy(), DeleveragePolicy.SBE_UNKNOWN, DeleveragePolicy.NULL_VAL)
        || FieldCheck.isUnknown(command.reduction(), ReductionPolicy.SBE_UNKNOWN, ReductionPolicy.NULL_VAL)) {
      return ReasonCode.UNKNOWN_ENUM;
    }
    final long signs = command.retryNs() | command.fundAccountMaxUnits() | command.fundMaxUnits()
        | command.fundIntervalMaxUnits() | command.intervalNs() | command.backstopLossMaxUnits()
        | command.collarBps() | command.depthShareBps() | command.partialBps() | command.attemptsMax()
        | command.insuranceFeeE6();
    if (signs < 0 || command.collarBps() >= ONE_BPS || command.depthShareBps() > ONE_BPS
        || command.partialBps() > ONE_BPS || command.attemptsMax() > ATTEMPTS_MAX
        || command.insuranceFeeE6() > ONE_E6) {
      return ReasonCode.LIQUIDATION_INVALID;
    }
    return command.backstopAccount() < 0 ? ReasonCode.OUT_OF_RANGE : FieldCheck.id(command.instrumentId());
  }

  private static ReasonCode check(final SettleInstrumentDecoder command) {
    return command.priceUnits() <= 0 ? ReasonCode.PRICE_NOT_POSITIVE : FieldCheck.id(command.instrumentId());
  }
}
