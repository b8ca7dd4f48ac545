package io.gavel.engine.condition;

import io.gavel.codecs.Invariants;
import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.PoolKind;

/**
 * What automated market makers hold, as commands say it: base and quote of one instrument each, in units of the assets.
 * A pool keeps its slot; one that holds nothing is not known. One thread. Allocates nothing after start.
 */
public final class Pools implements StateOwner {

  public static final int COMPONENT_ID = 85;
  public static final int NULL_SLOT = -1;
  public static final int POOLS_MAX = 1_024;

  private final long[] poolIds = new long[POOLS_MAX];
  private final int[] instrumentIds = new int[POOLS_MAX];
  private final long[] baseUnits = new long[POOLS_MAX];
  private final long[] quoteUnits = new long[POOLS_MAX];
  private final int[] feesE8 = new int[POOLS_MAX];
  private final int[] amplifications = new int[POOLS_MAX];
  private final byte[] kinds = new byte[POOLS_MAX];
  private int size;

  public int find(final long poolId) {
    for (int slot = 0; slot < size; slot++) {
      if (poolIds[slot] == poolId) {
        return slot;
      }
    }
    return NULL_SLOT;
  }

  public boolean isFull() {
    return POOLS_MAX == size;
  }

  public int size() {
    return size;
  }

  /** Sets all of a pool; returns its slot. */
  public int set(final long poolId, final int instrumentId, final long base, final long quote, final int feeE8,
      final int amplification, final PoolKind kind) {
    int slot = find(poolId);
    if (NULL_SLOT == slot) {
      Invariants.check(!isFull(), "no room for another pool", size, POOLS_MAX);
      slot = size++;
      poolIds[slot] = poolId;
    }
    instrumentIds[slot] = instrumentId;
    baseUnits[slot] = base;
    quoteUnits[slot] = quote;
    feesE8[slot] = feeE8;
    amplifications[slot] = amplification;
    kinds[slot] = (byte) kind.value();
    return slot;
  }

  public long poolId(final int slot) {
    return poolIds[slot];
  }

  public int instrumentId(final int slot) {
    return instrumentIds[slot];
  }

  /** 0: not known. */
  public long baseUnits(final int slot) {
    return baseUnits[slot];
  }

  public long quoteUnits(final int slot) {
    return quoteUnits[slot];
  }

  public int feeE8(final int slot) {
    return feesE8[slot];
  }

  public int amplification(final int slot) {
    return amplifications[slot];
  }

  public PoolKind kind(final int slot) {
    return PoolKind.get(kinds[slot]);
  }

  @Override
  public int componentId() {
    return COMPONENT_ID;
  }

  @Override
  public String componentName() {
    return "pools";
  }

  @Override
  public void save(final SnapshotSink sink) {
    if (0 == size) {
      return;
    }
    sink.putInt(size);
    for (int slot = 0; slot < size; slot++) {
      sink.putLong(poolIds[slot]);
      sink.putInt(instrumentIds[slot]);
      sink.putLong(baseUnits[slot]);
      sink.putLong(quoteUnits[slot]);
      sink.putInt(feesE8[slot]);
      sink.putInt(amplifications[slot]);
      sink.putInt(kinds[slot]);
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    size = source.getInt();
    for (int slot = 0; slot < size; slot++) {
      poolIds[slot] = source.getLong();
      instrumentIds[slot] = source.getInt();
      baseUnits[slot] = source.getLong();
      quoteUnits[slot] = source.getLong();
      feesE8[slot] = source.getInt();
      amplifications[slot] = source.getInt();
      kinds[slot] = (byte) source.getInt();
    }
  }
}
