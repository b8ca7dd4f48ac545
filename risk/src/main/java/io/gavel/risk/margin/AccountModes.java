package io.gavel.risk.margin;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.PositionMode;
import io.gavel.risk.ledger.Accounts;

/** What secures the contracts of each account, and whether it keeps one position of each or two. One thread. */
public final class AccountModes implements StateOwner {

  private final Accounts accounts;
  private final byte[] margins;
  private final byte[] positions;

  public AccountModes(final Accounts accounts, final int accountsMax) {
    this.accounts = accounts;
    margins = new byte[accountsMax];
    positions = new byte[accountsMax];
  }

  public MarginMode margin(final int accountSlot) {
    return MarginMode.get(margins[accountSlot]);
  }

  public PositionMode position(final int accountSlot) {
    return PositionMode.get(positions[accountSlot]);
  }

  /** Whether all of the account's free money secures all of its contracts. */
  public boolean isShared(final int accountSlot) {
    return margins[accountSlot] >= MarginMode.CROSS.value();
  }

  public void set(final int accountSlot, final MarginMode margin, final PositionMode position) {
    margins[accountSlot] = (byte) margin.value();
    positions[accountSlot] = (byte) position.value();
  }

  @Override
  public int componentId() {
    return 33;
  }

  @Override
  public String componentName() {
    return "account modes";
  }

  @Override
  public void save(final SnapshotSink sink) {
    int count = 0;
    for (int slot = 0; slot < accounts.count(); slot++) {
      count += 0 == (margins[slot] | positions[slot]) ? 0 : 1;
    }
    if (0 == count) {
      return;
    }
    sink.putInt(count);
    for (int slot = 0; slot < accounts.count(); slot++) {
      if (0 != (margins[slot] | positions[slot])) {
        sink.putInt(slot);
        sink.putInt(margins[slot]);
        sink.putInt(positions[slot]);
      }
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    final int count = source.getInt();
    for (int i = 0; i < count; i++) {
      final int slot = source.getInt();
      margins[slot] = (byte) source.getInt();
      positions[slot] = (byte) source.getInt();
    }
  }
}
