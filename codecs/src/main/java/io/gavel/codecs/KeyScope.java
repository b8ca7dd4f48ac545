package io.gavel.codecs;

/** What a session key may be good for; a key holds a set of them as bits. The order is part of the journal. */
public enum KeyScope {

  /** Place, amend and cancel orders. */
  TRADE,
  /** Cancel orders and rules, at once, by countdown or with a session; nothing that opens anything. */
  CANCEL,
  /** Arm, amend and cancel auto-sell rules. */
  RULES,
  /** Ask for money to leave: hold it, or take that back. */
  WITHDRAW,
  /** Say what became of held money. */
  SETTLE,
  /** Bring money in. */
  DEPOSIT,
  /** Bring marks, index prices and prints in. */
  PRICES,
  /** Open assets, instruments and accounts; fees, limits, halts, market states, room. */
  OPERATOR,
  /** Grant and revoke keys, and set what needs two people. */
  SECURITY;

  /** All scopes that there are. */
  public static final int ALL_BITS = (1 << values().length) - 1;

  /** The bit of this scope. */
  public int bit() {
    return 1 << ordinal();
  }

  /** The bits of several. */
  public static int bits(final KeyScope... scopes) {
    int bits = 0;
    for (final KeyScope scope : scopes) {
      bits |= scope.bit();
    }
    return bits;
  }
}
