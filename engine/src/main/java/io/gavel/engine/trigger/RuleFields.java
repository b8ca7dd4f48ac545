package io.gavel.engine.trigger;

import io.gavel.codecs.sbe.AlgoBasis;
import io.gavel.codecs.sbe.AlgoEnd;
import io.gavel.codecs.sbe.AlgoSizes;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReviewDefault;
import io.gavel.codecs.sbe.RuleAction;
import io.gavel.codecs.sbe.RuleAttach;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.TargetUnit;

/** Which fields of a rule go with its kind, its action and its relations: the others must be 0. */
final class RuleFields {

  private RuleFields() {
  }

  static ReasonCode check(final RuleSpec spec) {
    return hasRelation(spec) || hasAction(spec) || conditions(spec) != (0 == spec.nodeCount ? 0 : 1) || hasTarget(spec)
        ? ReasonCode.RULE_FIELD_NOT_ALLOWED : ReasonCode.OK;
  }

  private static boolean hasRelation(final RuleSpec spec) {
    return PositionSide.NET != spec.posSide || RuleAttach.NONE != spec.attach
        || 0 != (spec.parentId | spec.coolDownNs | spec.updatesRuleId | spec.priority | spec.updatesLevelTicks);
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

  private static boolean hasTarget(final RuleSpec spec) {
    for (int i = 0; i < spec.legCount && i < RuleSpec.LEGS_MAX; i++) {
      if (0 != (spec.targets[i] | spec.ratchetTicks[i]) || TargetUnit.AMOUNT != spec.targetUnits[i]
          || RuleKind.PROFIT == spec.kinds[i] || RuleKind.LOSS == spec.kinds[i] || RuleKind.NOW == spec.kinds[i]) {
        return true;
      }
    }
    return false;
  }
}
