package io.gavel.engine.algo;

import io.gavel.codecs.sbe.Side;
import io.gavel.risk.money.FixedPoint;

/** Refusals of a {@link AlgoSpec}, in a fixed order, before anything is stored. */
final class AlgoCheck {

  static final long ONE_E8 = 100_000_000L;

  private AlgoCheck() {
  }

  static AlgoRefusal of(final AlgoSpec spec, final long nowNs) {
    final AlgoKind kind = spec.kind;
    if (null == kind || (Side.BUY != spec.side && Side.SELL != spec.side) || null == spec.endPolicy) {
      return AlgoRefusal.FIELD_MISSING;
    }
    final AlgoRefusal common = common(spec, nowNs);
    if (AlgoRefusal.NONE != common) {
      return common;
    }
    return switch (kind) {
      case TWAP -> twap(spec);
      case VWAP -> vwap(spec);
      case POV -> pov(spec);
      case ICEBERG -> iceberg(spec);
      case CHASE -> chase(spec);
      case SCALE -> scale(spec);
      case LADDER -> ladder(spec);
    };
  }

  private static AlgoRefusal common(final AlgoSpec spec, final long nowNs) {
    if (spec.totalLots <= 0) {
      return AlgoRefusal.TOTAL_NOT_POSITIVE;
    }
    if (spec.stepLots <= 0 || spec.minLots <= 0 || 0 != spec.totalLots % spec.stepLots
        || 0 != spec.minLots % spec.stepLots) {
      return AlgoRefusal.STEP_NOT_WHOLE;
    }
    if (spec.minLots > spec.totalLots) {
      return AlgoRefusal.MINIMUM_ABOVE_TOTAL;
    }
    if (spec.startNs < 0 || spec.endNs <= spec.startNs || Long.MAX_VALUE == spec.endNs) {
      return AlgoRefusal.WINDOW_EMPTY;
    }
    if (spec.endNs <= nowNs) {
      return AlgoRefusal.WINDOW_OVER;
    }
    if (spec.limitTicks < 0) {
      return AlgoRefusal.PRICE_OUT_OF_RANGE;
    }
    if (isNoTolerance(spec.toleranceE8) || isNoTolerance(spec.collarE8)) {
      return AlgoRefusal.TOLERANCE_OUT_OF_RANGE;
    }
    return pace(spec);
  }

  private static AlgoRefusal pace(final AlgoSpec spec) {
    if (spec.depthShareE8 < 0 || spec.depthShareE8 > ONE_E8 || spec.shareE8 < 0 || spec.shareE8 > ONE_E8) {
      return AlgoRefusal.SHARE_OUT_OF_RANGE;
    }
    if (spec.pacingNs < 0 || (0 == spec.pacingNs) != (0 == spec.depthShareE8)) {
      return AlgoRefusal.PACING_OUT_OF_RANGE;
    }
    if (spec.intervalNs < 0 || spec.intervalNs > spec.endNs - spec.startNs) {
      return AlgoRefusal.INTERVAL_OUT_OF_RANGE;
    }
    if (spec.lifeNs < 0 || spec.lifeNs > spec.endNs - spec.startNs) {
      return AlgoRefusal.LIFE_OUT_OF_RANGE;
    }
    final boolean mayFinish = AlgoKind.TWAP == spec.kind || AlgoKind.VWAP == spec.kind || AlgoKind.CHASE == spec.kind;
    return EndPolicy.FINISH == spec.endPolicy && !mayFinish
        ? AlgoRefusal.END_POLICY_UNSUPPORTED : AlgoRefusal.NONE;
  }

  private static AlgoRefusal twap(final AlgoSpec spec) {
    if (0 == spec.intervalNs) {
      return AlgoRefusal.INTERVAL_OUT_OF_RANGE;
    }
    return spec.lifeNs > spec.intervalNs ? AlgoRefusal.LIFE_OUT_OF_RANGE : AlgoRefusal.NONE;
  }

