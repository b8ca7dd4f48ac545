package io.gavel.engine.marketdata;

import io.gavel.codecs.sbe.Side;
import io.gavel.engine.book.OrderBook;
import io.gavel.engine.book.OrderPool;
import java.util.zip.CRC32;

/**
 * CRC-32 over the best of a book, bids before asks, little endian: by price (priceTicks int, lots long) of 25 levels a
 * side, by order (orderId long, lots long) of 25 orders a side. Feed and views fold the same numbers, so that a
 * subscriber that lost something knows. One thread. Allocates nothing.
 */
final class BookChecksum {

  /** Levels, or orders, of a side that are looked at. */
  static final int DEPTH = 25;

  private final CRC32 crc = new CRC32();

  void begin() {
    crc.reset();
  }

  int value() {
    return (int) crc.getValue();
  }

  void add(final int value) {
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      crc.update(value >>> shift);
    }
  }

  void add(final long value) {
    add((int) value);
    add((int) (value >>> Integer.SIZE));
  }

  int byPrice(final OrderBook book) {
    begin();
    foldLevels(book, Side.BUY);
    foldLevels(book, Side.SELL);
    return value();
  }

  int byOrder(final OrderBook book, final OrderPool pool) {
    begin();
    foldOrders(book, pool, Side.BUY);
    foldOrders(book, pool, Side.SELL);
    return value();
  }

  private void foldLevels(final OrderBook book, final Side side) {
    int ticks = book.nextLevel(side, 0);
    for (int i = 0; i < DEPTH && 0 != ticks; i++) {
      add(ticks);
      add(book.depthLots(side, ticks));
      ticks = book.nextLevel(side, ticks);
    }
  }

  private void foldOrders(final OrderBook book, final OrderPool pool, final Side side) {
    int slot = book.firstOrder(side);
    for (int i = 0; i < DEPTH && OrderPool.NULL_SLOT != slot; i++) {
      add(pool.orderId(slot));
      add(pool.openLots(slot));
      slot = book.nextOrder(slot);
    }
  }
}
