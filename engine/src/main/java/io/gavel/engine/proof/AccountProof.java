package io.gavel.engine.proof;

import java.util.List;

/**
 * Shows one account's balances under the root that a checkpoint signs, and nothing of anybody else's. Immutable.
 *
 * @param account  whose
 * @param balances what it has, ascending by asset
 * @param index    of its leaf
 * @param accounts leaves of the tree
 * @param path     hashes beside the way to the root, the lowest first
 * @param sequence the last one of the checkpoint that signs the root
 */
public record AccountProof(
    long account, List<Balance> balances, long index, long accounts, List<Checkpoint.Hash> path, long sequence) {

  /** What an account has of an asset, in the asset's smallest units. */
  public record Balance(int assetId, long freeUnits, long heldUnits) {
  }

  /** Keeps its own copies. */
  public AccountProof {
    balances = List.copyOf(balances);
    path = List.copyOf(path);
  }

  /** Whether this is what {@code checkpoint} signs; whether that one is to be trusted its signature says. */
  public boolean isUnder(final Checkpoint checkpoint) {
    return checkpoint.lastSequence() == sequence && checkpoint.accounts() == accounts
        && path.size() <= MerkleTree.PATH_MAX
        && MerkleTree.same(checkpoint.accountsRoot().bytes(), MerkleTree.rootOf(AccountTree.leaf(account, balances),
            index, accounts, path.stream().map(Checkpoint.Hash::bytes).toList()));
  }
}
