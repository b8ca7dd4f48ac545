package io.gavel.engine.core;

import io.gavel.codecs.Invariants;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.StpMode;
import io.gavel.codecs.sbe.TimeInForce;
import io.gavel.engine.book.FillBuffer;
import io.gavel.engine.book.OrderBook;
import io.gavel.engine.book.OrderPool;
import io.gavel.risk.FillSettlement;
import io.gavel.risk.RiskEngine;

/**
 * The one order that is taking liquidity now: matched, settled and told in chunks, then rested or closed. What a
 * chunk fires waits until the order is done.
 */
final class Matching {

  static final long NO_BUDGET = OrderBook.NO_BUDGET;

  private final OrderPool pool;
  private final OrderTable orders;
  private final RiskEngine risk;
  private final FillBuffer fills;
  private final FillSettlement settlement = new FillSettlement();
  private final Rooms rooms;
  private final OrderEvents events;
  private final OrderLife orderLife;
  private final RuleLife ruleLife;
  private final PriceFlow prices;
  private boolean active;
  private boolean quiet;
  private int taker;
  private int instrumentId;
  private int limitTicks;
  private long budgetUnits;
  private int lastFillTicks;
  private ReasonCode takerEnd = ReasonCode.OK;

  Matching(final Rooms rooms, final OrderEvents events, final OrderLife orderLife, final RuleLife ruleLife,
      final PriceFlow prices) {
    this.rooms = rooms;
    pool = rooms.pool;
    orders = rooms.orders;
    risk = rooms.risk;
    fills = rooms.fills;
    this.events = events;
    this.orderLife = orderLife;
    this.ruleLife = ruleLife;
    this.prices = prices;
  }

  boolean isActive() {
    return active;
  }

  /**
   * Makes an open order the taker.
   *
   * @param quietAfter whether best bid and ask are left for a later step of the same command to look at
   */
  void begin(final int slot, final int limitPriceTicks, final long notionalBudgetUnits, final boolean quietAfter) {
    Invariants.check(!active, "two takers: slot, other", slot, taker);
    active = true;
    quiet = quietAfter;
    taker = slot;
    instrumentId = orders.instrumentIds[slot];
    limitTicks = limitPriceTicks;
    budgetUnits = notionalBudgetUnits;
    lastFillTicks = 0;
    takerEnd = ReasonCode.OK;
  }

  /** One chunk. */
  void step() {
    final OrderBook book = rooms.book(instrumentId);
    final StpMode stpMode = orders.stpMode(taker);
    final boolean done = book.match(taker, limitTicks, stpMode, budgetUnits, fills);
    if (NO_BUDGET != budgetUnits) {
      budgetUnits = fills.notionalLeftUnits();
    }
    final int count = fills.size();
    for (int entry = 0; entry < count; entry++) {
      take(entry);
    }
    if (done) {
      active = false;
      finish(book);
      if (!quiet) {
        prices.bookChanged(book, instrumentId);
      }
      prices.queueFired();
    }
  }

  private void take(final int entry) {
    final int maker = fills.makerSlot(entry);
    switch (fills.kind(entry)) {
      case TRADE -> trade(entry, maker);
      case MAKER_CANCELLED -> orderLife.close(maker, ReasonCode.CANCELLED_SELF_TRADE);
      case MAKER_REDUCED -> reduced(maker, fills.makerOpenLots(entry), fills.lots(entry));
      case TAKER_CANCELLED -> takerEnd = ReasonCode.CANCELLED_SELF_TRADE;
      case TAKER_REDUCED -> {
        // A buy by quote amount has no lots to lose: its budget shrank, and what it holds is freed when it closes.
        if (NO_BUDGET == budgetUnits) {
          reduced(taker, fills.takerOpenLots(entry), fills.lots(entry));
        }
      }
      default -> Invariants.check(false, "unknown fill kind");
    }
  }

  private void trade(final int entry, final int maker) {
    final long lots = fills.lots(entry);
    final int priceTicks = fills.priceTicks(entry);
    risk.settleFill(orders.reservations[maker], orders.reservations[taker], instrumentId, pool.side(taker),
        priceTicks, lots, settlement);
    events.trade(taker, fills, entry, settlement);
    account(maker, lots, settlement.makerFeeUnits);
    account(taker, lots, settlement.takerFeeUnits);
    if (0 == fills.makerOpenLots(entry)) {
      orderLife.close(maker, ReasonCode.FILLED);
    }
    if (priceTicks != lastFillTicks) {
      lastFillTicks = priceTicks;
      prices.printed(instrumentId, priceTicks);
    }
  }

  private void account(final int slot, final long lots, final long feeUnits) {
    orders.filledLots[slot] += lots;
    orders.filledNotionalUnits[slot] += settlement.notionalUnits;
    orders.feeUnits[slot] += feeUnits;
    if (orders.isRuleChild(slot)) {
      ruleLife.filled(orders.ruleSlots[slot], lots, OrdType.LIMIT == orders.ordType(slot));
    }
  }

  /** Self-trade prevention took lots away from an order that lives on. */
  private void reduced(final int slot, final long openLots, final long byLots) {
    orders.quantityLots[slot] -= byLots;
    if (!orders.isRuleChild(slot)) {
      risk.reduce(orders.reservations[slot], openLots);
    }
    // Not the pool's open lots: those of a taker are already what the whole chunk has left of it.
    events.amended(slot, openLots, pool.priceTicks(slot), true, ReasonCode.CANCELLED_SELF_TRADE);
  }

  private void finish(final OrderBook book) {
    final boolean byQuote = NO_BUDGET != budgetUnits;
    if (ReasonCode.OK != takerEnd) {
      orderLife.close(taker, takerEnd);
    } else if (byQuote) {
      orderLife.close(taker, isSpent(book) ? ReasonCode.FILLED : ReasonCode.CANCELLED_IOC_REST);
    } else if (0 == pool.openLots(taker)) {
      orderLife.close(taker, ReasonCode.FILLED);
    } else if (rests(taker)) {
      book.rest(taker);
    } else {
      orderLife.close(taker, ReasonCode.CANCELLED_IOC_REST);
    }
  }

  /** A quote amount is spent when it bought something and the next lot costs more than is left. */
  private boolean isSpent(final OrderBook book) {
    final int askTicks = book.bestAskTicks();
    return orders.filledLots[taker] > 0 && ((0 != askTicks && askTicks <= limitTicks)
        || budgetUnits < (long) lastFillTicks * quoteUnitsPerTickLot());
  }

  private long quoteUnitsPerTickLot() {
    return rooms.instrument(instrumentId).quoteUnitsPerTickLot();
  }

  private boolean rests(final int slot) {
    final TimeInForce timeInForce = orders.timeInForce(slot);
    return TimeInForce.GTC == timeInForce || TimeInForce.GTD == timeInForce;
  }
}
