package io.gavel.risk.price;

/**
 * The memory behind any number of {@link TickMap}s: one open-addressed table of 64-bit words, sized at start so that
 * {@code levelsCapacity} ticks always fit, even when each of them stands alone in its part of every bitmap. One thread.
 *
 * <pre>
 *   entry   | key                                            | word                                |
 *   key     | map (30 bits) | floor (3 bits) | prefix (31)   |
 *   floor   0..3: a bitmap of 64 children, prefix = tick >>> 6 * (floor + 1);   4: a value, prefix = tick
 * </pre>
 * The top floor, two words a map, lies in the map itself.
 */
public final class TickPages {

  /** Bitmap floors that live in the table; the top floor of a map lies in the map. */
  static final int FLOORS = 4;
  static final int ABSENT = -1;

  private static final int LEVELS_CAPACITY_MAX = 1 << 24;
  private static final int PREFIX_BITS = 31;
  private static final int FLOOR_BITS = 3;
  private static final int FLOOR_SHIFT = 6;
  private static final long EMPTY_KEY = 0;

  private final int mapsMax;
  private int levelsCapacity;
  private long[] entries;
  private int mask;
  private int shift;
  private int levels;
  private int maps;

  /** Pages for any number of maps. */
  public TickPages(final int levelsCapacity) {
    this(levelsCapacity, LEVELS_CAPACITY_MAX);
  }

  TickPages(final int levelsCapacity, final int mapsMax) {
    this.mapsMax = mapsMax;
    allocate(levelsCapacity);
  }

  /** Makes room for more ticks: every word finds its place anew. The maps stay as they are. */
  public void grow(final int levelsCapacity) {
    if (levelsCapacity < this.levelsCapacity) {
      throw new IllegalArgumentException(
          "levelsCapacity out of range: " + levelsCapacity + ", now " + this.levelsCapacity);
    }
    final long[] old = entries;
    allocate(levelsCapacity);
    for (int i = 0; i < old.length; i += 2) {
      if (EMPTY_KEY != old[i]) {
        insert(old[i], old[i + 1]);
      }
    }
  }

  private void allocate(final int ticks) {
    if (ticks <= 0 || ticks > LEVELS_CAPACITY_MAX) {
      throw new IllegalArgumentException("levelsCapacity out of range: " + ticks);
    }
    levelsCapacity = ticks;
    long entriesMax = ticks;
    for (int floor = 0; floor < FLOORS; floor++) {
      final long wordsPerMap = 1L << (PREFIX_BITS - FLOOR_SHIFT * (floor + 1));
      entriesMax += Math.min(ticks, wordsPerMap * mapsMax);
    }
    // At most 4/5 full when every tick is alone on every floor; well below half for prices that stand together.
    final int bits = Long.SIZE - Long.numberOfLeadingZeros(entriesMax + entriesMax / 4);
    entries = new long[2 << bits];
    mask = (1 << bits) - 1;
    shift = Long.SIZE - bits;
  }

  /** Memory that the words take. */
  public long bytes() {
    return (long) Long.BYTES * entries.length;
  }

  /** Distinct ticks, over all maps, that always fit. */
  public int levelsCapacity() {
    return levelsCapacity;
  }

  /** Distinct ticks in use, over all maps. */
  public int levels() {
    return levels;
  }

  /** Key space of a further map. */
  long claimMap() {
    maps++;
    return (long) maps << (PREFIX_BITS + FLOOR_BITS);
  }

  static long key(final long map, final int floor, final int prefix) {
    return map | (long) floor << PREFIX_BITS | prefix;
  }

  void countLevel() {
    if (levels == levelsCapacity) {
      throw new IllegalStateException("tick pages are full: levelsCapacity=" + levelsCapacity);
    }
    levels++;
  }

  void discountLevel() {
    levels--;
  }

  /** Where the key is, or {@link #ABSENT}. */
  int find(final long key) {
    final long[] entries = this.entries;
    int index = home(key);
    while (true) {
      final long found = entries[2 * index];
      if (found == key) {
        return index;
      }
      if (EMPTY_KEY == found) {
        return ABSENT;
      }
      index = (index + 1) & mask;
    }
  }

  long word(final int index) {
    return entries[2 * index + 1];
  }

  void word(final int index, final long word) {
    entries[2 * index + 1] = word;
  }

  /** The word of a key, or 0. */
  long wordOf(final long key) {
    final int index = find(key);
    return ABSENT == index ? 0 : entries[2 * index + 1];
  }

  /** Adds a key that is not there. */
  void insert(final long key, final long word) {
    final long[] entries = this.entries;
    int index = home(key);
    while (EMPTY_KEY != entries[2 * index]) {
      index = (index + 1) & mask;
    }
    entries[2 * index] = key;
    entries[2 * index + 1] = word;
  }

  /** Frees an entry and pulls those back that were pushed behind it, so that no tombstones gather. */
  void delete(final int index) {
    final long[] entries = this.entries;
    int hole = index;
    int next = (index + 1) & mask;
    while (EMPTY_KEY != entries[2 * next]) {
      final int home = home(entries[2 * next]);
      if (((next - home) & mask) >= ((next - hole) & mask)) {
        entries[2 * hole] = entries[2 * next];
        entries[2 * hole + 1] = entries[2 * next + 1];
        hole = next;
      }
      next = (next + 1) & mask;
    }
    entries[2 * hole] = EMPTY_KEY;
  }

  private int home(final long key) {
    final long mixed = key * 0x9E3779B97F4A7C15L;
    return (int) (((mixed ^ mixed >>> 32) * 0xBF58476D1CE4E5B9L) >>> shift);
  }
}
