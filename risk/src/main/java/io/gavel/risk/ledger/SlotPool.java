package io.gavel.risk.ledger;

import io.gavel.codecs.Invariants;

/**
 * Free slots of a pool; claims always give the lowest. Which slot comes next thus follows from which are taken, not
 * from the history, so a snapshot needs no free list. Bitmaps over bitmaps, 64 to one: a claim is a few instructions
 * whatever the capacity. Allocates nothing after start. One thread.
 */
public final class SlotPool {

  public static final int NULL_SLOT = -1;

  /** levels[0] has a bit per slot, each level above a bit per word below; a set bit: something is free there. */
  private final long[][] levels;
  private final int capacity;
  private int size;

  public SlotPool(final int capacity) {
    this.capacity = capacity;
    int levelCount = 1;
    for (int words = words(capacity); words > 1; words = words(words)) {
      levelCount++;
    }
    levels = new long[levelCount][];
    int bits = capacity;
    for (int level = 0; level < levelCount; level++) {
      levels[level] = new long[words(bits)];
      for (int bit = 0; bit < bits; bit++) {
        levels[level][bit >> 6] |= 1L << bit;
      }
      bits = words(bits);
    }
  }

  /** The lowest free slot, now taken, or {@link #NULL_SLOT} when all are. */
  public int claim() {
    int slot = 0;
    for (int level = levels.length - 1; level >= 0; level--) {
      final long word = levels[level][slot];
      if (0 == word) {
        return NULL_SLOT;
      }
      slot = (slot << 6) + Long.numberOfTrailingZeros(word);
    }
    take(slot);
    return slot;
  }

  /** Takes this very slot, which must be free: for loading. */
  public void claim(final int slot) {
    Invariants.check(slot >= 0 && slot < capacity && !isTaken(slot), "slot is not free", slot, capacity);
    take(slot);
  }

  public void release(final int slot) {
    Invariants.check(slot >= 0 && slot < capacity && isTaken(slot), "slot is not taken", slot, capacity);
    size--;
    int bit = slot;
    for (final long[] level : levels) {
      final long before = level[bit >> 6];
      level[bit >> 6] = before | 1L << bit;
      if (0 != before) {
        return;
      }
      bit >>= 6;
    }
  }

  public boolean isTaken(final int slot) {
    return 0 == (levels[0][slot >> 6] & 1L << slot);
  }

  public boolean isFull() {
    return size == capacity;
  }

  /** Slots taken. */
  public int size() {
    return size;
  }

  public int capacity() {
    return capacity;
  }

  private void take(final int slot) {
    size++;
    int bit = slot;
    for (final long[] level : levels) {
      level[bit >> 6] &= ~(1L << bit);
      if (0 != level[bit >> 6]) {
        return;
      }
      bit >>= 6;
    }
  }

  private static int words(final int bits) {
    return (bits + 63) >> 6;
  }
}
