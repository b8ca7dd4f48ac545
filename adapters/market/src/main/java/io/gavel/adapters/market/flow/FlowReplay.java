package io.gavel.adapters.market.flow;

import io.gavel.codecs.InvariantViolation;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.StpMode;
import io.gavel.engine.book.FillBuffer;
import io.gavel.engine.book.OrderBook;
import io.gavel.engine.book.OrderPool;

/**
 * Drives the engine's book, as it is shipped, with the messages of a tape, and reports what happens. A cancel or modify
 * of what does not rest is rejected; a modify leaves the book, trades, and comes again behind all others at its price.
 * A new order whose id is live, or a modify to the other side, is a fault of the tape. Allocates nothing while it
 * replays. One thread.
 */
public final class FlowReplay {

  private static final int INSTRUMENT = 1;
  private static final long ACCOUNT = 1;
  private static final int ORDERS_MAX = 1 << 24;
  private static final int FILLS_PER_CHUNK = 64;
  /** Messages between two publications: each costs a cache line that the reader holds. */
  private static final int PUBLISH_MASK = 31;

  private final FlowTape tape;
  private final OrderPool pool;
  private final OrderBook book;
  private final FillBuffer fills = new FillBuffer(FILLS_PER_CHUNK);

  /**
   * An empty book with room for the orders of the tape.
   *
   * @throws FlowTapeException when more orders may be live at once than a pool can hold
   */
  public FlowReplay(final FlowTape tape) {
    final int orders = tape.liveOrdersMax();
    if (orders > ORDERS_MAX) {
      throw new FlowTapeException(FlowTapeException.NULL_RECORD,
          orders + " orders may be live at once, expected at most " + ORDERS_MAX);
    }
    this.tape = tape;
    pool = new OrderPool(Math.max(1, orders));
    book = new OrderBook(INSTRUMENT, pool, 1);
  }

  /** The book as the messages left it. */
  public OrderBook book() {
    return book;
  }

  /** The orders of the book. */
  public OrderPool pool() {
    return pool;
  }

  /**
   * Applies all messages in order, once; the ring's reader has seen or will see every report.
   *
   * @throws FlowTapeException with the record that the tape may not hold; those before it are applied and published
   */
  void replay(final ReportRing reports) {
    final long[] words = tape.words();
    final int messages = tape.messages();
    try {
      for (int i = 0; i < messages; i++) {
        apply(words, i * FlowTape.WORDS, reports);
        if (PUBLISH_MASK == (i & PUBLISH_MASK)) {
          reports.publish();
        }
      }
    } finally {
      reports.publish();
    }
  }

  private void apply(final long[] words, final int at, final ReportRing reports) {
    final int type = FlowTape.type(words[at]);
    if (FlowTape.NEW == type) {
      enter(words, at, reports);
    } else if (FlowTape.CANCEL == type) {
      cancel(words, at, reports);
    } else {
      modify(words, at, reports);
    }
  }

  private void enter(final long[] words, final int at, final ReportRing reports) {
    final boolean isBuy = FlowTape.isBuy(words[at]);
    final long lots = FlowTape.quantityLots(words[at]);
    final long sequence = words[at + FlowTape.SEQUENCE];
    final long orderId = words[at + FlowTape.ORDER_ID];
    final int ticks = (int) words[at + FlowTape.PRICE];
    final int slot = claim(at, isBuy ? Side.BUY : Side.SELL, orderId, ticks, lots);
    reports.order(ReportRing.ACCEPTED, sequence, isBuy, orderId, ticks, lots);
    if (match(slot, orderId, ticks, sequence, reports)) {
      pool.release(slot);
    } else if (FlowTape.isIoc(words[at])) {
      reports.order(ReportRing.CANCELLED, sequence, isBuy, orderId, ticks, 0);
      pool.release(slot);
    } else {
      book.rest(slot);
    }
  }

  /** All else that a claim refuses was refused when the tape was read. */
  private int claim(final int at, final Side side, final long orderId, final int ticks, final long lots) {
    try {
      return pool.claim(orderId, ACCOUNT, side, ticks, lots);
    } catch (final InvariantViolation e) {
      throw new FlowTapeException(record(at),
          "new order " + Long.toUnsignedString(orderId) + " while that id is live, expected one that is not");
    }
  }

  private void cancel(final long[] words, final int at, final ReportRing reports) {
    final long sequence = words[at + FlowTape.SEQUENCE];
    final long orderId = words[at + FlowTape.ORDER_ID];
    final int slot = pool.slotOf(orderId);
    if (OrderPool.NULL_SLOT == slot) {
      reports.rejected(ReportRing.CANCEL_REJECTED, sequence, orderId);
      return;
    }
    reports.order(ReportRing.CANCELLED, sequence, isBuy(slot), orderId, pool.priceTicks(slot), 0);
    book.remove(slot);
    pool.release(slot);
  }

  private void modify(final long[] words, final int at, final ReportRing reports) {
    final long sequence = words[at + FlowTape.SEQUENCE];
    final long orderId = words[at + FlowTape.ORDER_ID];
    final int slot = pool.slotOf(orderId);
    if (OrderPool.NULL_SLOT == slot) {
      reports.rejected(ReportRing.MODIFY_REJECTED, sequence, orderId);
      return;
    }
    final boolean isBuy = FlowTape.isBuy(words[at]);
    if (isBuy != isBuy(slot)) {
      throw new FlowTapeException(record(at),
          "modify of order " + Long.toUnsignedString(orderId) + " to the other side, expected its own");
    }
    final long lots = FlowTape.quantityLots(words[at]);
    final int ticks = (int) words[at + FlowTape.PRICE];
    if (!book.move(slot, ticks, lots)) {
      if (match(slot, orderId, ticks, sequence, reports)) {
        pool.release(slot);
      } else {
        book.rest(slot);
      }
    }
    reports.order(ReportRing.MODIFIED, sequence, isBuy, orderId, ticks, lots);
  }

  /** Trades what can be traded; returns whether nothing is left. */
  private boolean match(
      final int taker, final long takerId, final int limitTicks, final long sequence, final ReportRing reports) {
    boolean isDone = false;
    while (!isDone) {
      isDone = book.match(taker, limitTicks, StpMode.NONE, OrderBook.NO_BUDGET, fills);
      final int count = fills.size();
      for (int i = 0; i < count; i++) {
        final int maker = fills.makerSlot(i);
        reports.trade(sequence, fills.priceTicks(i), fills.lots(i), pool.orderId(maker), takerId);
        if (0 == fills.makerOpenLots(i)) {
          pool.release(maker);
        }
      }
    }
    return 0 == pool.openLots(taker);
  }

  private boolean isBuy(final int slot) {
    return Side.BUY == pool.side(slot);
  }

  private static long record(final int at) {
    return at / FlowTape.WORDS + 1L;
  }
}
