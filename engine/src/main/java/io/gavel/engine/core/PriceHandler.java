package io.gavel.engine.core;

import io.gavel.codecs.sbe.PriceQuoteDecoder;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.PriceState;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetPriceDecoder;
import io.gavel.codecs.sbe.SetPriceRuleDecoder;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.mark.IndexPrices;
import io.gavel.risk.mark.MarkRule;
import io.gavel.risk.mark.Marks;
import io.gavel.risk.mark.PriceRule;
import io.gavel.risk.mark.PriceValidity;

/**
 * Marks and indices: set by command, or worked out of what sources quote. In a step the index comes first, then the
 * instrument's own mark, then, a step each and by id, the marks of other instruments that follow this index. What a
 * price counts for is told before the price, and the price before what it fires.
 */
final class PriceHandler {

  private final Rooms rooms;
  private final RiskEngine risk;
  private final CoreClock clock;
  private final Marks marks;
  private final IndexPrices index;
  private final MarkRule markRule;
  private final PriceValidity validity;
  private final MarketEvents events;
  private final PriceEvents priceEvents;
  private final PriceFlow prices;
  private final FeedHandler feeds;

  PriceHandler(final Rooms rooms, final MarketEvents events, final PriceFlow prices) {
    feeds = new FeedHandler(rooms, prices);
    this.rooms = rooms;
    risk = rooms.risk;
    clock = rooms.clock;
    marks = risk.marks();
    index = risk.indexPrices();
    markRule = risk.markRule();
    validity = risk.validity();
    this.events = events;
    priceEvents = new PriceEvents(rooms);
    this.prices = prices;
  }

  ReasonCode setPrice(final SetPriceDecoder command) {
    final int instrumentId = command.instrumentId();
    if (null == risk.instrument(instrumentId)) {
      return ReasonCode.UNKNOWN_INSTRUMENT;
    }
    final PriceSource source = command.source();
    if (PriceSource.MARK != source && PriceSource.INDEX != source) {
      return ReasonCode.PRICE_NOT_ALLOWED;
    }
    final long priceUnits = command.priceUnits();
    if (priceUnits <= 0) {
      return ReasonCode.PRICE_NOT_POSITIVE;
    }
    if (!marks.fits(instrumentId, priceUnits)) {
      return ReasonCode.OUT_OF_RANGE;
    }
    if (PriceSource.MARK == source
        ? markRule.has(instrumentId) : index.hasSources(instrumentId)) {
      return ReasonCode.PRICE_NOT_ALLOWED;
    }
    rooms.answers.accept(0);
    final PriceState from = validity.state(instrumentId, source);
    prices.take(instrumentId, source, PriceState.VALID, priceUnits, false);
    tell(instrumentId, source, from);
    events.priceChanged(0, instrumentId, source, priceUnits, 0);
    prices.ask(instrumentId, source);
    if (PriceSource.INDEX == source) {
      marksFollow(instrumentId);
    }
    wakeNext(instrumentId);
    prices.queueFired();
    return ReasonCode.OK;
  }

  ReasonCode setPriceRule(final SetPriceRuleDecoder command) {
    final ReasonCode code = index.check(command);
    if (ReasonCode.OK != code) {
      return code;
    }
    rooms.answers.accept(0);
    final int instrumentId = command.instrumentId();
    index.rule(command);
    final PriceRule rule = index.rule(instrumentId);
    markRule.rule(instrumentId, rule);
    if (null == rule) {
      trust(instrumentId);
    } else {
      validity.judge(instrumentId);
      judge(instrumentId, rule);
    }
    wakeNext(instrumentId);
    prices.queueFired();
    return ReasonCode.OK;
  }

