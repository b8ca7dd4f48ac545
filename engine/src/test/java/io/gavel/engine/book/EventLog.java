package io.gavel.engine.book;

import java.util.Arrays;

/** What a book said to a command, as rows of numbers that are cheap to compare. */
final class EventLog {

  static final int TRADE = 1;
  static final int MAKER_CANCELLED = 2;
  static final int MAKER_REDUCED = 3;
  static final int TAKER_CANCELLED = 4;
  static final int TAKER_REDUCED = 5;
  static final int RESTED = 6;
  static final int DROPPED = 7;
  static final int REFUSED = 8;
  static final int CANCELLED = 9;
  static final int REDUCED = 10;
  static final int PRICED = 11;

  private static final int ROW = 7;

  private long[] cells = new long[ROW * 256];
  private int length;

  void clear() {
    length = 0;
  }

  /** Order and the one it met, price, lots, open lots of both. */
  void add(final int kind, final long order, final long taker, final long ticks, final long lots, final long open,
      final long takerOpen) {
    if (length + ROW > cells.length) {
      cells = Arrays.copyOf(cells, 2 * cells.length);
    }
    cells[length++] = kind;
    cells[length++] = order;
    cells[length++] = taker;
    cells[length++] = ticks;
    cells[length++] = lots;
    cells[length++] = open;
    cells[length++] = takerOpen;
  }

  int size() {
    return length / ROW;
  }

  int kind(final int row) {
    return (int) cells[ROW * row];
  }

  boolean isSameAs(final EventLog other) {
    return Arrays.equals(cells, 0, length, other.cells, 0, other.length);
  }

  @Override
  public String toString() {
    final StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i += ROW) {
      text.append(Arrays.toString(Arrays.copyOfRange(cells, i, i + ROW))).append('\n');
    }
    return text.toString();
  }
}
