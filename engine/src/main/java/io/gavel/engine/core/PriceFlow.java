package io.gavel.engine.core;

import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.PriceState;
import io.gavel.codecs.sbe.SessionState;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.Signal;
import io.gavel.engine.book.AuctionUncross;
import io.gavel.engine.book.OrderBook;
import io.gavel.engine.condition.ConditionBook;
import io.gavel.engine.trigger.FiredBuffer;
import io.gavel.engine.trigger.FiringOrder;
import io.gavel.engine.trigger.PriceView;
import io.gavel.engine.trigger.RuleBook;
import io.gavel.risk.funding.FundingIndex;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.mark.MarkRule;
import io.gavel.risk.mark.Marks;
import io.gavel.risk.mark.PriceValidity;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;
import io.gavel.risk.token.TokenBook;

/**
 * Carries every price to the rules, in the order in which prices come into being, and turns what fires into
 * follow-ups. Best bid and ask are looked at once a step: what stands between two steps is what a person would see.
 */
final class PriceFlow implements PriceView {

  private static final long ONE_E10 = 10_000_000_000L;

  private final Rooms rooms;
  private final CoreClock clock;
  private final Marks marks;
  private final MarkRule markRule;
  private final PriceValidity validity;
  private final FundingIndex funding;
  private final RuleBook rules;
  private final ConditionBook conditions;
  private final RuleTable table;
  private final FollowUps followUps;
  private final FiredBuffer fired;
  private final Relations relations;
  private final FiringOrder order;
  private final Sessions sessions;
  private final AuctionUncross auction;
  private final MarketEvents events;
  private final LimitWatch limitWatch;
  private final TokenBook tokens;
  /** Instruments whose tokens are to be looked at in this frame. */
  private final boolean[] tokensFollow;

  PriceFlow(final Rooms rooms, final MarketEvents events, final LimitWatch limitWatch) {
    this.rooms = rooms;
    this.limitWatch = limitWatch;
    this.events = events;
    sessions = rooms.sessions;
    auction = rooms.auction;
    clock = rooms.clock;
    marks = rooms.risk.marks();
    markRule = rooms.risk.markRule();
    validity = rooms.risk.validity();
    funding = rooms.risk.funding();
    rules = rooms.rules;
    conditions = rooms.conditions;
    table = rooms.ruleTable;
    followUps = rooms.followUps;
    fired = rooms.fired;
    relations = rooms.relations;
    order = new FiringOrder(rules, fired, relations::priority);
    tokens = rooms.risk.tokens().book();
    tokensFollow = new boolean[rooms.config.instrumentsMax() + 1];
  }

  /** A price that may fire no rules is undefined to them. */
  @Override
  public int floorTicks(final int instrumentId, final PriceSource source) {
    return validity.mayFireRules(instrumentId, source) ? marks.floorTicks(instrumentId, source) : 0;
  }

  @Override
  public int ceilTicks(final int instrumentId, final PriceSource source) {
    return validity.mayFireRules(instrumentId, source) ? marks.ceilTicks(instrumentId, source) : 0;
  }

  /** A trade happened at this price, in the book or on the tape. */
  void printed(final int instrumentId, final int priceTicks) {
    markRule.prints(instrumentId, rooms.guard.isReducing());
    marks.setLast(instrumentId, priceTicks, clock.sequence(), clock.timeNs());
    marketMoved(instrumentId);
    sessions.traded(instrumentId, priceTicks, clock.timeNs());
    limitWatch.moved(instrumentId, PriceSource.LAST);
    rules.onPrice(instrumentId, PriceSource.LAST, priceTicks, priceTicks, fired);
    conditions.onPrice(instrumentId, PriceSource.LAST, priceTicks, priceTicks);
    wakeWorking(instrumentId);
  }

  /** So many lots were traded. */
  void traded(final int instrumentId, final long lots) {
    conditions.onVolume(instrumentId, lots);
  }

  /**
   * A mark or index comes into force, or does again, as worth {@code state}; the rules are then to be asked. {@code
   * inexact}: the exact price is higher, by less than a unit.
   */
  void take(final int instrumentId, final PriceSource source, final PriceState state, final long priceUnits,
      final boolean inexact) {
    if (validity.isJudged(instrumentId)) {
      validity.state(instrumentId, source, state);
    }
    if (PriceSource.INDEX == source) {
      rooms.finalPrices.indexChanges(instrumentId);
    }
    marks.setWorkedOut(instrumentId, source, priceUnits, inexact, clock.sequence(), clock.timeNs());
    premiumMoved(instrumentId);
    if (PriceSource.MARK == source) {
      validity.markChanged(rooms.risk.indexPrices().rule(instrumentId), instrumentId, priceUnits, clock.timeNs());
    }
    rooms.guard.priceChanged(instrumentId, source);
  }

