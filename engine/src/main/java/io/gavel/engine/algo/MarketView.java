package io.gavel.engine.algo;

import io.gavel.codecs.sbe.Side;

/** What a parent order may know about the market. Reads only; asked on the core's thread while a slice is computed. */
public interface MarketView {

  /** Best bid in ticks; 0 when there is none. */
  int bidTicks(int instrumentId);

  /** Best ask in ticks; 0 when there is none. */
  int askTicks(int instrumentId);

  /** Shown lots that an order of this side could take at prices not worse than the limit; a limit of 0 is none. */
  long depthLots(int instrumentId, Side takerSide, int limitTicks);

  /** All lots ever traded, our own included: it only grows. */
  long tradedLots(int instrumentId);

  /** The reference price tolerances and collars are measured from, finer than a tick; 0 when there is none. */
  long referenceUnits(int instrumentId);

  /** How many reference units one tick is; positive. */
  long unitsPerTick(int instrumentId);
}
