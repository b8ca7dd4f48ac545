package io.gavel.engine.trigger;

import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.RuleAttach;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.TargetUnit;

/** Which relations of a rule go together, and which with the kinds of its legs; the others must be 0. */
final class RelationFields {

  private RelationFields() {
  }

  static boolean areAllowed(final RuleSpec spec) {
    final boolean named = 0 != spec.updatesRuleId;
    final boolean parented = 0 != spec.parentId;
    boolean targets = false;
    boolean deep = false;
    for (int leg = 0; leg < spec.legCount && leg < RuleSpec.LEGS_MAX; leg++) {
      if (!isLegAllowed(spec, leg)) {
        return false;
      }
      targets |= spec.isTarget(leg);
      deep |= RuleKind.TRAILING_STOP == spec.kinds[leg] || RuleKind.CONDITION == spec.kinds[leg];
    }
    final boolean sided = PositionSide.NET == spec.posSide || RuleAttach.POSITION == spec.attach || targets;
    // A trailing stop or a condition that is kept from firing would lose what it has seen.
    return sided && named == (0 != spec.updatesLevelTicks) && parented == spec.waitsForOrder()
        && (0 == spec.coolDownNs || !deep);
  }

  private static boolean isLegAllowed(final RuleSpec spec, final int leg) {
    final boolean target = spec.isTarget(leg);
    return (target || (0 == spec.targets[leg] && TargetUnit.AMOUNT == spec.targetUnits[leg]))
        && (0 == spec.ratchetTicks[leg] || RuleKind.TRAILING_STOP == spec.kinds[leg]);
  }
}
