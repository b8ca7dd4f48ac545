package io.gavel.adapters.market.capture;

import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.StpMode;
import io.gavel.engine.book.FillBuffer;
import io.gavel.engine.book.OrderBook;
import io.gavel.engine.book.OrderPool;
import java.util.ArrayList;
import java.util.List;

/**
 * The orders of one instrument of a venue, kept in the engine's {@link OrderBook} as it is shipped: what the venue says
 * of its orders is done to ours. Prices are ticks above 0. What the venue cannot have meant is a {@link CaptureFault}.
 */
final class VenueBook {

  private static final int ORDERS_AT_START = 1 << 10;
  /** So few that the sum of a level cannot overflow. */
  private static final long LOTS_MAX = 1L << 52;
  private static final int FILLS_PER_CHUNK = 64;
  private static final long TAKER_ID = Long.MIN_VALUE;

  private final FillBuffer fills = new FillBuffer(FILLS_PER_CHUNK);
  private final OrderPool pool = new OrderPool(ORDERS_AT_START);
  private final OrderBook book = new OrderBook(1, pool, 1);

  private record Order(long id, Side side, int priceTicks, long lots) {
  }

  boolean isLive(final long orderId) {
    return OrderPool.NULL_SLOT != pool.slotOf(orderId);
  }

  long openLots(final long orderId) {
    return pool.openLots(slot(orderId));
  }

  Side side(final long orderId) {
    return pool.side(slot(orderId));
  }

  int priceTicks(final long orderId) {
    return pool.priceTicks(slot(orderId));
  }

  /** Puts an order behind all others at its price; before and in auctions it may cross. */
  void add(final long orderId, final Side side, final int priceTicks, final long lots) {
    if (lots <= 0 || lots > LOTS_MAX) {
      throw new CaptureFault("order " + id(orderId) + ": its size " + lots
          + (lots <= 0 ? " is not positive" : " is more than " + LOTS_MAX));
    }
    if (TAKER_ID == orderId || isLive(orderId)) {
      throw new CaptureFault("order " + id(orderId) + ": used twice, it is in the book with "
          + (TAKER_ID == orderId ? 0 : openLots(orderId)));
    }
    rest(new Order(orderId, side, priceTicks, lots));
  }

  /** Takes lots off an order, which keeps its place; with its last ones it is gone. */
  void take(final long orderId, final long lots) {
    final int slot = slot(orderId);
    final long open = pool.openLots(slot);
    if (lots <= 0 || lots > open) {
      throw new CaptureFault("order " + id(orderId) + ": cannot lose " + lots + " of its " + open);
    }
    if (lots == open) {
      book.remove(slot);
      pool.release(slot);
    } else {
      book.reduce(slot, open - lots);
    }
  }

  /** Gives an order another price and size; unless it only gets smaller it goes behind all others at its price. */
  void replace(final long orderId, final int priceTicks, final long lots) {
    final long open = openLots(orderId);
    if (priceTicks == priceTicks(orderId) && lots <= open) {
      if (lots < open) {
        take(orderId, open - lots);
      }
      return;
    }
    final Side side = side(orderId);
    take(orderId, open);
    add(orderId, side, priceTicks, lots);
  }

  /**
   * Sends the incoming order that executes {@code lots} of a resting one through the engine's matching: the other side,
   * its price as the limit. Afterwards the book is as the venue says, whomever the engine hit.
   *
   * @return whether it hit that very order, with all its lots
   */
  boolean execute(final long orderId, final long lots) {
    final int maker = slot(orderId);
    if (lots <= 0 || lots > pool.openLots(maker)) {
      throw new CaptureFault("order " + id(orderId) + ": cannot trade " + lots + " of its " + pool.openLots(maker));
    }
    final Side side = pool.side(maker);
    final int taker = claim(new Order(TAKER_ID, Side.BUY == side ? Side.SELL : Side.BUY, pool.priceTicks(maker), lots));
    final List<Order> touched = match(taker);
    pool.release(taker);
    final boolean hit = 1 == touched.size() && touched.get(0).id == orderId && 0 == missing(touched, lots);
    if (hit) {
      releaseIfFilled(orderId);
    } else {
      restore(side, touched);
      take(orderId, lots);
    }
    return hit;
  }

