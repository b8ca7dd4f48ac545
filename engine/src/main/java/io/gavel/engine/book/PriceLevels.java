package io.gavel.engine.book;

import io.gavel.codecs.Invariants;

/**
 * The rows of all price levels of an engine, in flat arrays: head and tail of the orders at a price, how many they are
 * and what they sum up to. A level lives while an order stands at it, so there are never more levels than orders.
 *
 * <pre>
 *   links (ints)   | head, or next free row | tail | price | orders |
 * </pre>
 */
final class PriceLevels {

  static final int NULL_LEVEL = -1;

  private static final int LINKS = 4;
  private static final int TAIL = 1;
  private static final int PRICE = 2;
  private static final int ORDERS = 3;

  private final int[] links;
  private final long[] openLots;
  private int freeHead;

  PriceLevels(final int levelsMax) {
    links = new int[LINKS * levelsMax];
    openLots = new long[levelsMax];
    for (int level = 0; level < levelsMax; level++) {
      links[LINKS * level] = level + 1 < levelsMax ? level + 1 : NULL_LEVEL;
    }
  }

  int claim(final int priceTicks) {
    final int level = freeHead;
    Invariants.check(NULL_LEVEL != level, "more levels than orders");
    freeHead = links[LINKS * level];
    links[LINKS * level] = OrderPool.NULL_SLOT;
    links[LINKS * level + TAIL] = OrderPool.NULL_SLOT;
    links[LINKS * level + PRICE] = priceTicks;
    links[LINKS * level + ORDERS] = 0;
    openLots[level] = 0;
    return level;
  }

  void release(final int level) {
    Invariants.check(0 == links[LINKS * level + ORDERS] && 0 == openLots[level],
        "level left with orders: orders, lots", links[LINKS * level + ORDERS], openLots[level]);
    links[LINKS * level] = freeHead;
    freeHead = level;
  }

  int head(final int level) {
    return links[LINKS * level];
  }

  void head(final int level, final int slot) {
    links[LINKS * level] = slot;
  }

  int tail(final int level) {
    return links[LINKS * level + TAIL];
  }

  void tail(final int level, final int slot) {
    links[LINKS * level + TAIL] = slot;
  }

  int priceTicks(final int level) {
    return links[LINKS * level + PRICE];
  }

  int orders(final int level) {
    return links[LINKS * level + ORDERS];
  }

  void countOrder(final int level, final int change) {
    links[LINKS * level + ORDERS] += change;
  }

  long openLots(final int level) {
    return openLots[level];
  }

  /** Every resting lot is held by an account, so the sum of a level fits; should it ever not, the engine halts. */
  void addLots(final int level, final long lots) {
    openLots[level] = Math.addExact(openLots[level], lots);
  }
}
