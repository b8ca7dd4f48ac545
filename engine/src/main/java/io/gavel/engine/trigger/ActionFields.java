package io.gavel.engine.trigger;

import io.gavel.codecs.sbe.AlgoBasis;
import io.gavel.codecs.sbe.AlgoEnd;
import io.gavel.codecs.sbe.AlgoSizes;
import io.gavel.codecs.sbe.ReviewDefault;
import io.gavel.codecs.sbe.RuleAction;

/** Which fields go with the action of a rule: the others must be 0, so that nobody believes in one nobody reads. */
final class ActionFields {

  private ActionFields() {
  }

  static boolean areAllowed(final RuleSpec spec) {
    final RuleAction action = spec.action;
    final boolean worked = isWorked(action);
    final boolean pays = RuleAction.RELEASE_HOLD == action || RuleAction.REFUND_HOLD == action;
    return RuleAction.ROUTE != action && RuleAction.NULL_VAL != action && pays == (0 != spec.holdId)
        && (0 != spec.reviewNs || ReviewDefault.RELEASE == spec.reviewDefault)
        && (pays ? isUnhedged(spec) : isHedge(spec))
        && (RuleAction.ORDER == action || !spec.waitsForOrder())
        && (worked || isUnworked(spec)) && goes(RuleAction.SCALE == action, 0 == (spec.firstTicks | spec.lastTicks
        | spec.orderCount) && AlgoSizes.FLAT == spec.algoSizes)
        && goes(RuleAction.ICEBERG == action, 0 == spec.sliceLots)
        && goes(RuleAction.LADDER == action, 0 == (spec.widerBps | spec.stepNs))
        && goes(RuleAction.CHASE == action, 0 == spec.repricesMax)
        && goes(RuleAction.CHASE == action || RuleAction.LADDER == action, 0 == spec.offsetTicks)
        && goes(RuleAction.VWAP == action, 0 == spec.curveCount && 0 == spec.forecastLots)
        && goes(RuleAction.VWAP == action || RuleAction.POV == action, 0 == spec.participationE8)
        && goes(RuleAction.POV == action, AlgoBasis.WITH_OWN == spec.algoBasis)
        && goes(RuleAction.TWAP == action, 0 == spec.toleranceE8) && isNoneNegative(spec);
  }

  static boolean isWorked(final RuleAction action) {
    return action.value() >= RuleAction.TWAP.value() && action.value() <= RuleAction.LADDER.value();
  }

  /** A hedge has an instrument of its own and a ratio; nothing follows the delta of an option yet. */
  private static boolean isHedge(final RuleSpec spec) {
    return !spec.hedgeByDelta && spec.hedgeInstrumentId != spec.instrumentId
        && (0 == spec.hedgeInstrumentId) == (0 == spec.hedgeRatioE8);
  }

  private static boolean isUnhedged(final RuleSpec spec) {
    return 0 == (spec.hedgeInstrumentId | spec.hedgeRatioE8) && !spec.hedgeByDelta;
  }

  private static boolean isUnworked(final RuleSpec spec) {
    return AlgoEnd.CANCEL == spec.algoEnd && 0 == (spec.durationNs | spec.intervalNs | spec.collarE8
        | spec.depthShareE8);
  }

  private static boolean goes(final boolean withAction, final boolean bare) {
    return withAction || bare;
  }

  private static boolean isNoneNegative(final RuleSpec spec) {
    return (spec.reviewNs | spec.durationNs | spec.intervalNs | spec.participationE8 | spec.collarE8
        | spec.depthShareE8 | spec.toleranceE8 | spec.sliceLots | spec.forecastLots | spec.stepNs | spec.hedgeRatioE8
        | spec.firstTicks | spec.lastTicks | spec.orderCount | spec.offsetTicks | spec.repricesMax | spec.widerBps
        | spec.hedgeInstrumentId | spec.holdId) >= 0;
  }
}
