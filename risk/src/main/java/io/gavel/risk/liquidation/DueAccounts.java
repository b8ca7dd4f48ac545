package io.gavel.risk.liquidation;

import java.util.Arrays;

/**
 * Accounts that are to be examined, each once, the smallest account id first, whatever the order in which they came. A
 * binary heap over arrays: who comes while others leave finds its place. One thread.
 */
final class DueAccounts {

  private final int[] heap;
  private final long[] accountIds;
  private final boolean[] isDue;
  private int size;

  DueAccounts(final int accountsMax) {
    heap = new int[accountsMax];
    accountIds = new long[accountsMax];
    isDue = new boolean[accountsMax];
  }

  void identify(final int accountSlot, final long accountId) {
    accountIds[accountSlot] = accountId;
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
    Arrays.fill(isDue, false);
  }

  void add(final int accountSlot) {
    if (isDue[accountSlot]) {
      return;
    }
    isDue[accountSlot] = true;
    final long accountId = accountIds[accountSlot];
    int at = size++;
    while (at > 0 && accountIds[heap[(at - 1) >> 1]] > accountId) {
      heap[at] = heap[(at - 1) >> 1];
      at = (at - 1) >> 1;
    }
    heap[at] = accountSlot;
  }

  /** Takes out the account with the smallest id; there must be one. */
  int poll() {
    final int first = heap[0];
    isDue[first] = false;
    size--;
    final int last = heap[size];
    final long accountId = accountIds[last];
    int at = 0;
    while (true) {
      int child = 2 * at + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && accountIds[heap[child + 1]] < accountIds[heap[child]]) {
        child++;
      }
      if (accountId <= accountIds[heap[child]]) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = last;
    return first;
  }
}
