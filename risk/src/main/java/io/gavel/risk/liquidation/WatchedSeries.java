package io.gavel.risk.liquidation;

import io.gavel.codecs.Invariants;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;
import java.util.Arrays;

/**
 * The prices and cumulative indexes that margin depends on, as last told, and how much each price moves of late. The
 * restlessness weighs budgets only; it is no part of any state. One thread.
 */
final class WatchedSeries {

  static final long NOT_DEFINED = 0;

  private static final long ONE_E9 = 1_000_000_000L;
  /** What a price is taken to move from one event to the next before it has shown it: 0.05 %. */
  private static final long FIRST_MOVE_E9 = 500_000;
  /** A price that stands still may begin to move: it keeps a claim on some budget. */
  private static final long LEAST_MOVE_E9 = 20_000;
  /** The average looks back over about 2^6 events. */
  private static final int MEMORY_SHIFT = 6;

  private final long[] levels;
  private final long[] unitsPerStep;
  private final boolean[] isPrice;
  private final long[] moveE9;

  WatchedSeries(final int seriesMax) {
    levels = new long[seriesMax];
    unitsPerStep = new long[seriesMax];
    isPrice = new boolean[seriesMax];
    moveE9 = new long[seriesMax];
    Arrays.fill(moveE9, FIRST_MOVE_E9);
  }

  void define(final int series, final long stepUnits, final boolean ofPrices) {
    Invariants.check(stepUnits > 0, "units per step not positive", series, stepUnits);
    Invariants.check(NOT_DEFINED == unitsPerStep[series] || stepUnits == unitsPerStep[series],
        "a series changes its step", series, stepUnits);
    unitsPerStep[series] = stepUnits;
    isPrice[series] = ofPrices;
  }

  boolean isDefined(final int series) {
    return NOT_DEFINED != unitsPerStep[series];
  }

  boolean isPrice(final int series) {
    return isPrice[series];
  }

  /** A cumulative index begins at 0; a price of 0 is not known yet. */
  long level(final int series) {
    return levels[series];
  }

  void level(final int series, final long newLevel) {
    final long before = levels[series];
    levels[series] = newLevel;
    if (isPrice[series] && before > 0) {
      final long distance = Math.min(Math.abs(newLevel - before), before);
      final long seenE9 = 0 == distance ? 0 : FixedPoint.mulDiv(distance, ONE_E9, before, Rounding.DOWN);
      final long average = moveE9[series] + ((seenE9 - moveE9[series]) >> MEMORY_SHIFT);
      moveE9[series] = Math.max(LEAST_MOVE_E9, average);
    }
  }

  /** The average move from one event to the next, in parts of 10^9 of the price. */
  long moveE9(final int series) {
    return moveE9[series];
  }

  /** The step at or below, as far as an int goes. */
  int floorStep(final int series, final long level) {
    final long perStep = unitsPerStep[series];
    return narrow(1 == perStep ? level : Math.floorDiv(level, perStep));
  }

  /** The step at or above, as far as an int goes. */
  int ceilStep(final int series, final long level) {
    final long perStep = unitsPerStep[series];
    return narrow(1 == perStep ? level : -Math.floorDiv(-level, perStep));
  }

  /** Levels beyond the ends meet at the ends: a watch there is reached too early, never too late. */
  private static int narrow(final long step) {
    return (int) Math.max(-Integer.MAX_VALUE + 1, Math.min(Integer.MAX_VALUE - 1, step));
  }
}
