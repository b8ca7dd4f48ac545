package io.gavel.risk.price;

/**
 * Sorted map from a tick (any positive int) to an int value. The ticks are bits of a 64-ary tree of bitmaps, five
 * floors deep: a look-up is one probe, a neighbour at most nine, however many ticks are there; the ends are kept at
 * hand. Allocates nothing after construction. One thread.
 */
public final class TickMap {

  /** No tick: returned when there is none, and below every tick. */
  public static final int NULL_TICK = 0;
  /** No value: returned for an absent tick; cannot be put. */
  public static final int NULL_VALUE = -1;

  private static final int BITS = 6;
  private static final int BIT_MASK = (1 << BITS) - 1;
  private static final int TOP_SHIFT = BITS * TickPages.FLOORS;

  private final TickPages pages;
  private final long map;
  private long topLow;
  private long topHigh;
  private int firstTick;
  private int lastTick;
  private int size;

  /** A map with pages of its own. */
  public TickMap(final int levelsCapacity) {
    this(new TickPages(levelsCapacity, 1));
  }

  /** A map among others on the same pages: together they hold at most what the pages hold. */
  public TickMap(final TickPages pages) {
    this.pages = pages;
    this.map = pages.claimMap();
  }

  /** The value at a tick, or {@link #NULL_VALUE}. */
  public int get(final int tick) {
    if (tick <= NULL_TICK) {
      return NULL_VALUE;
    }
    final int index = pages.find(TickPages.key(map, TickPages.FLOORS, tick));
    return TickPages.ABSENT == index ? NULL_VALUE : (int) pages.word(index);
  }

  /**
   * Sets the value at a tick.
   *
   * @throws IllegalArgumentException if the tick is not positive or the value is {@link #NULL_VALUE}
   * @throws IllegalStateException    if the tick is new and the pages are full; nothing has changed
   */
  public void put(final int tick, final int value) {
    if (tick <= NULL_TICK || NULL_VALUE == value) {
      throw new IllegalArgumentException("tick or value out of range: tick=" + tick + ", value=" + value);
    }
    final long key = TickPages.key(map, TickPages.FLOORS, tick);
    final int index = pages.find(key);
    if (TickPages.ABSENT != index) {
      pages.word(index, value);
      return;
    }
    pages.countLevel();
    pages.insert(key, value);
    size++;
    if (NULL_TICK == firstTick || tick < firstTick) {
      firstTick = tick;
    }
    if (tick > lastTick) {
      lastTick = tick;
    }
    setBits(tick);
  }

  /** Removes a tick and returns its value, or {@link #NULL_VALUE} when it was not there. */
  public int remove(final int tick) {
    if (tick <= NULL_TICK) {
      return NULL_VALUE;
    }
    final int index = pages.find(TickPages.key(map, TickPages.FLOORS, tick));
    if (TickPages.ABSENT == index) {
      return NULL_VALUE;
    }
    final int value = (int) pages.word(index);
    pages.delete(index);
    pages.discountLevel();
    size--;
    clearBits(tick);
    if (tick == firstTick) {
      firstTick = above(tick);
    }
    if (tick == lastTick) {
      lastTick = below(tick);
    }
    return value;
  }

  /** Smallest tick, or {@link #NULL_TICK}. */
  public int firstTick() {
    return firstTick;
  }

  /** Largest tick, or {@link #NULL_TICK}. */
  public int lastTick() {
    return lastTick;
  }

  /** Smallest tick strictly above, whether or not the given one is there; {@link #NULL_TICK} when there is none. */
  public int nextTick(final int tick) {
    if (tick < firstTick) {
      return firstTick;
    }
    return tick >= lastTick ? NULL_TICK : above(tick);
  }

  /** Largest tick strictly below, whether or not the given one is there; {@link #NULL_TICK} when there is none. */
  public int previousTick(final int tick) {
    if (tick > lastTick) {
      return lastTick;
    }
    return tick <= firstTick ? NULL_TICK : below(tick);
  }

