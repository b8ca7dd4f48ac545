package io.gavel.engine.book;

import java.util.Arrays;

/**
 * What nobody sees of a book: the reserves of icebergs and the hidden orders. Cold: read and written for such orders
 * only, so that all others pay no more than the test of a bit in their row.
 *
 * <pre>
 *   by slot    | displayLots | peakLots |             valid for an iceberg only
 *   by level   | lots not shown |
 * </pre>
 */
final class HiddenLots {

  private static final int ROW = 2;
  private static final int PEAK = 1;

  private long[] icebergs;
  private long[] lotsByLevel;

  HiddenLots(final int ordersMax) {
    icebergs = new long[ROW * ordersMax];
    lotsByLevel = new long[ordersMax];
  }

  long displayLots(final int slot) {
    return icebergs[ROW * slot];
  }

  void displayLots(final int slot, final long lots) {
    icebergs[ROW * slot] = lots;
    icebergs[ROW * slot + PEAK] = 0;
  }

  /** What an iceberg shows now. */
  long peakLots(final int slot) {
    return icebergs[ROW * slot + PEAK];
  }

  void peakLots(final int slot, final long lots) {
    icebergs[ROW * slot + PEAK] = lots;
  }

  /** Lots at a level that are not shown; 0 again when the level is empty. */
  long lotsAt(final int level) {
    return lotsByLevel[level];
  }

  void addLotsAt(final int level, final long lots) {
    lotsByLevel[level] += lots;
  }

  void grow(final int ordersMax) {
    icebergs = Arrays.copyOf(icebergs, ROW * ordersMax);
    lotsByLevel = Arrays.copyOf(lotsByLevel, ordersMax);
  }

  long bytes() {
    return (long) Long.BYTES * (icebergs.length + lotsByLevel.length);
  }
}
