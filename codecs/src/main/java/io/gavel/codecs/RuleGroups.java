package io.gavel.codecs;

import io.gavel.codecs.sbe.ArmRuleEncoder;

/** The groups behind the legs of an {@code ArmRule}: also a rule without a condition says that it has none. */
public final class RuleGroups {

  private RuleGroups() {
  }

  /** No condition and no volume curve; the last step of whoever fills in the legs. */
  public static void none(final ArmRuleEncoder rule) {
    rule.nodesCount(0);
    rule.curveCount(0);
  }
}
