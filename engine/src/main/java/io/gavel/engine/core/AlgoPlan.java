package io.gavel.engine.core;

import io.gavel.codecs.sbe.AlgoBasis;
import io.gavel.codecs.sbe.AlgoEnd;
import io.gavel.codecs.sbe.AlgoSizes;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleAction;
import io.gavel.codecs.sbe.Side;
import io.gavel.engine.algo.AlgoKind;
import io.gavel.engine.algo.AlgoRefusal;
import io.gavel.engine.algo.AlgoSpec;
import io.gavel.engine.algo.EndPolicy;
import io.gavel.engine.algo.SizeDistribution;
import io.gavel.engine.algo.VolumeBasis;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/**
 * Turns what a rule was armed with into the parent order that it opens when it fires: its window begins then. The same
 * translation is checked when the rule is armed, so a parent is refused while somebody can still hear of it.
 */
final class AlgoPlan {

  /** A window without a duration: longer than any engine runs. */
  private static final long ENDLESS_NS = Long.MAX_VALUE / 4;
  private static final long PACING_NS = 1_000_000_000L;
  private static final int ONE_BPS = 10_000;
  /** An iceberg shows at least a hundredth of itself, so that the steps of trading through it are bounded. */
  private static final int DISPLAY_PARTS_MAX = 100;
  /** Stands for a price that is not known yet. */
  private static final int ANY_TICKS = 1 << 24;

  private final RuleActions actions;

  AlgoPlan(final RuleActions actions) {
    this.actions = actions;
  }

  /**
   * Fills a parent from the asked.
   *
   * @param limitTicks     worst price; 0: none
   * @param referenceTicks price at the trigger; 0: not known
   */
  void fill(final AlgoSpec spec, final Side side, final int instrumentId, final long ruleId, final long lots,
      final long minLots, final int limitTicks, final int referenceTicks, final long nowNs) {
    spec.clear();
    spec.kind = kind(actions.askedAction());
    spec.parentId = ruleId;
    spec.instrumentId = instrumentId;
    spec.side = side;
    spec.totalLots = lots;
    spec.minLots = Math.max(1, Math.min(lots, minLots));
    spec.startNs = nowNs;
    final long durationNs = actions.asked(RuleActions.DURATION_NS);
    spec.endNs = FixedPoint.addSaturating(nowNs, 0 == durationNs ? ENDLESS_NS : durationNs);
    spec.limitTicks = limitTicks;
    spec.endPolicy = AlgoEnd.FINISH.value() == actions.asked(RuleActions.END_POLICY)
        ? EndPolicy.FINISH : EndPolicy.CANCEL;
    spec.intervalNs = actions.asked(RuleActions.INTERVAL_NS);
    spec.toleranceE8 = actions.asked(RuleActions.TOLERANCE_E8);
    spec.collarE8 = actions.asked(RuleActions.COLLAR_E8);
    spec.depthShareE8 = actions.asked(RuleActions.DEPTH_SHARE_E8);
    spec.pacingNs = 0 == spec.depthShareE8 ? 0 : 0 == spec.intervalNs ? PACING_NS : spec.intervalNs;
    spec.shareE8 = actions.asked(RuleActions.PARTICIPATION_E8);
    spec.basis = AlgoBasis.OTHERS.value() == actions.asked(RuleActions.BASIS)
        ? VolumeBasis.OTHERS : VolumeBasis.WITH_OWN;
    spec.forecastLots = actions.asked(RuleActions.FORECAST_LOTS);
    spec.curveLength = (int) actions.asked(RuleActions.CURVE_LENGTH);
    for (int i = 0; i < Math.min(spec.curveLength, AlgoSpec.CURVE_MAX); i++) {
      spec.curve[i] = actions.askedWeight(i);
    }
    spec.displayLots = actions.asked(RuleActions.SLICE_LOTS);
    spec.repricesMax = (int) actions.asked(RuleActions.REPRICES_MAX);
    spec.offsetTicks = (int) actions.asked(RuleActions.OFFSET_TICKS);
    spec.firstTicks = (int) actions.asked(RuleActions.FIRST_TICKS);
    spec.lastTicks = (int) actions.asked(RuleActions.LAST_TICKS);
    spec.orderCount = (int) actions.asked(RuleActions.ORDER_COUNT);
    spec.distribution = sizes(actions.asked(RuleActions.SIZES));
    if (AlgoKind.LADDER == spec.kind) {
      ladder(spec, referenceTicks);
    }
  }

