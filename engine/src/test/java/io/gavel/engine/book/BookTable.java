package io.gavel.engine.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.StpMode;
import java.util.ArrayList;
import java.util.List;

/** A small book for tests that state rules one by one: orders by number, entries and queues as text. */
final class BookTable {

  static final long ALICE = 11;
  static final long BOB = 12;
  static final long CAROL = 13;

  final OrderPool pool = new OrderPool(8_192);
  final OrderBook book = new OrderBook(7, pool, 10);
  FillBuffer fills = new FillBuffer(64);
  private long nextOrderId = 1;

  int claim(final long account, final Side side, final int ticks, final long lots) {
    return pool.claim(nextOrderId++, account, side, ticks, lots);
  }

  int rest(final long account, final Side side, final int ticks, final long lots) {
    final int slot = claim(account, side, ticks, lots);
    book.rest(slot);
    return slot;
  }

  int iceberg(final long account, final Side side, final int ticks, final long lots, final long displayLots) {
    final int slot = claim(account, side, ticks, lots);
    pool.display(slot, displayLots);
    book.rest(slot);
    return slot;
  }

  int hidden(final long account, final Side side, final int ticks, final long lots) {
    final int slot = claim(account, side, ticks, lots);
    pool.hide(slot);
    book.rest(slot);
    return slot;
  }

  /** An order of a call phase. */
  int call(final long account, final Side side, final int ticks, final long lots) {
    final int slot = claim(account, side, ticks, lots);
    book.restInCall(slot);
    return slot;
  }

  List<String> take(final long account, final Side side, final int ticks, final long lots, final StpMode stp) {
    return match(claim(account, side, ticks, lots), stp);
  }

  List<String> match(final int taker, final StpMode stp) {
    final List<String> entries = new ArrayList<>();
    boolean isDone = false;
    while (!isDone) {
      isDone = book.match(taker, pool.priceTicks(taker), stp, OrderBook.NO_BUDGET, fills);
      addTo(entries);
    }
    return entries;
  }

  List<String> uncross(final int ticks) {
    final List<String> entries = new ArrayList<>();
    while (!book.uncross(ticks, fills)) {
      addTo(entries);
    }
    addTo(entries);
    return entries;
  }

  /** Reads a chunk as the core does: slots of makers that are done are free for the next one. */
  private void addTo(final List<String> entries) {
    for (int i = 0; i < fills.size(); i++) {
      entries.add(fills.kind(i) + " maker=" + pool.orderId(fills.makerSlot(i)) + " taker="
          + pool.orderId(fills.takerSlot(i)) + " px=" + fills.priceTicks(i) + " lots=" + fills.lots(i) + " open="
          + fills.makerOpenLots(i) + "/" + fills.takerOpenLots(i));
    }
    for (int i = 0; i < fills.size(); i++) {
      final int maker = fills.makerSlot(i);
      if (0 == fills.makerOpenLots(i) && FillBuffer.Kind.TRADE == fills.kind(i)) {
        pool.release(maker);
      }
    }
  }

  /** The orders of a side in the order in which they trade: id:shown/open. */
  String queue(final Side side) {
    final StringBuilder text = new StringBuilder();
    for (int slot = book.firstOrder(side); OrderPool.NULL_SLOT != slot; slot = book.nextOrder(slot)) {
      text.append(text.isEmpty() ? "" : " ").append(pool.orderId(slot)).append(':').append(pool.shownLots(slot))
          .append('/').append(pool.openLots(slot));
    }
    return text.toString();
  }

  void assertDepth(final Side side, final int ticks, final long shownLots, final long openLots, final int orders) {
    assertEquals(shownLots, book.shownLots(side, ticks), "shown lots");
    assertEquals(openLots, book.depthLots(side, ticks), "open lots");
    assertEquals(orders, book.ordersAt(side, ticks), "orders");
  }

  void assertCrossed(final boolean isCrossed) {
    if (isCrossed) {
      assertTrue(book.isCrossed());
    } else {
      assertFalse(book.isCrossed());
    }
  }
}
