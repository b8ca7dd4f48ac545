package io.gavel.engine;

import io.gavel.codecs.sbe.HouseFund;
import io.gavel.codecs.sbe.RemedyCause;
import org.jspecify.annotations.Nullable;

/**
 * Why a trade is put right or harm is paid for, and out of which fund. Amounts are decimals in units of the asset.
 * Reusable. One thread.
 */
public final class RemedyTicket {

  HouseFund fund = HouseFund.INSURANCE;
  RemedyCause cause = RemedyCause.OTHER;
  @Nullable String evidence;
  @Nullable String fundMax;
  @Nullable String fundBaseMax;
  @Nullable String bestPx;
  long tradeId;

  /** Whose money pays what a party does not have any more, and harm. */
  public RemedyTicket fund(final HouseFund newFund) {
    fund = newFund;
    return this;
  }

  public RemedyTicket cause(final RemedyCause newCause) {
    cause = newCause;
    return this;
  }

  /** Where it can be looked up: up to 32 printable characters without blanks. It must be there. */
  public RemedyTicket evidence(final String reference) {
    evidence = reference;
    return this;
  }

  /** What the fund may have paid for remedies in all, this one included; none: nothing. */
  public RemedyTicket fundMax(final String amount) {
    fundMax = amount;
    return this;
  }

  /** Likewise in the base asset, for a bust in spot. */
  public RemedyTicket fundBaseMax(final String amount) {
    fundBaseMax = amount;
    return this;
  }

  /** The trade that did the harm, and the best price it could have had: no more is paid than the difference. */
  public RemedyTicket trade(final long harmfulTradeId, final String px) {
    tradeId = harmfulTradeId;
    bestPx = px;
    return this;
  }
}
