package io.gavel.risk.ledger;

import io.gavel.codecs.Invariants;
import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;

/**
 * Gives each pair (account, asset) or (account, instrument) that is used a slot of a pool, for good. Pairs are found by
 * one array read, or by a hash look-up when the table of all pairs would be large; they are walked account by account
 * in order of the second id, never in the order of a table. Allocates nothing after start. One thread.
 */
public final class AccountSlots {

  public static final int NULL_SLOT = -1;

  /** Up to so many pairs the table is an array: 16 MB of ints. */
  private static final long DENSE_PAIRS_MAX = 1L << 22;
  private static final int[] NONE = {};

  private final int columns;
  private final int slotsMax;
  private final int[] dense;
  private final Long2LongHashMap sparse;
  private final int[] firstOfAccount;
  private final int[] nextOfSlot;
  private final int[] idOfSlot;
  private int size;

  /** The second ids run from 1 to {@code idsMax}. */
  public AccountSlots(final int accountsMax, final int idsMax, final int slotsMax) {
    columns = idsMax + 1;
    this.slotsMax = slotsMax;
    final boolean isDense = (long) accountsMax * columns <= DENSE_PAIRS_MAX;
    dense = isDense ? new int[accountsMax * columns] : NONE;
    sparse = new Long2LongHashMap(isDense ? 8 : Math.max(8, slotsMax * 2), 0.55f, NULL_SLOT);
    firstOfAccount = new int[accountsMax];
    nextOfSlot = new int[slotsMax];
    idOfSlot = new int[slotsMax];
    Arrays.fill(dense, NULL_SLOT);
    Arrays.fill(firstOfAccount, NULL_SLOT);
  }

  /** The pair's slot, or {@link #NULL_SLOT} while it has none. */
  public int find(final int accountSlot, final int id) {
    return 0 != dense.length ? dense[accountSlot * columns + id] : (int) sparse.get((long) accountSlot * columns + id);
  }

  /** Whether so many more pairs can have a slot. */
  public boolean hasRoom(final int count) {
    return slotsMax - size >= count;
  }

  /** The pair's slot; a new one when it has none, for which there must be room. */
  public int open(final int accountSlot, final int id) {
    final int existing = find(accountSlot, id);
    if (NULL_SLOT != existing) {
      return existing;
    }
    Invariants.check(size < slotsMax, "no slot left for account, id", accountSlot, id);
    final int slot = size++;
    if (0 != dense.length) {
      dense[accountSlot * columns + id] = slot;
    } else {
      sparse.put((long) accountSlot * columns + id, slot);
    }
    idOfSlot[slot] = id;
    link(accountSlot, slot);
    return slot;
  }

  /** Slots given out; they are 0 to size - 1. */
  public int size() {
    return size;
  }

  /** The account's slot of the smallest second id, or {@link #NULL_SLOT}. */
  public int first(final int accountSlot) {
    return firstOfAccount[accountSlot];
  }

  /** The slot of the same account and the next larger second id, or {@link #NULL_SLOT}. */
  public int next(final int slot) {
    return nextOfSlot[slot];
  }

  /** The second id of a slot. */
  public int id(final int slot) {
    return idOfSlot[slot];
  }

  private void link(final int accountSlot, final int slot) {
    final int id = idOfSlot[slot];
    int previous = NULL_SLOT;
    int next = firstOfAccount[accountSlot];
    while (NULL_SLOT != next && idOfSlot[next] < id) {
      previous = next;
      next = nextOfSlot[next];
    }
    nextOfSlot[slot] = next;
    if (NULL_SLOT == previous) {
      firstOfAccount[accountSlot] = slot;
    } else {
      nextOfSlot[previous] = slot;
    }
  }
}
