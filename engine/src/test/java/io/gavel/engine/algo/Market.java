package io.gavel.engine.algo;

import io.gavel.codecs.sbe.Side;

/** A market of plain fields for one instrument. */
final class Market implements MarketView {

  int bid = 99;
  int ask = 101;
  long depth = Long.MAX_VALUE / 4;
  /** Depth counts only at prices up to here from the other side: further ticks each add so many lots. */
  long lotsPerTick;
  long traded;
  long reference = 100_000;
  long unitsPerTick = 1_000;

  @Override
  public int bidTicks(final int instrumentId) {
    return bid;
  }

  @Override
  public int askTicks(final int instrumentId) {
    return ask;
  }

  @Override
  public long depthLots(final int instrumentId, final Side takerSide, final int limitTicks) {
    if (0 == lotsPerTick || 0 == limitTicks) {
      return depth;
    }
    final long levels = Side.SELL == takerSide ? bid - limitTicks + 1L : limitTicks - ask + 1L;
    return Math.max(0, levels) * lotsPerTick;
  }

  @Override
  public long tradedLots(final int instrumentId) {
    return traded;
  }

  @Override
  public long referenceUnits(final int instrumentId) {
    return reference;
  }

  @Override
  public long unitsPerTick(final int instrumentId) {
    return unitsPerTick;
  }
}
