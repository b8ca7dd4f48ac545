package io.gavel.engine.algo;

/** How a scale order's total is spread over its prices; code equals ordinal. */
public enum SizeDistribution {
  /** Equal sizes. */
  FLAT,
  /** 1, 1.5, 2, 2.5, ... from the first price on. */
  ASCENDING,
  /** The same, largest first. */
  DESCENDING
}
