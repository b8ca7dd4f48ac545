package io.gavel.risk.margin;

import org.jspecify.annotations.Nullable;

/** How a requirement grows with a position; the code is the ordinal. */
public enum MarginCurve {
  /** Rates by tier of notional, with cumulative amounts (F-03). */
  STEP,
  /** A rate that grows with the size (F-04). */
  LINEAR,
  /** A rate that grows with the square root of the size (F-06). */
  SQUARE_ROOT,
  /** An initial rate that grows with the market's open interest (F-05). */
  OPEN_INTEREST;

  private static final MarginCurve[] BY_CODE = values();

  public int code() {
    return ordinal();
  }

  /** The curve of a code, or null for a number that is none. */
  public static @Nullable MarginCurve of(final int code) {
    return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
  }
}
