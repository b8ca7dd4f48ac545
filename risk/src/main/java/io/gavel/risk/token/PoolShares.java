package io.gavel.risk.token;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.risk.ledger.AccountSlots;
import io.gavel.risk.ledger.Accounts;
import org.jspecify.annotations.Nullable;

/**
 * Who backs the pools of tokens: shares per (account, instrument). A share is worth what its pool has beside what
 * holders are owed, divided by all shares: an index that moves with every price and costs nothing to keep. Shares of an
 * earlier epoch are void. Takes memory with the first token. One thread.
 */
public final class PoolShares implements StateOwner {

  private final Accounts accounts;
  private final int accountsMax;
  private final int instrumentsMax;
  private final int sharesMax;
  private @Nullable AccountSlots slots;
  private long[] shares = {};
  private long[] epochs = {};

  public PoolShares(
      final Accounts accounts, final int accountsMax, final int instrumentsMax, final int sharesMax) {
    this.accounts = accounts;
    this.accountsMax = accountsMax;
    this.instrumentsMax = instrumentsMax;
    this.sharesMax = sharesMax;
  }

  /** Takes the memory, once. */
  public void allocate() {
    if (null == slots) {
      slots = new AccountSlots(accountsMax, instrumentsMax, sharesMax);
      shares = new long[sharesMax];
      epochs = new long[sharesMax];
    }
  }

  /** Whether the account can have shares in the token's pool. */
  public boolean hasRoom(final int accountSlot, final Token token) {
    // After a snapshot without backers this is the first to need the memory.
    allocate();
    return null != slots
        && (AccountSlots.NULL_SLOT != slots.find(accountSlot, token.instrumentId()) || slots.hasRoom(1));
  }

  public long shares(final int accountSlot, final Token token) {
    final int slot = null == slots ? AccountSlots.NULL_SLOT : slots.find(accountSlot, token.instrumentId());
    return AccountSlots.NULL_SLOT == slot || epochs[slot] != token.epoch() ? 0 : shares[slot];
  }

  /** Shares come or, below zero, go; there is room for them. */
  public void add(final int accountSlot, final Token token, final long change) {
    allocate();
    final long left = shares(accountSlot, token) + change;
    if (null != slots) {
      final int slot = slots.open(accountSlot, token.instrumentId());
      shares[slot] = left;
      epochs[slot] = token.epoch();
    }
  }

  @Override
  public int componentId() {
    return 47;
  }

  @Override
  public String componentName() {
    return "pool-shares";
  }

  /** A place that is taken is written even when it is empty: later refusals depend on it. */
  @Override
  public void save(final SnapshotSink sink) {
    if (null == slots || 0 == slots.size()) {
      return;
    }
    sink.putInt(slots.size());
    for (int accountSlot = 0; accountSlot < accounts.count(); accountSlot++) {
      for (int slot = slots.first(accountSlot); AccountSlots.NULL_SLOT != slot; slot = slots.next(slot)) {
        sink.putInt(accountSlot);
        sink.putInt(slots.id(slot));
        sink.putLong(shares[slot]);
        sink.putLong(epochs[slot]);
      }
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    allocate();
    final int count = source.getInt();
    for (int i = 0; i < count && null != slots; i++) {
      final int slot = slots.open(source.getInt(), source.getInt());
      shares[slot] = source.getLong();
      epochs[slot] = source.getLong();
    }
  }

  /** The shares of all accounts in a pool. Walks; for tests and snapshots. */
  public long total(final Token token) {
    long sum = 0;
    for (int accountSlot = 0; accountSlot < accounts.count(); accountSlot++) {
      sum += shares(accountSlot, token);
    }
    return sum;
  }
}
