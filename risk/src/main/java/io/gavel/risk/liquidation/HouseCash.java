package io.gavel.risk.liquidation;

import io.gavel.risk.ledger.SystemAccount;

/** Positions and money behind a liquidation, as the house keeps them. All amounts are settle units of an instrument. */
public interface HouseCash {

  /**
   * Lots go from one position to another of the same contract at a value: the first sells them when above zero and buys
   * when below. What it realises is booked on either side.
   */
  void exchange(int fromPosition, int toPosition, long lots, long valueUnits);

  /** The one-way position of an account that has room for it. */
  int openPosition(int accountSlot, int instrumentId);

  /** Moves an amount, above zero, from an account of the house to the free money of an account. */
  void payIn(SystemAccount from, int accountSlot, int assetId, long amountUnits);

  /** All who have lots of the instrument of a position owe a loss, above zero, together, but not the position; F-46. */
  void shareLoss(int exemptPosition, long lossUnits);

  /** What an account of the house has. */
  long fundUnits(SystemAccount account, int assetId);

  /** What backs a position at its mark, its result included: the account's equity, or its own where it is isolated. */
  long backingUnits(int position);

  /** What a position has gained at its mark, or lost below zero. */
  long gainUnits(int position);

  /** What a position is worth at its mark, without sign; rounded against its owner. */
  long markValueUnits(int position);
}
