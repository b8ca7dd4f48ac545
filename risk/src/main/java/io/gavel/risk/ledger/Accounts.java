package io.gavel.risk.ledger;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.AccountKind;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.risk.instrument.Name;
import org.agrona.collections.Long2LongHashMap;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.set.MutableSet;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Sets;

/**
 * The registry of accounts. An account's slot is its number in order of creation, which snapshots keep, so slots name
 * accounts in every other component. Creating allocates. One thread.
 */
public final class Accounts implements StateOwner {

  public static final int NULL_SLOT = -1;

  private final int accountsMax;
  private final Long2LongHashMap slotById;
  private final MutableList<Account> bySlot = Lists.mutable.empty();
  private final MutableSet<Name> names = Sets.mutable.empty();
  /** The last account looked up: commands come in runs of one account, and each asks more than once. */
  private long lastId;
  private int lastSlot = NULL_SLOT;

  public Accounts(final int accountsMax) {
    this.accountsMax = accountsMax;
    slotById = new Long2LongHashMap(Math.max(8, accountsMax * 2), 0.55f, NULL_SLOT);
  }

  public ReasonCode create(final long account, final AccountKind kind, final Name name) {
    if (account <= 0) {
      return ReasonCode.OUT_OF_RANGE;
    }
    if (AccountKind.NULL_VAL == kind) {
      return ReasonCode.UNKNOWN_ENUM;
    }
    if (NULL_SLOT != slotOf(account)) {
      return ReasonCode.DUPLICATE_ACCOUNT;
    }
    if (bySlot.size() >= accountsMax) {
      return ReasonCode.CAPACITY_ACCOUNTS;
    }
    if (!name.isNone() && !name.isValid()) {
      return ReasonCode.NAME_INVALID;
    }
    if (names.contains(name)) {
      return ReasonCode.DUPLICATE_NAME;
    }
    register(new Account(account, kind, name));
    return ReasonCode.OK;
  }

  /** The slot, or {@link #NULL_SLOT} when there is no such account. */
  public int slotOf(final long account) {
    if (account == lastId) {
      return lastSlot;
    }
    final int slot = (int) slotById.get(account);
    if (NULL_SLOT != slot) {
      lastId = account;
      lastSlot = slot;
    }
    return slot;
  }

  public int count() {
    return bySlot.size();
  }

  /** The account of a slot, which is the one created as that number, from 0. */
  public Account at(final int slot) {
    return bySlot.get(slot);
  }

  private void register(final Account account) {
    slotById.put(account.id(), bySlot.size());
    bySlot.add(account);
    if (!account.name().isNone()) {
      names.add(account.name());
    }
  }

  @Override
  public int componentId() {
    return 12;
  }

  @Override
  public String componentName() {
    return "accounts";
  }

  @Override
  public void save(final SnapshotSink sink) {
    if (bySlot.isEmpty()) {
      return;
    }
    sink.putInt(bySlot.size());
    for (int slot = 0; slot < bySlot.size(); slot++) {
      final Account account = bySlot.get(slot);
      sink.putLong(account.id());
      sink.putInt(account.kind().value());
      account.name().save(sink);
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    final int count = source.getInt();
    for (int i = 0; i < count; i++) {
      final long id = source.getLong();
      register(new Account(id, AccountKind.get((short) source.getInt()), Name.load(source)));
    }
  }
}