  private static AlgoRefusal vwap(final AlgoSpec spec) {
    if (spec.curveLength <= 0) {
      return AlgoRefusal.CURVE_EMPTY;
    }
    if (spec.curveLength > AlgoSpec.CURVE_MAX) {
      return AlgoRefusal.CURVE_TOO_LONG;
    }
    long sum = 0;
    for (int i = 0; i < spec.curveLength; i++) {
      if (spec.curve[i] < 0) {
        return AlgoRefusal.CURVE_NEGATIVE;
      }
      if (!FixedPoint.sumFits(sum, spec.curve[i])) {
        return AlgoRefusal.CURVE_OVERFLOW;
      }
      sum += spec.curve[i];
    }
    if (0 == sum) {
      return AlgoRefusal.CURVE_EMPTY;
    }
    if (spec.curveLength > spec.endNs - spec.startNs) {
      return AlgoRefusal.INTERVAL_OUT_OF_RANGE;
    }
    if (spec.lifeNs > (spec.endNs - spec.startNs) / spec.curveLength) {
      return AlgoRefusal.LIFE_OUT_OF_RANGE;
    }
    return spec.shareE8 > 0 != spec.forecastLots > 0 || spec.forecastLots < 0
        ? AlgoRefusal.SHARE_OUT_OF_RANGE : AlgoRefusal.NONE;
  }

  private static AlgoRefusal pov(final AlgoSpec spec) {
    if (null == spec.basis) {
      return AlgoRefusal.FIELD_MISSING;
    }
    if (0 == spec.shareE8 || (VolumeBasis.OTHERS == spec.basis && ONE_E8 == spec.shareE8)) {
      return AlgoRefusal.SHARE_OUT_OF_RANGE;
    }
    return 0 == spec.intervalNs ? AlgoRefusal.INTERVAL_OUT_OF_RANGE : AlgoRefusal.NONE;
  }

  private static AlgoRefusal iceberg(final AlgoSpec spec) {
    if (0 == spec.limitTicks) {
      return AlgoRefusal.PRICE_MISSING;
    }
    final boolean shown = spec.displayLots >= spec.minLots && spec.displayLots <= spec.totalLots
        && 0 == spec.displayLots % spec.stepLots;
    return shown && spec.refreshLots >= 0 && spec.refreshLots < spec.displayLots
        ? AlgoRefusal.NONE : AlgoRefusal.DISPLAY_OUT_OF_RANGE;
  }

  private static AlgoRefusal chase(final AlgoSpec spec) {
    if (spec.repricesMax < 0 || spec.offsetTicks < 0) {
      return AlgoRefusal.RETRIES_OUT_OF_RANGE;
    }
    if (0 == spec.intervalNs) {
      return AlgoRefusal.INTERVAL_OUT_OF_RANGE;
    }
    return AlgoRefusal.NONE;
  }

  private static AlgoRefusal scale(final AlgoSpec spec) {
    if (null == spec.distribution) {
      return AlgoRefusal.FIELD_MISSING;
    }
    return ScaleOrder.check(Side.SELL == spec.side, spec.firstTicks, spec.lastTicks, spec.orderCount, spec.totalLots,
        Math.max(spec.stepLots, spec.minLots));
  }

  private static AlgoRefusal ladder(final AlgoSpec spec) {
    if (spec.stepCount <= 0 || spec.stepCount > AlgoSpec.STEPS_MAX) {
      return AlgoRefusal.LADDER_STEPS;
    }
    if (spec.firstTicks <= 0) {
      return AlgoRefusal.PRICE_MISSING;
    }
    long lasts = 0;
    for (int i = 0; i < spec.stepCount; i++) {
      final boolean wider = 0 == i || spec.stepOffsetTicks[i] > spec.stepOffsetTicks[i - 1];
      final long ticks = (long) spec.firstTicks + (Side.SELL == spec.side ? -1L : 1L) * spec.stepOffsetTicks[i];
      if (!wider || spec.stepNs[i] <= 0 || ticks <= 0 || ticks > Integer.MAX_VALUE
          || !FixedPoint.sumFits(lasts, spec.stepNs[i])) {
        return AlgoRefusal.LADDER_NOT_WIDER;
      }
      lasts += spec.stepNs[i];
    }
    if (0 == spec.lifeNs) {
      return AlgoRefusal.LIFE_OUT_OF_RANGE;
    }
    // The market step needs some of the window.
    return lasts >= spec.endNs - spec.startNs ? AlgoRefusal.LADDER_STEPS : AlgoRefusal.NONE;
  }

  private static boolean isNoTolerance(final long ratioE8) {
    return ratioE8 < 0 || ratioE8 >= ONE_E8;
  }
}
