package io.gavel.engine.core;

import io.gavel.codecs.Invariants;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.PositionCause;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SessionState;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.StpMode;
import io.gavel.codecs.sbe.TimeInForce;
import io.gavel.engine.book.FillBuffer;
import io.gavel.engine.book.OrderBook;
import io.gavel.engine.book.OrderPool;
import io.gavel.risk.FillSettlement;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.TradeFacts;
import io.gavel.risk.TradeReversal;

/**
 * The one order that is taking liquidity now: matched, settled and told in chunks, then rested or closed. What a
 * chunk fires waits until the order is done. In a call phase it only finds its place; where its next trade would leave
 * the guard's band, the market goes into a call phase instead.
 */
final class Matching {

  static final long NO_BUDGET = OrderBook.NO_BUDGET;

  private final OrderPool pool;
  private final OrderTable orders;
  private final RiskEngine risk;
  private final FillBuffer fills;
  private final FillSettlement settlement = new FillSettlement();
  private final TradeFacts facts = new TradeFacts();
  private final KeptTrades trades;
  private final TradeReversal reversal;
  private final Rooms rooms;
  private final CoreClock clock;
  private final OrderEvents events;
  private final OrderLife orderLife;
  private final RuleLife ruleLife;
  private final PriceFlow prices;
  private final Sessions sessions;
  private final MarketEvents marketEvents;
  private final MarginEvents marginEvents;
  private final LimitWatch limitWatch;
  private boolean active;
  private boolean quiet;
  private int taker;
  private int instrumentId;
  private int limitTicks;
  private int guardedTicks;
  private long budgetUnits;
  private int lastFillTicks;
  private ReasonCode takerEnd = ReasonCode.OK;

  Matching(final Rooms rooms, final OrderEvents events, final MarketEvents marketEvents,
      final MarginEvents marginEvents, final OrderLife orderLife, final RuleLife ruleLife,
      final PriceFlow prices, final LimitWatch limitWatch) {
    this.rooms = rooms;
    this.limitWatch = limitWatch;
    this.marketEvents = marketEvents;
    this.marginEvents = marginEvents;
    sessions = rooms.sessions;
    clock = rooms.clock;
    pool = rooms.pool;
    orders = rooms.orders;
    risk = rooms.risk;
    fills = rooms.fills;
    trades = rooms.remedies.trades;
    reversal = rooms.risk.reversal();
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
    instrumentId = orders.instrumentId(slot);
    limitTicks = limitPriceTicks;
    guardedTicks = sessions.guardedTicks(instrumentId, pool.side(slot), limitPriceTicks);
    budgetUnits = notionalBudgetUnits;
    lastFillTicks = 0;
    takerEnd = ReasonCode.OK;
  }

  /** An order of a market that trades has another place without taking anything. */
  void moved(final OrderBook book) {
    Invariants.check(!active, "an order moves while another takes: instrument, taker", book.instrumentId(), taker);
    prices.bookChanged(book, book.instrumentId());
    prices.queueFired();
  }

