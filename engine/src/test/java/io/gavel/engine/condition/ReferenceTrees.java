package io.gavel.engine.condition;

import io.gavel.codecs.sbe.NodeOp;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.Signal;
import io.gavel.engine.trigger.RuleSpec;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The obvious conditions: every tree is worked out anew, leaf by leaf, after every event. */
final class ReferenceTrees {

  private static final BigInteger ONE_E8 = BigInteger.valueOf(100_000_000);

  /** What happened on a source, for windows that look back. */
  record Happening(long timeNs, int instrumentId, PriceSource source, int ticks, long lots) {
  }

  private static final class Tree {
    int count;
    NodeOp[] ops;
    int[] parents;
    int[] needs;
    long[] within;
    Signal[] signals;
    int[] compares;
    PriceSource[] sources;
    int[] instruments;
    long[] thresholds;
    long[] seconds;
    boolean[] latched;
    boolean[] ever;
    boolean[] clear;
    boolean[] crossed;
    long[] extremum;
    boolean[] truth;
    Long[] risen;
    boolean waits;
    boolean met;
    long armedNs;
  }

  private final SignalView view;
  private final Map<Integer, Tree> trees = new TreeMap<>();
  private final List<Happening> happenings;
  long evaluations;

  ReferenceTrees(final SignalView view, final List<Happening> happenings) {
    this.view = view;
    this.happenings = happenings;
  }

  boolean enter(final int slot, final RuleSpec spec, final boolean waits, final long nowNs) {
    final Tree tree = new Tree();
    tree.count = spec.nodeCount;
    tree.ops = new NodeOp[tree.count];
    tree.parents = new int[tree.count];
    tree.needs = new int[tree.count];
    tree.within = new long[tree.count];
    tree.signals = new Signal[tree.count];
    tree.compares = new int[tree.count];
    tree.sources = new PriceSource[tree.count];
    tree.instruments = new int[tree.count];
    tree.thresholds = new long[tree.count];
    tree.seconds = new long[tree.count];
    tree.latched = new boolean[tree.count];
    tree.ever = new boolean[tree.count];
    tree.clear = new boolean[tree.count];
    tree.crossed = new boolean[tree.count];
    tree.extremum = new long[tree.count];
    tree.truth = new boolean[tree.count];
    tree.risen = new Long[tree.count];
    for (int i = 0; i < tree.count; i++) {
      tree.ops[i] = spec.nodeOps[i];
      tree.parents[i] = spec.nodeParents[i];
      tree.needs[i] = spec.nodeNeeds[i];
      tree.within[i] = spec.nodeWithinNs[i];
      tree.signals[i] = spec.nodeSignals[i];
      tree.compares[i] = spec.nodeCompares[i].value();
      tree.sources[i] = spec.nodeSources[i];
      tree.instruments[i] = 0 == spec.nodeInstrumentIds[i] ? spec.instrumentId : spec.nodeInstrumentIds[i];
      tree.thresholds[i] = spec.nodeThresholds[i];
      tree.seconds[i] = spec.nodeSeconds[i];
      tree.latched[i] = spec.nodeLatched[i];
    }
    tree.armedNs = nowNs;
    trees.put(slot, tree);
    final boolean isTrue = look(tree, nowNs);
    tree.waits = isTrue && waits;
    return isTrue;
  }

  void remove(final int slot) {
    trees.remove(slot);
  }

  /** After an event: the slots whose trees became true. */
  SortedSet<Integer> event(final long nowNs) {
    final TreeSet<Integer> met = new TreeSet<>();
    trees.forEach((slot, tree) -> {
      if (!tree.met) {
        final boolean isTrue = look(tree, nowNs);
        if (!isTrue) {
          tree.waits = false;
        } else if (!tree.waits) {
          tree.met = true;
          met.add(slot);
        }
      }
    });
    return met;
  }

  String words(final int slot, final int i) {
    final Tree tree = trees.get(slot);
    return tree.ops[i] + " " + tree.signals[i] + " " + tree.compares[i] + " " + tree.sources[i] + " of "
        + tree.instruments[i] + " " + tree.thresholds[i] + " " + tree.seconds[i] + " latched " + tree.latched[i];
  }

  boolean[] truth(final int slot) {
    return trees.get(slot).truth;
  }

  private boolean look(final Tree tree, final long nowNs) {
    evaluations++;
    final boolean[] before = tree.truth;
    final boolean[] now = new boolean[tree.count];
    node(tree, 0, before, now, nowNs);
    tree.truth = now;
    return now[0];
  }

  private boolean node(final Tree tree, final int i, final boolean[] before, final boolean[] now, final long nowNs) {
    final List<Integer> children = new ArrayList<>();
    int held = 0;
    for (int j = i + 1; j < tree.count; j++) {
      if (tree.parents[j] == i) {
        children.add(j);
        held += node(tree, j, before, now, nowNs) ? 1 : 0;
      }
    }
    now[i] = switch (tree.ops[i]) {
      case LEAF -> leaf(tree, i, nowNs);
      case ALL -> held == children.size();
      case ANY -> held > 0;
      case N_OF -> held >= tree.needs[i];
      case NOT -> 0 == held;
      case THEN -> then(tree, i, children, before, now, nowNs);
      default -> throw new IllegalStateException();
    };
    return now[i];
  }

