package io.gavel.adapters.backtest.tape;

/** One print or price of a tape: a mutable holder, reused by its reader. */
public final class TapeRow {

  /** What a row is. */
  public enum Kind {
    /** A print, with a size. */
    TRADE,
    MARK,
    INDEX,
    /** What one source of an index said. */
    SOURCE
  }

  public Kind kind = Kind.TRADE;
  /** Nanoseconds since the epoch. */
  public long timeNs;
  public int instrumentId;
  public int priceTicks;
  public long sizeLots;
  /** Of what is no trade: in {@link TapeScale#MARK_UNITS_PER_TICK} parts of a tick. */
  public long priceUnits;
  /** Of a SOURCE, else 0. */
  public int sourceId;
  public int confidenceE8;
  /** Position of the tape among those merged, from 0. */
  public int tapeIndex;
  /** Data row in its file, from 1; the prints of a bar share one. */
  public long rowNumber;
  /** On the first print of a bar its low and high, else both 0. */
  public int barLowTicks;
  public int barHighTicks;

  public void copyFrom(final TapeRow other) {
    kind = other.kind;
    timeNs = other.timeNs;
    instrumentId = other.instrumentId;
    priceTicks = other.priceTicks;
    sizeLots = other.sizeLots;
    priceUnits = other.priceUnits;
    sourceId = other.sourceId;
    confidenceE8 = other.confidenceE8;
    tapeIndex = other.tapeIndex;
    rowNumber = other.rowNumber;
    barLowTicks = other.barLowTicks;
    barHighTicks = other.barHighTicks;
  }

  /** Whether this print opens a bar. */
  public boolean isBarStart() {
    return 0 != barLowTicks;
  }
}