  /**
   * Asks the rules about the mark or index in force; about none while it counts as nothing, as conditions are told.
   * Then tokens follow it.
   */
  void ask(final int instrumentId, final PriceSource source) {
    if (tokens.isFollowed(instrumentId) && !tokensFollow[instrumentId]) {
      tokensFollow[instrumentId] = true;
      followUps.add(FollowUps.Kind.TOKENS_FOLLOW, instrumentId);
    }
    if (validity.mayFireRules(instrumentId, source)) {
      if (PriceSource.MARK == source) {
        limitWatch.moved(instrumentId, source);
      }
      rules.onPrice(instrumentId, source, marks.floorTicks(instrumentId, source),
          marks.ceilTicks(instrumentId, source), fired);
    }
    conditions.onPrice(instrumentId, source, floorTicks(instrumentId, source), ceilTicks(instrumentId, source));
  }

  /** The tokens that follow the instrument are being looked at: a later price is another matter. */
  void tokensFollowed(final int instrumentId) {
    tokensFollow[instrumentId] = false;
  }

  /** Whose index the mark of an instrument is made of. */
  int indexInstrumentId(final int instrumentId) {
    final int from = rooms.instrument(instrumentId).indexInstrumentId();
    return 0 == from ? instrumentId : from;
  }

  /** That index in the mark units of this instrument, rounded down; 0 while it counts as nothing. */
  long indexUnits(final int instrumentId) {
    final int from = indexInstrumentId(instrumentId);
    if (!validity.mayFireRules(from, PriceSource.INDEX)) {
      return 0;
    }
    return converted(from, instrumentId, marks.priceUnits(from, PriceSource.INDEX), Rounding.DOWN);
  }

  /** Whether the exact index is higher. */
  boolean indexInexact(final int instrumentId) {
    final int from = indexInstrumentId(instrumentId);
    return converted(from, instrumentId, marks.ceilUnits(from, PriceSource.INDEX), Rounding.UP)
        != converted(from, instrumentId, marks.priceUnits(from, PriceSource.INDEX), Rounding.DOWN);
  }

  /** A price of one instrument in the mark units of another; 0 where that has no price so high. */
  private long converted(final int from, final int to, final long units, final Rounding rounding) {
    if (from == to) {
      return units;
    }
    final Instrument source = rooms.instrument(from);
    final Instrument target = rooms.instrument(to);
    final long worth = FixedPoint.mulDiv(units, source.tickSizeE10(), source.markUnitsPerTick(), rounding);
    return FixedPoint.mulDivFits(worth, target.markUnitsPerTick(), target.tickSizeE10(), rounding)
        ? fitting(to, FixedPoint.mulDiv(worth, target.markUnitsPerTick(), target.tickSizeE10(), rounding)) : 0;
  }

  private long fitting(final int instrumentId, final long units) {
    return marks.fits(instrumentId, units) ? units : 0;
  }

  /** Last, bid or ask moved: the market's part of a mark that is worked out, and of a premium. */
  private void marketMoved(final int instrumentId) {
    if (markRule.has(instrumentId)) {
      markRule.marketChanged(instrumentId, indexUnits(instrumentId), indexInexact(instrumentId), clock.timeNs());
    }
    premiumMoved(instrumentId);
  }

  /**
   * Tells funding how far the market is from the index: what bids are above it less what asks are below it (F-24), or
   * for a rule that goes by the mark (F-25) the mark. There is none while a side is empty or the index does not count.
   */
  void premiumMoved(final int instrumentId) {
    if (!funding.has(instrumentId)) {
      return;
    }
    final long index = indexUnits(instrumentId);
    final long low;
    final long high;
    if (funding.isByMark(instrumentId)) {
      final boolean counts = validity.mayFireRules(instrumentId, PriceSource.MARK);
      low = counts ? marks.priceUnits(instrumentId, PriceSource.MARK) : 0;
      high = low;
    } else {
      low = marks.priceUnits(instrumentId, PriceSource.BID);
      high = marks.priceUnits(instrumentId, PriceSource.ASK);
    }
    final boolean known = 0 != index && 0 != low && 0 != high;
    final long away = Math.max(0, low - index) - Math.max(0, index - high);
    final long cappedAway = known ? Math.max(-index, Math.min(index, away)) : 0;
    funding.premium(instrumentId, known,
        known ? FixedPoint.mulDiv(cappedAway, ONE_E10, index, Rounding.DOWN) : 0, clock.timeNs());
  }

