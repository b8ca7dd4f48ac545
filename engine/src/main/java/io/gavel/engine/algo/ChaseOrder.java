package io.gavel.engine.algo;

/**
 * Rests at the touch of its own side and follows when the touch moves towards the market; never back, and never into
 * the other side. Repricings are counted: when they are spent it stays where it is, or with {@link EndPolicy#FINISH}
 * crosses, as it does one lifetime before its end.
 */
public final class ChaseOrder {

  private ChaseOrder() {
  }

  /** Where to stand: so many ticks inside the touch, short of the other side, not worse than the limit. */
  public static int targetTicks(final boolean sell, final int touchTicks, final int otherTicks, final int offsetTicks,
      final int limitTicks) {
    final long inside = sell ? (long) touchTicks - offsetTicks : (long) touchTicks + offsetTicks;
    long target = Math.max(1, Math.min(Integer.MAX_VALUE, inside));
    if (0 != otherTicks) {
      target = sell ? Math.max(target, otherTicks + 1L) : Math.min(target, otherTicks - 1L);
    }
    if (0 != limitTicks) {
      target = sell ? Math.max(target, limitTicks) : Math.min(target, limitTicks);
    }
    return (int) Math.max(0, Math.min(Integer.MAX_VALUE, target));
  }

  static void plan(final Parents parents, final int slot, final long nowNs, final MarketView view,
      final ChildSlice out) {
    if (parents.mustFinish(slot) && (nowNs >= crossNs(parents, slot) || 0 != parents.get(slot, Parents.CROSSED))) {
      cross(parents, slot, nowNs, out);
      return;
    }
    final boolean sell = parents.isSell(slot);
    final int instrumentId = parents.instrumentId(slot);
    final int touch = sell ? view.askTicks(instrumentId) : view.bidTicks(instrumentId);
    final int other = sell ? view.bidTicks(instrumentId) : view.askTicks(instrumentId);
    final int target = 0 == touch ? 0
        : targetTicks(sell, touch, other, (int) parents.get(slot, Parents.OFFSET), parents.limitTicks(slot));
    final boolean resting = parents.get(slot, Parents.WORKING) > 0;
    final int child = (int) parents.get(slot, Parents.CHILD_TICKS);
    if (0 == target) {
      out.pause(resting ? SliceReason.ALL_WORKING : SliceReason.NO_TOUCH, quietNs(parents, slot));
    } else if (resting && !(isBehind(sell, child, touch) && isBehind(sell, child, target))) {
      out.pause(SliceReason.ALL_WORKING, quietNs(parents, slot));
    } else if (isSpent(parents, slot)) {
      spent(parents, slot, nowNs, resting, out);
    } else if (nowNs < readyNs(parents, slot)) {
      out.pause(SliceReason.NOTHING_DUE, readyNs(parents, slot));
    } else if (resting) {
      out.replace(SliceType.POST_ONLY, parents.unfilled(slot), target, placements(parents, slot));
    } else {
      out.place(SliceType.POST_ONLY, parents.free(slot), target, placements(parents, slot));
    }
  }

  static void sent(final Parents parents, final int slot, final ChildSlice out) {
    if (SliceType.TAKE == out.type()) {
      parents.add(slot, Parents.CROSSED, 1);
    } else {
      parents.set(slot, Parents.CHILD_TICKS, out.limitTicks());
      parents.add(slot, Parents.LEGS_DONE, 1);
    }
  }

  /** Until when nothing happens by itself. */
  static long quietNs(final Parents parents, final int slot) {
    if (!parents.mustFinish(slot)) {
      return parents.get(slot, Parents.END);
    }
    return 0 == parents.get(slot, Parents.CROSSED)
        ? crossNs(parents, slot) : parents.retryNs(slot, parents.get(slot, Parents.LAST_NS));
  }

  private static void spent(final Parents parents, final int slot, final long nowNs, final boolean resting,
      final ChildSlice out) {
    if (parents.mustFinish(slot)) {
      cross(parents, slot, nowNs, out);
    } else if (resting) {
      out.pause(SliceReason.RETRIES_SPENT, parents.get(slot, Parents.END));
    } else {
      out.finish(SliceReason.RETRIES_SPENT);
    }
  }

  /** Takes instead of resting; one try a lifetime. */
  private static void cross(final Parents parents, final int slot, final long nowNs, final ChildSlice out) {
    final boolean again = 0 != parents.get(slot, Parents.CROSSED);
    final long tryNs = again ? parents.retryNs(slot, parents.get(slot, Parents.LAST_NS)) : nowNs;
    if (nowNs < tryNs) {
      out.pause(SliceReason.NOTHING_DUE, tryNs);
    } else if (parents.get(slot, Parents.WORKING) > 0) {
      out.replace(SliceType.TAKE, parents.unfilled(slot), parents.limitTicks(slot), placements(parents, slot));
    } else {
      out.place(SliceType.TAKE, parents.free(slot), parents.limitTicks(slot), placements(parents, slot));
    }
  }

  /** The first placement is free, each further one is a retry. */
  private static boolean isSpent(final Parents parents, final int slot) {
    return parents.get(slot, Parents.LEGS_DONE) > parents.get(slot, Parents.RETRIES);
  }

  private static int placements(final Parents parents, final int slot) {
    return (int) parents.get(slot, Parents.LEGS_DONE);
  }

  /** Whether a sell stands above a price, or a buy below it. */
  private static boolean isBehind(final boolean sell, final int childTicks, final int ticks) {
    return sell ? childTicks > ticks : childTicks < ticks;
  }

  private static long readyNs(final Parents parents, final int slot) {
    final long lastNs = parents.get(slot, Parents.LAST_NS);
    final long end = parents.get(slot, Parents.END);
    return lastNs < 0 ? 0 : lastNs + Math.min(parents.get(slot, Parents.INTERVAL), end - lastNs);
  }

  private static long crossNs(final Parents parents, final int slot) {
    final long life = 0 == parents.get(slot, Parents.LIFE)
        ? parents.get(slot, Parents.INTERVAL) : parents.get(slot, Parents.LIFE);
    return Math.max(parents.get(slot, Parents.START), parents.get(slot, Parents.END) - life);
  }
}
