package io.gavel.engine.condition;

import io.gavel.codecs.sbe.Signal;

/** When leaves about the time are true: from a moment on, in a window, in the same hours of each day (UTC). */
final class TimeLeaf {

  static final long NEVER = Long.MAX_VALUE;

  private static final long DAY_NS = ConditionCheck.DAY_NS;

  private TimeLeaf() {
  }

  static boolean isTrue(final Signal signal, final long from, final long to, final long nowNs) {
    return switch (signal) {
      case WINDOW -> nowNs >= from && nowNs < to;
      case DAILY_WINDOW -> {
        final long hour = Math.floorMod(nowNs, DAY_NS);
        yield from < to ? hour >= from && hour < to : hour >= from || hour < to;
      }
      default -> nowNs >= from;
    };
  }

  /** The next moment, after {@code nowNs}, at which the leaf flips. */
  static long nextNs(final Signal signal, final long from, final long to, final long nowNs) {
    return switch (signal) {
      case WINDOW -> nowNs < from ? from : nowNs < to ? to : NEVER;
      case DAILY_WINDOW -> {
        final long border = isTrue(signal, from, to, nowNs) ? to : from;
        final long ahead = Math.floorMod(border - Math.floorMod(nowNs, DAY_NS), DAY_NS);
        yield nowNs > NEVER - DAY_NS ? NEVER : nowNs + (0 == ahead ? DAY_NS : ahead);
      }
      default -> nowNs < from ? from : NEVER;
    };
  }
}
