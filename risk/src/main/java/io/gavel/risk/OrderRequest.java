package io.gavel.risk;

import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.Side;

/**
 * What an order asks of the risk engine, and what it was told. A reusable holder: the caller fills the first part,
 * {@link RiskEngine#checkOrder} and {@link RiskEngine#reserve} the second. One thread.
 */
public final class OrderRequest {

  public long account;
  public int instrumentId;
  public Side side = Side.BUY;
  /** A market order: no limit price, but a protection price that {@code checkOrder} works out. */
  public boolean market;
  /** 0 for a market order. */
  public int limitPriceTicks;
  /** Market order only; 0: the instrument's default. */
  public int protectionBps;
  /** 0 when {@link #quoteAmountUnits} counts. */
  public long quantityLots;
  /** Market buy only: money to spend, fees included; else 0. */
  public long quoteAmountUnits;
  /** Of a buy by quote amount, the lowest price it could trade at, as nothing else bounds its lots; 0: none known. */
  public int bestTicks;
  /** False for the child of a rule: it passes while the engine is degraded, and minimum sizes do not hold it up. */
  public boolean newRisk = true;
  /** Contracts only: which position; LONG or SHORT in hedge mode. */
  public PositionSide positionSide = PositionSide.NET;
  /** Contracts only: never more than the position has; of an order that may rest, less what other orders close. */
  public boolean reduceOnly;
  /** Contracts only: what is not traded at once stays in the book. */
  public boolean rests = true;

  /** Result of {@code checkOrder}: the worst price, the limit or the protection price. Input of {@code reserve}. */
  public int effectiveLimitTicks;
  /** Result of {@code checkOrder}: what a buy by quote amount may trade; Long.MAX_VALUE for an order in lots. */
  public long notionalBudgetUnits;
  /** Result of {@code reserve}: the reservation, or {@link RiskEngine#NULL_RESERVATION} when it was refused. */
  public int reservation = RiskEngine.NULL_RESERVATION;

  /** As new. */
  public OrderRequest clear() {
    account = 0;
    instrumentId = 0;
    side = Side.BUY;
    market = false;
    limitPriceTicks = 0;
    protectionBps = 0;
    quantityLots = 0;
    quoteAmountUnits = 0;
    bestTicks = 0;
    newRisk = true;
    positionSide = PositionSide.NET;
    reduceOnly = false;
    rests = true;
    effectiveLimitTicks = 0;
    notionalBudgetUnits = Long.MAX_VALUE;
    reservation = RiskEngine.NULL_RESERVATION;
    return this;
  }
}