  ReasonCode quote(final PriceQuoteDecoder command) {
    final ReasonCode code = index.check(command, clock.timeNs());
    if (ReasonCode.OK != code) {
      return code;
    }
    rooms.answers.accept(0);
    final int instrumentId = command.instrumentId();
    index.take(command);
    evaluateIndex(instrumentId);
    wakeNext(instrumentId);
    prices.queueFired();
    return ReasonCode.OK;
  }

  /** Who takes what is said of accounts, instruments and pools. */
  FeedHandler feeds() {
    return feeds;
  }

  /** A price of the instrument would be too old, or a source is excluded, readmitted or let move on, by the clock. */
  void due(final int instrumentId) {
    rooms.priceDeadlines.passed(instrumentId);
    final PriceRule rule = index.rule(instrumentId);
    if (null != rule) {
      judge(instrumentId, rule);
    }
    wakeNext(instrumentId);
    prices.queueFired();
  }

  /** Without a rule the prices count as they stand. */
  private void trust(final int instrumentId) {
    direct(instrumentId, PriceSource.INDEX, PriceState.VALID);
    direct(instrumentId, PriceSource.MARK, PriceState.VALID);
    validity.trust(instrumentId);
    marksFollow(instrumentId);
  }

  private void judge(final int instrumentId, final PriceRule rule) {
    if (rule.hasSources()) {
      evaluateIndex(instrumentId);
    } else {
      direct(instrumentId, PriceSource.INDEX, directState(instrumentId, PriceSource.INDEX, rule));
      marksFollow(instrumentId);
    }
    if (!markRule.has(instrumentId)) {
      direct(instrumentId, PriceSource.MARK, directState(instrumentId, PriceSource.MARK, rule));
    }
  }

  /** A price that stands counts for something else: if it comes into force by that, the rules are asked about it. */
  private void direct(final int instrumentId, final PriceSource source, final PriceState to) {
    final boolean wasInForce = validity.mayFireRules(instrumentId, source);
    state(instrumentId, source, to);
    if (!wasInForce || !validity.mayFireRules(instrumentId, source)) {
      prices.ask(instrumentId, source);
    }
  }

  /** What a price that is set directly counts for: only age can take it out of force. */
  private PriceState directState(final int instrumentId, final PriceSource source, final PriceRule rule) {
    if (0 == marks.priceUnits(instrumentId, source)) {
      return PriceState.NONE;
    }
    final boolean isOld = 0 != rule.staleNs() && clock.timeNs() - marks.timeNsOf(instrumentId, source) > rule.staleNs();
    return isOld ? PriceState.STALE : PriceState.VALID;
  }

  private void evaluateIndex(final int instrumentId) {
    final int excludedBefore = index.excluded(instrumentId);
    index.evaluate(instrumentId, clock.timeNs());
    workedOut(instrumentId, PriceSource.INDEX, index.state(instrumentId), index.priceUnits(instrumentId),
        index.inexact(instrumentId), excludedBefore != index.excluded(instrumentId));
    marksFollow(instrumentId);
  }

  /** The index of this instrument was worked out: so are the marks that are made of it. */
  private void marksFollow(final int indexInstrumentId) {
    for (int i = 0; i < risk.instrumentCount(); i++) {
      final int instrumentId = risk.instrumentAt(i).id();
      if (indexInstrumentId != prices.indexInstrumentId(instrumentId)) {
        continue;
      }
      prices.premiumMoved(instrumentId);
      if (markRule.has(instrumentId) && instrumentId == indexInstrumentId) {
        follow(instrumentId);
      } else if (markRule.has(instrumentId)) {
        rooms.followUps.add(FollowUps.Kind.MARK_FOLLOWS, instrumentId);
      }
    }
  }

  /** A step of its own: the mark of an instrument that follows the index of another. */
  void markFollows(final int instrumentId) {
    follow(instrumentId);
    prices.queueFired();
  }

