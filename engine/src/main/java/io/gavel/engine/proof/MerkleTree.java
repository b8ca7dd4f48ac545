package io.gavel.engine.proof;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Hash trees as in RFC 9162, section 2.1, over SHA-256: leaves and nodes are told apart by a byte in front. */
final class MerkleTree {

  static final int HASH_LENGTH = 32;
  /** Deeper than any tree that memory holds. */
  static final int PATH_MAX = 40;

  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  private MerkleTree() {
  }

  /** A fresh digest, fed with what marks a leaf. */
  static MessageDigest leaf() {
    final MessageDigest digest = sha256();
    digest.update(LEAF);
    return digest;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (final NoSuchAlgorithmException ex) {
      throw new IllegalStateException("every Java has SHA-256", ex);
    }
  }

  /** The root over leaf hashes; of none: the hash of nothing. */
  static byte[] root(final List<byte[]> leaves) {
    return leaves.isEmpty() ? sha256().digest() : root(leaves, 0, leaves.size());
  }

  /** The hashes beside the way from a leaf to the root, the lowest first. */
  static List<byte[]> path(final List<byte[]> leaves, final int index) {
    final List<byte[]> path = new ArrayList<>();
    int from = 0;
    int to = leaves.size();
    while (to - from > 1) {
      final int middle = from + leftOf(to - from);
      if (index < middle) {
        path.add(root(leaves, middle, to));
        to = middle;
      } else {
        path.add(root(leaves, from, middle));
        from = middle;
      }
    }
    Collections.reverse(path);
    return path;
  }

  /** The root that a leaf and its path lead to; of a path that fits no tree of that size: nothing any tree has. */
  static byte[] rootOf(final byte[] leaf, final long index, final long size, final List<byte[]> path) {
    if (index < 0 || index >= size) {
      return new byte[0];
    }
    long left = index;
    long last = size - 1;
    byte[] hash = leaf;
    for (final byte[] beside : path) {
      if (0 == last) {
        return new byte[0];
      }
      if (1 == (left & 1) || left == last) {
        hash = node(beside, hash);
        while (0 == (left & 1) && 0 != left) {
          left >>= 1;
          last >>= 1;
        }
      } else {
        hash = node(hash, beside);
      }
      left >>= 1;
      last >>= 1;
    }
    return 0 == last ? hash : new byte[0];
  }

  static boolean same(final byte[] hash, final byte[] other) {
    return Arrays.equals(hash, other);
  }

  private static byte[] root(final List<byte[]> leaves, final int from, final int to) {
    if (1 == to - from) {
      return leaves.get(from);
    }
    final int middle = from + leftOf(to - from);
    return node(root(leaves, from, middle), root(leaves, middle, to));
  }

  /** The largest power of two below a size of at least two. */
  private static int leftOf(final int size) {
    return Integer.highestOneBit(size - 1);
  }

  private static byte[] node(final byte[] left, final byte[] right) {
    final MessageDigest digest = sha256();
    digest.update(NODE);
    digest.update(left);
    return digest.digest(right);
  }
}
