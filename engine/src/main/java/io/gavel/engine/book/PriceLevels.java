package io.gavel.engine.book;

import io.gavel.codecs.Invariants;
import java.util.Arrays;

/**
 * The rows of all price levels of an engine, in flat arrays: what the orders at a price sum up to, how many they are,
 * and where the shown ones end. A level lives while an order stands at it, so there are never more levels than orders.
 *
 * <pre>
 *   row (longs)   | openLots | end of the shown orders (32 bits), or next free row | orders (32 bits) |
 * </pre>
 * The end of the shown orders is the first hidden one, or the level's own node in {@link OrderQueues}.
 */
final class PriceLevels {

  static final int NULL_LEVEL = -1;

  private static final int ROW = 2;
  private static final int QUEUE = 1;
  private static final long ORDERS_MASK = 0xFFFF_FFFFL;

  private final OrderQueues queues;
  private long[] rows;
  private int freeHead = NULL_LEVEL;

  PriceLevels(final int levelsMax, final OrderQueues queues) {
    this.queues = queues;
    rows = new long[ROW * levelsMax];
    free(0);
  }

  int claim() {
    final int level = freeHead;
    Invariants.check(NULL_LEVEL != level, "more levels than orders");
    freeHead = shownEnd(level);
    rows[ROW * level] = 0;
    rows[ROW * level + QUEUE] = 0;
    shownEnd(level, OrderQueues.ring(level));
    queues.open(level);
    return level;
  }

  void release(final int level) {
    Invariants.check(0 == orders(level) && 0 == openLots(level),
        "level left with orders: orders, lots", orders(level), openLots(level));
    shownEnd(level, freeHead);
    freeHead = level;
  }

  int orders(final int level) {
    return (int) rows[ROW * level + QUEUE];
  }

  /** The node before which a shown order queues up. */
  int shownEnd(final int level) {
    return (int) (rows[ROW * level + QUEUE] >> Integer.SIZE);
  }

  void shownEnd(final int level, final int node) {
    rows[ROW * level + QUEUE] = (long) node << Integer.SIZE | (rows[ROW * level + QUEUE] & ORDERS_MASK);
  }

  long openLots(final int level) {
    return rows[ROW * level];
  }

  /** Every resting lot is held by an account, so the sum of a level fits; should it ever not, the engine halts. */
  void addLots(final int level, final long lots) {
    rows[ROW * level] = Math.addExact(rows[ROW * level], lots);
  }

  /** Counts an order that comes; returns the node before which it queues up if it is shown. */
  int addOrder(final int level, final long lots) {
    addLots(level, lots);
    final long queue = rows[ROW * level + QUEUE];
    rows[ROW * level + QUEUE] = queue + 1;
    return (int) (queue >> Integer.SIZE);
  }

  /** Counts an order that left; returns whether it was the last one. */
  boolean removeOrder(final int level, final long lots) {
    addLots(level, -lots);
    final long queue = rows[ROW * level + QUEUE] - 1;
    rows[ROW * level + QUEUE] = queue;
    return 0 == (int) queue;
  }

  void grow(final int levelsMax) {
    final int levels = rows.length / ROW;
    rows = Arrays.copyOf(rows, ROW * levelsMax);
    free(levels);
  }

  long bytes() {
    return (long) Long.BYTES * rows.length;
  }

  private void free(final int fromLevel) {
    for (int level = rows.length / ROW - 1; level >= fromLevel; level--) {
      shownEnd(level, freeHead);
      freeHead = level;
    }
  }
}
