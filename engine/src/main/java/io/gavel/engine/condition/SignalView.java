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
}
