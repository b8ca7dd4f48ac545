package io.gavel.risk.limit;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/**
 * Whether a market moved too far too fast: for each row of the risk table that asks, the lowest and highest price of
 * the last window, kept in sixteen slices and the one that is being filled, so it looks back as far as the window and
 * at most one slice further. A price costs a walk over the slices. Allocates nothing after start. One thread.
 */
public final class VolatilityHalts implements StateOwner {

  private static final int SLICES = 16;
  private static final int STRIDE = SLICES + 1;
  private static final long ALL_BPS = 10_000;

  /** Number of the slice that is kept at a place, from 1; 0: none yet. */
  private final long[] slices = new long[RiskRows.ROWS_MAX * STRIDE];
  private final long[] lows = new long[RiskRows.ROWS_MAX * STRIDE];
  private final long[] highs = new long[RiskRows.ROWS_MAX * STRIDE];
  private final long[] untilNs = new long[RiskRows.ROWS_MAX];
  private long touched;

  /** Until when the pause of the row lasts; 0: none yet. */
  long untilNs(final int row) {
    return untilNs[row];
  }

  /** The row is another one now. */
  void forget(final int row) {
    touched &= ~(1L << row);
    untilNs[row] = 0;
    for (int at = row * STRIDE; at < (row + 1) * STRIDE; at++) {
      slices[at] = 0;
      lows[at] = 0;
      highs[at] = 0;
    }
  }

  /** Takes a price in; returns whether a pause begins or lasts longer now. */
  boolean marked(final int row, final long priceUnits, final long nowNs, final RiskRows rows) {
    touched |= 1L << row;
    final long sliceNs = (rows.windowsNs[row] + SLICES - 1) / SLICES;
    final long slice = nowNs / sliceNs + 1;
    final int at = row * STRIDE + (int) (slice % STRIDE);
    if (slices[at] != slice) {
      slices[at] = slice;
      lows[at] = priceUnits;
      highs[at] = priceUnits;
    } else {
      lows[at] = Math.min(lows[at], priceUnits);
      highs[at] = Math.max(highs[at], priceUnits);
    }
    if (!isTooFar(row, slice, rows.limits[row])) {
      return false;
    }
    final long endNs = FixedPoint.addSaturating(nowNs, rows.durationsNs[row]);
    final boolean longer = endNs > untilNs[row];
    untilNs[row] = Math.max(untilNs[row], endNs);
    return longer;
  }

  private boolean isTooFar(final int row, final long slice, final long limitBps) {
    long low = Long.MAX_VALUE;
    long high = 0;
    for (int at = row * STRIDE; at < (row + 1) * STRIDE; at++) {
      if (0 != slices[at] && slices[at] > slice - STRIDE) {
        low = Math.min(low, lows[at]);
        high = Math.max(high, highs[at]);
      }
    }
    return low <= 0 || !FixedPoint.mulDivFits(high - low, ALL_BPS, low, Rounding.CEILING)
        || FixedPoint.mulDiv(high - low, ALL_BPS, low, Rounding.CEILING) > limitBps;
  }

  @Override
  public int componentId() {
    return 63;
  }

  @Override
  public String componentName() {
    return "volatility-halts";
  }

  @Override
  public void save(final SnapshotSink sink) {
    if (0 == touched) {
      return;
    }
    sink.putLong(touched);
    for (long left = touched; 0 != left; left &= left - 1) {
      final int row = Long.numberOfTrailingZeros(left);
      sink.putLong(untilNs[row]);
      for (int at = row * STRIDE; at < (row + 1) * STRIDE; at++) {
        sink.putLong(slices[at]);
        sink.putLong(lows[at]);
        sink.putLong(highs[at]);
      }
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    touched = source.getLong();
    for (long left = touched; 0 != left; left &= left - 1) {
      final int row = Long.numberOfTrailingZeros(left);
      untilNs[row] = source.getLong();
      for (int at = row * STRIDE; at < (row + 1) * STRIDE; at++) {
        slices[at] = source.getLong();
        lows[at] = source.getLong();
        highs[at] = source.getLong();
      }
    }
  }
}
