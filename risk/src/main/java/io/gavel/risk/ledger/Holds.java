package io.gavel.risk.ledger;

import io.gavel.codecs.Invariants;
import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.risk.price.Slots;
import org.agrona.collections.Long2LongHashMap;

/**
 * Money on its way out, in two phases: held under an id until it is settled or released. Written in the order in which
 * the holds were made. Allocates nothing after start. One thread.
 */
public final class Holds implements StateOwner {

  public static final int NULL_SLOT = -1;

  private final Slots pool;
  private final Long2LongHashMap slotById;
  private final long[] ids;
  private final long[] amountUnits;
  private final int[] accountSlots;
  private final int[] assetIds;
  private final int[] older;
  private final int[] newer;
  private int oldest = NULL_SLOT;
  private int newest = NULL_SLOT;

  public Holds(final int holdsMax) {
    pool = new Slots(holdsMax);
    slotById = new Long2LongHashMap(Math.max(8, holdsMax * 2), 0.55f, NULL_SLOT);
    ids = new long[holdsMax];
    amountUnits = new long[holdsMax];
    accountSlots = new int[holdsMax];
    assetIds = new int[holdsMax];
    older = new int[holdsMax];
    newer = new int[holdsMax];
  }

  public boolean isFull() {
    return pool.isFull();
  }

  public int size() {
    return pool.size();
  }

  /** The slot of a hold, or {@link #NULL_SLOT}. */
  public int find(final long holdId) {
    return (int) slotById.get(holdId);
  }

  /** Opens a hold under an id that no other has; there must be room. */
  public void open(final long holdId, final int accountSlot, final int assetId, final long units) {
    Invariants.check(NULL_SLOT == find(holdId), "hold exists", holdId, accountSlot);
    final int slot = pool.claim();
    Invariants.check(NULL_SLOT != slot, "no room for hold", holdId, pool.capacity());
    slotById.put(holdId, slot);
    ids[slot] = holdId;
    accountSlots[slot] = accountSlot;
    assetIds[slot] = assetId;
    amountUnits[slot] = units;
    older[slot] = newest;
    newer[slot] = NULL_SLOT;
    if (NULL_SLOT == newest) {
      oldest = slot;
    } else {
      newer[newest] = slot;
    }
    newest = slot;
  }

  public void close(final int slot) {
    final int before = older[slot];
    final int after = newer[slot];
    if (NULL_SLOT == before) {
      oldest = after;
    } else {
      newer[before] = after;
    }
    if (NULL_SLOT == after) {
      newest = before;
    } else {
      older[after] = before;
    }
    slotById.remove(ids[slot]);
    pool.release(slot);
  }

  public long holdId(final int slot) {
    return ids[slot];
  }

  public int accountSlot(final int slot) {
    return accountSlots[slot];
  }

  public int assetId(final int slot) {
    return assetIds[slot];
  }

  public long amountUnits(final int slot) {
    return amountUnits[slot];
  }

  /** The hold made first, or {@link #NULL_SLOT}. */
  public int oldest() {
    return oldest;
  }

  /** The hold made next, or {@link #NULL_SLOT}. */
  public int newer(final int slot) {
    return newer[slot];
  }

  @Override
  public int componentId() {
    return 14;
  }

  @Override
  public String componentName() {
    return "holds";
  }

  @Override
  public void save(final SnapshotSink sink) {
    if (0 == pool.size()) {
      return;
    }
    sink.putInt(pool.size());
    for (int slot = oldest; NULL_SLOT != slot; slot = newer[slot]) {
      sink.putLong(ids[slot]);
      sink.putInt(accountSlots[slot]);
      sink.putInt(assetIds[slot]);
      sink.putLong(amountUnits[slot]);
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    final int count = source.getInt();
    for (int i = 0; i < count; i++) {
      open(source.getLong(), source.getInt(), source.getInt(), source.getLong());
    }
  }
}
