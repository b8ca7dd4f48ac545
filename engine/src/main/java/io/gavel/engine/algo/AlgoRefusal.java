package io.gavel.engine.algo;

/** Why a parent was not accepted; nothing has changed then. */
public enum AlgoRefusal {
  /** Accepted. */
  NONE,
  TABLE_FULL,
  /** Kind, side, end policy, basis or distribution is missing. */
  FIELD_MISSING,
  TOTAL_NOT_POSITIVE,
  /** The total is not a whole number of steps, or the smallest slice is not. */
  STEP_NOT_WHOLE,
  MINIMUM_ABOVE_TOTAL,
  /** The end is not after the start, or a time is negative. */
  WINDOW_EMPTY,
  WINDOW_OVER,
  INTERVAL_OUT_OF_RANGE,
  /** A leg lives at least a nanosecond and at most until the next one. */
  LIFE_OUT_OF_RANGE,
  TOO_MANY_LEGS,
  PRICE_MISSING,
  PRICE_OUT_OF_RANGE,
  /** A tolerance or collar is below 0 or not below 100 %. */
  TOLERANCE_OUT_OF_RANGE,
  /** A share is not above 0, or above 100 %, or is 100 % of what others trade. */
  SHARE_OUT_OF_RANGE,
  CURVE_EMPTY,
  CURVE_TOO_LONG,
  CURVE_NEGATIVE,
  CURVE_OVERFLOW,
  DISPLAY_OUT_OF_RANGE,
  RETRIES_OUT_OF_RANGE,
  SCALE_COUNT,
  /** A buy scales down and a sell scales up; both ends are prices. */
  SCALE_RANGE,
  SCALE_TOTAL_TOO_SMALL,
  LADDER_STEPS,
  /** Each step of a ladder is wider than the one before, takes time, and has a price. */
  LADDER_NOT_WIDER,
  /** A pacing interval without a share, or one below 0. */
  PACING_OUT_OF_RANGE,
  /** This kind cannot promise to finish. */
  END_POLICY_UNSUPPORTED
}
