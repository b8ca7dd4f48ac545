package io.gavel.engine.condition;

import io.gavel.codecs.CommandValidator;
import io.gavel.codecs.sbe.NodeOp;

/**
 * What follows from the leaves of one tree: bit i of a truth is node i, node 0 the root. A holder that is filled for
 * each tree; at most 31 steps. One thread.
 */
final class TreeLogic {

  static final int NODES_MAX = CommandValidator.NODES_MAX;

  private static final byte LEAF = (byte) NodeOp.LEAF.value();
  private static final byte ALL = (byte) NodeOp.ALL.value();
  private static final byte ANY = (byte) NodeOp.ANY.value();
  private static final byte N_OF = (byte) NodeOp.N_OF.value();
  private static final byte NOT = (byte) NodeOp.NOT.value();
  private static final byte THEN = (byte) NodeOp.THEN.value();

  int count;
  final byte[] ops = new byte[NODES_MAX];
  final byte[] parents = new byte[NODES_MAX];
  final byte[] needs = new byte[NODES_MAX];
  final long[] withinNs = new long[NODES_MAX];
  /** THEN: when its first child became true last, and whether it did. */
  final long[] risenNs = new long[NODES_MAX];
  final boolean[] risen = new boolean[NODES_MAX];

  private final int[] children = new int[NODES_MAX];

  /** Truth of every node; a THEN is as true as {@code thens} says. */
  int evaluate(final int leaves, final int thens) {
    clear();
    int truth = 0;
    for (int i = count - 1; i >= 0; i--) {
      if (isTrue(i, truth, leaves, thens)) {
        truth |= 1 << i;
      }
      adopt(i);
    }
    return truth;
  }

  /** The same after an event at {@code nowNs}: a THEN that was not true yet looks at what became true in it. */
  int next(final int leaves, final int before, final long nowNs) {
    clear();
    int truth = 0;
    for (int i = count - 1; i >= 0; i--) {
      if (isTrue(i, truth, leaves, before)) {
        truth |= 1 << i;
      }
      if (THEN == ops[i]) {
        final int first = Integer.lowestOneBit(children[i]);
        final int second = children[i] ^ first;
        final int rises = truth & ~before;
        if (0 != (rises & second) && risen[i] && nowNs - risenNs[i] <= withinNs[i]) {
          truth |= 1 << i;
        }
        if (0 != (rises & first)) {
          risen[i] = true;
          risenNs[i] = nowNs;
        }
      }
      adopt(i);
    }
    return truth;
  }

  private boolean isTrue(final int i, final int truth, final int leaves, final int thens) {
    final int held = Integer.bitCount(truth & children[i]);
    final byte op = ops[i];
    if (LEAF == op) {
      return 0 != (leaves >>> i & 1);
    }
    if (ALL == op) {
      return held == Integer.bitCount(children[i]);
    }
    if (ANY == op) {
      return held > 0;
    }
    if (N_OF == op) {
      return held >= needs[i];
    }
    return NOT == op ? 0 == held : 0 != (thens >>> i & 1);
  }

  private void adopt(final int i) {
    if (i > 0) {
      children[parents[i]] |= 1 << i;
    }
  }

  private void clear() {
    for (int i = 0; i < count; i++) {
      children[i] = 0;
    }
  }
}
