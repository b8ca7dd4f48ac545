package io.gavel.benchmarks.peers;

/**
 * One order book under the driver. It tells {@link Reports} what happens, in the order in which it happens; a trade
 * prints at the resting order's price. What is gone is rejected, a modify is cancel and reinsert and may trade. One
 * thread.
 */
public interface PeerBook {

  /** Reports accepted, then the trades, then for an immediate-or-cancel order that has lots left: cancelled. */
  void place(long sequence, long orderId, boolean isBuy, boolean isIoc, long lots, long ticks);

  /** Reports cancelled, or that the cancel is rejected. */
  void cancel(long sequence, long orderId, boolean isBuy);

  /** Reports the trades that the order's new face causes, then modified; or that the modify is rejected. */
  void modify(long sequence, long orderId, boolean isBuy, long lots, long ticks);

  /**
   * A modify whose lots are the ones that are open, so that only the price changes; loses priority like any other. For
   * a book that has such a move of its own.
   */
  default void move(final long sequence, final long orderId, final boolean isBuy, final long lots, final long ticks) {
    modify(sequence, orderId, isBuy, lots, ticks);
  }
}
