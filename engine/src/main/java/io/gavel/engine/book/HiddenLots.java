package io.gavel.engine.book;

/**
 * What nobody sees of a book: the reserves of icebergs, the hidden orders, and where at a level these stand. Cold: read
 * and written for such orders only, so that all others pay no more than the test of a bit in their row.
 *
 * <pre>
 *   by slot    | displayLots | peakLots |             valid for an iceberg only
 *   by level   | lots not shown | first hidden order | the latter valid while the last order there is hidden
 * </pre>
 */
final class HiddenLots {

  private static final int ROW = 2;
  private static final int PEAK = 1;

  private final long[] icebergs;
  private final long[] lotsByLevel;
  private final int[] firstByLevel;

  HiddenLots(final int ordersMax) {
    icebergs = new long[ROW * ordersMax];
    lotsByLevel = new long[ordersMax];
    firstByLevel = new int[ordersMax];
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

  int firstAt(final int level) {
    return firstByLevel[level];
  }

  void firstAt(final int level, final int slot) {
    firstByLevel[level] = slot;
  }
}
