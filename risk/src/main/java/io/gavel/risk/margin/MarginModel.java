package io.gavel.risk.margin;

import io.gavel.codecs.sbe.ReasonCode;

/** Says whether an account may set aside an amount. Spot knows one model: what is not there cannot be spent. */
public sealed interface MarginModel permits CashOnly {

  /**
   * Whether {@code neededUnits} of an asset can be set aside by an account with {@code freeUnits} of it.
   *
   * @return {@link ReasonCode#OK} or the refusal
   */
  ReasonCode check(long freeUnits, long neededUnits);
}
