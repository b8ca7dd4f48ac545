package io.gavel.engine.algo;

/** What a share of the market's volume is a share of (F-38); code equals ordinal. Both keep own at most share x all. */
public enum VolumeBasis {
  /** Own is at most share x (all volume, ours included). Follows: our own next fill is not counted in advance. */
  WITH_OWN,
  /** Own is at most share / (1 - share) x volume of others: the same line, solved for ours, so it is on time. */
  OTHERS
}
