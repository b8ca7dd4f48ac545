package io.gavel.benchmarks.peers.gavel;

import io.gavel.benchmarks.peers.PeerBook;
import io.gavel.benchmarks.peers.Reports;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.StpMode;
import io.gavel.engine.book.FillBuffer;
import io.gavel.engine.book.OrderBook;
import io.gavel.engine.book.OrderPool;

/** The engine's book as its host drives it: look up, match in chunks, release what is filled, rest or drop the rest. */
final class GavelBook implements PeerBook {

  private static final long ACCOUNT = 1;
  private static final int FILLS_PER_CHUNK = 64;

  private final Reports reports;
  private final OrderPool pool;
  private final OrderBook book;
  private final FillBuffer fills = new FillBuffer(FILLS_PER_CHUNK);

  GavelBook(final int ordersMax, final Reports reports) {
    this.reports = reports;
    this.pool = new OrderPool(ordersMax + 1);
    this.book = new OrderBook(1, pool, 1);
  }

  @Override
  public void place(final long sequence, final long orderId, final boolean isBuy, final boolean isIoc,
      final long lots, final long ticks) {
    final int slot = pool.claim(orderId, ACCOUNT, isBuy ? Side.BUY : Side.SELL, (int) ticks, lots);
    reports.accepted(sequence, isBuy, orderId, ticks, lots);
    if (!isIoc && book.restUnlessCrossing(slot)) {
      return;
    }
    if (match(slot, orderId, (int) ticks, sequence)) {
      pool.release(slot);
    } else if (isIoc) {
      reports.cancelled(sequence, isBuy, orderId, ticks);
      pool.release(slot);
    } else {
      book.rest(slot);
    }
  }

  @Override
  public void cancel(final long sequence, final long orderId, final boolean isBuy) {
    final int slot = pool.slotOf(orderId);
    if (OrderPool.NULL_SLOT == slot) {
      reports.cancelRejected(sequence, orderId);
      return;
    }
    reports.cancelled(sequence, Side.BUY == pool.side(slot), orderId, pool.priceTicks(slot));
    book.remove(slot);
    pool.release(slot);
  }

  @Override
  public void modify(final long sequence, final long orderId, final boolean isBuy, final long lots,
      final long ticks) {
    final int slot = pool.slotOf(orderId);
    if (OrderPool.NULL_SLOT == slot) {
      reports.modifyRejected(sequence, orderId);
      return;
    }
    final boolean restsAsBuy = Side.BUY == pool.side(slot);
    if (!book.move(slot, (int) ticks, lots)) {
      if (match(slot, orderId, (int) ticks, sequence)) {
        pool.release(slot);
      } else {
        book.rest(slot);
      }
    }
    reports.modified(sequence, restsAsBuy, orderId, ticks, lots);
  }

  /** Trades what can be traded; returns whether nothing is left. */
  private boolean match(final int taker, final long takerId, final int limitTicks, final long sequence) {
    boolean isDone = false;
    while (!isDone) {
      isDone = book.match(taker, limitTicks, StpMode.NONE, OrderBook.NO_BUDGET, fills);
      final int count = fills.size();
      for (int i = 0; i < count; i++) {
        final int maker = fills.makerSlot(i);
        reports.traded(sequence, fills.priceTicks(i), fills.lots(i), pool.orderId(maker), takerId);
        if (0 == fills.makerOpenLots(i)) {
          pool.release(maker);
        }
      }
    }
    return 0 == pool.openLots(taker);
  }
}
