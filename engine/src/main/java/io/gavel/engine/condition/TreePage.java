package io.gavel.engine.condition;

/** The trees of 4,096 rule slots: where their nodes are, and where each stands. */
final class TreePage {

  static final int BITS = 12;
  static final int TREES = 1 << BITS;
  static final int MASK = TREES - 1;

  static final byte LIVE = 1;
  /** Was true when it was armed: fires once it was false. */
  static final byte WAITS = 2;
  static final byte DIRTY = 4;
  static final byte MET = 8;
  static final byte FIRED = 16;

  final int[] runs = new int[TREES];
  /** Nodes of the tree; 0: the rule has none. */
  final byte[] counts = new byte[TREES];
  final int[] truths = new int[TREES];
  final int[] leaves = new int[TREES];
  final byte[] flags = new byte[TREES];
  /** The next tree that is dirty, or met. */
  final int[] chain = new int[TREES];
}
