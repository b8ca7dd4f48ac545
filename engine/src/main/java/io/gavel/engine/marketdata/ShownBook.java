package io.gavel.engine.marketdata;

import io.gavel.codecs.sbe.BookAction;
import io.gavel.codecs.sbe.Side;
import io.gavel.engine.book.OrderBook;
import io.gavel.engine.book.OrderPool;

/**
 * One instrument's book as far as it is shown, kept up by what events tell. Its rows are orders of a pool of the feed's
 * own, and an order's open lots there are those it shows: an iceberg's next peak is taken out and put back behind all
 * others, a hidden order never rests. One thread. Allocates nothing after start.
 */
final class ShownBook {

  private final OrderPool pool;
  private final OrderFacts facts;
  private final OrderBook book;
  private final FeedWriter writer;

  ShownBook(final int instrumentId, final OrderPool pool, final OrderFacts facts, final FeedWriter writer) {
    this.pool = pool;
    this.facts = facts;
    this.writer = writer;
    book = new OrderBook(instrumentId, pool, 1);
  }

  OrderBook book() {
    return book;
  }

  FeedWriter writer() {
    return writer;
  }

  /** An order has found its place. */
  void rest(final int slot) {
    if (!facts.isHidden(slot)) {
      show(slot);
    }
  }

  /** Lots of a resting order traded; {@code openLots} are left of all of it. */
  void execute(final int slot, final long lots, final long openLots) {
    facts.openLots(slot, openLots);
    if (pool.isResting(slot)) {
      setShown(slot, pool.openLots(slot) - lots, BookAction.EXECUTE);
      if (!pool.isResting(slot) && openLots > 0) {
        show(slot);
      }
    }
  }

  /** A resting order became smaller and kept its place: it loses what it does not show first. */
  void shrink(final int slot, final long openLots) {
    facts.openLots(slot, openLots);
    if (pool.isResting(slot) && openLots < pool.openLots(slot)) {
      setShown(slot, openLots, BookAction.CHANGE);
    }
  }

  /** Takes an order out, if it shows anything. */
  void remove(final int slot) {
    if (pool.isResting(slot)) {
      setShown(slot, 0, BookAction.DELETE);
    }
  }

  private void show(final int slot) {
    final long displayLots = facts.displayLots(slot);
    final long openLots = facts.openLots(slot);
    pool.reprice(slot, pool.priceTicks(slot), 0 == displayLots ? openLots : Math.min(displayLots, openLots));
    book.restInCall(slot);
    tell(slot, pool.openLots(slot), BookAction.ADD);
  }

  private void setShown(final int slot, final long lots, final BookAction action) {
    if (0 == lots) {
      book.remove(slot);
    } else {
      book.reduce(slot, lots);
    }
    tell(slot, lots, action);
  }

  private void tell(final int slot, final long lots, final BookAction action) {
    final Side side = pool.side(slot);
    writer.order(pool.orderId(slot), side, pool.priceTicks(slot), lots, action);
    writer.touched(side, pool.priceTicks(slot));
  }
}
