package io.gavel.engine.condition;

import io.gavel.codecs.Invariants;
import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;

/**
 * What others think of accounts and instruments: scores that enter by command, each with a time from which it is not
 * known any more. A score keeps its slot, since conditions name it. One thread. Allocates nothing after start.
 */
public final class RiskSignals implements StateOwner {

  public static final int COMPONENT_ID = 84;
  public static final int NULL_SLOT = -1;
  public static final int SIGNALS_MAX = 4_096;

  /** Told of every score that is not known any more. */
  public interface Expiry {
    void expired(int slot);
  }

  private final long[] accounts = new long[SIGNALS_MAX];
  private final int[] instrumentIds = new int[SIGNALS_MAX];
  private final int[] signalIds = new int[SIGNALS_MAX];
  private final long[] values = new long[SIGNALS_MAX];
  private final long[] untilNs = new long[SIGNALS_MAX];
  private final boolean[] known = new boolean[SIGNALS_MAX];
  private int size;
  private long nextNs = Long.MAX_VALUE;

  /** The score about an account (instrument 0) or an instrument (account 0); NULL_SLOT: nobody ever said one. */
  public int find(final long account, final int instrumentId, final long signalId) {
    for (int slot = 0; slot < size; slot++) {
      if (accounts[slot] == account && instrumentIds[slot] == instrumentId && signalIds[slot] == signalId) {
        return slot;
      }
    }
    return NULL_SLOT;
  }

  public boolean isFull() {
    return SIGNALS_MAX == size;
  }

  /** Sets a score; {@code until} 0: it stays. Returns its slot. */
  public int set(final long account, final int instrumentId, final int signalId, final long value, final long until) {
    int slot = find(account, instrumentId, signalId);
    if (NULL_SLOT == slot) {
      Invariants.check(!isFull(), "no room for another signal", size, SIGNALS_MAX);
      slot = size++;
      accounts[slot] = account;
      instrumentIds[slot] = instrumentId;
      signalIds[slot] = signalId;
    }
    values[slot] = value;
    untilNs[slot] = until;
    known[slot] = true;
    if (0 != until) {
      nextNs = Math.min(nextNs, until);
    }
    return slot;
  }

  public boolean isKnown(final int slot) {
    return known[slot];
  }

  public long value(final int slot) {
    return values[slot];
  }

  public int instrumentId(final int slot) {
    return instrumentIds[slot];
  }

  /** When a score may expire next; MAX_VALUE: none does. */
  public long nextNs() {
    return nextNs;
  }

  /** Forgets what is too old now. */
  public void expire(final long nowNs, final Expiry expiry) {
    if (nowNs < nextNs) {
      return;
    }
    nextNs = Long.MAX_VALUE;
    for (int slot = 0; slot < size; slot++) {
      if (known[slot] && 0 != untilNs[slot]) {
        if (untilNs[slot] <= nowNs) {
          known[slot] = false;
          expiry.expired(slot);
        } else {
          nextNs = Math.min(nextNs, untilNs[slot]);
        }
      }
    }
  }

  @Override
  public int componentId() {
    return COMPONENT_ID;
  }

  @Override
  public String componentName() {
    return "risk-signals";
  }

  @Override
  public void save(final SnapshotSink sink) {
    if (0 == size) {
      return;
    }
    sink.putInt(size);
    for (int slot = 0; slot < size; slot++) {
      sink.putLong(accounts[slot]);
      sink.putInt(instrumentIds[slot]);
      sink.putInt(signalIds[slot]);
      sink.putLong(values[slot]);
      sink.putLong(untilNs[slot]);
      sink.putInt(known[slot] ? 1 : 0);
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    size = source.getInt();
    for (int slot = 0; slot < size; slot++) {
      accounts[slot] = source.getLong();
      instrumentIds[slot] = source.getInt();
      signalIds[slot] = source.getInt();
      values[slot] = source.getLong();
      untilNs[slot] = source.getLong();
      known[slot] = 1 == source.getInt();
      if (known[slot] && 0 != untilNs[slot]) {
        nextNs = Math.min(nextNs, untilNs[slot]);
      }
    }
  }
}
