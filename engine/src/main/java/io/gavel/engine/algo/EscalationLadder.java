package io.gavel.engine.algo;

/**
 * What happens after a trigger: a limit near the trigger price, then wider ones, then the market, each with its
 * time. A step replaces the child of the one before with all that is unfilled. The market step tries once a lifetime
 * until the window ends and is held by the collar like any slice that takes.
 */
public final class EscalationLadder {

  private EscalationLadder() {
  }

  /** The limit of a step: so many ticks through the trigger price, not worse than the limit of the order. */
  public static int stepTicks(final boolean sell, final int triggerTicks, final long offsetTicks,
      final int limitTicks) {
    final long ticks = sell ? triggerTicks - offsetTicks : triggerTicks + offsetTicks;
    return SlicePrice.tighter(sell, (int) Math.max(1, Math.min(Integer.MAX_VALUE, ticks)), limitTicks);
  }

  /** Steps are kept as pairs: the offset, and the time since the start at which the step is over. */
  static void open(final Parents parents, final int slot, final AlgoSpec spec) {
    long overNs = 0;
    for (int i = 0; i < spec.stepCount; i++) {
      overNs += spec.stepNs[i];
      parents.side(slot, 2 * i, spec.stepOffsetTicks[i]);
      parents.side(slot, 2 * i + 1, overNs);
    }
    parents.set(slot, Parents.LEGS, spec.stepCount);
  }

  static void plan(final Parents parents, final int slot, final long nowNs, final ChildSlice out) {
    final int steps = (int) parents.get(slot, Parents.LEGS);
    final int step = stepAt(parents, slot, nowNs);
    final boolean entered = parents.get(slot, Parents.LEGS_DONE) > step;
    if (entered && step < steps) {
      out.pause(parents.get(slot, Parents.WORKING) > 0 ? SliceReason.ALL_WORKING : SliceReason.NOTHING_DUE,
          overNs(parents, slot, step));
      return;
    }
    if (entered && nowNs < parents.retryNs(slot, parents.get(slot, Parents.LAST_NS))) {
      out.pause(SliceReason.NOTHING_DUE, parents.retryNs(slot, parents.get(slot, Parents.LAST_NS)));
      return;
    }
    final SliceType type = step < steps ? SliceType.REST : SliceType.TAKE;
    final int ticks = step < steps
        ? stepTicks(parents.isSell(slot), (int) parents.get(slot, Parents.FIRST_TICKS), parents.side(slot, 2 * step),
            parents.limitTicks(slot))
        : parents.limitTicks(slot);
    if (parents.get(slot, Parents.WORKING) > 0) {
      out.replace(type, parents.unfilled(slot), ticks, step);
    } else {
      out.place(type, parents.free(slot), ticks, step);
    }
  }

  static void sent(final Parents parents, final int slot, final ChildSlice out) {
    parents.set(slot, Parents.LEGS_DONE, out.legIndex() + 1L);
  }

  static long wakeNs(final Parents parents, final int slot) {
    final int entered = (int) parents.get(slot, Parents.LEGS_DONE) - 1;
    return entered < parents.get(slot, Parents.LEGS)
        ? overNs(parents, slot, entered) : parents.retryNs(slot, parents.get(slot, Parents.LAST_NS));
  }

  private static int stepAt(final Parents parents, final int slot, final long nowNs) {
    final int steps = (int) parents.get(slot, Parents.LEGS);
    int step = 0;
    while (step < steps && nowNs >= overNs(parents, slot, step)) {
      step++;
    }
    return step;
  }

  private static long overNs(final Parents parents, final int slot, final int step) {
    return parents.get(slot, Parents.START) + parents.side(slot, 2 * step + 1);
  }
}
