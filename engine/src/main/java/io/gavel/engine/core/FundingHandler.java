package io.gavel.engine.core;

import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetFundingDecoder;
import io.gavel.codecs.sbe.Signal;
import io.gavel.risk.funding.FundingIndex;
import io.gavel.risk.mark.Marks;

/**
 * What longs and shorts of a perpetual pay one another: set by command, settled by the engine's clock at whole
 * multiples of the interval. A settlement moves an index and no money; positions pay when they are touched. While no
 * mark counts nothing is paid, and the event says so.
 */
final class FundingHandler {

  private final Rooms rooms;
  private final FundingIndex funding;
  private final Marks marks;
  private final PriceEvents events;
  private final PriceFlow prices;
  private final InterestHandler interest;

  FundingHandler(final Rooms rooms, final PriceFlow prices) {
    this.rooms = rooms;
    this.prices = prices;
    funding = rooms.risk.funding();
    interest = new InterestHandler(rooms);
    marks = rooms.risk.marks();
    events = new PriceEvents(rooms);
  }

  /** What borrowers pay. */
  InterestHandler interest() {
    return interest;
  }

  ReasonCode setFunding(final SetFundingDecoder command) {
    final ReasonCode code = funding.check(command);
    if (ReasonCode.OK != code) {
      return code;
    }
    final int instrumentId = command.instrumentId();
    final long nowNs = rooms.clock.timeNs();
    rooms.answers.accept(0);
    funding.set(command, nowNs);
    if (funding.has(instrumentId)) {
      rooms.fundingDeadlines.set(instrumentId, funding.nextNs(instrumentId, nowNs));
      prices.premiumMoved(instrumentId);
    } else {
      rooms.fundingDeadlines.set(instrumentId, Long.MAX_VALUE);
      rateChanged(instrumentId);
    }
    return ReasonCode.OK;
  }

  /** An interval is over. */
  void due(final int instrumentId) {
    final long nowNs = rooms.clock.timeNs();
    rooms.fundingDeadlines.passed(instrumentId);
    final boolean counts = rooms.risk.validity().mayLiquidate(instrumentId);
    final long markUnits = counts ? marks.priceUnits(instrumentId, PriceSource.MARK) : 0;
    final long premiumE10 = funding.premiumE10(instrumentId, nowNs);
    final long rateE10 = funding.settle(instrumentId, markUnits, nowNs);
    final long nextNs = funding.nextNs(instrumentId, nowNs);
    rooms.fundingDeadlines.set(instrumentId, nextNs);
    rooms.guard.holdersChanged(instrumentId);
    events.fundingSettled(instrumentId, rateE10, premiumE10, funding.index(instrumentId), markUnits, nextNs);
    rateChanged(instrumentId);
  }

  /** Another rate came into force, or none is any more: rules wait for it. */
  private void rateChanged(final int instrumentId) {
    rooms.conditions.onChange(Signal.FUNDING_RATE, instrumentId);
    prices.queueFired();
  }
}
