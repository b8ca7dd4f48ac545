package io.gavel.benchmarks.peers.parity;

import com.paritytrading.parity.match.OrderBook;
import com.paritytrading.parity.match.OrderBookListener;
import com.paritytrading.parity.match.Side;
import io.gavel.benchmarks.peers.PeerBook;
import io.gavel.benchmarks.peers.Reports;

/**
 * Parity's book. It has no modify and no immediate-or-cancel: a modify is cancel and enter, the rest of an order that
 * would not wait is cancelled at once. Its cancel says neither side nor price of the order; the side is the message's,
 * the price is not told.
 */
final class ParityBook implements PeerBook, OrderBookListener {

  private final Reports reports;
  private final OrderBook book = new OrderBook(this);
  private long sequence;
  private boolean hasRested;
  private boolean hasCancelled;

  ParityBook(final Reports reports) {
    this.reports = reports;
  }

  @Override
  public void place(final long sequence, final long orderId, final boolean isBuy, final boolean isIoc,
      final long lots, final long ticks) {
    this.sequence = sequence;
    reports.accepted(sequence, isBuy, orderId, ticks, lots);
    hasRested = false;
    book.enter(orderId, isBuy ? Side.BUY : Side.SELL, ticks, lots);
    if (isIoc && hasRested) {
      book.cancel(orderId, 0);
      reports.cancelled(sequence, isBuy, orderId, ticks);
    }
  }

  @Override
  public void cancel(final long sequence, final long orderId, final boolean isBuy) {
    hasCancelled = false;
    book.cancel(orderId, 0);
    if (hasCancelled) {
      reports.cancelled(sequence, isBuy, orderId, Reports.NO_PRICE);
    } else {
      reports.cancelRejected(sequence, orderId);
    }
  }

  @Override
  public void modify(final long sequence, final long orderId, final boolean isBuy, final long lots,
      final long ticks) {
    this.sequence = sequence;
    hasCancelled = false;
    book.cancel(orderId, 0);
    if (hasCancelled) {
      book.enter(orderId, isBuy ? Side.BUY : Side.SELL, ticks, lots);
      reports.modified(sequence, isBuy, orderId, ticks, lots);
    } else {
      reports.modifyRejected(sequence, orderId);
    }
  }

  @Override
  public void match(final long restingOrderId, final long incomingOrderId, final Side incomingSide, final long price,
      final long executedQuantity, final long remainingQuantity) {
    reports.traded(sequence, price, executedQuantity, restingOrderId, incomingOrderId);
  }

  @Override
  public void add(final long orderId, final Side side, final long price, final long size) {
    hasRested = true;
  }

  @Override
  public void cancel(final long orderId, final long canceledQuantity, final long remainingQuantity) {
    hasCancelled = true;
  }
}
