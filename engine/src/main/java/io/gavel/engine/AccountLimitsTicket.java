package io.gavel.engine;

/** The limits of an account, all of them at once; what is not said is no limit. */
public final class AccountLimitsTicket {

  long stpGroup;
  int openOrdersMax;
  int openRulesMax;
  int ratePerSecond;
  int rateBurst;

  AccountLimitsTicket() {
  }

  /** Self-trade prevention acts between all accounts of a group; 0: on the account alone. */
  public AccountLimitsTicket stpGroup(final long group) {
    stpGroup = group;
    return this;
  }

  /** Open orders of the account's own; those of its rules do not count. */
  public AccountLimitsTicket openOrdersMax(final int orders) {
    openOrdersMax = orders;
    return this;
  }

  /** Rules that have not ended. */
  public AccountLimitsTicket openRulesMax(final int rules) {
    openRulesMax = rules;
    return this;
  }

  /** Orders, dearer or larger amendments, and rules a second, {@code burst} of them at once; cancels are free. */
  public AccountLimitsTicket rate(final int perSecond, final int burst) {
    ratePerSecond = perSecond;
    rateBurst = burst;
    return this;
  }
}
