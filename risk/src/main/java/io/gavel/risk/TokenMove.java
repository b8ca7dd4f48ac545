package io.gavel.risk;

/** What tokens, or a backer's shares, were given or taken back for. A reusable holder. One thread. */
public final class TokenMove {

  /** What they are worth at the price, in quote units. */
  public long valueUnits;
  /** Paid for skew, to the pool. */
  public long premiumUnits;
  public long feeUnits;
  /** By the account, fee included; below zero to it. */
  public long paidUnits;
  /** Tokens or shares; below zero given back. */
  public long units;
  public long navE6;
  public long priceUnits;
  /** What all tokens that are out are worth, after it. */
  public long debtUnits;
}