  /**
   * A step that touched the book is over. Best bid and ask are prices that somebody shows in a market that trades;
   * while an auction calls, the price at which it would uncross takes their place, and they stand still.
   */
  void bookChanged(final OrderBook book, final int instrumentId) {
    if (sessions.isTrading(instrumentId)) {
      quotesChanged(book, instrumentId);
    } else if (SessionState.AUCTION == sessions.state(instrumentId)) {
      auctionChanged(book, instrumentId);
    }
    conditions.onChange(Signal.DEPTH, instrumentId);
  }

  private void quotesChanged(final OrderBook book, final int instrumentId) {
    final int bidTicks = book.bestShownTicks(Side.BUY);
    final int askTicks = book.bestShownTicks(Side.SELL);
    final boolean bidMoved = bidTicks != marks.floorTicks(instrumentId, PriceSource.BID);
    final boolean askMoved = askTicks != marks.floorTicks(instrumentId, PriceSource.ASK);
    if (bidMoved || askMoved) {
      marks.setBidAsk(instrumentId, bidTicks, askTicks, clock.sequence(), clock.timeNs());
      marketMoved(instrumentId);
      rooms.algos.touchMoved(instrumentId);
      if (bidMoved) {
        rules.onPrice(instrumentId, PriceSource.BID, bidTicks, bidTicks, fired);
      }
      if (askMoved) {
        rules.onPrice(instrumentId, PriceSource.ASK, askTicks, askTicks, fired);
      }
      conditions.onQuotes(instrumentId, bidTicks, askTicks);
    }
  }

  private void auctionChanged(final OrderBook book, final int instrumentId) {
    auction.evaluate(book, callReferenceTicks(instrumentId));
    if (auction.priceTicks() != sessions.toldPriceTicks[instrumentId]
        || auction.volumeLots() != sessions.toldVolumeLots[instrumentId]
        || auction.surplusLots() != sessions.toldSurplusLots[instrumentId]) {
      sessions.toldPriceTicks[instrumentId] = auction.priceTicks();
      sessions.toldVolumeLots[instrumentId] = auction.volumeLots();
      sessions.toldSurplusLots[instrumentId] = auction.surplusLots();
      events.auctionPrice(instrumentId, auction.priceTicks(), auction.volumeLots(), auction.surplusLots(), Flag.NO);
    }
  }

  /** What decides between prices that serve the book equally well: as the call said, else mark or last; 0: none. */
  int callReferenceTicks(final int instrumentId) {
    final int ticks = sessions.callReferenceTicks[instrumentId];
    return 0 == ticks ? marks.referenceTicks(instrumentId) : ticks;
  }

  /** A step that may have touched any book is over. */
  void allBooksChanged() {
    for (int instrumentId = 1; instrumentId <= rooms.config.instrumentsMax(); instrumentId++) {
      final OrderBook book = rooms.bookOrNull(instrumentId);
      if (null != book) {
        bookChanged(book, instrumentId);
      }
    }
    queueFired();
  }

  /** Ends a step: what fired in it is owed now, in the order in which it fired. */
  void queueFired() {
    rules.fireMet(fired);
    if (fired.size() > 1 && relations.hasPriorities()) {
      order.arrange();
    }
    final int count = fired.size();
    for (int i = 0; i < count; i++) {
      final int slot = fired.ruleSlot(i);
      table.firedPriceUnits[slot] = marks.priceUnits(rules.instrumentId(slot), fired.source(i));
      followUps.add(FollowUps.Kind.RULE_FIRED, slot, fired.legIndex(i), fired.referenceTicks(i),
          fired.levelTicks(i), fired.extremumTicks(i));
    }
    if (count > 0) {
      fired.clear();
    }
  }

  /** Rules whose market child left a rest try again, once a frame. */
  private void wakeWorking(final int instrumentId) {
    for (int slot = table.working.first(instrumentId); RuleTable.NULL_SLOT != slot;
        slot = table.working.next(slot)) {
      if (table.attemptSequences[slot] != clock.sequence()) {
        table.attemptSequences[slot] = clock.sequence();
        followUps.add(FollowUps.Kind.RULE_RESEND, slot);
      }
    }
  }
}
