package io.gavel.engine.core;

import io.gavel.codecs.DualCommand;
import io.gavel.codecs.KeyScope;
import io.gavel.codecs.sbe.AdjustMarginDecoder;
import io.gavel.codecs.sbe.AdjustTradeDecoder;
import io.gavel.codecs.sbe.AdvanceTimeDecoder;
import io.gavel.codecs.sbe.AmendOrderDecoder;
import io.gavel.codecs.sbe.AmendRuleDecoder;
import io.gavel.codecs.sbe.ApproveDecoder;
import io.gavel.codecs.sbe.ArmRuleDecoder;
import io.gavel.codecs.sbe.BustTradeDecoder;
import io.gavel.codecs.sbe.CancelAllAfterDecoder;
import io.gavel.codecs.sbe.CancelOnDisconnectDecoder;
import io.gavel.codecs.sbe.CancelOrderDecoder;
import io.gavel.codecs.sbe.CancelRuleDecoder;
import io.gavel.codecs.sbe.CompensateDecoder;
import io.gavel.codecs.sbe.CreateAccountDecoder;
import io.gavel.codecs.sbe.CreateAssetDecoder;
import io.gavel.codecs.sbe.CreateInstrumentDecoder;
import io.gavel.codecs.sbe.DegradedDecoder;
import io.gavel.codecs.sbe.DepositDecoder;
import io.gavel.codecs.sbe.DisconnectDecoder;
import io.gavel.codecs.sbe.EngineConfigDecoder;
import io.gavel.codecs.sbe.FundHouseDecoder;
import io.gavel.codecs.sbe.GrowCapacityDecoder;
import io.gavel.codecs.sbe.HoldFundsDecoder;
import io.gavel.codecs.sbe.MassCancelDecoder;
import io.gavel.codecs.sbe.PlaceOrderDecoder;
import io.gavel.codecs.sbe.PriceQuoteDecoder;
import io.gavel.codecs.sbe.RedeemTokenDecoder;
import io.gavel.codecs.sbe.ReleaseHoldDecoder;
import io.gavel.codecs.sbe.ReviewDecoder;
import io.gavel.codecs.sbe.SelfExcludeDecoder;
import io.gavel.codecs.sbe.SetAccountLimitsDecoder;
import io.gavel.codecs.sbe.SetAccountModeDecoder;
import io.gavel.codecs.sbe.SetAccountProfileDecoder;
import io.gavel.codecs.sbe.SetCollateralDecoder;
import io.gavel.codecs.sbe.SetFeesDecoder;
import io.gavel.codecs.sbe.SetFundingDecoder;
import io.gavel.codecs.sbe.SetInterestDecoder;
import io.gavel.codecs.sbe.SetHaltDecoder;
import io.gavel.codecs.sbe.SetLeverageDecoder;
import io.gavel.codecs.sbe.SetLimitsDecoder;
import io.gavel.codecs.sbe.SetLiquidationDecoder;
import io.gavel.codecs.sbe.SetMarginDecoder;
import io.gavel.codecs.sbe.SetOptionVolatilityDecoder;
import io.gavel.codecs.sbe.SetPoolDecoder;
import io.gavel.codecs.sbe.SetPortfolioMarginDecoder;
import io.gavel.codecs.sbe.SetPriceDecoder;
import io.gavel.codecs.sbe.SetPriceRuleDecoder;
import io.gavel.codecs.sbe.SetRiskLimitsDecoder;
import io.gavel.codecs.sbe.SetSessionDecoder;
import io.gavel.codecs.sbe.SetSignalDecoder;
import io.gavel.codecs.sbe.SetTokenDecoder;
import io.gavel.codecs.sbe.SetVolatilityGuardDecoder;
import io.gavel.codecs.sbe.SettleHoldDecoder;
import io.gavel.codecs.sbe.SettleInstrumentDecoder;
import io.gavel.codecs.sbe.SubscribeTokenDecoder;
import io.gavel.codecs.sbe.TapePrintDecoder;

/**
 * Which scopes a kind of command needs one of, where it names its instrument, and whether two people can be asked for
 * it. A kind that is not listed needs the highest scope and counts as being about every instrument.
 */
final class CommandScopes {

  /** The command is about no instrument. */
  static final int NONE = -1;
  /** The command is about all instruments, or the house. */
  static final int ALL = -2;
  /** The command names an order, and so the order's instrument. */
  static final int OF_ORDER = -3;
  static final int OF_RULE = -4;

  private static final int TEMPLATES = 64;
  private static final int[] SCOPES = new int[TEMPLATES];
  /** Offset of the instrument's id in the body, or one of the above. */
  private static final int[] INSTRUMENTS = new int[TEMPLATES];
  private static long dualBits;

