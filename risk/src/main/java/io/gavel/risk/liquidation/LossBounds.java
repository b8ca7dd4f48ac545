package io.gavel.risk.liquidation;

import io.gavel.codecs.Invariants;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;
import java.util.Arrays;

/**
 * What an account under examination may lose in each series, legs of one series put together, and the slack shared out
 * among them. One account at a time; allocates nothing after start. One thread.
 */
final class LossBounds {

  /** Weights have at most 24 bits of loss and 30 of motion, so that 512 of them have a sum. */
  private static final int WEIGHT_LOSS_BITS = 24;

  private final WatchedSeries watched;
  private final int[] series;
  private final long[] fall;
  private final long[] rise;
  private final long[] inverseFall;
  private final long[] inverseRise;
  private final long[] moveUnits;
  private final long[] low;
  private final long[] high;
  /** What the caller wants set aside for a series; 0 when its share goes by weight. */
  private final long[] aside;
  private final long[] weight;
  private final long[] budget;
  private final int[] rowOfSeries;
  private int size;
  private boolean isOverfull;

  LossBounds(final WatchedSeries watched, final int seriesMax, final int legsMax) {
    this.watched = watched;
    series = new int[legsMax];
    fall = new long[legsMax];
    rise = new long[legsMax];
    inverseFall = new long[legsMax];
    inverseRise = new long[legsMax];
    moveUnits = new long[legsMax];
    low = new long[legsMax];
    high = new long[legsMax];
    aside = new long[legsMax];
    weight = new long[legsMax];
    budget = new long[legsMax];
    rowOfSeries = new int[seriesMax];
    Arrays.fill(rowOfSeries, -1);
  }

  void clear() {
    for (int row = 0; row < size; row++) {
      rowOfSeries[series[row]] = -1;
    }
    size = 0;
    isOverfull = false;
  }

  /** The account depends on more series than there is room for: its bounds mean nothing. */
  boolean isOverfull() {
    return isOverfull;
  }

  int size() {
    return size;
  }

  int series(final int row) {
    return series[row];
  }

  void linear(final int ofSeries, final long fallUnits, final long riseUnits, final long perMoveUnits) {
    final int row = row(ofSeries);
    Invariants.check(isOverfull || 0 == moveUnits[row] || moveUnits[row] == perMoveUnits, "two moves", ofSeries,
        perMoveUnits);
    moveUnits[row] = perMoveUnits;
    fall[row] = FixedPoint.addSaturating(fall[row], fallUnits);
    rise[row] = FixedPoint.addSaturating(rise[row], riseUnits);
  }

  void inverse(final int ofSeries, final long fallUnits, final long riseUnits) {
    final int row = row(ofSeries);
    moveUnits[row] = watched.level(ofSeries);
    inverseFall[row] = FixedPoint.addSaturating(inverseFall[row], fallUnits);
    inverseRise[row] = FixedPoint.addSaturating(inverseRise[row], riseUnits);
  }

  void within(final int ofSeries, final long lowUnits, final long highUnits) {
    final int row = row(ofSeries);
    low[row] = Math.max(low[row], lowUnits);
    high[row] = Math.min(high[row], highUnits);
  }

  void aside(final int ofSeries, final long asideUnits) {
    final int row = row(ofSeries);
    aside[row] = FixedPoint.addSaturating(aside[row], asideUnits);
  }

  private int row(final int ofSeries) {
    final int known = rowOfSeries[ofSeries];
    if (known >= 0) {
      return known;
    }
    if (size == series.length) {
      isOverfull = true;
      return size - 1;
    }
    final int row = size++;
    rowOfSeries[ofSeries] = row;
    series[row] = ofSeries;
    fall[row] = 0;
    rise[row] = 0;
    inverseFall[row] = 0;
    inverseRise[row] = 0;
    moveUnits[row] = 0;
    low[row] = SafeEdge.NO_FALL;
    high[row] = SafeEdge.NO_RISE;
    aside[row] = 0;
    return row;
  }

  /** Shares out a positive amount; the shares together are never more than it. */
  void share(final long distributableUnits) {
    long asideTotal = 0;
    for (int row = 0; row < size; row++) {
      asideTotal = FixedPoint.addSaturating(asideTotal, aside[row]);
    }
    final long asideMax = Math.min(asideTotal, distributableUnits / 2);
    long left = distributableUnits;
    for (int row = 0; row < size; row++) {
      if (0 != aside[row]) {
        budget[row] = FixedPoint.mulDiv(asideMax, aside[row], asideTotal, Rounding.DOWN);
        left -= budget[row];
      }
    }
    long weightTotal = weigh();
    for (int row = 0; row < size; row++) {
      if (0 == aside[row]) {
        budget[row] = 0 == weight[row] ? 0 : FixedPoint.mulDiv(left, weight[row], weightTotal, Rounding.DOWN);
      }
    }
  }

  /** Loss times motion: each series then has the same number of usual moves before it is looked at. */
  private long weigh() {
    long largest = 0;
    for (int row = 0; row < size; row++) {
      weight[row] = 0 != aside[row] ? 0
          : Math.max(worst(fall[row], inverseFall[row]), worst(rise[row], inverseRise[row]));
      largest = Math.max(largest, weight[row]);
    }
    final int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(largest) - WEIGHT_LOSS_BITS);
    long total = 0;
    for (int row = 0; row < size; row++) {
      if (0 != weight[row]) {
        weight[row] = Math.max(1, weight[row] >> shift) * watched.moveE9(series[row]);
        total += weight[row];
      }
    }
    return total;
  }

  private static long worst(final long linear, final long inverse) {
    return Math.max(0, Math.max(FixedPoint.addSaturating(linear, inverse), Math.max(linear, inverse)));
  }

  /** The lowest level at which what this series may lose is still within its share. */
  long lowEdge(final int row) {
    final long level = watched.level(series[row]);
    final long straight = fall[row];
    final long curved = inverseFall[row];
    final long edge;
    if (curved > 0) {
      // A straight loss is below a curved one of the same size, so the curve covers both; a straight gain is left out.
      edge = SafeEdge.inverseFall(level, FixedPoint.addSaturating(curved, Math.max(0, straight)), budget[row]);
    } else {
      edge = SafeEdge.fall(level, moveUnits[row], FixedPoint.addSaturating(straight, curved), budget[row]);
    }
    return Math.max(edge, low[row]);
  }

  /** The highest level at which what this series may lose is still within its share. */
  long highEdge(final int row) {
    final long level = watched.level(series[row]);
    final long straight = rise[row];
    final long curved = inverseRise[row];
    final long edge;
    if (0 == straight && curved > 0) {
      edge = SafeEdge.inverseRise(level, curved, budget[row]);
    } else {
      // Upwards it is the other way round: the straight line covers a curved loss, and a curved gain is left out.
      edge = SafeEdge.rise(
          level, moveUnits[row], FixedPoint.addSaturating(straight, Math.max(0, curved)), budget[row]);
    }
    return Math.min(edge, high[row]);
  }
}
