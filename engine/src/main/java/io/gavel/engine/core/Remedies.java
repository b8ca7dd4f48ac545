package io.gavel.engine.core;

import io.gavel.codecs.Invariants;
import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.HouseFund;

/**
 * What it takes to put right what was wrong, and once only: the trades that can still be undone, the keys under which
 * harm was paid, and what each fund has paid so far. Of keys the 1,024 highest are known one by one; one at or below
 * the highest that was forgotten counts as used, so that nothing is ever paid twice. Absent from the state while no
 * trade is kept and nothing was paid. One thread.
 */
final class Remedies implements StateOwner {

  private static final int KEYS_MAX = 1_024;
  private static final int FUNDS = HouseFund.values().length - 1;

  final KeptTrades trades = new KeptTrades();
  private final long[] keys = new long[KEYS_MAX];
  private final long[] paidUnits;
  private int keyCount;
  private long forgottenKey;

  Remedies(final int assetsMax) {
    paidUnits = new long[(assetsMax + 1) * FUNDS];
  }

  /** Whether a key has been used, or cannot be told from one that has. */
  boolean isUsed(final long key) {
    final int at = placeOf(key);
    return key <= forgottenKey || (at < keyCount && key == keys[at]);
  }

  /** A key that was not used is now. */
  void use(final long key) {
    int at = placeOf(key);
    if (KEYS_MAX == keyCount) {
      if (0 == at) {
        forgottenKey = key;
        return;
      }
      forgottenKey = keys[0];
      System.arraycopy(keys, 1, keys, 0, --keyCount);
      at--;
    }
    System.arraycopy(keys, at, keys, at + 1, keyCount - at);
    keys[at] = key;
    keyCount++;
  }

  /** How many of the keys are below. */
  private int placeOf(final long key) {
    int low = 0;
    int high = keyCount;
    while (low < high) {
      final int middle = (low + high) >>> 1;
      if (keys[middle] < key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Paid for remedies by a fund so far. */
  long paidUnits(final HouseFund fund, final int assetId) {
    return paidUnits[assetId * FUNDS + fund.value()];
  }

  void paid(final HouseFund fund, final int assetId, final long units) {
    paidUnits[assetId * FUNDS + fund.value()] += units;
  }

  @Override
  public int componentId() {
    return 2057;
  }

  @Override
  public String componentName() {
    return "remedies";
  }

  @Override
  public void save(final SnapshotSink sink) {
    int totals = 0;
    for (final long units : paidUnits) {
      totals += 0 == units ? 0 : 1;
    }
    if (0 == trades.capacity() && 0 == keyCount && 0 == totals) {
      return;
    }
    trades.save(sink);
    sink.putLong(forgottenKey);
    sink.putInt(keyCount);
    for (int i = 0; i < keyCount; i++) {
      sink.putLong(keys[i]);
    }
    sink.putInt(totals);
    for (int i = 0; i < paidUnits.length; i++) {
      if (0 != paidUnits[i]) {
        sink.putInt(i);
        sink.putLong(paidUnits[i]);
      }
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    trades.load(source);
    forgottenKey = source.getLong();
    keyCount = source.getInt();
    Invariants.check(keyCount >= 0 && keyCount <= KEYS_MAX, "more keys saved than fit: saved, fit", keyCount, KEYS_MAX);
    for (int i = 0; i < keyCount; i++) {
      keys[i] = source.getLong();
    }
    for (int totals = source.getInt(); totals > 0; totals--) {
      final int at = source.getInt();
      Invariants.check(at >= 0 && at < paidUnits.length, "paid by no fund of ours: place, of", at, paidUnits.length);
      paidUnits[at] = source.getLong();
    }
  }
}
