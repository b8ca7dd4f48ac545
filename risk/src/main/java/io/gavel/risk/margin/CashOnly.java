package io.gavel.risk.margin;

import io.gavel.codecs.sbe.ReasonCode;

/** No credit: what is set aside must be free in full. */
public final class CashOnly implements MarginModel {

  @Override
  public ReasonCode check(final long freeUnits, final long neededUnits) {
    return neededUnits <= freeUnits ? ReasonCode.OK : ReasonCode.INSUFFICIENT_BALANCE;
  }
}
