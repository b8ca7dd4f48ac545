package io.gavel.engine.book;

/**
 * The queues of all price levels of an engine, first come first, as rings through flat links: an order is the node of
 * its slot, and each level has a node of its own, below zero, that stands before the first order and behind the last.
 * So every node in a ring has two neighbours, and an order leaves or comes without a question asked.
 *
 * <pre>
 *   node   ~level: the level   |   slot: an order
 *   row    | next (int) | previous (int) |           eight to a cache line, kept apart from what is read of an order
 * </pre>
 */
final class OrderQueues {

  private static final int ROW = 2;
  private static final int PREVIOUS = 1;

  private int[] links;
  private int rowOfSlotZero;

  /** As many levels as orders. */
  OrderQueues(final int ordersMax) {
    links = new int[2 * ROW * ordersMax];
    rowOfSlotZero = ROW * ordersMax;
  }

  /** The node of a level. */
  static int ring(final int level) {
    return ~level;
  }

  /** Starts the empty queue of a level. */
  void open(final int level) {
    final int ring = ring(level);
    next(ring, ring);
    previous(ring, ring);
  }

  /** The node behind: an order, or the level where there is none. */
  int next(final int node) {
    return links[rowOfSlotZero + ROW * node];
  }

  int previous(final int node) {
    return links[rowOfSlotZero + ROW * node + PREVIOUS];
  }

  /** The order behind, or {@link OrderPool#NULL_SLOT}. */
  int nextSlot(final int node) {
    return Math.max(next(node), OrderPool.NULL_SLOT);
  }

  /** The order that trades first at a level, or {@link OrderPool#NULL_SLOT}. */
  int firstSlot(final int level) {
    return nextSlot(ring(level));
  }

  /** Puts an order that is in no queue right before a node of one. */
  void insertBefore(final int slot, final int node) {
    final int previous = previous(node);
    next(slot, node);
    previous(slot, previous);
    next(previous, slot);
    previous(node, slot);
  }

  /** Takes an order out; its own links stay as they were. */
  void remove(final int slot) {
    final int next = next(slot);
    final int previous = previous(slot);
    next(previous, next);
    previous(next, previous);
  }

  /** Makes room for more; nodes keep their numbers. */
  void grow(final int ordersMax) {
    final int more = ROW * ordersMax - rowOfSlotZero;
    final int[] grown = new int[2 * ROW * ordersMax];
    System.arraycopy(links, 0, grown, more, links.length);
    links = grown;
    rowOfSlotZero += more;
  }

  long bytes() {
    return (long) Integer.BYTES * links.length;
  }

  private void next(final int node, final int next) {
    links[rowOfSlotZero + ROW * node] = next;
  }

  private void previous(final int node, final int previous) {
    links[rowOfSlotZero + ROW * node + PREVIOUS] = previous;
  }
}
