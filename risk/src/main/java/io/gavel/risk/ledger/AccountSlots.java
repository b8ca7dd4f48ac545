package io.gavel.risk.ledger;

import io.gavel.codecs.Invariants;
import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;

/**
 * Gives each pair (account, asset) or (account, instrument) that is used a slot of a pool, for good. Pairs are found by
 * one array read when the table of all pairs is small. When it would be large they are found by walking the account's
 * own list, which is short as a rule and lies together in memory, and by a hash look-up where it is long. They are
 * walked account by account in order of the second id, never in the order of a table. Allocates nothing after start.
 * One thread.
 *
 * <pre>
 *   link   | second id (32 bits) | next slot of the account (32 bits) |
 * </pre>
 */
public final class AccountSlots {

  public static final int NULL_SLOT = -1;

  /** Up to so many pairs the table is an array, 64 KB of ints: a larger one would mostly be empty cache lines. */
  private static final long DENSE_PAIRS_MAX = 1L << 14;
  /** Steps along an account's list before the hash look-up is the shorter way. */
  private static final int STEPS_MAX = 8;
  private static final long LOW_32 = 0xFFFF_FFFFL;
  private static final int[] NONE = {};

  private final int columns;
  private final int slotsMax;
  private final int[] dense;
  private final Long2LongHashMap sparse;
  private final int[] firstOfAccount;
  private final long[] links;
  private int size;

  /** The second ids run from 1 to {@code idsMax}. */
  public AccountSlots(final int accountsMax, final int idsMax, final int slotsMax) {
    columns = idsMax + 1;
    this.slotsMax = slotsMax;
    final boolean isDense = (long) accountsMax * columns <= DENSE_PAIRS_MAX;
    dense = isDense ? new int[accountsMax * columns] : NONE;
    sparse = new Long2LongHashMap(isDense ? 8 : Math.max(8, slotsMax * 2), 0.55f, NULL_SLOT);
    firstOfAccount = new int[accountsMax];
    links = new long[slotsMax];
    Arrays.fill(dense, NULL_SLOT);
    Arrays.fill(firstOfAccount, NULL_SLOT);
  }

  /** The pair's slot, or {@link #NULL_SLOT} while it has none. */
  public int find(final int accountSlot, final int id) {
    return 0 != dense.length ? dense[accountSlot * columns + id] : walk(accountSlot, id);
  }

  private int walk(final int accountSlot, final int id) {
    int slot = firstOfAccount[accountSlot];
    for (int step = 0; step < STEPS_MAX; step++) {
      if (NULL_SLOT == slot) {
        return NULL_SLOT;
      }
      final long link = links[slot];
      if (idOf(link) >= id) {
        return idOf(link) == id ? slot : NULL_SLOT;
      }
      slot = (int) link;
    }
    return (int) sparse.get((long) accountSlot * columns + id);
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
    link(accountSlot, slot, id);
    return slot;
  }

  /** Takes back the slot that {@link #open} gave out last, as if it had not. */
  public void undoOpen(final int accountSlot, final int id) {
    final int slot = find(accountSlot, id);
    Invariants.check(slot == size - 1, "not the last slot: slot, size", slot, size);
    size--;
    if (0 != dense.length) {
      dense[accountSlot * columns + id] = NULL_SLOT;
    } else {
      sparse.remove((long) accountSlot * columns + id);
    }
    if (firstOfAccount[accountSlot] == slot) {
      firstOfAccount[accountSlot] = next(slot);
      return;
    }
    int previous = firstOfAccount[accountSlot];
    while (next(previous) != slot) {
      previous = next(previous);
    }
    links[previous] = linkOf(id(previous), next(slot));
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
    return (int) links[slot];
  }

  /** The second id of a slot. */
  public int id(final int slot) {
    return idOf(links[slot]);
  }

  private void link(final int accountSlot, final int slot, final int id) {
    int previous = NULL_SLOT;
    int next = firstOfAccount[accountSlot];
    while (NULL_SLOT != next && id(next) < id) {
      previous = next;
      next = next(next);
    }
    links[slot] = linkOf(id, next);
    if (NULL_SLOT == previous) {
      firstOfAccount[accountSlot] = slot;
    } else {
      links[previous] = linkOf(id(previous), slot);
    }
  }

  private static long linkOf(final int id, final int next) {
    return ((long) id << Integer.SIZE) | (next & LOW_32);
  }

  private static int idOf(final long link) {
    return (int) (link >>> Integer.SIZE);
  }
}
