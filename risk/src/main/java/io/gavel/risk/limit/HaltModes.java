package io.gavel.risk.limit;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.ReasonCode;
import java.util.Arrays;

/**
 * The wider kill switch: halts that still let in what makes a risk smaller, halts of groups of accounts, and the halt
 * of all rules, whose orders then wait. A full halt of the house, a market or an account is in {@link Halts}. Allocates
 * nothing after start. One thread.
 */
public final class HaltModes implements StateOwner {

  private static final byte NONE = 0;
  private static final byte FULL = 1;
  private static final byte REDUCE_ONLY = 2;

  private final AccountProfiles profiles;
  private final byte[] instruments;
  private final byte[] accounts;
  private final byte[] groups = new byte[AccountProfiles.GROUPS_MAX + 1];
  private final byte[] house = new byte[1];
  private boolean autoSell;
  private int on;

  public HaltModes(final int accountsMax, final int instrumentsMax, final AccountProfiles profiles) {
    this.profiles = profiles;
    instruments = new byte[instrumentsMax + 1];
    accounts = new byte[accountsMax];
  }

  /** Only what reduces is let into the house. */
  public void reduceOnlyEngine(final boolean isOn) {
    set(house, 0, isOn ? REDUCE_ONLY : NONE);
  }

  public void reduceOnlyInstrument(final int instrumentId, final boolean isOn) {
    set(instruments, instrumentId, isOn ? REDUCE_ONLY : NONE);
  }

  public void reduceOnlyAccount(final int accountSlot, final boolean isOn) {
    set(accounts, accountSlot, isOn ? REDUCE_ONLY : NONE);
  }

  /** Halts the accounts of a group, or lets them go on. */
  public void haltGroup(final int groupId, final boolean isOn, final boolean reduceOnly) {
    set(groups, groupId, isOn ? reduceOnly ? REDUCE_ONLY : FULL : NONE);
  }

  /** No rule sends an order while it is on. */
  public void haltAutoSell(final boolean isOn) {
    on += (isOn ? 1 : 0) - (autoSell ? 1 : 0);
    autoSell = isOn;
  }

  public boolean isAutoSellHalted() {
    return autoSell;
  }

  private void set(final byte[] modes, final int at, final byte mode) {
    on += (NONE == mode ? 0 : 1) - (NONE == modes[at] ? 0 : 1);
    modes[at] = mode;
  }

  /** OK or the widest of these halts that applies; a negative account slot is no account. */
  public ReasonCode reason(final int accountSlot, final int instrumentId, final boolean reduces) {
    if (0 == on) {
      return ReasonCode.OK;
    }
    if (stops(house[0], reduces)) {
      return ReasonCode.HALTED_ENGINE;
    }
    if (stops(instruments[instrumentId], reduces)) {
      return ReasonCode.HALTED_INSTRUMENT;
    }
    return accountSlot >= 0
        && (stops(accounts[accountSlot], reduces) || stops(groups[profiles.groupId(accountSlot)], reduces))
        ? ReasonCode.HALTED_ACCOUNT : ReasonCode.OK;
  }

  private static boolean stops(final byte mode, final boolean reduces) {
    return FULL == mode || (REDUCE_ONLY == mode && !reduces);
  }

  @Override
  public int componentId() {
    return 64;
  }

  @Override
  public String componentName() {
    return "halt-modes";
  }

  @Override
  public void save(final SnapshotSink sink) {
    if (0 == on) {
      return;
    }
    sink.putInt(autoSell ? 1 : 0);
    save(sink, house);
    save(sink, instruments);
    save(sink, accounts);
    save(sink, groups);
  }

  private static void save(final SnapshotSink sink, final byte[] modes) {
    int count = 0;
    for (final byte mode : modes) {
      count += NONE == mode ? 0 : 1;
    }
    sink.putInt(count);
    for (int at = 0; at < modes.length; at++) {
      if (NONE != modes[at]) {
        sink.putInt(at);
        sink.putInt(modes[at]);
      }
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    haltAutoSell(0 != source.getInt());
    for (final byte[] modes : Arrays.asList(house, instruments, accounts, groups)) {
      final int count = source.getInt();
      for (int i = 0; i < count; i++) {
        final int at = source.getInt();
        set(modes, at, (byte) source.getInt());
      }
    }
  }
}
