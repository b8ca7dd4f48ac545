package io.gavel.risk.ledger;

/** Accounts of the house itself. Theirs are the only balances that may be negative; nothing of theirs is ever held. */
public enum SystemAccount {
  /** The world outside: minus what it has paid in, net of what has left. */
  EXTERNAL(0),
  /** Fees taken, less rebates given. */
  FEES(1);

  private final int code;

  SystemAccount(final int code) {
    this.code = code;
  }

  /** Names the account in snapshots; fixed for life. */
  public int code() {
    return code;
  }
}
