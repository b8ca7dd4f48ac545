package io.gavel.engine.algo;

/** How a parent order is worked; code equals ordinal. */
public enum AlgoKind {
  /** Equal legs over time, late ones caught up within a cap (F-35). */
  TWAP,
  /** Legs by a volume curve (F-37). */
  VWAP,
  /** A share of what the market trades (F-38). */
  POV,
  /** A small part shown, refilled when it has traded. */
  ICEBERG,
  /** Rests at the touch and follows it towards the market. */
  CHASE,
  /** Evenly spaced resting orders. */
  SCALE,
  /** After a trigger: limit, wider, market. */
  LADDER;

  private static final AlgoKind[] BY_CODE = values();

  static AlgoKind of(final long code) {
    return BY_CODE[(int) code];
  }
}
