package io.gavel.engine.book;

import io.gavel.risk.price.TickMap;
import io.gavel.risk.price.TickPages;
import java.util.Arrays;

/**
 * The levels of one side by rank, the best first: rank 1 is the best price that can be, 0 stands for none. A window of
 * 16,384 ranks about the best one is an array under a bitmap of two floors: a look-up is one load, a neighbour two bit
 * scans or a few more. What lies outside is in a {@link TickMap} and is found for any rank, only slower.
 *
 * <p>Where the window lies has no influence on what is found. It follows the best rank by one block of 64 ranks when as
 * many operations in a row as {@link #PATIENCE} says left the best outside the middle of the window: an order at a new
 * best that is cancelled at once moves nothing. One thread.
 */
final class PriceLadder {

  static final int NULL_RANK = TickMap.NULL_TICK;

  private static final int BLOCK_SHIFT = 6;
  private static final int BLOCK = 1 << BLOCK_SHIFT;
  private static final int BLOCK_MASK = BLOCK - 1;
  private static final int BLOCKS = 256;
  private static final int BLOCKS_MASK = BLOCKS - 1;
  private static final int NULL_BLOCK = -1;
  private static final int WINDOW = BLOCK * BLOCKS;
  private static final int WINDOW_MASK = WINDOW - 1;
  /** Blocks before the best rank, for better prices to come; beyond these bounds the window follows. */
  private static final int BLOCKS_BEFORE_MIN = 32;
  private static final int BLOCKS_BEFORE_MAX = 96;

  /** On a tape whose best price leaps and returns, a window that followed at once took half of all time. */
  private static final int PATIENCE = 64;

  private final int[] levels = new int[WINDOW];
  private final long[] words = new long[BLOCKS];
  private final TickMap far;
  /** A bit for each block that has a level, where the block stands in the arrays. */
  private final long[] used = new long[BLOCKS >> BLOCK_SHIFT];
  private int blocksInUse;
  private int windowStart;
  /** Operations in a row that found the best outside the middle of the window. */
  private int strayed;

  PriceLadder(final TickPages pages) {
    far = new TickMap(pages);
    Arrays.fill(levels, PriceLevels.NULL_LEVEL);
  }

  /** The level at a rank, or {@link PriceLevels#NULL_LEVEL}. */
  int level(final int rank) {
    return isInWindow(rank) ? levels[rank & WINDOW_MASK] : far.get(rank);
  }

  /** The best rank, or {@link #NULL_RANK}. */
  int first() {
    return better(firstInWindow(), far.firstTick());
  }

  /** The next rank behind, or {@link #NULL_RANK}. */
  int after(final int rank) {
    return better(afterInWindow(rank), far.nextTick(rank));
  }

  /** The next rank before, or {@link #NULL_RANK}. */
  int before(final int rank) {
    return Math.max(beforeInWindow(rank), far.previousTick(rank));
  }

  /** Adds a rank that is not there. */
  void put(final int rank, final int level) {
    if (isInWindow(rank)) {
      putInWindow(rank, level);
    } else {
      far.put(rank, level);
      follow(first());
    }
  }

  /** Removes a rank that is there. */
  void remove(final int rank) {
    if (isInWindow(rank)) {
      removeFromWindow(rank);
    } else {
      far.remove(rank);
      follow(first());
    }
  }

  /** Lets the window follow the best rank, by one step at most. */
  void follow(final int best) {
    if (NULL_RANK == best) {
      return;
    }
    final int blocksBefore = (best >> BLOCK_SHIFT) - (windowStart >> BLOCK_SHIFT);
    if (0 == blocksInUse && !isInWindow(best)) {
      // The last block, so that no rank behind it is admitted unseen: the window may begin before the first rank.
      windowStart = (best & ~BLOCK_MASK) - WINDOW + BLOCK;
      admit(best & ~BLOCK_MASK);
    } else if (blocksBefore >= BLOCKS_BEFORE_MIN && blocksBefore <= BLOCKS_BEFORE_MAX) {
      strayed = 0;
    } else if (++strayed == PATIENCE) {
      strayed = 0;
      step(blocksBefore > BLOCKS_BEFORE_MAX);
    }
  }

  private void step(final boolean isTowardsWorse) {
    if (isTowardsWorse && windowStart <= Integer.MAX_VALUE - WINDOW - BLOCK) {
      evict(windowStart);
      windowStart += BLOCK;
      admit(windowStart + WINDOW - BLOCK);
    } else if (!isTowardsWorse && windowStart > 0) {
      evict(windowStart + WINDOW - BLOCK);
      windowStart -= BLOCK;
      admit(windowStart);
    }
  }

