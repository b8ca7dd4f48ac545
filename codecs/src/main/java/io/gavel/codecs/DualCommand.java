package io.gavel.codecs;

import io.gavel.codecs.sbe.DepositDecoder;
import io.gavel.codecs.sbe.FundHouseDecoder;
import io.gavel.codecs.sbe.GrantKeyDecoder;
import io.gavel.codecs.sbe.GrowCapacityDecoder;
import io.gavel.codecs.sbe.HoldFundsDecoder;
import io.gavel.codecs.sbe.RevokeKeyDecoder;
import io.gavel.codecs.sbe.SetAccountLimitsDecoder;
import io.gavel.codecs.sbe.SetAccountProfileDecoder;
import io.gavel.codecs.sbe.SetFeesDecoder;
import io.gavel.codecs.sbe.SetHaltDecoder;
import io.gavel.codecs.sbe.SetLimitsDecoder;
import io.gavel.codecs.sbe.SetRiskLimitsDecoder;
import io.gavel.codecs.sbe.SetSecurityDecoder;
import io.gavel.codecs.sbe.SetSessionDecoder;
import io.gavel.codecs.sbe.SetVolatilityGuardDecoder;
import io.gavel.codecs.sbe.SetLiquidationDecoder;
import io.gavel.codecs.sbe.SetTokenDecoder;
import io.gavel.codecs.sbe.SettleHoldDecoder;
import io.gavel.codecs.sbe.SettleInstrumentDecoder;

/** Commands for which two people can be asked: a house names those that it wants. */
public enum DualCommand {

  /** Money in, above what is small. */
  DEPOSIT(DepositDecoder.TEMPLATE_ID),
  /** Money on its way out, above what is small. */
  HOLD(HoldFundsDecoder.TEMPLATE_ID),
  /** Money out, above what is small. */
  SETTLE(SettleHoldDecoder.TEMPLATE_ID),
  FEES(SetFeesDecoder.TEMPLATE_ID),
  LIMITS(SetLimitsDecoder.TEMPLATE_ID),
  /** Lifting a halt; halting needs one person only. */
  UNHALT(SetHaltDecoder.TEMPLATE_ID),
  MARKET(SetSessionDecoder.TEMPLATE_ID),
  GUARD(SetVolatilityGuardDecoder.TEMPLATE_ID),
  CAPACITY(GrowCapacityDecoder.TEMPLATE_ID),
  ACCOUNT_LIMITS(SetAccountLimitsDecoder.TEMPLATE_ID),
  GRANT(GrantKeyDecoder.TEMPLATE_ID),
  REVOKE(RevokeKeyDecoder.TEMPLATE_ID),
  SECURITY(SetSecurityDecoder.TEMPLATE_ID),
  /** Money of the house itself, in and out. */
  HOUSE_FUND(FundHouseDecoder.TEMPLATE_ID),
  LIQUIDATION(SetLiquidationDecoder.TEMPLATE_ID),
  /** The end of a contract at a price. */
  SETTLE_INSTRUMENT(SettleInstrumentDecoder.TEMPLATE_ID),
  RISK_LIMITS(SetRiskLimitsDecoder.TEMPLATE_ID),
  PROFILE(SetAccountProfileDecoder.TEMPLATE_ID),
  TOKEN(SetTokenDecoder.TEMPLATE_ID);

  private final int templateId;

  DualCommand(final int templateId) {
    this.templateId = templateId;
  }

  /** The bit of this command in {@code SetSecurity.dualTemplates}. */
  public long bit() {
    return 1L << templateId;
  }
}
