package io.gavel.engine.route;

/** Why a source or a request was not accepted; nothing has changed then. */
public enum RouteRefusal {
  /** Accepted. */
  NONE,
  /** No such source number. */
  SOURCE_OUT_OF_RANGE,
  /** Neither buy nor sell. */
  SIDE_MISSING,
  /** No level, or more than fit. */
  LEVELS_OUT_OF_RANGE,
  /** A price or size that is not positive, or together more than can be counted. */
  LEVEL_OUT_OF_RANGE,
  /** A level is better than the one before it. */
  LEVELS_NOT_SORTED,
  /** A reserve that is not positive or too large. */
  RESERVE_OUT_OF_RANGE,
  /** A fee below 0, or above one half. */
  FEE_OUT_OF_RANGE,
  /** A latency whose penalty is below 0 or above one half. */
  LATENCY_OUT_OF_RANGE,
  /** Amplification or unit multipliers out of range, or reserves too uneven for them. */
  CURVE_OUT_OF_RANGE,
  /** Lots are not positive. */
  LOTS_NOT_POSITIVE,
  /** No source can trade at all. */
  NO_LIQUIDITY
}
