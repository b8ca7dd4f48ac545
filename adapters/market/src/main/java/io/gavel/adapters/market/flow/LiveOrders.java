package io.gavel.adapters.market.flow;

/**
 * How many orders of a tape can be live at once, told from its messages alone: an order counts from its new message to
 * its first cancel, filled or not. That bound is what a pool is sized for: an index no larger than it must be stays in
 * the processor's caches.
 */
final class LiveOrders {

  /** Ids that are sparser than this many to a new order are not tracked: every new order counts for good. */
  private static final int IDS_PER_ORDER_MAX = 8;

  private LiveOrders() {
  }

  static int atMost(final long[] words, final int messages, final int newOrders) {
    final long idLimit = (long) IDS_PER_ORDER_MAX * newOrders + Long.SIZE;
    final long[] live = new long[(int) (idLimit / Long.SIZE) + 1];
    int count = 0;
    int most = 0;
    for (int i = 0; i < messages; i++) {
      final int at = i * FlowTape.WORDS;
      final long orderId = words[at + FlowTape.ORDER_ID];
      if (orderId < 0 || orderId > idLimit) {
        return newOrders;
      }
      final int cell = (int) (orderId / Long.SIZE);
      final long bit = 1L << orderId;
      final boolean isLive = 0 != (live[cell] & bit);
      final int type = FlowTape.type(words[at]);
      if (FlowTape.NEW == type && !isLive) {
        most = Math.max(most, count + 1);
        if (!FlowTape.isIoc(words[at])) {
          live[cell] |= bit;
          count++;
        }
      } else if (FlowTape.CANCEL == type && isLive) {
        live[cell] &= ~bit;
        count--;
      }
    }
    return most;
  }
}
