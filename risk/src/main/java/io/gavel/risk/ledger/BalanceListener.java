package io.gavel.risk.ledger;

import io.gavel.codecs.sbe.BalanceCause;

/** Hears of money that comes or goes without a command for it: accruals that are settled when something is touched. */
public interface BalanceListener {

  /** Called behind the movement, for each of them; must not move money itself. */
  void moved(int accountSlot, int assetId, long changeUnits, BalanceCause cause);
}
