package io.gavel.engine.book;

import io.gavel.codecs.Invariants;
import io.gavel.risk.price.TickMap;

/**
 * One side of a book: its levels by price, the best of them at hand, and the orders at each in the order in which they
 * trade: the shown ones, then the hidden ones, first come first.
 */
final class BookSide {

  private final boolean isBid;
  private final OrderPool pool;
  private final PriceLevels levels;
  private final HiddenLots hiddenLots;
  private final TickMap levelsByTick;
  private int bestTicks = TickMap.NULL_TICK;
  private int bestLevel = PriceLevels.NULL_LEVEL;
  private int orders;

  BookSide(final boolean isBid, final OrderPool pool) {
    this.isBid = isBid;
    this.pool = pool;
    this.levels = pool.levels();
    this.hiddenLots = pool.hiddenLots();
    this.levelsByTick = new TickMap(pool.pages());
  }

  /** Price of the best level, or {@link TickMap#NULL_TICK}. */
  int bestTicks() {
    return bestTicks;
  }

  int bestLevel() {
    return bestLevel;
  }

  int orders() {
    return orders;
  }

  /** Whether the best level is one that a taker with this limit would trade with. */
  boolean isBestWithin(final int limitTicks) {
    return isBid ? bestTicks >= limitTicks : bestTicks <= limitTicks && TickMap.NULL_TICK != bestTicks;
  }

  boolean isWithin(final int ticks, final int limitTicks) {
    return isBid ? ticks >= limitTicks : ticks <= limitTicks;
  }

  int levelAt(final int ticks) {
    return ticks == bestTicks ? bestLevel : levelsByTick.get(ticks);
  }

  /** The price behind a price; the best for {@link TickMap#NULL_TICK}. */
  int ticksBehind(final int ticks) {
    if (TickMap.NULL_TICK == ticks) {
      return bestTicks;
    }
    return isBid ? levelsByTick.previousTick(ticks) : levelsByTick.nextTick(ticks);
  }

  /** The price before a price, towards better; {@link TickMap#NULL_TICK} before the best. */
  int ticksBefore(final int ticks) {
    return isBid ? levelsByTick.nextTick(ticks) : levelsByTick.previousTick(ticks);
  }

  /** Puts an order behind all others at its price, a shown one before the hidden ones. */
  void append(final int slot) {
    final int ticks = pool.priceTicks(slot);
    int level = levelAt(ticks);
    if (PriceLevels.NULL_LEVEL == level) {
      level = open(ticks);
    }
    pool.level(slot, level);
    link(slot, level);
    levels.countOrder(level, 1);
    levels.addLots(level, pool.openLots(slot));
    orders++;
    if (!pool.isPlain(slot)) {
      conceal(slot, level);
    }
  }

  /** Takes an order out, with the level if it was the last one there; its open lots stay as they are. */
  void unlink(final int slot) {
    final int level = pool.level(slot);
    if (!pool.isPlain(slot)) {
      reveal(slot, level);
    }
    detach(slot, level);
    pool.level(slot, PriceLevels.NULL_LEVEL);
    levels.countOrder(level, -1);
    levels.addLots(level, -pool.openLots(slot));
    orders--;
    if (0 == levels.orders(level)) {
      close(level);
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
      detach(slot, level);
      link(slot, level);
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

  /** Counts what an order that has just come to a level does not show there. */
  private void conceal(final int slot, final int level) {
    if (pool.isIceberg(slot)) {
      hiddenLots.peakLots(slot, Math.min(pool.openLots(slot), hiddenLots.displayLots(slot)));
    } else {
      final int previous = pool.previous(slot);
      if (OrderPool.NULL_SLOT == previous || !pool.isHidden(previous)) {
        hiddenLots.firstAt(level, slot);
      }
    }
    hiddenLots.addLotsAt(level, pool.openLots(slot) - pool.shownLots(slot));
  }

  private void reveal(final int slot, final int level) {
    hiddenLots.addLotsAt(level, pool.shownLots(slot) - pool.openLots(slot));
    if (pool.isHidden(slot) && hiddenLots.firstAt(level) == slot) {
      hiddenLots.firstAt(level, pool.next(slot));
    }
  }

  /** Links an order behind all others at its level, a shown one before the hidden ones. */
  private void link(final int slot, final int level) {
    final int tail = levels.tail(level);
    int previous = tail;
    int next = OrderPool.NULL_SLOT;
    if (OrderPool.NULL_SLOT != tail && pool.isHidden(tail) && !pool.isHidden(slot)) {
      next = hiddenLots.firstAt(level);
      previous = pool.previous(next);
      pool.previous(next, slot);
    } else {
      levels.tail(level, slot);
    }
    pool.previous(slot, previous);
    pool.next(slot, next);
    if (OrderPool.NULL_SLOT == previous) {
      levels.head(level, slot);
    } else {
      pool.next(previous, slot);
    }
  }

  private void detach(final int slot, final int level) {
    final int previous = pool.previous(slot);
    final int next = pool.next(slot);
    if (OrderPool.NULL_SLOT == previous) {
      levels.head(level, next);
    } else {
      pool.next(previous, next);
    }
    if (OrderPool.NULL_SLOT == next) {
      levels.tail(level, previous);
    } else {
      pool.previous(next, previous);
    }
  }

  private int open(final int ticks) {
    final int level = levels.claim(ticks);
    levelsByTick.put(ticks, level);
    if (TickMap.NULL_TICK == bestTicks || (isBid ? ticks > bestTicks : ticks < bestTicks)) {
      bestTicks = ticks;
      bestLevel = level;
    }
    return level;
  }

  private void close(final int level) {
    final int ticks = levels.priceTicks(level);
    levelsByTick.remove(ticks);
    levels.release(level);
    if (ticks == bestTicks) {
      bestTicks = isBid ? levelsByTick.lastTick() : levelsByTick.firstTick();
      bestLevel = levelsByTick.get(bestTicks);
    }
  }
}