  /** Ticks in this map. */
  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return 0 == size;
  }

  /** Removes every tick, one by one: the pages may be shared. */
  public void clear() {
    while (NULL_TICK != firstTick) {
      remove(firstTick);
    }
  }

  private void setBits(final int tick) {
    int prefix = tick;
    for (int floor = 0; floor < TickPages.FLOORS; floor++) {
      final long bit = 1L << (prefix & BIT_MASK);
      prefix >>>= BITS;
      final long key = TickPages.key(map, floor, prefix);
      final int index = pages.find(key);
      if (TickPages.ABSENT != index) {
        pages.word(index, pages.word(index) | bit);
        return;
      }
      pages.insert(key, bit);
    }
    if (0 == prefix >>> BITS) {
      topLow |= 1L << (prefix & BIT_MASK);
    } else {
      topHigh |= 1L << (prefix & BIT_MASK);
    }
  }

  private void clearBits(final int tick) {
    int prefix = tick;
    for (int floor = 0; floor < TickPages.FLOORS; floor++) {
      final long bit = 1L << (prefix & BIT_MASK);
      prefix >>>= BITS;
      final int index = pages.find(TickPages.key(map, floor, prefix));
      final long rest = pages.word(index) & ~bit;
      if (0 != rest) {
        pages.word(index, rest);
        return;
      }
      pages.delete(index);
    }
    if (0 == prefix >>> BITS) {
      topLow &= ~(1L << (prefix & BIT_MASK));
    } else {
      topHigh &= ~(1L << (prefix & BIT_MASK));
    }
  }

  /** Climbs until a bitmap has a bit above, then descends along the lowest bits. */
  private int above(final int tick) {
    int prefix = tick;
    for (int floor = 0; floor < TickPages.FLOORS; floor++) {
      final int bit = prefix & BIT_MASK;
      prefix >>>= BITS;
      final long higher = pages.wordOf(TickPages.key(map, floor, prefix)) & (-2L << bit);
      if (0 != higher) {
        return lowest(floor, prefix << BITS | Long.numberOfTrailingZeros(higher));
      }
    }
    final boolean isLow = 0 == tick >>> (TOP_SHIFT + BITS);
    final long higher = (isLow ? topLow : topHigh) & (-2L << (prefix & BIT_MASK));
    if (0 != higher) {
      return lowest(TickPages.FLOORS, (isLow ? 0 : 1 << BITS) | Long.numberOfTrailingZeros(higher));
    }
    return isLow && 0 != topHigh
        ? lowest(TickPages.FLOORS, 1 << BITS | Long.numberOfTrailingZeros(topHigh)) : NULL_TICK;
  }

  private int below(final int tick) {
    int prefix = tick;
    for (int floor = 0; floor < TickPages.FLOORS; floor++) {
      final int bit = prefix & BIT_MASK;
      prefix >>>= BITS;
      final long lower = pages.wordOf(TickPages.key(map, floor, prefix)) & ~(-1L << bit);
      if (0 != lower) {
        return highest(floor, prefix << BITS | (BIT_MASK - Long.numberOfLeadingZeros(lower)));
      }
    }
    final boolean isLow = 0 == tick >>> (TOP_SHIFT + BITS);
    final long lower = (isLow ? topLow : topHigh) & ~(-1L << (prefix & BIT_MASK));
    if (0 != lower) {
      return highest(TickPages.FLOORS, (isLow ? 0 : 1 << BITS) | (BIT_MASK - Long.numberOfLeadingZeros(lower)));
    }
    return !isLow && 0 != topLow
        ? highest(TickPages.FLOORS, BIT_MASK - Long.numberOfLeadingZeros(topLow)) : NULL_TICK;
  }

  private int lowest(final int fromFloor, final int fromPrefix) {
    int prefix = fromPrefix;
    for (int floor = fromFloor - 1; floor >= 0; floor--) {
      prefix = prefix << BITS | Long.numberOfTrailingZeros(pages.wordOf(TickPages.key(map, floor, prefix)));
    }
    return prefix;
  }

  private int highest(final int fromFloor, final int fromPrefix) {
    int prefix = fromPrefix;
    for (int floor = fromFloor - 1; floor >= 0; floor--) {
      final long word = pages.wordOf(TickPages.key(map, floor, prefix));
      prefix = prefix << BITS | (BIT_MASK - Long.numberOfLeadingZeros(word));
    }
    return prefix;
  }
}
