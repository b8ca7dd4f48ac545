package io.gavel.risk.liquidation;

import io.gavel.codecs.InvariantViolation;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/**
 * Who gives up how much of a winning position when nobody takes the loser's (F-18). Fill it with the profitable
 * positions of the opposite side, then ask for so many lots: by {@link Policy#PRO_RATA} each gives its share, whole
 * lots by largest remainder, so that nobody is emptied while another keeps all; by {@link Policy#GREEDY} the highest
 * score gives all it has first. The lots given add up to those asked for exactly, or to all there are.
 *
 * <p>Order: score, highest first, then account id, lowest first. Takes its memory at the start; one thread.
 */
public final class DeleverageRanking {

  /** How the lots are spread. */
  public enum Policy {
    PRO_RATA,
    GREEDY
  }

  private static final long ONE_E8 = 100_000_000;

  private final long[] accountIds;
  private final long[] lots;
  private final long[] scores;
  private final long[] closeLots;
  private final long[] remainders;
  private final int[] keys;
  private final int[] order;
  private int count;
  private long totalLots;

  public DeleverageRanking(final int capacity) {
    accountIds = new long[capacity];
    lots = new long[capacity];
    scores = new long[capacity];
    closeLots = new long[capacity];
    remainders = new long[capacity];
    keys = new int[capacity];
    order = new int[capacity];
  }

  public void clear() {
    count = 0;
    totalLots = 0;
  }

  /**
   * Adds a position of the other side, unless it has no lots or no profit.
   *
   * @param key what the caller knows the position by, given back by {@link #key}
   * @param heldLots its size, whichever the side
   * @return false when there is no room
   */
  public boolean add(final long accountId, final int key, final long heldLots, final long score) {
    if (0 == heldLots || score <= 0) {
      return true;
    }
    final long size = Math.abs(heldLots);
    if (count == accountIds.length || !FixedPoint.sumFits(totalLots, size)) {
      return false;
    }
    accountIds[count] = accountId;
    keys[count] = key;
    lots[count] = size;
    scores[count] = score;
    closeLots[count] = 0;
    order[count] = count;
    count++;
    totalLots += size;
    return true;
  }

  /**
   * F-18 in 10^-8: profit in percent of the entry value, times the effective leverage, or divided by it for a loss.
   * Rounded away from zero, so that a profit never scores nothing; saturates; equity of zero or less is the largest
   * leverage there is.
   *
   * @param markValueUnits and {@code entryValueUnits} (positive) without sign
   * @param equityUnits what backs the position: value at mark less value at bankruptcy
   */
  public static long scoreE8(
      final long profitUnits, final long markValueUnits, final long entryValueUnits, final long equityUnits) {
    final long leverageE8 = equityUnits <= 0 ? Long.MAX_VALUE : ratioE8(markValueUnits, equityUnits);
    final long percentE8 = ratioE8(profitUnits, entryValueUnits);
    if (percentE8 <= 0) {
      return 0 == leverageE8 ? Long.MIN_VALUE : ratioE8(percentE8, leverageE8);
    }
    return FixedPoint.mulDivFits(percentE8, leverageE8, ONE_E8, Rounding.UP)
        ? FixedPoint.mulDiv(percentE8, leverageE8, ONE_E8, Rounding.UP) : Long.MAX_VALUE;
  }

  /** Spreads {@code wantedLots}; the lots that found nobody are returned. Read the shares by rank. */
  public long spread(final long wantedLots, final Policy policy) {
    final long given = Math.max(0, Math.min(wantedLots, totalLots));
    if (Policy.PRO_RATA == policy) {
      takeInProportion(given);
    }
    sort(true);
    if (Policy.GREEDY == policy) {
      takeInOrder(given);
    }
    return wantedLots - given;
  }

  public int count() {
    return count;
  }

  /** Lots of all who are ranked. */
  public long totalLots() {
    return totalLots;
  }

  public long accountId(final int rank) {
    return accountIds[order[rank]];
  }

  public int key(final int rank) {
    return keys[order[rank]];
  }

  public long score(final int rank) {
    return scores[order[rank]];
  }

  /** What this one gives up. */
  public long closeLots(final int rank) {
    return closeLots[order[rank]];
  }

  private void takeInOrder(final long given) {
    long left = given;
    for (int rank = 0; rank < count; rank++) {
      final int i = order[rank];
      closeLots[i] = Math.min(left, lots[i]);
      left -= closeLots[i];
    }
  }

  /** Whole parts first, then one lot each to the largest remainders: they are fewer than there are positions. */
  private void takeInProportion(final long given) {
    long left = given;
    for (int i = 0; i < count; i++) {
      closeLots[i] = FixedPoint.mulDiv(given, lots[i], totalLots, Rounding.DOWN);
      remainders[i] = given * lots[i] - closeLots[i] * totalLots;
      left -= closeLots[i];
    }
    sort(false);
    if (left > count) {
      throw new InvariantViolation("lots left after whole shares: " + left + " of " + count);
    }
    for (int rank = 0; rank < left; rank++) {
      closeLots[order[rank]]++;
    }
  }

  /** Heap sort: in place, the same on every machine, and no worse when the input is sorted already. */
  private void sort(final boolean byScore) {
    for (int i = count / 2 - 1; i >= 0; i--) {
      sift(i, count, byScore);
    }
    for (int end = count - 1; end > 0; end--) {
      final int last = order[end];
      order[end] = order[0];
      order[0] = last;
      sift(0, end, byScore);
    }
  }

  private void sift(final int from, final int end, final boolean byScore) {
    int parent = from;
    while (2 * parent + 1 < end) {
      int child = 2 * parent + 1;
      if (child + 1 < end && isBefore(order[child], order[child + 1], byScore)) {
        child++;
      }
      if (!isBefore(order[parent], order[child], byScore)) {
        return;
      }
      final int moved = order[parent];
      order[parent] = order[child];
      order[child] = moved;
      parent = child;
    }
  }

  /** Whether {@code a} ranks before {@code b}. By remainder, equal ones fall back to the score. */
  private boolean isBefore(final int a, final int b, final boolean byScore) {
    if (!byScore && remainders[a] != remainders[b]) {
      return remainders[a] > remainders[b];
    }
    if (scores[a] != scores[b]) {
      return scores[a] > scores[b];
    }
    return accountIds[a] != accountIds[b] ? accountIds[a] < accountIds[b] : keys[a] < keys[b];
  }

  private static long ratioE8(final long value, final long divisor) {
    if (FixedPoint.mulDivFits(value, ONE_E8, divisor, Rounding.UP)) {
      return FixedPoint.mulDiv(value, ONE_E8, divisor, Rounding.UP);
    }
    return value < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }
}
