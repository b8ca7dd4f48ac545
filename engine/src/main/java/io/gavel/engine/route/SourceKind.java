package io.gavel.engine.route;

/** What a source of liquidity is; code equals ordinal. */
public enum SourceKind {
  /** Not in use. */
  NONE,
  /** A ladder: the internal book, or what an external venue quotes. */
  LEVELS,
  /** A constant-product pool (F-44). */
  CONSTANT_PRODUCT,
  /** A pool of two assets of nearly the same value. */
  STABLE_SWAP;

  private static final SourceKind[] BY_CODE = values();

  static SourceKind of(final int code) {
    return BY_CODE[code];
  }
}
