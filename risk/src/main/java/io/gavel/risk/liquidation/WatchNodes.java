package io.gavel.risk.liquidation;

import io.gavel.risk.price.MeldHeap;
import io.gavel.risk.price.PriceWatch;
import java.util.Arrays;

/**
 * The levels that accounts wait for: one watch per series and direction over one set of nodes, and the nodes of an
 * account as a list. Allocates nothing after start. One thread.
 */
final class WatchNodes {

  static final int NULL_NODE = PriceWatch.NULL_NODE;

  private final PriceWatch[] falling;
  private final PriceWatch[] rising;
  private final int[] firstOfAccount;
  private final int[] next;
  private final int[] accountOf;
  /** Series * 2 + direction while the node waits in that watch, NULL_NODE when it was reached. */
  private final int[] watchOf;
  private int firstFree;
  private int size;

  WatchNodes(final int accountsMax, final int seriesMax, final int nodesMax) {
    final MeldHeap heap = new MeldHeap(nodesMax);
    falling = new PriceWatch[seriesMax];
    rising = new PriceWatch[seriesMax];
    for (int series = 0; series < seriesMax; series++) {
      falling[series] = PriceWatch.falling(heap);
      rising[series] = PriceWatch.rising(heap);
    }
    firstOfAccount = new int[accountsMax];
    Arrays.fill(firstOfAccount, NULL_NODE);
    next = new int[nodesMax];
    for (int node = 0; node < nodesMax; node++) {
      next[node] = node + 1 < nodesMax ? node + 1 : NULL_NODE;
    }
    accountOf = new int[nodesMax];
    watchOf = new int[nodesMax];
    firstFree = 0 == nodesMax ? NULL_NODE : 0;
  }

  int size() {
    return size;
  }

  boolean isCrossed(final int series, final int floorStep, final int ceilStep) {
    return falling[series].isCrossedBy(floorStep) || rising[series].isCrossedBy(ceilStep);
  }

  /** Waits for a fall to this step or below; false when there is no node left. */
  boolean addFalling(final int accountSlot, final int series, final int step) {
    final int node = claim(accountSlot, 2 * series);
    if (NULL_NODE == node) {
      return false;
    }
    falling[series].add(node, step);
    return true;
  }

  /** Waits for a rise to this step or above; false when there is no node left. */
  boolean addRising(final int accountSlot, final int series, final int step) {
    final int node = claim(accountSlot, 2 * series + 1);
    if (NULL_NODE == node) {
      return false;
    }
    rising[series].add(node, step);
    return true;
  }

  /** Everything that a series at these steps has reached is due. */
  void collect(final int series, final int floorStep, final int ceilStep, final DueAccounts due) {
    collect(falling[series], floorStep, due);
    collect(rising[series], ceilStep, due);
  }

  private void collect(final PriceWatch watch, final int step, final DueAccounts due) {
    for (int node = watch.poll(step); NULL_NODE != node; node = watch.poll(step)) {
      watchOf[node] = NULL_NODE;
      due.add(accountOf[node]);
    }
  }

  /** Gives back every node of an account, waiting or reached. */
  void drop(final int accountSlot) {
    int node = firstOfAccount[accountSlot];
    firstOfAccount[accountSlot] = NULL_NODE;
    while (NULL_NODE != node) {
      final int following = next[node];
      final int watch = watchOf[node];
      if (NULL_NODE != watch) {
        (0 == (watch & 1) ? falling : rising)[watch >> 1].remove(node);
      }
      next[node] = firstFree;
      firstFree = node;
      size--;
      node = following;
    }
  }

  private int claim(final int accountSlot, final int watch) {
    final int node = firstFree;
    if (NULL_NODE != node) {
      firstFree = next[node];
      next[node] = firstOfAccount[accountSlot];
      firstOfAccount[accountSlot] = node;
      accountOf[node] = accountSlot;
      watchOf[node] = watch;
      size++;
    }
    return node;
  }
}