  static {
    for (int templateId = 0; templateId < TEMPLATES; templateId++) {
      put(templateId, ALL, KeyScope.SECURITY);
    }
    put(PlaceOrderDecoder.TEMPLATE_ID, PlaceOrderDecoder.instrumentIdEncodingOffset(), KeyScope.TRADE);
    put(AmendOrderDecoder.TEMPLATE_ID, OF_ORDER, KeyScope.TRADE);
    put(SetLeverageDecoder.TEMPLATE_ID, SetLeverageDecoder.instrumentIdEncodingOffset(), KeyScope.TRADE);
    put(AdjustMarginDecoder.TEMPLATE_ID, AdjustMarginDecoder.instrumentIdEncodingOffset(), KeyScope.TRADE);
    put(CancelOrderDecoder.TEMPLATE_ID, OF_ORDER, KeyScope.TRADE, KeyScope.CANCEL);
    put(ArmRuleDecoder.TEMPLATE_ID, ArmRuleDecoder.instrumentIdEncodingOffset(), KeyScope.RULES);
    put(AmendRuleDecoder.TEMPLATE_ID, OF_RULE, KeyScope.RULES);
    put(CancelRuleDecoder.TEMPLATE_ID, OF_RULE, KeyScope.RULES, KeyScope.CANCEL);
    // What these three cancel is in their body; see Authority.
    put(MassCancelDecoder.TEMPLATE_ID, MassCancelDecoder.instrumentIdEncodingOffset(), KeyScope.TRADE,
        KeyScope.RULES, KeyScope.CANCEL);
    put(CancelAllAfterDecoder.TEMPLATE_ID, ALL, KeyScope.TRADE, KeyScope.RULES, KeyScope.CANCEL);
    put(CancelOnDisconnectDecoder.TEMPLATE_ID, ALL, KeyScope.TRADE, KeyScope.RULES, KeyScope.CANCEL);
    put(SubscribeTokenDecoder.TEMPLATE_ID, SubscribeTokenDecoder.instrumentIdEncodingOffset(), KeyScope.TRADE);
    put(RedeemTokenDecoder.TEMPLATE_ID, RedeemTokenDecoder.instrumentIdEncodingOffset(), KeyScope.TRADE);
    put(HoldFundsDecoder.TEMPLATE_ID, NONE, KeyScope.WITHDRAW);
    put(ReleaseHoldDecoder.TEMPLATE_ID, NONE, KeyScope.WITHDRAW, KeyScope.SETTLE);
    put(SettleHoldDecoder.TEMPLATE_ID, NONE, KeyScope.SETTLE);
    put(DepositDecoder.TEMPLATE_ID, NONE, KeyScope.DEPOSIT);
    put(SetPriceDecoder.TEMPLATE_ID, SetPriceDecoder.instrumentIdEncodingOffset(), KeyScope.PRICES);
    put(PriceQuoteDecoder.TEMPLATE_ID, PriceQuoteDecoder.instrumentIdEncodingOffset(), KeyScope.PRICES);
    put(SetSignalDecoder.TEMPLATE_ID, SetSignalDecoder.instrumentIdEncodingOffset(), KeyScope.PRICES);
    put(SetPoolDecoder.TEMPLATE_ID, SetPoolDecoder.instrumentIdEncodingOffset(), KeyScope.PRICES);
    put(TapePrintDecoder.TEMPLATE_ID, TapePrintDecoder.instrumentIdEncodingOffset(), KeyScope.PRICES);
    // Whoever may act for the account may shut it out.
    put(SelfExcludeDecoder.TEMPLATE_ID, NONE, KeyScope.TRADE, KeyScope.CANCEL, KeyScope.OPERATOR);
    // Which scopes an approval needs, the command it approves says.
    put(ApproveDecoder.TEMPLATE_ID, NONE, KeyScope.values());
    operators();
    for (final DualCommand command : DualCommand.values()) {
      dualBits |= command.bit();
    }
  }

  private CommandScopes() {
  }