  private void follow(final int instrumentId) {
    final PriceState to = validity.state(prices.indexInstrumentId(instrumentId), PriceSource.INDEX);
    final long indexUnits = prices.indexUnits(instrumentId);
    final boolean inexact = prices.indexInexact(instrumentId);
    markRule.marketChanged(instrumentId, indexUnits, inexact, clock.timeNs());
    if (0 == indexUnits) {
      state(instrumentId, PriceSource.MARK, PriceValidity.firesRules(to) ? PriceState.NONE : to);
      prices.ask(instrumentId, PriceSource.MARK);
      return;
    }
    markRule.evaluate(instrumentId, indexUnits, inexact, risk.funding().remainingE10(
        instrumentId, rooms.fundingDeadlines.timeNs(instrumentId), clock.timeNs()));
    workedOut(instrumentId, PriceSource.MARK, to, markRule.priceUnits(), markRule.inexact(), false);
  }

  /** What a price counts for is set and told, then the price itself where it is one that counts. */
  private void workedOut(final int instrumentId, final PriceSource source, final PriceState to, final long units,
      final boolean inexact, final boolean sourcesChanged) {
    final PriceState from = validity.state(instrumentId, source);
    final boolean counts = PriceValidity.firesRules(to);
    final long ceilUnits = units + (inexact ? 1 : 0);
    final boolean moves = counts && (!PriceValidity.firesRules(from)
        || units != marks.priceUnits(instrumentId, source) || ceilUnits != marks.ceilUnits(instrumentId, source));
    if (counts) {
      prices.take(instrumentId, source, to, units, inexact);
    } else {
      validity.state(instrumentId, source, to);
    }
    if (from != to || sourcesChanged) {
      stateChanged(instrumentId, source, from, to);
    }
    if (moves) {
      events.priceChanged(0, instrumentId, source, units, 0);
    }
    prices.ask(instrumentId, source);
  }

  /** Sets what a price that stands counts for, and tells a change; nothing for an instrument that has no rule. */
  private void state(final int instrumentId, final PriceSource source, final PriceState to) {
    final PriceState from = validity.state(instrumentId, source);
    if (validity.isJudged(instrumentId)) {
      validity.state(instrumentId, source, to);
      tell(instrumentId, source, from);
    }
  }

  private void tell(final int instrumentId, final PriceSource source, final PriceState from) {
    final PriceState to = validity.state(instrumentId, source);
    if (from != to) {
      stateChanged(instrumentId, source, from, to);
    }
  }

  private void stateChanged(final int instrumentId, final PriceSource source, final PriceState from,
      final PriceState to) {
    rooms.guard.validityChanged(instrumentId, source);
    if (PriceSource.INDEX == source && index.hasSources(instrumentId)) {
      priceEvents.stateChanged(instrumentId, source, from, to, index.confidenceE8(instrumentId),
          index.counted(instrumentId), index.excluded(instrumentId));
    } else {
      priceEvents.stateChanged(instrumentId, source, from, to, 0, 0, 0);
    }
  }

  /** Sets the next time at which a price of the instrument changes by itself. */
  private void wakeNext(final int instrumentId) {
    final PriceRule rule = index.rule(instrumentId);
    long nextNs = Long.MAX_VALUE;
    if (null != rule) {
      nextNs = rule.hasSources() ? index.nextNs(instrumentId) : staleNs(instrumentId, PriceSource.INDEX, rule);
      if (!markRule.has(instrumentId)) {
        nextNs = Math.min(nextNs, staleNs(instrumentId, PriceSource.MARK, rule));
      }
    }
    rooms.priceDeadlines.set(instrumentId, nextNs);
  }

  private long staleNs(final int instrumentId, final PriceSource source, final PriceRule rule) {
    final long lastNs = marks.timeNsOf(instrumentId, source) + rule.staleNs();
    return 0 != rule.staleNs() && PriceState.VALID == validity.state(instrumentId, source) && lastNs > 0
        && lastNs < Long.MAX_VALUE ? lastNs + 1 : Long.MAX_VALUE;
  }
}
