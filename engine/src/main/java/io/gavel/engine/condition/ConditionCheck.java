package io.gavel.engine.condition;

import io.gavel.codecs.CommandValidator;
import io.gavel.codecs.sbe.Compare;
import io.gavel.codecs.sbe.NodeOp;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Signal;
import io.gavel.engine.trigger.RuleSpec;

/** The ladder of refusals for the tree of a rule that is to be armed; no effect, first reason wins. */
final class ConditionCheck {

  static final long DAY_NS = 86_400_000_000_000L;

  private static final int RATIO_MAX_E8 = 99_999_999;
  private static final int BPS_MAX = 10_000;
  private static final long RATE_MAX_E10 = 10_000_000_000L;
  private static final long ONE_E8 = 100_000_000L;

  private final SignalView view;
  private final ConditionSpace space;
  private final int[] children = new int[CommandValidator.NODES_MAX];

  ConditionCheck(final SignalView view, final TreeLogic logic) {
    this.view = view;
    space = new ConditionSpace(logic);
  }

  ReasonCode check(final RuleSpec spec, final long nowNs) {
    ReasonCode reason = checkShape(spec);
    for (int i = 0; ReasonCode.OK == reason && i < spec.nodeCount; i++) {
      if (NodeOp.LEAF == spec.nodeOps[i]) {
        reason = checkLeaf(spec, i, nowNs);
      }
    }
    return ReasonCode.OK == reason ? space.check(spec, nowNs) : reason;
  }

  long low(final Signal signal, final int instrumentId, final PriceSource source, final long second) {
    return view.low(signal, instrumentId, source, second);
  }

  long high(final Signal signal, final int instrumentId, final PriceSource source, final long second) {
    return view.high(signal, instrumentId, source, second);
  }

  static void fill(final TreeLogic logic, final RuleSpec spec) {
    logic.count = spec.nodeCount;
    for (int i = 0; i < spec.nodeCount; i++) {
      logic.ops[i] = (byte) spec.nodeOps[i].value();
      logic.parents[i] = spec.nodeParents[i];
      logic.needs[i] = spec.nodeNeeds[i];
    }
  }

  /** One root, each parent before its children, and as many children as an operation takes. */
  private ReasonCode checkShape(final RuleSpec spec) {
    int leaves = 0;
    for (int i = 0; i < spec.nodeCount; i++) {
      children[i] = 0;
      final int parent = spec.nodeParents[i];
      final boolean inOrder = 0 == i ? -1 == parent : parent >= 0 && parent < i;
      if (!inOrder || (i > 0 && NodeOp.LEAF == spec.nodeOps[parent])) {
        return ReasonCode.CONDITION_MALFORMED;
      }
      if (i > 0) {
        children[parent]++;
      }
      leaves += NodeOp.LEAF == spec.nodeOps[i] ? 1 : 0;
    }
    if (0 == leaves || leaves > CommandValidator.LEAVES_MAX) {
      return ReasonCode.CONDITION_MALFORMED;
    }
    for (int i = 0; i < spec.nodeCount; i++) {
      if (!isWellFormed(spec, i)) {
        return ReasonCode.CONDITION_MALFORMED;
      }
    }
    return ReasonCode.OK;
  }

  private boolean isWellFormed(final RuleSpec spec, final int i) {
    final NodeOp op = spec.nodeOps[i];
    final boolean needed = NodeOp.N_OF == op
        ? spec.nodeNeeds[i] >= 1 && spec.nodeNeeds[i] <= children[i] : 0 == spec.nodeNeeds[i];
    final boolean timed = NodeOp.THEN == op ? spec.nodeWithinNs[i] > 0 : 0 == spec.nodeWithinNs[i];
    final boolean counted = switch (op) {
      case LEAF -> true;
      case NOT -> 1 == children[i];
      case THEN -> 2 == children[i];
      default -> children[i] >= 1;
    };
    final boolean bare = NodeOp.LEAF == op || (0 == spec.nodeInstrumentIds[i] && !spec.nodeLatched[i]
        && 0 == (spec.nodeThresholds[i] | spec.nodeSeconds[i]));
    return needed && timed && counted && bare;
  }

  private ReasonCode checkLeaf(final RuleSpec spec, final int i, final long nowNs) {
    final Signal signal = spec.nodeSignals[i];
    return switch (signal) {
      case WINDOW, DAILY_WINDOW, AT_TIME, AFTER -> checkTime(spec, i, nowNs);
      case PRICE, TRAILING, SPREAD, DEPTH, VOLATILITY, VOLUME_RATE ->
          PriceSource.POOL == spec.nodeSources[i] ? checkPool(spec, i) : checkMarket(spec, i);
      case POOL_RESERVE, POOL_IMPACT -> checkPool(spec, i);
      case RISK_SIGNAL -> checkScore(spec, i);
      case FUNDING_RATE -> checkFunding(spec, i);
      default -> ReasonCode.CONDITION_SOURCE_MISSING;
    };
  }

  private static ReasonCode checkTime(final RuleSpec spec, final int i, final long nowNs) {
    final long threshold = spec.nodeThresholds[i];
    final long second = spec.nodeSeconds[i];
    if (Compare.AT_OR_ABOVE != spec.nodeCompares[i] || PriceSource.LAST != spec.nodeSources[i]
        || 0 != spec.nodeInstrumentIds[i]) {
      return ReasonCode.RULE_FIELD_NOT_ALLOWED;
    }
    final boolean valid = switch (spec.nodeSignals[i]) {
      case WINDOW -> threshold >= 0 && second > threshold && second > nowNs;
      case DAILY_WINDOW -> threshold >= 0 && threshold < DAY_NS && second < DAY_NS && threshold != second;
      case AT_TIME -> threshold > nowNs && 0 == second;
      default -> threshold > 0 && threshold < Long.MAX_VALUE - nowNs && 0 == second;
    };
    return valid ? ReasonCode.OK : ReasonCode.WINDOW_INVALID;
  }