  private static void operators() {
    put(EngineConfigDecoder.TEMPLATE_ID, ALL, KeyScope.OPERATOR);
    put(AdvanceTimeDecoder.TEMPLATE_ID, ALL, KeyScope.OPERATOR);
    put(CreateAssetDecoder.TEMPLATE_ID, ALL, KeyScope.OPERATOR);
    put(CreateInstrumentDecoder.TEMPLATE_ID, CreateInstrumentDecoder.instrumentIdEncodingOffset(), KeyScope.OPERATOR);
    put(CreateAccountDecoder.TEMPLATE_ID, NONE, KeyScope.OPERATOR);
    put(SetAccountLimitsDecoder.TEMPLATE_ID, NONE, KeyScope.OPERATOR);
    put(SetMarginDecoder.TEMPLATE_ID, SetMarginDecoder.instrumentIdEncodingOffset(), KeyScope.OPERATOR);
    put(SetCollateralDecoder.TEMPLATE_ID, ALL, KeyScope.OPERATOR);
    put(SetInterestDecoder.TEMPLATE_ID, ALL, KeyScope.OPERATOR);
    put(SetAccountModeDecoder.TEMPLATE_ID, NONE, KeyScope.OPERATOR);
    put(SetFeesDecoder.TEMPLATE_ID, SetFeesDecoder.instrumentIdEncodingOffset(), KeyScope.OPERATOR);
    put(SetLimitsDecoder.TEMPLATE_ID, SetLimitsDecoder.instrumentIdEncodingOffset(), KeyScope.OPERATOR);
    put(SetPriceRuleDecoder.TEMPLATE_ID, SetPriceRuleDecoder.instrumentIdEncodingOffset(), KeyScope.OPERATOR);
    put(SetFundingDecoder.TEMPLATE_ID, SetFundingDecoder.instrumentIdEncodingOffset(), KeyScope.OPERATOR);
    put(SetOptionVolatilityDecoder.TEMPLATE_ID, SetOptionVolatilityDecoder.instrumentIdEncodingOffset(),
        KeyScope.OPERATOR);
    put(SetPortfolioMarginDecoder.TEMPLATE_ID, SetPortfolioMarginDecoder.instrumentIdEncodingOffset(),
        KeyScope.OPERATOR);
    put(SetHaltDecoder.TEMPLATE_ID, SetHaltDecoder.instrumentIdEncodingOffset(), KeyScope.OPERATOR);
    put(SetSessionDecoder.TEMPLATE_ID, SetSessionDecoder.instrumentIdEncodingOffset(), KeyScope.OPERATOR);
    put(SetVolatilityGuardDecoder.TEMPLATE_ID, SetVolatilityGuardDecoder.instrumentIdEncodingOffset(),
        KeyScope.OPERATOR);
    put(DegradedDecoder.TEMPLATE_ID, ALL, KeyScope.OPERATOR);
    put(DisconnectDecoder.TEMPLATE_ID, ALL, KeyScope.OPERATOR);
    put(GrowCapacityDecoder.TEMPLATE_ID, ALL, KeyScope.OPERATOR);
    put(FundHouseDecoder.TEMPLATE_ID, NONE, KeyScope.OPERATOR);
    put(SetLiquidationDecoder.TEMPLATE_ID, SetLiquidationDecoder.instrumentIdEncodingOffset(), KeyScope.OPERATOR);
    put(SettleInstrumentDecoder.TEMPLATE_ID, SettleInstrumentDecoder.instrumentIdEncodingOffset(), KeyScope.OPERATOR);
    put(SetTokenDecoder.TEMPLATE_ID, SetTokenDecoder.instrumentIdEncodingOffset(), KeyScope.OPERATOR);
    put(SetRiskLimitsDecoder.TEMPLATE_ID, SetRiskLimitsDecoder.instrumentIdEncodingOffset(), KeyScope.OPERATOR);
    put(SetAccountProfileDecoder.TEMPLATE_ID, NONE, KeyScope.OPERATOR);
    put(ReviewDecoder.TEMPLATE_ID, NONE, KeyScope.OPERATOR);
    put(BustTradeDecoder.TEMPLATE_ID, BustTradeDecoder.instrumentIdEncodingOffset(), KeyScope.OPERATOR);
    put(AdjustTradeDecoder.TEMPLATE_ID, AdjustTradeDecoder.instrumentIdEncodingOffset(), KeyScope.OPERATOR);
    put(CompensateDecoder.TEMPLATE_ID, NONE, KeyScope.OPERATOR);
  }

  private static void put(final int templateId, final int instrument, final KeyScope... scopes) {
    SCOPES[templateId] = KeyScope.bits(scopes);
    INSTRUMENTS[templateId] = instrument;
  }

  /** Bits of the scopes of which a key needs one. */
  static int scopes(final int templateId) {
    return SCOPES[listed(templateId)];
  }

  static int instrument(final int templateId) {
    return INSTRUMENTS[listed(templateId)];
  }

  /** A template that no array has room for is as unknown as one that nobody listed. */
  private static int listed(final int templateId) {
    return templateId < TEMPLATES ? templateId : 0;
  }

  /** Bits of the templates for which two people can be asked. */
  static long dualBits() {
    return dualBits;
  }

  /** Whether a cancel is asked for, which no rate holds up. */
  static boolean isCancel(final int templateId) {
    return switch (templateId) {
      case CancelOrderDecoder.TEMPLATE_ID, CancelRuleDecoder.TEMPLATE_ID, MassCancelDecoder.TEMPLATE_ID,
          CancelAllAfterDecoder.TEMPLATE_ID, CancelOnDisconnectDecoder.TEMPLATE_ID -> true;
      default -> false;
    };
  }
}
