package io.gavel.risk;

/** What the settlements of all positions of an instrument leave over by rounding. A reusable holder. One thread. */
public final class FinalSettlement {

  long unmatchedUnits;

  /** For the next instrument. */
  public void clear() {
    unmatchedUnits = 0;
  }
}
