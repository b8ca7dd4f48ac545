package io.gavel.engine.core;

import java.util.Arrays;

/** Lists of slots in order of entry, one for each owner, in flat arrays; a slot is in at most one of them. */
final class SlotList {

  static final int NULL_SLOT = -1;
  private static final int NOT_IN = -2;

  private int[] next;
  private int[] previous;
  private int[] owners;
  private final int[] first;
  private final int[] last;

  SlotList(final int slotsMax, final int ownersMax) {
    next = new int[slotsMax];
    previous = new int[slotsMax];
    owners = new int[slotsMax];
    first = new int[ownersMax];
    last = new int[ownersMax];
    Arrays.fill(next, NOT_IN);
    Arrays.fill(first, NULL_SLOT);
    Arrays.fill(last, NULL_SLOT);
  }

  /** Makes room for more slots, which are in no list. Allocates. */
  void grow(final int slotsMax) {
    final int before = next.length;
    next = Arrays.copyOf(next, slotsMax);
    Arrays.fill(next, before, slotsMax, NOT_IN);
    previous = Arrays.copyOf(previous, slotsMax);
    owners = Arrays.copyOf(owners, slotsMax);
  }

  boolean contains(final int slot) {
    return NOT_IN != next[slot];
  }

  /** Whose list the slot is in, or was in last. */
  int owner(final int slot) {
    return owners[slot];
  }

  int first(final int owner) {
    return first[owner];
  }

  int next(final int slot) {
    return next[slot];
  }

  void append(final int owner, final int slot) {
    owners[slot] = owner;
    next[slot] = NULL_SLOT;
    previous[slot] = last[owner];
    if (NULL_SLOT == last[owner]) {
      first[owner] = slot;
    } else {
      next[last[owner]] = slot;
    }
    last[owner] = slot;
  }

  /** Takes the slot out of its list; does nothing when it is in none. */
  void remove(final int slot) {
    if (NOT_IN == next[slot]) {
      return;
    }
    final int owner = owners[slot];
    if (NULL_SLOT == previous[slot]) {
      first[owner] = next[slot];
    } else {
      next[previous[slot]] = next[slot];
    }
    if (NULL_SLOT == next[slot]) {
      last[owner] = previous[slot];
    } else {
      previous[next[slot]] = previous[slot];
    }
    next[slot] = NOT_IN;
  }
}
