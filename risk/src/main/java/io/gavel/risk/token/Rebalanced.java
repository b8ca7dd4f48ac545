package io.gavel.risk.token;

/** What a rebalance did, for whoever tells it. A reusable holder, filled by {@link TokenBook}. One thread. */
public final class Rebalanced {

  public long navBeforeE6;
  public long navE6;
  public long leverageBeforeE8;
  public long exposureBeforeUnits;
  public long exposureUnits;
  public long tradedUnits;
  public long fromPriceUnits;
  public long priceUnits;
}
