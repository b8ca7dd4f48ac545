package io.gavel.risk.ledger;

/** Accounts of the house itself. Theirs are the only balances that may be negative; nothing of theirs is ever held. */
public enum SystemAccount {
  /** The world outside: minus what it has paid in, net of what has left. */
  EXTERNAL(0),
  /** Fees taken, less rebates given. */
  FEES(1),
  /** The other side of every realised profit and loss: minus what all open positions have cost. */
  CLEARING(2),
  /** Funding on its way from who pays to who receives, and what rounding leaves of it. */
  FUNDING(3),
  /** The insurance fund: pays what bankrupt positions cannot. */
  INSURANCE(4),
  /** Ring-fenced money of the house behind positions it took over. */
  BACKSTOP(5),
  /** Minus what is lent to margin accounts. */
  LENDING(6),
  /** Losses shared by all on their way from who pays. */
  SOCIALISED(7),
  /** What backs leveraged tokens and synthetic assets: their holders are owed out of it, the rest is their backers'. */
  TOKENS(8);

  private final int code;

  SystemAccount(final int code) {
    this.code = code;
  }

  /** Names the account in snapshots; fixed for life. */
  public int code() {
    return code;
  }
}
