package io.gavel.engine.core;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.money.FixedPoint;

/**
 * What futures and options are settled at: the mean of the index over the window before expiry, each value weighted by
 * the engine time it stood, rounded down to a tick. Sums have 128 bits. An instrument that never expires has no part.
 */
final class FinalPrices implements StateOwner {

  private static final int SUM_HIGH = 0;
  private static final int SUM_LOW = 1;
  /** Time that the sum covers; begins with the first index of the window. */
  private static final int WEIGHT_NS = 2;
  private static final int LAST_NS = 3;
  private static final int SETTLED_TICKS = 4;
  private static final int STRIDE = 5;

  private final RiskEngine risk;
  private final CoreClock clock;
  private final long[] facts;

  FinalPrices(final Rooms rooms) {
    risk = rooms.risk;
    clock = rooms.clock;
    facts = new long[(rooms.config.instrumentsMax() + 1) * STRIDE];
  }

  /** The settlement price in ticks; 0 before there is one. */
  int settledTicks(final int instrumentId) {
    return (int) facts[instrumentId * STRIDE + SETTLED_TICKS];
  }

  /** The instrument has ended before its expiry, at this price. */
  void settledAt(final int instrumentId, final int ticks) {
    clear(instrumentId * STRIDE);
    facts[instrumentId * STRIDE + SETTLED_TICKS] = ticks;
  }

  private void clear(final int at) {
    facts[at + SUM_HIGH] = 0;
    facts[at + SUM_LOW] = 0;
    facts[at + WEIGHT_NS] = 0;
    facts[at + LAST_NS] = 0;
  }

  /** The index of an instrument is about to change: what it was has stood until now. */
  void indexChanges(final int indexInstrumentId) {
    for (int i = 0; i < risk.instrumentCount(); i++) {
      final Instrument instrument = risk.instrumentAt(i);
      if (0 != instrument.expiryTimeNs() && indexInstrumentId == instrument.indexInstrumentId()
          && 0 == settledTicks(instrument.id())) {
        accumulate(instrument, clock.timeNs());
      }
    }
  }

  private void accumulate(final Instrument instrument, final long timeNs) {
    final int at = instrument.id() * STRIDE;
    final long windowStartNs = instrument.expiryTimeNs() - instrument.settlementWindowNs();
    final long fromNs = Math.max(windowStartNs, facts[at + LAST_NS]);
    final long toNs = Math.min(timeNs, instrument.expiryTimeNs());
    final long priceUnits = risk.marks().priceUnits(instrument.indexInstrumentId(), PriceSource.INDEX);
    if (toNs > fromNs && priceUnits > 0) {
      final long weightNs = toNs - fromNs;
      final long low = priceUnits * weightNs;
      final long sum = facts[at + SUM_LOW] + low;
      facts[at + SUM_HIGH] += Math.multiplyHigh(priceUnits, weightNs)
          + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
      facts[at + SUM_LOW] = sum;
      facts[at + WEIGHT_NS] += weightNs;
    }
    facts[at + LAST_NS] = Math.max(facts[at + LAST_NS], toNs);
  }

  /**
   * Fixes the settlement price at expiry. Without an index the mark takes its place, and without a mark one tick: then
   * nobody has a position.
   */
  int settle(final Instrument instrument) {
    accumulate(instrument, instrument.expiryTimeNs());
    final int at = instrument.id() * STRIDE;
    final long meanUnits = 0 == facts[at + WEIGHT_NS]
        ? risk.marks().priceUnits(instrument.indexInstrumentId(), PriceSource.INDEX)
        : FixedPoint.divideWide(facts[at + SUM_HIGH], facts[at + SUM_LOW], facts[at + WEIGHT_NS]);
    final Instrument index = risk.instrument(instrument.indexInstrumentId());
    final long ownUnits = 0 == meanUnits || null == index
        ? risk.marks().priceUnits(instrument.id(), PriceSource.MARK) : instrument.markUnitsOf(index, meanUnits);
    final long ticks = ownUnits / instrument.markUnitsPerTick();
    clear(at);
    facts[at + SETTLED_TICKS] = Math.max(1, Math.min(Integer.MAX_VALUE, ticks));
    return settledTicks(instrument.id());
  }

  @Override
  public int componentId() {
    return 2010;
  }

  @Override
  public String componentName() {
    return "final prices";
  }

  @Override
  public void save(final SnapshotSink sink) {
    int count = 0;
    for (int instrumentId = 1; instrumentId * STRIDE < facts.length; instrumentId++) {
      count += isUsed(instrumentId) ? 1 : 0;
    }
    if (0 == count) {
      return;
    }
    sink.putInt(count);
    for (int instrumentId = 1; instrumentId * STRIDE < facts.length; instrumentId++) {
      if (isUsed(instrumentId)) {
        sink.putInt(instrumentId);
        for (int fact = 0; fact < STRIDE; fact++) {
          sink.putLong(facts[instrumentId * STRIDE + fact]);
        }
      }
    }
  }

  private boolean isUsed(final int instrumentId) {
    long all = 0;
    for (int fact = 0; fact < STRIDE; fact++) {
      all |= facts[instrumentId * STRIDE + fact];
    }
    return 0 != all;
  }

  @Override
  public void load(final SnapshotSource source) {
    final int count = source.getInt();
    for (int i = 0; i < count; i++) {
      final int instrumentId = source.getInt();
      for (int fact = 0; fact < STRIDE; fact++) {
        facts[instrumentId * STRIDE + fact] = source.getLong();
      }
    }
  }
}
