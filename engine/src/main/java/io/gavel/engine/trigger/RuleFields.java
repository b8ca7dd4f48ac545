package io.gavel.engine.trigger;

import io.gavel.codecs.sbe.AlgoBasis;
import io.gavel.codecs.sbe.AlgoEnd;
import io.gavel.codecs.sbe.AlgoSizes;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReviewDefault;
import io.gavel.codecs.sbe.RuleAction;
import io.gavel.codecs.sbe.RuleKind;

/** Which fields of a rule go with its kind, its action and its relations: the others must be 0. */
final class RuleFields {

  private RuleFields() {
  }

  static ReasonCode check(final RuleSpec spec) {
    return !RelationFields.areAllowed(spec) || hasAction(spec)
        || conditions(spec) != (0 == spec.nodeCount ? 0 : 1) || hasOtherKind(spec)
        ? ReasonCode.RULE_FIELD_NOT_ALLOWED : ReasonCode.OK;
  }

  private static boolean hasAction(final RuleSpec spec) {
    return RuleAction.ORDER != spec.action || ReviewDefault.RELEASE != spec.reviewDefault
        || AlgoEnd.CANCEL != spec.algoEnd || AlgoBasis.WITH_OWN != spec.algoBasis || AlgoSizes.FLAT != spec.algoSizes
        || spec.hedgeByDelta || 0 != spec.curveCount
        || 0 != (spec.reviewNs | spec.durationNs | spec.intervalNs | spec.participationE8 | spec.collarE8
        | spec.depthShareE8 | spec.toleranceE8 | spec.sliceLots | spec.forecastLots | spec.stepNs
        | spec.hedgeRatioE8 | spec.holdId | spec.firstTicks | spec.lastTicks | spec.orderCount
        | spec.offsetTicks | spec.repricesMax | spec.widerBps | spec.hedgeInstrumentId);
  }

  /** A tree belongs to one leg, and such a leg has a tree. */
  private static int conditions(final RuleSpec spec) {
    int count = 0;
    for (int i = 0; i < spec.legCount && i < RuleSpec.LEGS_MAX; i++) {
      count += RuleKind.CONDITION == spec.kinds[i] ? 1 : 0;
    }
    return count;
  }

  private static boolean hasOtherKind(final RuleSpec spec) {
    for (int i = 0; i < spec.legCount && i < RuleSpec.LEGS_MAX; i++) {
      if (RuleKind.NOW == spec.kinds[i]) {
        return true;
      }
    }
    return false;
  }
}
