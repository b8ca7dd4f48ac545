package io.gavel.engine.trigger;

import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleKind;

/** Which fields of a rule go with its kind, its action and its relations: the others must be 0. */
final class RuleFields {

  private RuleFields() {
  }

  static ReasonCode check(final RuleSpec spec) {
    return !RelationFields.areAllowed(spec) || !ActionFields.areAllowed(spec)
        || conditions(spec) != (0 == spec.nodeCount ? 0 : 1)
        ? ReasonCode.RULE_FIELD_NOT_ALLOWED : ReasonCode.OK;
  }

  /** A tree belongs to one leg, and such a leg has a tree. */
  private static int conditions(final RuleSpec spec) {
    int count = 0;
    for (int i = 0; i < spec.legCount && i < RuleSpec.LEGS_MAX; i++) {
      count += RuleKind.CONDITION == spec.kinds[i] ? 1 : 0;
    }
    return count;
  }
}
