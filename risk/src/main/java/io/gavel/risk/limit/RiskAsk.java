package io.gavel.risk.limit;

import io.gavel.codecs.sbe.Side;

/** What the risk table is asked: one order as it would be. A reusable holder, filled by the caller. One thread. */
public final class RiskAsk {

  public int accountSlot;
  public int instrumentId;
  public Side side = Side.BUY;
  /** Open lots of the order if it is let in. */
  public long lots;
  /** Of these, what open orders count already: the order that is replaced. */
  public long replacedLots;
  /** The worst price of the order. */
  public int priceTicks;

  /** Result of a refusal: the row, from 1; 0 when it was not a row of the table. */
  public int row;
  /** Result of a refusal that ends by itself: when. */
  public long untilTimeNs;
}
