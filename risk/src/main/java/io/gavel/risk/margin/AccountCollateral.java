package io.gavel.risk.margin;

import io.gavel.risk.money.Rounding;

/** What money backs positions with: all of it in units of one reference asset. */
public interface AccountCollateral {

  /** No single asset or position counts for more than this, so that sums of them cannot wrap. */
  long UNITS_MAX = 1L << 53;

  /** What the free balances of an account count for, less what it owes; debts rounded up, credits down. */
  long netUnits(int accountSlot);

  /** What an amount of an asset is worth; at most {@link #UNITS_MAX}. Without a price nothing, or the most when up. */
  long valueUnits(int assetId, long amountUnits, Rounding rounding);

  /** What a profit in an asset counts for before it is realised: its value times the best weight of the asset. */
  long profitUnits(int assetId, long amountUnits);

  /** Whether the asset counts at all, and has a price. */
  boolean counts(int assetId);

  /** Grows whenever the price or the weights of the asset changed. */
  long version(int assetId);
}
