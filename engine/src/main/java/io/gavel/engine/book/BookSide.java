package io.gavel.engine.book;

import io.gavel.risk.price.TickMap;

/** One side of a book: its levels by price, the best of them at hand, and the orders at each in order of arrival. */
final class BookSide {

  private final boolean isBid;
  private final OrderPool pool;
  private final PriceLevels levels;
  private final TickMap levelsByTick;
  private int bestTicks = TickMap.NULL_TICK;
  private int bestLevel = PriceLevels.NULL_LEVEL;
  private int orders;

  BookSide(final boolean isBid, final OrderPool pool) {
    this.isBid = isBid;
    this.pool = pool;
    this.levels = pool.levels();
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

  /** Puts an order behind all others at its price. */
  void append(final int slot) {
    final int ticks = pool.priceTicks(slot);
    int level = levelAt(ticks);
    if (PriceLevels.NULL_LEVEL == level) {
      level = open(ticks);
    }
    final int tail = levels.tail(level);
    pool.level(slot, level);
    pool.previous(slot, tail);
    pool.next(slot, OrderPool.NULL_SLOT);
    if (OrderPool.NULL_SLOT == tail) {
      levels.head(level, slot);
    } else {
      pool.next(tail, slot);
    }
    levels.tail(level, slot);
    levels.countOrder(level, 1);
    levels.addLots(level, pool.openLots(slot));
    orders++;
  }

  /** Takes an order out, with the level if it was the last one there; its open lots stay as they are. */
  void unlink(final int slot) {
    final int level = pool.level(slot);
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
    pool.level(slot, PriceLevels.NULL_LEVEL);
    levels.countOrder(level, -1);
    levels.addLots(level, -pool.openLots(slot));
    orders--;
    if (0 == levels.orders(level)) {
      close(level);
    }
  }

  /** Takes lots off a resting order, which keeps its place; one that has none left is taken out. */
  void takeLots(final int slot, final long lots) {
    final long left = pool.openLots(slot) - lots;
    levels.addLots(pool.level(slot), -lots);
    pool.openLots(slot, left);
    if (0 == left) {
      unlink(slot);
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
