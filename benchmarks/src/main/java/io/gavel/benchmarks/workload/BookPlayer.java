package io.gavel.benchmarks.workload;

import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.StpMode;
import io.gavel.engine.book.FillBuffer;
import io.gavel.engine.book.OrderBook;
import io.gavel.engine.book.OrderPool;

/** Plays a {@link BookMix} into the engine's book, as its host does: look up, match, settle, rest or drop. */
public final class BookPlayer {

  private final OrderPool pool;
  private final OrderBook book;
  private final FillBuffer fills = new FillBuffer(64);
  private long trades;
  private long tradedLots;

  /** A book with room for so many live orders. */
  public BookPlayer(final int ordersMax) {
    pool = new OrderPool(ordersMax);
    book = new OrderBook(1, pool, 1);
  }

  /** Plays messages from the first up to and without the last. */
  public void play(final BookMix mix, final int from, final int to) {
    for (int i = from; i < to; i++) {
      switch (mix.kind(i)) {
        case BookMix.CANCEL -> {
          final int slot = pool.slotOf(mix.orderId(i));
          book.remove(slot);
          pool.release(slot);
        }
        case BookMix.MOVE -> {
          final int slot = pool.slotOf(mix.orderId(i));
          if (!book.move(slot, mix.priceTicks(i), mix.lots(i))) {
            match(slot, mix.priceTicks(i), true);
          }
        }
        default -> match(pool.claim(mix.orderId(i), 1, mix.side(i), mix.priceTicks(i), mix.lots(i)),
            mix.priceTicks(i), BookMix.GTC == mix.kind(i));
      }
    }
  }

  private void match(final int taker, final int limitTicks, final boolean mayRest) {
    boolean isDone = false;
    while (!isDone) {
      isDone = book.match(taker, limitTicks, StpMode.NONE, OrderBook.NO_BUDGET, fills);
      for (int i = 0; i < fills.size(); i++) {
        trades++;
        tradedLots += fills.lots(i);
        if (0 == fills.makerOpenLots(i)) {
          pool.release(fills.makerSlot(i));
        }
      }
    }
    if (mayRest && pool.openLots(taker) > 0) {
      book.rest(taker);
    } else {
      pool.release(taker);
    }
  }

  /** The pool that the orders live in. */
  public OrderPool pool() {
    return pool;
  }

  /** The book that was played into. */
  public OrderBook book() {
    return book;
  }

  /** Trades so far: equal for any book that plays the same messages. */
  public long trades() {
    return trades;
  }

  /** Lots traded so far: equal for any book that plays the same messages. */
  public long tradedLots() {
    return tradedLots;
  }

  boolean isOpen(final int orderId) {
    return OrderPool.NULL_SLOT != pool.slotOf(orderId);
  }

  Side side(final int orderId) {
    return pool.side(pool.slotOf(orderId));
  }

  long openLots(final int orderId) {
    return pool.openLots(pool.slotOf(orderId));
  }

  int openOrders() {
    return pool.size();
  }
}
