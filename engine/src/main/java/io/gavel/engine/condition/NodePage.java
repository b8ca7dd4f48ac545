package io.gavel.engine.condition;

/** 4,096 nodes: what was asked, where each stands, and the links of the heap that it is in. */
final class NodePage {

  final byte[] ops = new byte[NodeTable.PAGE];
  final byte[] parents = new byte[NodeTable.PAGE];
  final byte[] needs = new byte[NodeTable.PAGE];
  final byte[] signals = new byte[NodeTable.PAGE];
  final byte[] compares = new byte[NodeTable.PAGE];
  final byte[] sources = new byte[NodeTable.PAGE];
  final boolean[] latched = new boolean[NodeTable.PAGE];
  final byte[] phases = new byte[NodeTable.PAGE];
  final int[] instrumentIds = new int[NodeTable.PAGE];
  final int[] ruleSlots = new int[NodeTable.PAGE];
  final long[] thresholds = new long[NodeTable.PAGE];
  final long[] seconds = new long[NodeTable.PAGE];
  /** THEN: the time between its children. */
  final long[] withinNs = new long[NodeTable.PAGE];
  /** Leaf: the value of its last flip. THEN: when its first child became true last. */
  final long[] values = new long[NodeTable.PAGE];
  /** The sequence of that; 0: there was none. */
  final long[] sequences = new long[NodeTable.PAGE];
  /** Of the heap; for a trailing leaf its ticket. */
  final long[] keys = new long[NodeTable.PAGE];
  final int[] lefts = new int[NodeTable.PAGE];
  final int[] rights = new int[NodeTable.PAGE];
  final int[] aboves = new int[NodeTable.PAGE];
  final byte[] ranks = new byte[NodeTable.PAGE];
  final int[] extrema = new int[NodeTable.PAGE];
}
