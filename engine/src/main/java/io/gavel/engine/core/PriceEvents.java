package io.gavel.engine.core;

import io.gavel.codecs.sbe.FundingSettledEncoder;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.PriceState;
import io.gavel.codecs.sbe.PriceStateChangedEncoder;

/** Writes what prices count for, and what perpetuals pay. */
final class PriceEvents {

  private final PriceStateChangedEncoder state = new PriceStateChangedEncoder();
  private final FundingSettledEncoder funding = new FundingSettledEncoder();
  private final Rooms rooms;
  private final EventWriter events;

  PriceEvents(final Rooms rooms) {
    this.rooms = rooms;
    events = rooms.events;
  }

  /** The sources of an index that is worked out; 0 for any other price. */
  void stateChanged(final int instrumentId, final PriceSource source, final PriceState from, final PriceState to,
      final int confidenceE8, final int counted, final int excluded) {
    state.wrap(events.buffer(), events.begin(PriceStateChangedEncoder.SCHEMA_ID, PriceStateChangedEncoder.TEMPLATE_ID,
        PriceStateChangedEncoder.SCHEMA_VERSION, PriceStateChangedEncoder.BLOCK_LENGTH));
    events.header(state.header(), 0);
    final long units = rooms.risk.marks().priceUnits(instrumentId, source);
    state.priceUnits(units)
        .ageNs(0 == units ? 0 : rooms.clock.timeNs() - rooms.risk.marks().timeNsOf(instrumentId, source))
        .instrumentId(instrumentId).confidenceE8(confidenceE8).countedSources(counted).excludedSources(excluded)
        .source(source).fromState(from).toState(to);
    events.end(state.encodedLength());
  }

  void fundingSettled(final int instrumentId, final long rateE10, final long premiumE10, final long fundingIndex,
      final long markUnits, final long nextTimeNs) {
    funding.wrap(events.buffer(), events.begin(FundingSettledEncoder.SCHEMA_ID, FundingSettledEncoder.TEMPLATE_ID,
        FundingSettledEncoder.SCHEMA_VERSION, FundingSettledEncoder.BLOCK_LENGTH));
    events.header(funding.header(), 0);
    funding.rateE10(rateE10).premiumE10(premiumE10).fundingIndex(fundingIndex).markUnits(markUnits)
        .nextTimeNs(nextTimeNs).instrumentId(instrumentId);
    events.end(funding.encodedLength());
  }
}
