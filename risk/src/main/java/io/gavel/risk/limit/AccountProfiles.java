package io.gavel.risk.limit;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import java.util.Arrays;

/**
 * What the house knows of the person behind each account: since when, where, with whom it counts as one, and a leverage
 * row of its own. An account nobody told of is new, from nowhere and alone, which is what limits treat most strictly.
 * Groups are bounded, so that a walk over one is. Accounts are slots. Allocates nothing after start. One thread.
 */
public final class AccountProfiles implements StateOwner {

  /** Groups are numbered from 1 to this. */
  public static final int GROUPS_MAX = 4_096;
  /** Accounts that one group can have. */
  public static final int MEMBERS_MAX = 256;
  static final int NULL_SLOT = -1;

  private final long[] openedTimesNs;
  private final int[] groups;
  private final int[] regions;
  private final int[] leverageRows;
  private final int[] next;
  private final int[] first = new int[GROUPS_MAX + 1];
  private final int[] members = new int[GROUPS_MAX + 1];
  private int told;

  public AccountProfiles(final int accountsMax) {
    openedTimesNs = new long[accountsMax];
    groups = new int[accountsMax];
    regions = new int[accountsMax];
    leverageRows = new int[accountsMax];
    next = new int[accountsMax];
    Arrays.fill(first, NULL_SLOT);
  }

  /** Whether the group exists and the account is in it or finds room there; group 0 is none. */
  public boolean hasRoom(final int accountSlot, final int groupId) {
    return 0 == groupId || (groupId > 0 && groupId <= GROUPS_MAX
        && (groups[accountSlot] == groupId || members[groupId] < MEMBERS_MAX));
  }

  /** Replaces all that was known of the account; there is room in the group. */
  public void set(final int accountSlot, final long openedTimeNs, final int groupId, final int region,
      final int leverageRow) {
    told -= isTold(accountSlot) ? 1 : 0;
    openedTimesNs[accountSlot] = openedTimeNs;
    regions[accountSlot] = region;
    leverageRows[accountSlot] = leverageRow;
    if (groups[accountSlot] != groupId) {
      leave(accountSlot);
      join(accountSlot, groupId);
    }
    told += isTold(accountSlot) ? 1 : 0;
  }

  private void leave(final int accountSlot) {
    final int groupId = groups[accountSlot];
    if (0 == groupId) {
      return;
    }
    members[groupId]--;
    if (first[groupId] == accountSlot) {
      first[groupId] = next[accountSlot];
      return;
    }
    int at = first[groupId];
    while (next[at] != accountSlot) {
      at = next[at];
    }
    next[at] = next[accountSlot];
  }

  private void join(final int accountSlot, final int groupId) {
    groups[accountSlot] = groupId;
    if (0 != groupId) {
      next[accountSlot] = first[groupId];
      first[groupId] = accountSlot;
      members[groupId]++;
    }
  }

  /** The group, or 0. */
  public int groupId(final int accountSlot) {
    return groups[accountSlot];
  }

  /** The code of the region, or 0. */
  public int region(final int accountSlot) {
    return regions[accountSlot];
  }

  /** A row of the risk table from 1, or 0. */
  public int leverageRow(final int accountSlot) {
    return leverageRows[accountSlot];
  }

  /** For how long the person is known; 0 when nobody said. */
  public long ageNs(final int accountSlot, final long nowNs) {
    final long openedTimeNs = openedTimesNs[accountSlot];
    return 0 == openedTimeNs ? 0 : Math.max(0, nowNs - openedTimeNs);
  }

  /** An account of the group, or {@link #NULL_SLOT}; the order means nothing. */
  int first(final int groupId) {
    return first[groupId];
  }

  /** Another account of the same group, or {@link #NULL_SLOT}. */
  int next(final int accountSlot) {
    return next[accountSlot];
  }

  private boolean isTold(final int accountSlot) {
    return 0 != (openedTimesNs[accountSlot] | groups[accountSlot] | regions[accountSlot] | leverageRows[accountSlot]);
  }

  @Override
  public int componentId() {
    return 61;
  }

  @Override
  public String componentName() {
    return "account-profiles";
  }

  @Override
  public void save(final SnapshotSink sink) {
    if (0 == told) {
      return;
    }
    sink.putInt(told);
    for (int slot = 0; slot < groups.length; slot++) {
      if (isTold(slot)) {
        sink.putInt(slot);
        sink.putLong(openedTimesNs[slot]);
        sink.putInt(groups[slot]);
        sink.putInt(regions[slot]);
        sink.putInt(leverageRows[slot]);
      }
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    final int count = source.getInt();
    for (int i = 0; i < count; i++) {
      final int slot = source.getInt();
      final long openedTimeNs = source.getLong();
      final int groupId = source.getInt();
      final int region = source.getInt();
      set(slot, openedTimeNs, groupId, region, source.getInt());
    }
  }
}
