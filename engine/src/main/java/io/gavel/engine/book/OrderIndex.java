package io.gavel.engine.book;

/**
 * From order id to slot: an open-addressed table of four bytes an order, at most two thirds full. Sixteen ids that
 * count up share a line, and the lines are spread by the multiplication: what came together is found together, and
 * neither ids in a row nor ids at a stride gather. The id itself is compared in the pool's row, which whoever looks an
 * order up reads next anyway.
 *
 * <pre>
 *   entry   | tag of the id (6 bits) | away from home (1) | in use (1) | slot (24) |   0: free
 * </pre>
 */
final class OrderIndex {

  private static final int SLOT_MASK = (1 << 24) - 1;
  private static final int IN_USE = 1 << 24;
  private static final int AWAY = 1 << 25;
  private static final int TAG_MASK = -1 << 26;
  private static final int COMPARED = TAG_MASK | IN_USE;
  private static final int LINE_SHIFT = 4;
  private static final int LINE_MASK = (1 << LINE_SHIFT) - 1;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private int[] entries;
  private int mask;
  /** Leaves of a hash the bits that number a line. */
  private int shift;

  OrderIndex(final int ordersMax) {
    allocate(ordersMax);
  }

  /** Slot of an order, or {@link OrderPool#NULL_SLOT}. */
  int slotOf(final long orderId, final OrderPool pool) {
    final int[] entries = this.entries;
    final int wanted = wanted(orderId);
    int index = home(orderId);
    int entry = entries[index];
    while (0 != entry) {
      if (0 == ((entry ^ wanted) & COMPARED)) {
        final int slot = entry & SLOT_MASK;
        if (pool.orderId(slot) == orderId) {
          return slot;
        }
      }
      index = (index + 1) & mask;
      entry = entries[index];
    }
    return OrderPool.NULL_SLOT;
  }

  /** Adds an order; returns whether its id was not there yet, and changes nothing if it was. */
  boolean add(final long orderId, final int slot, final OrderPool pool) {
    final int[] entries = this.entries;
    final int wanted = wanted(orderId);
    final int home = home(orderId);
    int index = home;
    int entry = entries[index];
    while (0 != entry) {
      if (0 == ((entry ^ wanted) & COMPARED) && pool.orderId(entry & SLOT_MASK) == orderId) {
        return false;
      }
      index = (index + 1) & mask;
      entry = entries[index];
    }
    entries[index] = placed(wanted | slot, home, index);
    return true;
  }

  /** Takes an order out that is there, and pulls those back that were pushed behind it: no tombstones gather. */
  void remove(final long orderId, final int slot, final OrderPool pool) {
    final int[] entries = this.entries;
    int hole = home(orderId);
    while (slot != (entries[hole] & SLOT_MASK) || 0 == entries[hole]) {
      hole = (hole + 1) & mask;
    }
    int next = (hole + 1) & mask;
    for (int entry = entries[next]; 0 != entry; entry = entries[next]) {
      if (0 != (entry & AWAY)) {
        final int home = home(pool.orderId(entry & SLOT_MASK));
        if (((next - home) & mask) >= ((next - hole) & mask)) {
          entries[hole] = placed(entry & ~AWAY, home, hole);
          hole = next;
        }
      }
      next = (next + 1) & mask;
    }
    entries[hole] = 0;
  }

  /** Makes room for more orders: every entry finds its place anew. */
  void grow(final int ordersMax, final OrderPool pool) {
    final int[] old = entries;
    allocate(ordersMax);
    for (final int entry : old) {
      if (0 != entry) {
        add(pool.orderId(entry & SLOT_MASK), entry & SLOT_MASK, pool);
      }
    }
  }

  long bytes() {
    return (long) Integer.BYTES * entries.length;
  }

  /** Between 1.5 and 3 entries an order, at most 12 bytes; a small table has a line to spare. */
  private void allocate(final int ordersMax) {
    final int entriesMin = Math.max(2 << LINE_SHIFT, ordersMax + (ordersMax + 1) / 2);
    final int bits = Integer.SIZE - Integer.numberOfLeadingZeros(entriesMin - 1);
    entries = new int[1 << bits];
    mask = entries.length - 1;
    shift = Long.SIZE - (bits - LINE_SHIFT);
  }

  private int home(final long orderId) {
    return ((int) (((orderId >> LINE_SHIFT) * GOLDEN) >>> shift) << LINE_SHIFT) | ((int) orderId & LINE_MASK);
  }

  private static int wanted(final long orderId) {
    return ((int) ((orderId * GOLDEN) >>> (Long.SIZE - Integer.SIZE)) & TAG_MASK) | IN_USE;
  }

  private static int placed(final int entry, final int home, final int index) {
    return home == index ? entry : entry | AWAY;
  }
}