  private ReasonCode checkMarket(final RuleSpec spec, final int i) {
    final int instrumentId = 0 == spec.nodeInstrumentIds[i] ? spec.instrumentId : spec.nodeInstrumentIds[i];
    if (!view.hasInstrument(instrumentId)) {
      return ReasonCode.CONDITION_SOURCE_MISSING;
    }
    final Signal signal = spec.nodeSignals[i];
    final PriceSource source = spec.nodeSources[i];
    final long second = spec.nodeSeconds[i];
    final boolean placed = switch (signal) {
      case DEPTH -> (PriceSource.BID == source || PriceSource.ASK == source) && second >= 1 && second <= BPS_MAX;
      case VOLATILITY -> second >= SignalWindow.BUCKETS;
      case VOLUME_RATE -> PriceSource.LAST == source && second >= SignalWindow.BUCKETS;
      case SPREAD -> PriceSource.LAST == source && 0 == second;
      case PRICE -> 0 == second;
      default -> true;
    };
    if (!placed) {
      return ReasonCode.RULE_FIELD_NOT_ALLOWED;
    }
    return Signal.TRAILING == signal ? checkTrail(spec, i) : checkLevel(spec, i);
  }

  private ReasonCode checkPool(final RuleSpec spec, final int i) {
    final int instrumentId = 0 == spec.nodeInstrumentIds[i] ? spec.instrumentId : spec.nodeInstrumentIds[i];
    final Signal signal = spec.nodeSignals[i];
    final PriceSource source = spec.nodeSources[i];
    if (!view.hasPool(spec.nodeSeconds[i], instrumentId)
        || (Signal.POOL_IMPACT == signal && instrumentId != spec.instrumentId)) {
      return ReasonCode.CONDITION_SOURCE_MISSING;
    }
    final boolean placed = switch (signal) {
      case PRICE -> true;
      case POOL_RESERVE -> PriceSource.LAST == source || PriceSource.BID == source;
      case POOL_IMPACT -> PriceSource.LAST == source && spec.quantityLots > 0
          && spec.nodeThresholds[i] < ONE_E8;
      default -> false;
    };
    return placed ? checkLevel(spec, i) : ReasonCode.RULE_FIELD_NOT_ALLOWED;
  }

  private ReasonCode checkScore(final RuleSpec spec, final int i) {
    final int instrumentId = spec.nodeInstrumentIds[i];
    if (PriceSource.LAST != spec.nodeSources[i]) {
      return ReasonCode.RULE_FIELD_NOT_ALLOWED;
    }
    if (Math.abs(spec.nodeThresholds[i]) >= SignalLane.INFINITE || Long.MIN_VALUE == spec.nodeThresholds[i]) {
      return ReasonCode.OUT_OF_RANGE;
    }
    return view.signalSlot(0 == instrumentId ? spec.account : 0, instrumentId, spec.nodeSeconds[i]) < 0
        ? ReasonCode.CONDITION_SOURCE_MISSING : ReasonCode.OK;
  }

  /** A rate in parts of 10^10 for an interval; below zero shorts pay. Beyond one nothing is ever paid. */
  private ReasonCode checkFunding(final RuleSpec spec, final int i) {
    final int instrumentId = 0 == spec.nodeInstrumentIds[i] ? spec.instrumentId : spec.nodeInstrumentIds[i];
    if (!view.hasInstrument(instrumentId) || !view.hasFunding(instrumentId)) {
      return ReasonCode.CONDITION_SOURCE_MISSING;
    }
    if (PriceSource.LAST != spec.nodeSources[i] || 0 != spec.nodeSeconds[i]) {
      return ReasonCode.RULE_FIELD_NOT_ALLOWED;
    }
    final long threshold = spec.nodeThresholds[i];
    return threshold >= -RATE_MAX_E10 && threshold <= RATE_MAX_E10
        ? ReasonCode.OK : ReasonCode.OUT_OF_RANGE;
  }

  /** A trailing leaf is an event: it fires once, so it is latched. */
  private static ReasonCode checkTrail(final RuleSpec spec, final int i) {
    final long ratioE8 = spec.nodeThresholds[i];
    final long spreadTicks = spec.nodeSeconds[i];
    if (!spec.nodeLatched[i] || spec.nodeCompares[i].value() > Compare.AT_OR_BELOW.value()) {
      return ReasonCode.RULE_FIELD_NOT_ALLOWED;
    }
    return ratioE8 >= 0 && ratioE8 <= RATIO_MAX_E8 && spreadTicks <= Integer.MAX_VALUE
        && (0 == ratioE8) != (0 == spreadTicks) ? ReasonCode.OK : ReasonCode.TRAIL_DISTANCE_INVALID;
  }

  private static ReasonCode checkLevel(final RuleSpec spec, final int i) {
    final long threshold = spec.nodeThresholds[i];
    if (Signal.PRICE == spec.nodeSignals[i]) {
      return threshold > 0 && threshold <= Integer.MAX_VALUE ? ReasonCode.OK : ReasonCode.LEVEL_REQUIRED;
    }
    if (threshold >= SignalLane.INFINITE) {
      return ReasonCode.OUT_OF_RANGE;
    }
    final boolean rising = SignalLane.isRising((byte) spec.nodeCompares[i].value());
    if (rising && threshold <= 0) {
      return ReasonCode.CONDITION_ALWAYS_TRUE;
    }
    return threshold < 0 ? ReasonCode.CONDITION_NEVER_TRUE : ReasonCode.OK;
  }
}
