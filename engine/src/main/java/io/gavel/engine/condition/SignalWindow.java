package io.gavel.engine.condition;

import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/**
 * What happened on a price within the last while: its highest and lowest, and the lots that were traded. A ring of
 * sixteen buckets of a sixteenth of the time each, so that what is older than the time leaves within a sixteenth of it.
 */
final class SignalWindow {

  static final int BUCKETS = 16;
  static final long ONE_E8 = 100_000_000L;

  private final long bucketNs;
  /** Number of the bucket in force: time divided by the length of one. */
  long now = Long.MIN_VALUE;
  final int[] highest = new int[BUCKETS];
  final int[] lowest = new int[BUCKETS];
  final long[] lots = new long[BUCKETS];

  SignalWindow(final long windowNs) {
    bucketNs = Math.max(1, windowNs / BUCKETS);
  }

  /** Moves to the bucket of this time and empties those that are left behind; true when something was dropped. */
  boolean advance(final long nowNs) {
    final long bucket = Math.floorDiv(nowNs, bucketNs);
    if (bucket <= now) {
      return false;
    }
    boolean dropped = false;
    final long from = Long.MIN_VALUE == now ? bucket - BUCKETS + 1 : Math.max(now + 1, bucket - BUCKETS + 1);
    for (long each = from; each <= bucket; each++) {
      final int at = (int) Math.floorMod(each, (long) BUCKETS);
      dropped |= 0 != highest[at] || 0 != lots[at];
      highest[at] = 0;
      lowest[at] = 0;
      lots[at] = 0;
    }
    now = bucket;
    return dropped;
  }

  void price(final int ticks) {
    final int at = (int) Math.floorMod(now, (long) BUCKETS);
    highest[at] = Math.max(highest[at], ticks);
    lowest[at] = 0 == lowest[at] ? ticks : Math.min(lowest[at], ticks);
  }

  void traded(final long tradedLots) {
    final int at = (int) Math.floorMod(now, (long) BUCKETS);
    lots[at] = Math.min(SignalLane.INFINITE - 1, lots[at] + tradedLots);
  }

  /** From the lowest to the highest price of the window as a share of the lowest; -INFINITE without a price. */
  long rangeE8() {
    int high = 0;
    int low = 0;
    for (int i = 0; i < BUCKETS; i++) {
      high = Math.max(high, highest[i]);
      low = 0 == low || (0 != lowest[i] && lowest[i] < low) ? lowest[i] : low;
    }
    return 0 == low ? -SignalLane.INFINITE : FixedPoint.mulDiv(high - (long) low, ONE_E8, low, Rounding.FLOOR);
  }

  /** Lots traded in the window. */
  long lots() {
    long sum = 0;
    for (int i = 0; i < BUCKETS; i++) {
      sum = Math.min(SignalLane.INFINITE - 1, sum + lots[i]);
    }
    return sum;
  }

  /** When the next bucket that holds something is dropped; MAX_VALUE: never. */
  long nextNs() {
    for (int i = 1; i <= BUCKETS; i++) {
      final int at = (int) Math.floorMod(now + i, (long) BUCKETS);
      if (0 != highest[at] || 0 != lots[at]) {
        return (now + i) * bucketNs;
      }
    }
    return Long.MAX_VALUE;
  }
}
