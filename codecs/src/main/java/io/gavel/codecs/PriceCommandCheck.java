package io.gavel.codecs;

import io.gavel.codecs.sbe.FundingRule;
import io.gavel.codecs.sbe.MarkRuleKind;
import io.gavel.codecs.sbe.PriceQuoteDecoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetFundingDecoder;
import io.gavel.codecs.sbe.SetInterestDecoder;
import io.gavel.codecs.sbe.SetOptionVolatilityDecoder;
import io.gavel.codecs.sbe.SetPortfolioMarginDecoder;
import io.gavel.codecs.sbe.SetPriceRuleDecoder;
import org.agrona.DirectBuffer;

/**
 * Field ranges of the commands about indices, marks, funding, interest and option values. The body's size is already
 * checked. One thread at a time.
 */
final class PriceCommandCheck {

  private final SetPriceRuleDecoder rule = new SetPriceRuleDecoder();
  private final PriceQuoteDecoder quote = new PriceQuoteDecoder();
  private final SetFundingDecoder funding = new SetFundingDecoder();
  private final SetInterestDecoder interest = new SetInterestDecoder();
  private final SetOptionVolatilityDecoder volatility = new SetOptionVolatilityDecoder();
  private final SetPortfolioMarginDecoder portfolio = new SetPortfolioMarginDecoder();
  private final LiquidationCommandCheck liquidation = new LiquidationCommandCheck();

  static int blockLength(final int templateId) {
    return switch (templateId) {
      case SetPriceRuleDecoder.TEMPLATE_ID -> SetPriceRuleDecoder.BLOCK_LENGTH;
      case PriceQuoteDecoder.TEMPLATE_ID -> PriceQuoteDecoder.BLOCK_LENGTH;
      case SetFundingDecoder.TEMPLATE_ID -> SetFundingDecoder.BLOCK_LENGTH;
      case SetInterestDecoder.TEMPLATE_ID -> SetInterestDecoder.BLOCK_LENGTH;
      case SetOptionVolatilityDecoder.TEMPLATE_ID -> SetOptionVolatilityDecoder.BLOCK_LENGTH;
      case SetPortfolioMarginDecoder.TEMPLATE_ID -> SetPortfolioMarginDecoder.BLOCK_LENGTH;
      default -> LiquidationCommandCheck.blockLength(templateId);
    };
  }

  ReasonCode check(final DirectBuffer buffer, final int body, final int templateId) {
    return switch (templateId) {
      case SetPriceRuleDecoder.TEMPLATE_ID -> check(rule.wrap(
          buffer, body, SetPriceRuleDecoder.BLOCK_LENGTH, SetPriceRuleDecoder.SCHEMA_VERSION));
      case PriceQuoteDecoder.TEMPLATE_ID -> check(quote.wrap(
          buffer, body, PriceQuoteDecoder.BLOCK_LENGTH, PriceQuoteDecoder.SCHEMA_VERSION));
      case SetFundingDecoder.TEMPLATE_ID -> check(funding.wrap(
          buffer, body, SetFundingDecoder.BLOCK_LENGTH, SetFundingDecoder.SCHEMA_VERSION));
      case SetInterestDecoder.TEMPLATE_ID -> check(interest.wrap(
          buffer, body, SetInterestDecoder.BLOCK_LENGTH, SetInterestDecoder.SCHEMA_VERSION));
      case SetOptionVolatilityDecoder.TEMPLATE_ID -> check(volatility.wrap(
          buffer, body, SetOptionVolatilityDecoder.BLOCK_LENGTH, SetOptionVolatilityDecoder.SCHEMA_VERSION));
      case SetPortfolioMarginDecoder.TEMPLATE_ID -> check(portfolio.wrap(
          buffer, body, SetPortfolioMarginDecoder.BLOCK_LENGTH, SetPortfolioMarginDecoder.SCHEMA_VERSION));
      default -> liquidation.check(buffer, body, templateId);
    };
  }

  private static ReasonCode check(final SetPriceRuleDecoder command) {
    if (FieldCheck.isUnknown(command.markRule(), MarkRuleKind.SBE_UNKNOWN, MarkRuleKind.NULL_VAL)) {
      return ReasonCode.UNKNOWN_ENUM;
    }
    final long signs = command.staleNs() | command.futureNs() | command.excludeNs() | command.readmitNs()
        | command.halfLifeNs() | command.windowNs() | command.raiseIntervalNs() | command.floorUnits()
        | command.ceilUnits() | command.instrumentId() | command.sourceId() | command.quorum();
    final boolean shares = FieldCheck.isShare(command.deviationE8()) && FieldCheck.isShare(command.readmitBandE8())
        && FieldCheck.isShare(command.confidenceMinE8()) && FieldCheck.isShare(command.moveMaxE8())
        && FieldCheck.isShare(command.bandE8()) && FieldCheck.isShare(command.raiseMaxE8());
    return signs < 0 || !shares ? ReasonCode.OUT_OF_RANGE : ReasonCode.OK;
  }

  private static ReasonCode check(final PriceQuoteDecoder command) {
    if (command.instrumentId() < 0 || command.sourceId() < 0 || command.sourceTimeNs() < 0
        || !FieldCheck.isShare(command.confidenceE8())) {
      return ReasonCode.OUT_OF_RANGE;
    }
    return command.priceUnits() <= 0 ? ReasonCode.PRICE_NOT_POSITIVE : ReasonCode.OK;
  }

  private static ReasonCode check(final SetFundingDecoder command) {
    if (FieldCheck.isUnknown(command.rule(), FundingRule.SBE_UNKNOWN, FundingRule.NULL_VAL)) {
      return ReasonCode.UNKNOWN_ENUM;
    }
    final long signs = command.intervalNs() | command.periodNs() | command.dampE10() | command.capE10()
        | command.stepMaxE10() | command.instrumentId();
    return signs < 0 ? ReasonCode.OUT_OF_RANGE : ReasonCode.OK;
  }

  private static ReasonCode check(final SetInterestDecoder command) {
    final long signs = command.intervalNs() | command.baseRateE10() | command.slopeE10() | command.slopeAboveE10()
        | command.assetId();
    final boolean shares = FieldCheck.isShare(command.kinkE8()) && FieldCheck.isShare(command.reserveE8());
    return signs < 0 || !shares ? ReasonCode.OUT_OF_RANGE : ReasonCode.OK;
  }

  private static ReasonCode check(final SetOptionVolatilityDecoder command) {
    return command.volatilityE8() > 0 && (command.instrumentId() | command.forwardInstrumentId()) >= 0
        ? ReasonCode.OK : ReasonCode.OUT_OF_RANGE;
  }

  private static ReasonCode check(final SetPortfolioMarginDecoder command) {
    return (command.instrumentId() | command.parameter()) < 0 ? ReasonCode.OUT_OF_RANGE : ReasonCode.OK;
  }
}
