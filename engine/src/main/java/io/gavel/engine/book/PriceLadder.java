package io.gavel.engine.book;

import io.gavel.risk.price.TickMap;
import io.gavel.risk.price.TickPages;
import java.util.Arrays;

/**
 * The levels of one side by rank, the best first: rank 1 is the best price that can be, 0 stands for none. A window of
 * 32,768 ranks about the best one is an array under a bitmap of three floors: a look-up is one load, a neighbour one
 * bit scan or a few. What lies outside is in a {@link TickMap} and is found for any rank, only slower.
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
  private static final int BLOCKS = 512;
  private static final int BLOCKS_MASK = BLOCKS - 1;
  private static final int USED_WORDS = BLOCKS >> BLOCK_SHIFT;
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
  private final long[] used = new long[USED_WORDS];
  /** A bit for each word of these that is not empty. */
  private int usedWords;
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
    if (0 == usedWords && !isInWindow(best)) {
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
    words[block] |= 1L << rank;
    used[block >> BLOCK_SHIFT] |= 1L << block;
    usedWords |= 1 << (block >> BLOCK_SHIFT);
  }

  /** Whether a word is empty is shifted about, not asked: nobody could guess the answer. */
  private void removeFromWindow(final int rank) {
    final int block = wordOf(rank);
    final int usedWord = block >> BLOCK_SHIFT;
    levels[rank & WINDOW_MASK] = PriceLevels.NULL_LEVEL;
    final long ranks = words[block] & ~(1L << rank);
    final long blocks = used[usedWord] & ~(oneIfEmpty(ranks) << block);
    words[block] = ranks;
    used[usedWord] = blocks;
    usedWords &= (int) ~(oneIfEmpty(blocks) << usedWord);
  }

  private static long oneIfEmpty(final long word) {
    return (~word & (word - 1)) >>> (Long.SIZE - 1);
  }

  private int firstInWindow() {
    return firstInBlock(blockFrom(wordOf(windowStart)));
  }

  private int afterInWindow(final int rank) {
    if (!isInWindow(rank)) {
      return rank < windowStart ? firstInWindow() : NULL_RANK;
    }
    final long behind = words[wordOf(rank)] & (-2L << rank);
    if (0 != behind) {
      return (rank & ~BLOCK_MASK) | Long.numberOfTrailingZeros(behind);
    }
    // The arrays go round: what is found before this rank lies behind the end.
    final int found = firstInBlock(blockFrom(wordOf(rank + BLOCK)));
    return found > rank ? found : NULL_RANK;
  }

  private int beforeInWindow(final int rank) {
    if (!isInWindow(rank)) {
      return rank < windowStart ? NULL_RANK : lastInBlock(BLOCKS - 1);
    }
    final long before = words[wordOf(rank)] & ~(-1L << rank);
    if (0 != before) {
      return (rank & ~BLOCK_MASK) | (BLOCK_MASK - Long.numberOfLeadingZeros(before));
    }
    return lastInBlock(((rank - windowStart) >> BLOCK_SHIFT) - 1);
  }

  /** The best rank of the block that stands here in the arrays. */
  private int firstInBlock(final int block) {
    if (NULL_BLOCK == block) {
      return NULL_RANK;
    }
    final int fromStart = (block - wordOf(windowStart)) & BLOCKS_MASK;
    return windowStart + (fromStart << BLOCK_SHIFT) + Long.numberOfTrailingZeros(words[block]);
  }

  /** The first block in use where the arrays are read from here on, round and round. */
  private int blockFrom(final int block) {
    final int word = block >> BLOCK_SHIFT;
    final long ahead = used[word] >>> block;
    if (0 != ahead) {
      return block + Long.numberOfTrailingZeros(ahead);
    }
    if (0 == usedWords) {
      return NULL_BLOCK;
    }
    final int wordsAhead = (usedWords | usedWords << USED_WORDS) >>> (word + 1);
    final int next = (word + 1 + Integer.numberOfTrailingZeros(wordsAhead)) & (USED_WORDS - 1);
    return (next << BLOCK_SHIFT) + Long.numberOfTrailingZeros(used[next]);
  }

  /** The last rank of the blocks up to one, counted from the window's start. */
  private int lastInBlock(final int upTo) {
    final int start = wordOf(windowStart);
    for (int fromStart = upTo; fromStart >= 0; fromStart--) {
      final long word = words[(start + fromStart) & BLOCKS_MASK];
      if (0 != word) {
        return windowStart + (fromStart << BLOCK_SHIFT) + BLOCK_MASK - Long.numberOfLeadingZeros(word);
      }
    }
    return NULL_RANK;
  }

  private static int wordOf(final int rank) {
    return (rank >> BLOCK_SHIFT) & BLOCKS_MASK;
  }

  private static int better(final int rank, final int other) {
    return Integer.compareUnsigned(rank - 1, other - 1) < 0 ? rank : other;
  }
}