  /** Lots at a price. */
  long depthLots(final Side side, final int priceTicks) {
    return book.depthLots(side, priceTicks);
  }

  /** The best levels of a side, {@code levelsMax} at most. */
  List<ShownSide.Level> levels(final Side side, final int levelsMax) {
    final List<ShownSide.Level> levels = new ArrayList<>();
    for (int ticks = book.nextLevel(side, 0); 0 != ticks && levels.size() < levelsMax;
        ticks = book.nextLevel(side, ticks)) {
      levels.add(new ShownSide.Level(ticks, book.depthLots(side, ticks)));
    }
    return levels;
  }

  /** Forgets the orders at a price. */
  void forget(final Side side, final int priceTicks) {
    int slot = book.firstOrder(side);
    while (OrderPool.NULL_SLOT != slot) {
      final int next = book.nextOrder(slot);
      if (pool.priceTicks(slot) == priceTicks) {
        book.remove(slot);
        pool.release(slot);
      }
      slot = next;
    }
  }

  void clear() {
    remove(Side.BUY);
    remove(Side.SELL);
  }

  /** Id as a venue writes it, up to 64 bits without a sign. */
  private static String id(final long orderId) {
    return Long.toUnsignedString(orderId);
  }

  private int slot(final long orderId) {
    final int slot = pool.slotOf(orderId);
    if (OrderPool.NULL_SLOT == slot) {
      throw new CaptureFault("order " + id(orderId) + ": unknown, it is not in the book");
    }
    return slot;
  }

  /** Matches to the end; the makers hit, in order, each with the lots it had before. */
  private List<Order> match(final int taker) {
    final List<Order> touched = new ArrayList<>(1);
    boolean finished = false;
    while (!finished) {
      finished = book.match(taker, pool.priceTicks(taker), StpMode.NONE, OrderBook.NO_BUDGET, fills);
      for (int i = 0; i < fills.size(); i++) {
        final int maker = fills.makerSlot(i);
        touched.add(new Order(pool.orderId(maker), pool.side(maker), fills.priceTicks(i),
            fills.lots(i) + fills.makerOpenLots(i)));
      }
    }
    return touched;
  }

  /** Lots that the first maker touched did not give. */
  private long missing(final List<Order> touched, final long lots) {
    final Order first = touched.get(0);
    return lots - (first.lots - openLots(first.id));
  }

  private void releaseIfFilled(final long orderId) {
    final int slot = slot(orderId);
    if (0 == pool.openLots(slot)) {
      pool.release(slot);
    }
  }

  /** Puts a side back as it was before the orders touched were hit. */
  private void restore(final Side side, final List<Order> touched) {
    final List<Order> before = new ArrayList<>(touched);
    for (final Order order : touched) {
      final int slot = slot(order.id);
      if (pool.isResting(slot)) {
        book.remove(slot);
      }
      pool.release(slot);
    }
    before.addAll(remove(side));
    before.forEach(this::rest);
  }

  /** Empties a side; its orders as they would have traded. */
  private List<Order> remove(final Side side) {
    final List<Order> removed = new ArrayList<>();
    for (int slot = book.firstOrder(side); OrderPool.NULL_SLOT != slot; slot = book.firstOrder(side)) {
      removed.add(new Order(pool.orderId(slot), side, pool.priceTicks(slot), pool.openLots(slot)));
      book.remove(slot);
      pool.release(slot);
    }
    return removed;
  }

  private void rest(final Order order) {
    book.restInCall(claim(order));
  }

  private int claim(final Order order) {
    int slot = pool.claim(order.id, 1, order.side, order.priceTicks, order.lots);
    if (OrderPool.NULL_SLOT == slot) {
      grow();
      slot = pool.claim(order.id, 1, order.side, order.priceTicks, order.lots);
    }
    return slot;
  }

  private void grow() {
    if (pool.capacity() >= OrderPool.ORDERS_MAX) {
      throw new CaptureFault("more than " + OrderPool.ORDERS_MAX + " orders are in the book at a time");
    }
    pool.grow(2 * pool.capacity());
  }
}
