package io.gavel.engine.condition;

import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.Signal;

/** Signals that other rooms know: asked once when the first leaf begins to watch one; told of every change after. */
public interface SignalView {

  /** No value: no leaf is true of it. */
  long NONE = SignalLane.INFINITE;

  /** The value rounded down; {@code -NONE} while it is not known. */
  long low(Signal signal, int instrumentId, PriceSource source, long second);

  /** The value rounded up; {@code NONE} while it is not known. */
  long high(Signal signal, int instrumentId, PriceSource source, long second);

  boolean hasInstrument(int instrumentId);

  /** Whether a pool of this instrument is there. */
  default boolean hasPool(final long poolId, final int instrumentId) {
    return false;
  }

  /** Whether longs and shorts of an instrument pay one another. */
  default boolean hasFunding(final int instrumentId) {
    return false;
  }

  /** The slot of a score, or -1: nobody ever said one. */
  default int signalSlot(final long account, final int instrumentId, final long signalId) {
    return -1;
  }

  /** Units of base in so many lots. */
  default long baseUnits(final int instrumentId, final long lots) {
    return lots;
  }
}