  /** Two limits, the second so much wider, each for as long; then the market, once a step's time. */
  private void ladder(final AlgoSpec spec, final int referenceTicks) {
    spec.firstTicks = 0 == referenceTicks ? ANY_TICKS : referenceTicks;
    spec.stepCount = 2;
    spec.stepOffsetTicks[0] = spec.offsetTicks;
    final long wider = FixedPoint.mulDiv(spec.firstTicks, actions.asked(RuleActions.WIDER_BPS), ONE_BPS, Rounding.UP);
    spec.stepOffsetTicks[1] = (int) Math.max(spec.offsetTicks + 1L, Math.min(Integer.MAX_VALUE, wider));
    spec.stepNs[0] = actions.asked(RuleActions.STEP_NS);
    spec.stepNs[1] = spec.stepNs[0];
    spec.lifeNs = spec.stepNs[0];
  }

  private static AlgoKind kind(final RuleAction action) {
    return switch (action) {
      case TWAP -> AlgoKind.TWAP;
      case VWAP -> AlgoKind.VWAP;
      case POV -> AlgoKind.POV;
      case ICEBERG -> AlgoKind.ICEBERG;
      case CHASE -> AlgoKind.CHASE;
      case SCALE -> AlgoKind.SCALE;
      case LADDER -> AlgoKind.LADDER;
      default -> throw new IllegalStateException("no worked order: " + action);
    };
  }

  private static SizeDistribution sizes(final long code) {
    if (AlgoSizes.ASCENDING.value() == code) {
      return SizeDistribution.ASCENDING;
    }
    return AlgoSizes.DESCENDING.value() == code ? SizeDistribution.DESCENDING : SizeDistribution.FLAT;
  }

  /** Refusals that a parent by itself does not know. */
  static ReasonCode check(final AlgoSpec spec) {
    final boolean timed = AlgoKind.TWAP == spec.kind || AlgoKind.VWAP == spec.kind || AlgoKind.POV == spec.kind
        || AlgoKind.LADDER == spec.kind || EndPolicy.FINISH == spec.endPolicy;
    if (timed && spec.endNs - spec.startNs >= ENDLESS_NS) {
      return ReasonCode.ALGO_SCHEDULE_INVALID;
    }
    if (AlgoKind.ICEBERG == spec.kind && spec.displayLots < spec.totalLots / DISPLAY_PARTS_MAX) {
      return ReasonCode.ALGO_PRICES_INVALID;
    }
    // A purchase has set aside what it costs at its limit.
    final boolean dear = AlgoKind.SCALE == spec.kind && Side.BUY == spec.side && 0 != spec.limitTicks
        && Math.max(spec.firstTicks, spec.lastTicks) > spec.limitTicks;
    return dear ? ReasonCode.ALGO_PRICES_INVALID : ReasonCode.OK;
  }

  static ReasonCode reason(final AlgoRefusal refusal) {
    return switch (refusal) {
      case NONE -> ReasonCode.OK;
      case TABLE_FULL -> ReasonCode.ALGO_NO_ROOM;
      case TOLERANCE_OUT_OF_RANGE, SHARE_OUT_OF_RANGE, PACING_OUT_OF_RANGE -> ReasonCode.ALGO_SHARE_INVALID;
      case PRICE_MISSING, PRICE_OUT_OF_RANGE, DISPLAY_OUT_OF_RANGE, SCALE_COUNT, SCALE_RANGE, SCALE_TOTAL_TOO_SMALL,
          LADDER_NOT_WIDER, TOTAL_NOT_POSITIVE, STEP_NOT_WHOLE, MINIMUM_ABOVE_TOTAL ->
          ReasonCode.ALGO_PRICES_INVALID;
      default -> ReasonCode.ALGO_SCHEDULE_INVALID;
    };
  }
}
