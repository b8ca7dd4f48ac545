package io.gavel.engine.book;

import io.gavel.codecs.Invariants;

/**
 * One side of a book: its levels by price, the best of them at hand, and the orders at each in the order in which they
 * trade: the shown ones, then the hidden ones, first come first. Prices are ranked, 1 the best there can be, so that
 * both sides run the same way and nothing here depends on which of the two it is; 0 is no price and no rank.
 */
final class BookSide {

  /** For bids, whose higher prices rank first; ranks and ticks turn into each other the same way. */
  private final int sign;
  private final OrderPool pool;
  private final OrderQueues queues;
  private final PriceLevels levels;
  private final HiddenLots hiddenLots;
  private final PriceLadder ladder;
  private int bestRank = PriceLadder.NULL_RANK;
  private int bestLevel = PriceLevels.NULL_LEVEL;
  private int hiddenOrders;

  BookSide(final boolean isBid, final OrderPool pool) {
    this.sign = isBid ? -1 : 1;
    this.pool = pool;
    this.queues = pool.queues();
    this.levels = pool.levels();
    this.hiddenLots = pool.hiddenLots();
    this.ladder = new PriceLadder(pool.pages());
  }

  /** Price of the best level, or 0. */
  int bestTicks() {
    return rank(bestRank);
  }

  /** Whether a level may show nothing. */
  boolean hasHiddenOrders() {
    return 0 != hiddenOrders;
  }

  int bestLevel() {
    return bestLevel;
  }

  /** Orders at all levels. */
  long orders() {
    long orders = 0;
    for (int rank = bestRank; PriceLadder.NULL_RANK != rank; rank = ladder.after(rank)) {
      orders += levels.orders(ladder.level(rank));
    }
    return orders;
  }

  /** Whether the best level is one that a taker with this limit would trade with. */
  boolean isBestWithin(final int limitTicks) {
    return Integer.compareUnsigned(bestRank - 1, rank(limitTicks)) < 0;
  }

  boolean isWithin(final int ticks, final int limitTicks) {
    return rank(ticks) <= rank(limitTicks);
  }

  int levelAt(final int ticks) {
    return ladder.level(rank(ticks));
  }

  /** The price behind a price; the best for 0. */
  int ticksBehind(final int ticks) {
    return 0 == ticks ? bestTicks() : rank(ladder.after(rank(ticks)));
  }

  /** The price before a price, towards better; 0 before the best. */
  int ticksBefore(final int ticks) {
    return rank(ladder.before(rank(ticks)));
  }

  /** Puts an order of this price and size behind all others at its price, a shown one before the hidden ones. */
  void append(final int slot, final int ticks, final long openLots) {
    final int rank = rank(ticks);
    int level = ladder.level(rank);
    if (PriceLevels.NULL_LEVEL == level) {
      level = open(rank);
    }
    pool.level(slot, level);
    final int shownEnd = levels.addOrder(level, openLots);
    if (pool.isPlain(slot)) {
      queues.insertBefore(slot, shownEnd);
    } else {
      conceal(slot, level);
    }
  }

  /** Takes an order out, with the level if it was the last one there; its open lots stay as they are. */
  void unlink(final int slot) {
    final int level = pool.level(slot);
    if (!pool.isPlain(slot)) {
      reveal(slot, level);
    }
    queues.remove(slot);
    pool.level(slot, PriceLevels.NULL_LEVEL);
    if (levels.removeOrder(level, pool.openLots(slot))) {
      close(rank(pool.priceTicks(slot)), level);
    }
  }

  /** Trades lots of the order whose turn it is; one that has none left is taken out, an empty peak is refreshed. */
  void trade(final int slot, final long lots) {
    if (pool.isIceberg(slot)) {
      tradePeak(slot, lots);
    } else {
      takeLots(slot, lots);
    }
  }

  /**
   * Takes lots off a resting order, which keeps its place; one that has none left is taken out. An iceberg loses its
   * reserve first.
   */
  void takeLots(final int slot, final long lots) {
    final int level = pool.level(slot);
    final long left = pool.openLots(slot) - lots;
    if (!pool.isPlain(slot)) {
      takeUnshown(slot, level, lots, left);
    }
    levels.addLots(level, -lots);
    pool.openLots(slot, left);
    if (0 == left) {
      unlink(slot);
    }
  }

  /** Gives a resting iceberg the peak it was saved with. */
  void showPeak(final int slot, final long lots) {
    Invariants.check(lots > 0 && lots <= pool.shownLots(slot), "not a peak: lots, most", lots, pool.shownLots(slot));
    hiddenLots.addLotsAt(pool.level(slot), pool.shownLots(slot) - lots);
    hiddenLots.peakLots(slot, lots);
  }

  private void tradePeak(final int slot, final long lots) {
    final int level = pool.level(slot);
    final long left = pool.openLots(slot) - lots;
    final long peak = hiddenLots.peakLots(slot) - lots;
    levels.addLots(level, -lots);
    pool.openLots(slot, left);
    hiddenLots.peakLots(slot, peak);
    if (0 == left) {
      unlink(slot);
    } else if (0 == peak) {
      final long nextPeak = Math.min(left, hiddenLots.displayLots(slot));
      hiddenLots.peakLots(slot, nextPeak);
      hiddenLots.addLotsAt(level, -nextPeak);
      queues.remove(slot);
      queues.insertBefore(slot, levels.shownEnd(level));
    }
  }

  private void takeUnshown(final int slot, final int level, final long lots, final long left) {
    if (pool.isHidden(slot)) {
      hiddenLots.addLotsAt(level, -lots);
    } else {
      final long peak = hiddenLots.peakLots(slot);
      final long peakLeft = Math.min(peak, left);
      hiddenLots.peakLots(slot, peakLeft);
      hiddenLots.addLotsAt(level, peak - peakLeft - lots);
    }
  }

  /** Queues an order up that does not show all of itself, and counts what it does not show. */
  private void conceal(final int slot, final int level) {
    if (pool.isIceberg(slot)) {
      hiddenLots.peakLots(slot, Math.min(pool.openLots(slot), hiddenLots.displayLots(slot)));
      queues.insertBefore(slot, levels.shownEnd(level));
    } else {
      final int ring = OrderQueues.ring(level);
      hiddenOrders++;
      queues.insertBefore(slot, ring);
      if (ring == levels.shownEnd(level)) {
        levels.shownEnd(level, slot);
      }
    }
    hiddenLots.addLotsAt(level, pool.openLots(slot) - pool.shownLots(slot));
  }

  private void reveal(final int slot, final int level) {
    hiddenLots.addLotsAt(level, pool.shownLots(slot) - pool.openLots(slot));
    hiddenOrders -= pool.isHidden(slot) ? 1 : 0;
    if (slot == levels.shownEnd(level)) {
      levels.shownEnd(level, queues.next(slot));
    }
  }

  private int open(final int rank) {
    final int level = levels.claim();
    ladder.put(rank, level);
    if (Integer.compareUnsigned(rank - 1, bestRank - 1) < 0) {
      bestRank = rank;
      bestLevel = level;
      ladder.follow(rank);
    }
    return level;
  }

  private void close(final int rank, final int level) {
    ladder.remove(rank);
    levels.release(level);
    if (rank == bestRank) {
      bestRank = ladder.first();
      bestLevel = ladder.level(bestRank);
      ladder.follow(bestRank);
    }
  }

  /** The rank of a price, or the price of a rank. */
  private int rank(final int ticks) {
    return (sign * ticks) & Integer.MAX_VALUE;
  }
}
