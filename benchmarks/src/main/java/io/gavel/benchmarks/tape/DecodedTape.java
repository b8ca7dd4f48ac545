package io.gavel.benchmarks.tape;

import io.gavel.adapters.backtest.Backtest;
import io.gavel.adapters.backtest.run.TapeOpener;
import io.gavel.adapters.backtest.tape.Tape;
import io.gavel.adapters.backtest.tape.TapeRow;
import java.util.Arrays;

/** The demo tape in arrays, so that a measurement reads no file and parses no text. */
final class DecodedTape {

  private static final int ROWS_MIN = 1 << 17;

  final long[] timesNs;
  final int[] priceTicks;
  final long[] sizeLots;

  private DecodedTape(final long[] timesNs, final int[] priceTicks, final long[] sizeLots) {
    this.timesNs = timesNs;
    this.priceTicks = priceTicks;
    this.sizeLots = sizeLots;
  }

  static DecodedTape demo(final int instrumentId) {
    long[] timesNs = new long[ROWS_MIN];
    int[] priceTicks = new int[ROWS_MIN];
    long[] sizeLots = new long[ROWS_MIN];
    int rows = 0;
    final TapeRow row = new TapeRow();
    try (Tape tape = TapeOpener.open(Backtest.demo().read(), instrumentId)) {
      while (tape.next(row)) {
        if (rows == timesNs.length) {
          timesNs = Arrays.copyOf(timesNs, 2 * rows);
          priceTicks = Arrays.copyOf(priceTicks, 2 * rows);
          sizeLots = Arrays.copyOf(sizeLots, 2 * rows);
        }
        timesNs[rows] = row.timeNs;
        priceTicks[rows] = row.priceTicks;
        sizeLots[rows++] = row.sizeLots;
      }
    }
    return new DecodedTape(Arrays.copyOf(timesNs, rows), Arrays.copyOf(priceTicks, rows),
        Arrays.copyOf(sizeLots, rows));
  }

  int rows() {
    return timesNs.length;
  }

  /** From the first row to the last, and a second more: how far the next round lies behind this one. */
  long roundNs() {
    return timesNs[timesNs.length - 1] - timesNs[0] + 1_000_000_000L;
  }
}
