package io.gavel.engine.algo;

/** The kind of order a child is. */
public enum SliceType {
  /** Takes what is there up to its limit and is through, or rests at the limit until it expires; 0 ticks is none. */
  TAKE,
  /** Rests at its limit. */
  REST,
  /** Rests at its limit and is refused where it would trade at once. */
  POST_ONLY
}
