package io.gavel.risk.limit;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.DegradedCause;
import io.gavel.codecs.sbe.ReasonCode;

/** The kill switch: for all, for an instrument, for an account. Allocates nothing after start. One thread. */
public final class Halts implements StateOwner {

  private final boolean[] instruments;
  private final boolean[] accounts;
  private int instrumentsHalted;
  private int accountsHalted;
  private boolean engineHalted;
  /** A bit for each cause that is on. */
  private int degraded;

  public Halts(final int accountsMax, final int instrumentsMax) {
    instruments = new boolean[instrumentsMax + 1];
    accounts = new boolean[accountsMax];
  }

  public void haltEngine(final boolean on) {
    engineHalted = on;
  }

  public void haltInstrument(final int instrumentId, final boolean on) {
    if (instruments[instrumentId] != on) {
      instruments[instrumentId] = on;
      instrumentsHalted += on ? 1 : -1;
    }
  }

  public void haltAccount(final int accountSlot, final boolean on) {
    if (accounts[accountSlot] != on) {
      accounts[accountSlot] = on;
      accountsHalted += on ? 1 : -1;
    }
  }

  /** The machine runs short: no new risk until every cause is lifted. */
  public void degraded(final DegradedCause cause, final boolean on) {
    degraded = on ? degraded | bit(cause) : degraded & ~bit(cause);
  }

  public boolean isDegraded() {
    return 0 != degraded;
  }

  public boolean isDegraded(final DegradedCause cause) {
    return 0 != (degraded & bit(cause));
  }

  /** OK or the widest halt that applies; a negative account slot is no account. */
  public ReasonCode reason(final int accountSlot, final int instrumentId) {
    if (engineHalted) {
      return ReasonCode.HALTED_ENGINE;
    }
    if (0 != instrumentsHalted && instruments[instrumentId]) {
      return ReasonCode.HALTED_INSTRUMENT;
    }
    return 0 != accountsHalted && accountSlot >= 0 && accounts[accountSlot] ? ReasonCode.HALTED_ACCOUNT : ReasonCode.OK;
  }

  @Override
  public int componentId() {
    return 18;
  }

  @Override
  public String componentName() {
    return "halts";
  }

  @Override
  public void save(final SnapshotSink sink) {
    if (!engineHalted && 0 == degraded && 0 == instrumentsHalted + accountsHalted) {
      return;
    }
    sink.putInt(engineHalted ? 1 : 0);
    sink.putInt(degraded);
    saveOn(sink, instruments, instrumentsHalted);
    saveOn(sink, accounts, accountsHalted);
  }

  @Override
  public void load(final SnapshotSource source) {
    engineHalted = 0 != source.getInt();
    degraded = source.getInt();
    final int instrumentCount = source.getInt();
    for (int i = 0; i < instrumentCount; i++) {
      haltInstrument(source.getInt(), true);
    }
    final int accountCount = source.getInt();
    for (int i = 0; i < accountCount; i++) {
      haltAccount(source.getInt(), true);
    }
  }

  private static int bit(final DegradedCause cause) {
    return 1 << cause.value();
  }

  private static void saveOn(final SnapshotSink sink, final boolean[] flags, final int count) {
    sink.putInt(count);
    for (int i = 0; i < flags.length; i++) {
      if (flags[i]) {
        sink.putInt(i);
      }
    }
  }
}