  /** One chunk, or finding a place where nothing can be taken. */
  void step() {
    final OrderBook book = rooms.book(instrumentId);
    if (!sessions.isTrading(instrumentId)) {
      active = false;
      book.restInCall(taker);
      changed(book);
      return;
    }
    if (NO_BUDGET == budgetUnits && guardedTicks == limitTicks && rests(taker) && book.restUnlessCrossing(taker)) {
      active = false;
      changed(book);
      return;
    }
    final StpMode stpMode = orders.stpMode(taker);
    final boolean done = book.match(taker, guardedTicks, stpMode, budgetUnits, fills);
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
      changed(book);
    }
  }

  private void changed(final OrderBook book) {
    if (!quiet) {
      prices.bookChanged(book, instrumentId);
    }
    prices.queueFired();
  }

  private void take(final int entry) {
    final int maker = fills.makerSlot(entry);
    switch (fills.kind(entry)) {
      case TRADE -> {
        trade(entry, Flag.NO);
        printed(fills.priceTicks(entry));
        prices.traded(instrumentId, fills.lots(entry));
      }
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

  /** One side of a trade is done with its lots when it has none open; only a resting one is closed here. */
  private void trade(final int entry, final Flag auction) {
    final long lots = fills.lots(entry);
    final int maker = fills.makerSlot(entry);
    final int counterparty = fills.takerSlot(entry);
    final boolean counts = limitWatch.countsLosses();
    final long makerUnits = counts ? limitWatch.realisedUnits(maker) : 0;
    final long counterpartyUnits = counts ? limitWatch.realisedUnits(counterparty) : 0;
    final boolean kept = 0 != trades.capacity();
    if (kept) {
      beforeKept(maker, counterparty);
    }
    risk.settleFill(orders.reservation(maker), orders.reservation(counterparty), instrumentId,
        pool.side(counterparty), fills.priceTicks(entry), lots, settlement);
    events.trade(fills, entry, settlement, auction);
    rooms.algos.market.traded(instrumentId, lots);
    if (kept) {
      reversal.after(facts, pool.side(counterparty), fills.priceTicks(entry), lots, settlement);
      trades.keep(rooms.ids.lastTrade(), facts);
    }
    if (rooms.instrument(instrumentId).isContract()) {
      final boolean makerSells = Side.SELL == pool.side(maker);
      marginEvents.positionChanged(settlement.makerPosition, makerSells ? -lots : lots,
          settlement.makerRealisedUnits, PositionCause.FILL);
      marginEvents.positionChanged(settlement.takerPosition, makerSells ? lots : -lots,
          settlement.takerRealisedUnits, PositionCause.FILL);
    }
    rooms.guard.accountChanged(orders.accountSlot(maker));
    rooms.guard.accountChanged(orders.accountSlot(counterparty));
    if (counts) {
      limitWatch.filled(maker, makerUnits);
      limitWatch.filled(counterparty, counterpartyUnits);
    }
    account(maker, lots, settlement.makerFeeUnits);
    account(counterparty, lots, settlement.takerFeeUnits);
    if (0 == fills.makerOpenLots(entry)) {
      orderLife.close(maker, ReasonCode.FILLED);
    }
  }

  private void beforeKept(final int maker, final int counterparty) {
    final boolean makerSells = Side.SELL == pool.side(maker);
    final int seller = orders.reservation(makerSells ? maker : counterparty);
    final int buyer = orders.reservation(makerSells ? counterparty : maker);
    reversal.before(facts, instrumentId, seller, buyer, positionSide(seller), positionSide(buyer));
  }

  private PositionSide positionSide(final int reservation) {
    return rooms.instrument(instrumentId).isContract()
        ? risk.contracts().side(risk.positionOf(reservation)) : PositionSide.NET;
  }

  private void printed(final int priceTicks) {
    if (priceTicks != lastFillTicks) {
      lastFillTicks = priceTicks;
      prices.printed(instrumentId, priceTicks);
    }
  }

  /** Settles one chunk of an uncrossing, in which both sides rest; its price is printed when all of it is done. */
  void settleUncross(final int uncrossedInstrumentId) {
    Invariants.check(!active, "an auction uncrosses while an order takes: slot, instrument", taker,
        uncrossedInstrumentId);
    instrumentId = uncrossedInstrumentId;
    final int count = fills.size();
    for (int entry = 0; entry < count; entry++) {
      trade(entry, Flag.YES);
      if (0 == fills.takerOpenLots(entry)) {
        orderLife.close(fills.takerSlot(entry), ReasonCode.FILLED);
      }
    }
  }

  private void account(final int slot, final long lots, final long feeUnits) {
    orders.addFill(slot, lots, settlement.notionalUnits, feeUnits);
    rooms.relations.touched(orders.accountSlot(slot));
    if (orders.isRuleChild(slot)) {
      ruleLife.filled(orders.ruleSlot(slot), lots, OrdType.LIMIT == orders.ordType(slot));
    }
  }

  /** Self-trade prevention took lots away from an order that lives on. */
  private void reduced(final int slot, final long openLots, final long byLots) {
    orders.quantityLots(slot, orders.quantityLots(slot) - byLots);
    if (orders.isRuleChild(slot)) {
      ruleLife.childReduced(orders.ruleSlot(slot), byLots);
    } else {
      risk.reduce(orders.reservation(slot), openLots);
    }
    // Not the pool's open lots: those of a taker are already what the whole chunk has left of it.
    events.amended(slot, openLots, pool.priceTicks(slot), true, ReasonCode.CANCELLED_SELF_TRADE);
  }

  private void finish(final OrderBook book) {
    final boolean byQuote = NO_BUDGET != budgetUnits;
    final boolean isDone = byQuote ? isSpent(book) : 0 == pool.openLots(taker);
    if (ReasonCode.OK != takerEnd) {
      orderLife.close(taker, takerEnd);
      return;
    }
    if (isDone) {
      orderLife.close(taker, ReasonCode.FILLED);
      return;
    }
    final boolean interrupts = guardedTicks != limitTicks && book.wouldCross(pool.side(taker), limitTicks);
    if (interrupts) {
      interrupt();
    }
    if (byQuote || !rests(taker)) {
      orderLife.close(taker, ReasonCode.CANCELLED_IOC_REST);
    } else if (interrupts) {
      book.restInCall(taker);
    } else {
      book.rest(taker);
    }
  }

  private void interrupt() {
    final SessionState from = sessions.state(instrumentId);
    sessions.interrupt(instrumentId, clock.timeNs());
    marketEvents.sessionChanged(instrumentId, from, SessionState.AUCTION, sessions.callEndTimesNs[instrumentId],
        ReasonCode.SESSION_VOLATILITY);
  }

  /** A quote amount is spent when it bought something and the next lot costs more than is left. */
  private boolean isSpent(final OrderBook book) {
    final int askTicks = book.bestAskTicks();
    return orders.filledLots(taker) > 0 && ((0 != askTicks && askTicks <= guardedTicks)
        || budgetUnits < (long) lastFillTicks * quoteUnitsPerTickLot());
  }

  private long quoteUnitsPerTickLot() {
    return rooms.instrument(instrumentId).quoteUnitsPerTickLot();
  }

  private boolean rests(final int slot) {
    final TimeInForce timeInForce = orders.timeInForce(slot);
    return TimeInForce.IOC != timeInForce && TimeInForce.FOK != timeInForce;
  }
}
