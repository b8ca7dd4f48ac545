package io.gavel.engine.book;

/**
 * From order id to slot: an open-addressed table of one word an order, at most two thirds full. Ids that count up
 * spread evenly by the multiplication. The id itself is compared in the pool's row, which whoever looks an order up
 * reads next anyway.
 *
 * <pre>
 *   entry   | hash of the id (32 bits) | slot + 1 (32 bits) |   0: free
 * </pre>
 */
final class OrderIndex {

  private static final long SLOT_MASK = 0xFFFF_FFFFL;

  private long[] entries;
  private int mask;
  private int shift;

  OrderIndex(final int ordersMax) {
    allocate(ordersMax);
  }

  /** Slot of an order, or {@link OrderPool#NULL_SLOT}. */
  int slotOf(final long orderId, final OrderPool pool) {
    final long[] entries = this.entries;
    final long hash = hash(orderId);
    int index = (int) (hash >>> shift);
    while (true) {
      final long entry = entries[index];
      if (0 == entry) {
        return OrderPool.NULL_SLOT;
      }
      if (0 == (entry ^ hash) >>> Integer.SIZE) {
        final int slot = (int) entry - 1;
        if (pool.orderId(slot) == orderId) {
          return slot;
        }
      }
      index = (index + 1) & mask;
    }
  }

  /** Adds an order; returns whether its id was not there yet, and changes nothing if it was. */
  boolean add(final long orderId, final int slot, final OrderPool pool) {
    final long[] entries = this.entries;
    final long hash = hash(orderId);
    int index = (int) (hash >>> shift);
    while (0 != entries[index]) {
      final long entry = entries[index];
      if (0 == (entry ^ hash) >>> Integer.SIZE && pool.orderId((int) entry - 1) == orderId) {
        return false;
      }
      index = (index + 1) & mask;
    }
    entries[index] = (hash & ~SLOT_MASK) | (slot + 1L);
    return true;
  }

  /** Takes an order out that is there, and pulls those back that were pushed behind it: no tombstones gather. */
  void remove(final long orderId, final int slot) {
    final long[] entries = this.entries;
    final long hash = hash(orderId);
    final long entry = (hash & ~SLOT_MASK) | (slot + 1L);
    int hole = (int) (hash >>> shift);
    while (entries[hole] != entry) {
      hole = (hole + 1) & mask;
    }
    int next = (hole + 1) & mask;
    while (0 != entries[next]) {
      final int home = (int) (entries[next] >>> shift);
      if (((next - home) & mask) >= ((next - hole) & mask)) {
        entries[hole] = entries[next];
        hole = next;
      }
      next = (next + 1) & mask;
    }
    entries[hole] = 0;
  }

  /** Makes room for more orders: every entry finds its place anew. */
  void grow(final int ordersMax) {
    final long[] old = entries;
    allocate(ordersMax);
    for (final long entry : old) {
      if (0 != entry) {
        int index = (int) (entry >>> shift);
        while (0 != entries[index]) {
          index = (index + 1) & mask;
        }
        entries[index] = entry;
      }
    }
  }

  long bytes() {
    return (long) Long.BYTES * entries.length;
  }

  /** Between 1.5 and 3 entries an order: at most two thirds full, at most 24 bytes an order. */
  private void allocate(final int ordersMax) {
    final int entriesMin = Math.max(2, ordersMax + (ordersMax + 1) / 2);
    final int bits = Integer.SIZE - Integer.numberOfLeadingZeros(entriesMin - 1);
    entries = new long[1 << bits];
    mask = entries.length - 1;
    shift = Long.SIZE - bits;
  }

  private static long hash(final long orderId) {
    return orderId * 0x9E3779B97F4A7C15L;
  }
}
