package io.gavel.risk.price;

import io.gavel.codecs.Invariants;

/**
 * The numbers 0 to capacity - 1, each free or taken. The lowest free one is given first, so that numbering depends only
 * on which numbers are taken: an owner that saves them and {@link #claim(int) claims} them again on loading goes on
 * exactly as the original would.
 *
 * <p>One thread. Claiming and releasing touch one word per 64-fold of the capacity.
 */
public final class Slots {

  public static final int NULL_SLOT = -1;

  private static final int SHIFT = 6;
  private static final int MASK = 63;

  /** Row 0 has a set bit for each free number; a higher row has a set bit for each word below that is not zero. */
  private long[][] rows;
  private int capacity;
  private int size;

  public Slots(final int capacity) {
    this.capacity = capacity;
    rows = allFree(capacity);
  }

  private static long[][] allFree(final int capacity) {
    int depth = 1;
    for (int words = wordsFor(capacity); words > 1; words = wordsFor(words)) {
      depth++;
    }
    final long[][] rows = new long[depth][];
    int bits = capacity;
    for (int row = 0; row < depth; row++) {
      rows[row] = new long[wordsFor(bits)];
      for (int bit = 0; bit < bits; bit++) {
        rows[row][bit >>> SHIFT] |= 1L << bit;
      }
      bits = rows[row].length;
    }
    return rows;
  }

  /** Makes room for more; what is taken stays taken. Allocates. */
  public void grow(final int newCapacity) {
    Invariants.check(newCapacity >= capacity, "slots cannot shrink", capacity, newCapacity);
    final Slots grown = new Slots(newCapacity);
    for (int slot = nextTaken(0); NULL_SLOT != slot; slot = nextTaken(slot + 1)) {
      grown.take(slot);
    }
    rows = grown.rows;
    capacity = newCapacity;
  }

  public int capacity() {
    return capacity;
  }

  /** How many are taken. */
  public int size() {
    return size;
  }

  public boolean isFull() {
    return size == capacity;
  }

  public boolean isTaken(final int slot) {
    return slot >= 0 && slot < capacity && 0 == (rows[0][slot >>> SHIFT] & (1L << slot));
  }

  /** Takes the lowest free number; NULL_SLOT when all are taken. */
  public int claim() {
    if (isFull()) {
      return NULL_SLOT;
    }
    int at = 0;
    for (int row = rows.length - 1; row >= 0; row--) {
      at = (at << SHIFT) + Long.numberOfTrailingZeros(rows[row][at]);
    }
    take(at);
    return at;
  }

  /** Takes this number, which must be free. */
  public void claim(final int slot) {
    Invariants.check(slot >= 0 && slot < capacity && !isTaken(slot), "slot not free", slot, capacity);
    take(slot);
  }

  public void release(final int slot) {
    Invariants.check(isTaken(slot), "slot not taken", slot, capacity);
    size--;
    int at = slot;
    for (final long[] row : rows) {
      row[at >>> SHIFT] |= 1L << at;
      at >>>= SHIFT;
    }
  }

  /** The lowest taken number that is not below this one; NULL_SLOT when there is none. */
  public int nextTaken(final int from) {
    for (int slot = from; slot < capacity; slot = (slot | MASK) + 1) {
      final long taken = ~rows[0][slot >>> SHIFT] & (-1L << slot);
      if (0 != taken) {
        final int found = (slot & ~MASK) + Long.numberOfTrailingZeros(taken);
        return found < capacity ? found : NULL_SLOT;
      }
    }
    return NULL_SLOT;
  }

  private void take(final int slot) {
    size++;
    int at = slot;
    for (final long[] row : rows) {
      row[at >>> SHIFT] &= ~(1L << at);
      if (0 != row[at >>> SHIFT]) {
        return;
      }
      at >>>= SHIFT;
    }
  }

  private static int wordsFor(final int bits) {
    return (bits + MASK) >>> SHIFT;
  }
}
