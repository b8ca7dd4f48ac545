package io.gavel.engine.core;

import io.gavel.codecs.Invariants;
import io.gavel.codecs.Text32;
import org.agrona.BitUtil;

/**
 * Which live order or rule an account's client id names. Open addressing with linear probes and backward-shift
 * deletion; at most half full. Derived from orders and rules, so it is not part of the state.
 */
final class ClientIds {

  static final long NULL_ID = 0;

  private final int mask;
  private final long[] accounts;
  private final long[] words;
  private final long[] ids;
  private int size;

  ClientIds(final int entriesMax) {
    final int capacity = BitUtil.findNextPositivePowerOfTwo(Math.max(16, 2 * entriesMax));
    mask = capacity - 1;
    accounts = new long[capacity];
    words = new long[capacity * 4];
    ids = new long[capacity];
  }

  /** The id, or {@link #NULL_ID}. */
  long find(final long account, final long w0, final long w1, final long w2, final long w3) {
    if (Text32.isNone(w0, w1, w2, w3)) {
      return NULL_ID;
    }
    return ids[slotOf(account, w0, w1, w2, w3)];
  }

  /** Remembers a client id that is not there yet; none is not remembered. */
  void put(final long account, final long w0, final long w1, final long w2, final long w3, final long id) {
    if (Text32.isNone(w0, w1, w2, w3)) {
      return;
    }
    Invariants.check(2 * (size + 1) <= mask + 1, "client ids overfull: size, capacity", size, mask + 1L);
    final int slot = slotOf(account, w0, w1, w2, w3);
    Invariants.check(NULL_ID == ids[slot], "client id put twice: id, there", id, ids[slot]);
    set(slot, account, w0, w1, w2, w3, id);
    size++;
  }

  void remove(final long account, final long w0, final long w1, final long w2, final long w3) {
    if (Text32.isNone(w0, w1, w2, w3)) {
      return;
    }
    int hole = slotOf(account, w0, w1, w2, w3);
    Invariants.check(NULL_ID != ids[hole], "client id to remove is not there: account, w0", account, w0);
    size--;
    int next = (hole + 1) & mask;
    while (NULL_ID != ids[next]) {
      final int home = homeOf(accounts[next], words[4 * next], words[4 * next + 1], words[4 * next + 2],
          words[4 * next + 3]);
      if (((next - home) & mask) >= ((next - hole) & mask)) {
        set(hole, accounts[next], words[4 * next], words[4 * next + 1], words[4 * next + 2], words[4 * next + 3],
            ids[next]);
        hole = next;
      }
      next = (next + 1) & mask;
    }
    ids[hole] = NULL_ID;
  }

  private int slotOf(final long account, final long w0, final long w1, final long w2, final long w3) {
    int slot = homeOf(account, w0, w1, w2, w3);
    while (NULL_ID != ids[slot] && !isAt(slot, account, w0, w1, w2, w3)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private boolean isAt(
      final int slot, final long account, final long w0, final long w1, final long w2, final long w3) {
    final int at = 4 * slot;
    return accounts[slot] == account
        && words[at] == w0 && words[at + 1] == w1 && words[at + 2] == w2 && words[at + 3] == w3;
  }

  private int homeOf(final long account, final long w0, final long w1, final long w2, final long w3) {
    return (int) Text32.hash(w0 ^ account * 0x9E37_79B9_7F4A_7C15L, w1, w2, w3) & mask;
  }

  private void set(final int slot, final long account, final long w0, final long w1, final long w2, final long w3,
      final long id) {
    accounts[slot] = account;
    words[4 * slot] = w0;
    words[4 * slot + 1] = w1;
    words[4 * slot + 2] = w2;
    words[4 * slot + 3] = w3;
    ids[slot] = id;
  }
}