  private void evict(final int block) {
    long word = words[wordOf(block)];
    while (0 != word) {
      final int rank = block | Long.numberOfTrailingZeros(word);
      final int level = levels[rank & WINDOW_MASK];
      removeFromWindow(rank);
      far.put(rank, level);
      word &= word - 1;
    }
  }

  private void admit(final int block) {
    int rank = far.nextTick(block - 1);
    while (NULL_RANK != rank && rank <= (block | BLOCK_MASK)) {
      putInWindow(rank, far.remove(rank));
      rank = far.nextTick(rank);
    }
  }

  private boolean isInWindow(final int rank) {
    return Integer.compareUnsigned(rank - windowStart, WINDOW) < 0;
  }

  private void putInWindow(final int rank, final int level) {
    final int block = wordOf(rank);
    levels[rank & WINDOW_MASK] = level;
    if (0 == words[block]) {
      used[block >> BLOCK_SHIFT] |= 1L << block;
      blocksInUse++;
    }
    words[block] |= 1L << rank;
  }

  private void removeFromWindow(final int rank) {
    final int block = wordOf(rank);
    levels[rank & WINDOW_MASK] = PriceLevels.NULL_LEVEL;
    final long rest = words[block] & ~(1L << rank);
    words[block] = rest;
    if (0 == rest) {
      used[block >> BLOCK_SHIFT] &= ~(1L << block);
      blocksInUse--;
    }
  }

  private int firstInWindow() {
    return 0 == blocksInUse ? NULL_RANK : firstInBlock(blockFrom(0));
  }

  private int afterInWindow(final int rank) {
    if (!isInWindow(rank)) {
      return rank < windowStart ? firstInWindow() : NULL_RANK;
    }
    final long behind = words[wordOf(rank)] & (-2L << rank);
    if (0 != behind) {
      return (rank & ~BLOCK_MASK) | Long.numberOfTrailingZeros(behind);
    }
    return firstInBlock(blockFrom(((rank - windowStart) >> BLOCK_SHIFT) + 1));
  }

  private int beforeInWindow(final int rank) {
    if (!isInWindow(rank)) {
      return rank < windowStart ? NULL_RANK : lastInBlock(blockUpTo(BLOCKS - 1));
    }
    final long before = words[wordOf(rank)] & ~(-1L << rank);
    if (0 != before) {
      return (rank & ~BLOCK_MASK) | (BLOCK_MASK - Long.numberOfLeadingZeros(before));
    }
    return lastInBlock(blockUpTo(((rank - windowStart) >> BLOCK_SHIFT) - 1));
  }

  private int firstInBlock(final int blockFromStart) {
    if (NULL_BLOCK == blockFromStart) {
      return NULL_RANK;
    }
    final int block = windowStart + (blockFromStart << BLOCK_SHIFT);
    return block | Long.numberOfTrailingZeros(words[wordOf(block)]);
  }

  private int lastInBlock(final int blockFromStart) {
    if (NULL_BLOCK == blockFromStart) {
      return NULL_RANK;
    }
    final int block = windowStart + (blockFromStart << BLOCK_SHIFT);
    return block | (BLOCK_MASK - Long.numberOfLeadingZeros(words[wordOf(block)]));
  }

  /** The first block in use from here on, counted from the window's start; the arrays go round. */
  private int blockFrom(final int from) {
    final int start = wordOf(windowStart);
    int block = from;
    while (block < BLOCKS) {
      final int at = (start + block) & BLOCKS_MASK;
      final long ahead = used[at >> BLOCK_SHIFT] >>> at;
      if (0 != ahead) {
        final int found = block + Long.numberOfTrailingZeros(ahead);
        return found < BLOCKS ? found : NULL_BLOCK;
      }
      block += BLOCK - (at & BLOCK_MASK);
    }
    return NULL_BLOCK;
  }

  /** The last block in use up to here. */
  private int blockUpTo(final int to) {
    final int start = wordOf(windowStart);
    int block = to;
    while (block >= 0) {
      final int at = (start + block) & BLOCKS_MASK;
      final long behind = used[at >> BLOCK_SHIFT] << (BLOCK_MASK - (at & BLOCK_MASK));
      if (0 != behind) {
        return Math.max(block - Long.numberOfLeadingZeros(behind), NULL_BLOCK);
      }
      block -= (at & BLOCK_MASK) + 1;
    }
    return NULL_BLOCK;
  }

  private static int wordOf(final int rank) {
    return (rank >> BLOCK_SHIFT) & BLOCKS_MASK;
  }

  private static int better(final int rank, final int other) {
    return Integer.compareUnsigned(rank - 1, other - 1) < 0 ? rank : other;
  }
}
