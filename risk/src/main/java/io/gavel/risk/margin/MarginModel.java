package io.gavel.risk.margin;

import io.gavel.codecs.sbe.ReasonCode;

/** Says whether an account may set an amount aside. What is not there cannot be spent, whatever else secures it. */
public interface MarginModel {

  /**
   * Whether {@code neededUnits} of an asset can be set aside by an account with {@code freeUnits} of it, for an order
   * or on their way out of the house.
   *
   * @return {@link ReasonCode#OK} or the refusal
   */
  ReasonCode check(int accountSlot, int assetId, long freeUnits, long neededUnits);
}
