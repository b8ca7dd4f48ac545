package io.gavel.adapters.cli;

import java.util.List;

/** Names of the commands by template id, as the schema gives them. */
final class CommandNames {

  private static final List<String> NAMES = List.of("?", "EngineConfig", "AdvanceTime", "CreateAsset",
      "CreateInstrument", "CreateAccount", "Deposit", "HoldFunds", "SettleHold", "ReleaseHold", "PlaceOrder",
      "CancelOrder", "MassCancel", "AmendOrder", "ArmRule", "CancelRule", "AmendRule", "SetPrice", "TapePrint",
      "SetFees", "SetLimits", "SetHalt", "Degraded", "SetSession", "SetVolatilityGuard", "CancelAllAfter",
      "CancelOnDisconnect", "Disconnect", "GrowCapacity", "SetAccountLimits", "Quarantine", "template 31",
      "GrantKey", "RevokeKey", "SetSecurity", "Approve", "SetMargin", "SetCollateral", "SetAccountMode", "SetLeverage",
      "AdjustMargin", "SetPriceRule", "PriceQuote", "SetFunding", "SetInterest", "SetRiskLimits",
      "SetAccountProfile", "SelfExclude", "FundHouse", "SetLiquidation", "SettleInstrument", "SetOptionVolatility",
      "SetPortfolioMargin", "SetToken", "SubscribeToken", "RedeemToken", "SetSignal", "SetPool", "Review",
      "template 59", "template 60", "BustTrade", "AdjustTrade", "Compensate");

  private CommandNames() {
  }

  static String of(final int templateId) {
    return templateId > 0 && templateId < NAMES.size() ? NAMES.get(templateId) : "template " + templateId;
  }
}
