package io.gavel.adapters.backtest.tape;

/** One print of a tape: a mutable holder, reused by its reader. */
public final class TapeRow {

  /** Nanoseconds since the epoch. */
  public long timeNs;
  public int instrumentId;
  public int priceTicks;
  public long sizeLots;
  /** Position of the tape among those merged, from 0. */
  public int tapeIndex;
  /** Data row in its file, from 1; the prints of a bar share one. */
  public long rowNumber;
  /** On the first print of a bar its low and high, else both 0. */
  public int barLowTicks;
  public int barHighTicks;

  public void copyFrom(final TapeRow other) {
    timeNs = other.timeNs;
    instrumentId = other.instrumentId;
    priceTicks = other.priceTicks;
    sizeLots = other.sizeLots;
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
