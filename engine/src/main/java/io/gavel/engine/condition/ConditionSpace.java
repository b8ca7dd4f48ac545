package io.gavel.engine.condition;

import io.gavel.codecs.CommandValidator;
import io.gavel.codecs.sbe.Compare;
import io.gavel.codecs.sbe.NodeOp;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Signal;
import io.gavel.engine.trigger.RuleSpec;

/**
 * Whether a tree can be true and can be false at all. A tree names each leaf once, so without two leaves about one
 * signal it can always be both. With such leaves every combination of regions of their values is tried, up to a bound
 * that only a tree made for it can reach; what was not decided by then is let through.
 */
final class ConditionSpace {

  private static final int NODES_MAX = CommandValidator.NODES_MAX;
  private static final int TRIES_MAX = 1 << 16;

  private final TreeLogic logic;
  /** The first leaf about the same signal. */
  private final int[] groups = new int[NODES_MAX];
  private final long[] values = new long[NODES_MAX * 4];
  private int thens;
  private int wanted;
  private int everTrue;
  private int everFalse;
  private int tries;

  ConditionSpace(final TreeLogic logic) {
    this.logic = logic;
  }

  ReasonCode check(final RuleSpec spec, final long nowNs) {
    if (!group(spec)) {
      return ReasonCode.OK;
    }
    ConditionCheck.fill(logic, spec);
    everTrue = 0;
    everFalse = 0;
    tries = 0;
    search(spec, nowNs, 0, 0, thens);
    if (wanted != (everTrue & wanted) && tries < TRIES_MAX) {
      return ReasonCode.CONDITION_NEVER_TRUE;
    }
    return 0 == (everFalse & 1) && tries < TRIES_MAX ? ReasonCode.CONDITION_ALWAYS_TRUE : ReasonCode.OK;
  }

  /** True when two leaves look at the same signal. */
  private boolean group(final RuleSpec spec) {
    boolean shared = false;
    thens = 0;
    wanted = 1;
    for (int i = 0; i < spec.nodeCount; i++) {
      groups[i] = i;
      if (NodeOp.THEN == spec.nodeOps[i]) {
        thens |= 1 << i;
      }
      if (i > 0 && NodeOp.THEN == spec.nodeOps[spec.nodeParents[i]]) {
        wanted |= 1 << i;
      }
      for (int j = 0; NodeOp.LEAF == spec.nodeOps[i] && j < i; j++) {
        if (NodeOp.LEAF == spec.nodeOps[j] && isSame(spec, i, j)) {
          groups[i] = groups[j];
          shared = true;
          break;
        }
      }
    }
    return shared;
  }

  private static boolean isSame(final RuleSpec spec, final int i, final int j) {
    final Signal signal = spec.nodeSignals[i];
    if (isClock(signal) || isClock(spec.nodeSignals[j])) {
      return isClock(signal) && isClock(spec.nodeSignals[j]);
    }
    if (Signal.DAILY_WINDOW == signal) {
      return signal == spec.nodeSignals[j];
    }
    return signal != Signal.TRAILING && signal == spec.nodeSignals[j] && spec.nodeSources[i] == spec.nodeSources[j]
        && instrument(spec, i) == instrument(spec, j) && spec.nodeSeconds[i] == spec.nodeSeconds[j];
  }

  private static int instrument(final RuleSpec spec, final int i) {
    return 0 == spec.nodeInstrumentIds[i] ? spec.instrumentId : spec.nodeInstrumentIds[i];
  }

  private static boolean isClock(final Signal signal) {
    return Signal.WINDOW == signal || Signal.AT_TIME == signal || Signal.AFTER == signal;
  }

  private boolean isOver() {
    return tries >= TRIES_MAX || (wanted == (everTrue & wanted) && 0 != (everFalse & 1));
  }

  /** Tries the values that matter of the group that begins at {@code i}, and under each those of the groups behind. */
  private void search(final RuleSpec spec, final long nowNs, final int i, final int held, final int free) {
    int first = i;
    while (first < spec.nodeCount && (NodeOp.LEAF != spec.nodeOps[first] || groups[first] != first)) {
      first++;
    }
    if (first == spec.nodeCount) {
      subsets(held, free);
      return;
    }
    final int from = first * 4;
    for (int leaf = first; leaf < spec.nodeCount; leaf++) {
      if (NodeOp.LEAF == spec.nodeOps[leaf] && groups[leaf] == first) {
        for (int k = 0; k < 4 && !isOver(); k++) {
          values[from] = candidate(spec, leaf, k, nowNs);
          int truth = held;
          int loose = free;
          for (int other = first; other < spec.nodeCount; other++) {
            if (NodeOp.LEAF == spec.nodeOps[other] && groups[other] == first) {
              final boolean holds = holds(spec, other, values[from], nowNs);
              if (isLoose(spec, other, holds)) {
                loose |= 1 << other;
              } else if (holds) {
                truth |= 1 << other;
              }
            }
          }
          search(spec, nowNs, first + 1, truth, loose);
        }
      }
    }
  }

  /** A latched leaf may be true of what was before; one that crosses may be false although it is beyond its level. */
  private static boolean isLoose(final RuleSpec spec, final int leaf, final boolean holds) {
    final boolean crosses = spec.nodeCompares[leaf].value() >= Compare.CROSSES_UP.value();
    return Signal.TRAILING == spec.nodeSignals[leaf] || (spec.nodeLatched[leaf] && !holds) || (crosses && holds);
  }

  private void subsets(final int held, final int free) {
    int subset = 0;
    do {
      final int truth = logic.evaluate(held | subset, subset);
      everTrue |= truth;
      everFalse |= ~truth;
      tries++;
      subset = (subset - free) & free;
    } while (0 != subset && !isOver());
  }

  /** Values on both sides of every border of a leaf. */
  private static long candidate(final RuleSpec spec, final int leaf, final int k, final long nowNs) {
    final long from = spec.nodeThresholds[leaf];
    final long to = spec.nodeSeconds[leaf];
    return switch (spec.nodeSignals[leaf]) {
      case WINDOW -> Math.max(nowNs, (0 == (k & 2) ? from : to) - (k & 1));
      case AT_TIME -> Math.max(nowNs, from - (k & 1));
      case AFTER -> nowNs + from - (k & 1);
      case DAILY_WINDOW -> Math.floorMod((0 == (k & 2) ? from : to) - (k & 1), ConditionCheck.DAY_NS);
      default -> from + (k & 1) - (k >> 1 & 1);
    };
  }

  private static boolean holds(final RuleSpec spec, final int leaf, final long value, final long nowNs) {
    final long from = spec.nodeThresholds[leaf];
    return switch (spec.nodeSignals[leaf]) {
      case WINDOW, DAILY_WINDOW, AT_TIME ->
          TimeLeaf.isTrue(spec.nodeSignals[leaf], from, spec.nodeSeconds[leaf], value);
      case AFTER -> value >= nowNs + from;
      default -> SignalLane.holds((byte) spec.nodeCompares[leaf].value(), from, value, value);
    };
  }
}
