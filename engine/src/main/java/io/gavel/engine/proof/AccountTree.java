package io.gavel.engine.proof;

import io.gavel.engine.core.StateMachine;
import io.gavel.risk.RiskEngine;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The balances of all accounts at one moment, as leaves in the order of account ids, and the root over them. An account
 * is there from the day it is opened; an asset it has nothing of is left out.
 */
final class AccountTree {

  private final long[] accounts;
  private final List<List<AccountProof.Balance>> balances;
  private final List<byte[]> leaves;

  private AccountTree(final long[] accounts, final List<List<AccountProof.Balance>> balances) {
    this.accounts = accounts;
    this.balances = balances;
    leaves = new ArrayList<>(accounts.length);
    for (int i = 0; i < accounts.length; i++) {
      leaves.add(leaf(accounts[i], balances.get(i)));
    }
  }

  /** Of a core that stands between two frames. */
  static AccountTree of(final StateMachine machine) {
    final RiskEngine risk = machine.risk();
    final long[] accounts = new long[risk.accountCount()];
    for (int i = 0; i < accounts.length; i++) {
      accounts[i] = risk.accountAt(i);
    }
    Arrays.sort(accounts);
    final List<List<AccountProof.Balance>> balances = new ArrayList<>(accounts.length);
    for (final long account : accounts) {
      final List<AccountProof.Balance> held = new ArrayList<>();
      for (int i = 0; i < risk.assetCount(); i++) {
        final int assetId = risk.assetAt(i).id();
        final long freeUnits = risk.freeUnits(account, assetId);
        final long heldUnits = risk.heldUnits(account, assetId);
        if (0 != freeUnits || 0 != heldUnits) {
          held.add(new AccountProof.Balance(assetId, freeUnits, heldUnits));
        }
      }
      balances.add(held);
    }
    return new AccountTree(accounts, balances);
  }

  int size() {
    return accounts.length;
  }

  Checkpoint.Hash root() {
    return Checkpoint.Hash.of(MerkleTree.root(leaves));
  }

  /** Shows that an account has what it has, under the root that {@code checkpoint} signs; null: no such account. */
  @Nullable AccountProof proof(final long account, final Checkpoint checkpoint) {
    final int index = Arrays.binarySearch(accounts, account);
    return index < 0 ? null : new AccountProof(account, balances.get(index), index, accounts.length,
        MerkleTree.path(leaves, index).stream().map(Checkpoint.Hash::of).toList(), checkpoint.lastSequence());
  }

  static byte[] leaf(final long account, final List<AccountProof.Balance> balances) {
    final ByteBuffer buffer = ByteBuffer
        .allocate(Long.BYTES + Integer.BYTES + balances.size() * (Integer.BYTES + 2 * Long.BYTES))
        .order(ByteOrder.LITTLE_ENDIAN).putLong(account).putInt(balances.size());
    for (final AccountProof.Balance balance : balances) {
      buffer.putInt(balance.assetId()).putLong(balance.freeUnits()).putLong(balance.heldUnits());
    }
    return MerkleTree.leaf().digest(buffer.array());
  }
}