  private static boolean then(final Tree tree, final int i, final List<Integer> children, final boolean[] before,
      final boolean[] now, final long nowNs) {
    final int first = children.get(0);
    final int second = children.get(1);
    final boolean follows = now[second] && !before[second] && null != tree.risen[i]
        && nowNs - tree.risen[i] <= tree.within[i];
    if (now[first] && !before[first]) {
      tree.risen[i] = nowNs;
    }
    return before[i] || follows;
  }

  private boolean leaf(final Tree tree, final int i, final long nowNs) {
    final boolean is = condition(tree, i, nowNs);
    tree.ever[i] |= is;
    return tree.latched[i] ? tree.ever[i] : is;
  }

  private boolean condition(final Tree tree, final int i, final long nowNs) {
    final long day = 86_400_000_000_000L;
    final long hour = Math.floorMod(nowNs, day);
    final long from = tree.thresholds[i];
    final long to = tree.seconds[i];
    return switch (tree.signals[i]) {
      case AT_TIME -> nowNs >= from;
      case AFTER -> nowNs >= tree.armedNs + from;
      case WINDOW -> nowNs >= from && nowNs < to;
      case DAILY_WINDOW -> from < to ? hour >= from && hour < to : hour >= from || hour < to;
      case TRAILING -> trailing(tree, i);
      default -> compared(tree, i, nowNs);
    };
  }

  private boolean compared(final Tree tree, final int i, final long nowNs) {
    final long low;
    final long high;
    if (Signal.VOLATILITY == tree.signals[i] || Signal.VOLUME_RATE == tree.signals[i]) {
      low = looking(tree, i, nowNs);
      high = -SignalView.NONE == low ? SignalView.NONE : low;
    } else {
      low = view.low(tree.signals[i], tree.instruments[i], tree.sources[i], tree.seconds[i]);
      high = view.high(tree.signals[i], tree.instruments[i], tree.sources[i], tree.seconds[i]);
    }
    final boolean rising = 0 == tree.compares[i] || 2 == tree.compares[i];
    final boolean beyond = rising ? low >= tree.thresholds[i] : high <= tree.thresholds[i];
    final boolean known = rising ? low > -SignalView.NONE : high < SignalView.NONE;
    if (tree.compares[i] < 2) {
      return beyond;
    }
    if (!beyond && known) {
      tree.clear[i] = true;
    } else if (!known && tree.crossed[i]) {
      // It was beyond its level when sight of it was lost: where it comes back from nobody will know.
      tree.clear[i] = false;
    }
    tree.crossed[i] = beyond && tree.clear[i];
    return tree.crossed[i];
  }

  /** Prices and lots by sixteenths of the length; in the trial somebody watches every window from the beginning. */
  private long looking(final Tree tree, final int i, final long nowNs) {
    final long bucketNs = Math.max(1, tree.seconds[i] / 16);
    final long now = Math.floorDiv(nowNs, bucketNs);
    long sum = 0;
    long high = 0;
    long low = 0;
    for (final Happening each : happenings) {
      final boolean mine = each.instrumentId == tree.instruments[i] && Math.floorDiv(each.timeNs, bucketNs) > now - 16;
      if (mine && 0 != each.lots) {
        sum += each.lots;
      }
      if (mine && 0 != each.ticks && each.source == tree.sources[i]) {
        high = Math.max(high, each.ticks);
        low = 0 == low ? each.ticks : Math.min(low, each.ticks);
      }
    }
    if (Signal.VOLUME_RATE == tree.signals[i]) {
      return sum;
    }
    return 0 == low ? -SignalView.NONE
        : BigInteger.valueOf(high - low).multiply(ONE_E8).divide(BigInteger.valueOf(low)).longValueExact();
  }

  private boolean trailing(final Tree tree, final int i) {
    final boolean fall = 1 == tree.compares[i];
    final long low = view.low(Signal.PRICE, tree.instruments[i], tree.sources[i], 0);
    final long high = view.high(Signal.PRICE, tree.instruments[i], tree.sources[i], 0);
    if (fall && low > -SignalView.NONE) {
      tree.extremum[i] = Math.max(tree.extremum[i], low);
    }
    if (!fall && high < SignalView.NONE) {
      tree.extremum[i] = 0 == tree.extremum[i] ? high : Math.min(tree.extremum[i], high);
    }
    if (0 == tree.extremum[i] || tree.ever[i]) {
      return false;
    }
    final BigInteger extremum = BigInteger.valueOf(tree.extremum[i]);
    final BigInteger ratio = BigInteger.valueOf(tree.thresholds[i]);
    if (fall) {
      final BigInteger level = 0 != tree.thresholds[i] ? extremum.multiply(ONE_E8.subtract(ratio)).divide(ONE_E8)
          : extremum.subtract(BigInteger.valueOf(tree.seconds[i]));
      return high < SignalView.NONE && BigInteger.valueOf(high).compareTo(level) <= 0;
    }
    final BigInteger[] up = extremum.multiply(ONE_E8.add(ratio)).divideAndRemainder(ONE_E8);
    final BigInteger level = 0 != tree.thresholds[i] ? up[0].add(BigInteger.valueOf(up[1].signum()))
        : extremum.add(BigInteger.valueOf(tree.seconds[i]));
    return low > -SignalView.NONE && BigInteger.valueOf(low).compareTo(level) >= 0;
  }
}
