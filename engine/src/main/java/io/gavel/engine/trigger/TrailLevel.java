package io.gavel.engine.trigger;

import io.gavel.codecs.sbe.Side;

/**
 * Where a trailing stop stands, in travel coordinates: ticks for a sell, ticks times -1 for a buy. In them every
 * trailing stop is the same: the extremum only grows, the level stays below it, and the stop fires when the price falls
 * to the level. Rounding is always down, that is against firing on both sides.
 */
final class TrailLevel {

  /** Below every price on both sides: no extremum yet, or a level that no price can reach. */
  static final int NEVER = Integer.MIN_VALUE;

  private static final long ONE_E8 = 100_000_000L;

  private TrailLevel() {
  }

  /** From ticks to travel coordinates and back. */
  static int mirror(final boolean sell, final int value) {
    return sell ? value : -value;
  }

  static boolean isSell(final Side side) {
    return Side.SELL == side;
  }

  static int byRatio(final boolean sell, final int extremum, final int ratioE8) {
    if (NEVER == extremum) {
      return NEVER;
    }
    // At most 2^31 x 2 x 10^8 < 2^60. A buy's extremum is negative: a larger factor takes its level further down.
    return clamp(Math.floorDiv(extremum * (sell ? ONE_E8 - ratioE8 : ONE_E8 + ratioE8), ONE_E8));
  }

  static int bySpread(final int extremum, final int spreadTicks) {
    return NEVER == extremum ? NEVER : clamp((long) extremum - spreadTicks);
  }

  static int of(final boolean sell, final int extremum, final int distance, final boolean byRatio) {
    return byRatio ? byRatio(sell, extremum, distance) : bySpread(extremum, distance);
  }

  /** From ticks to ticks: the level of a trailing stop that has seen this extremum; 0 without a level to be reached. */
  static int ticksAt(final boolean sell, final int extremumTicks, final int distance, final boolean byRatio) {
    return ticks(sell, of(sell, extremum(sell, extremumTicks), distance, byRatio));
  }

  /** An extremum in ticks, 0 for none, in travel coordinates. */
  static int extremum(final boolean sell, final int extremumTicks) {
    return 0 == extremumTicks ? NEVER : mirror(sell, extremumTicks);
  }

  /** A level as a user reads it: ticks, and 0 for one that no price can reach. */
  static int ticks(final boolean sell, final int level) {
    return NEVER == level ? 0 : Math.max(0, mirror(sell, level));
  }

  private static int clamp(final long level) {
    return level < -Integer.MAX_VALUE ? NEVER : (int) level;
  }
}
