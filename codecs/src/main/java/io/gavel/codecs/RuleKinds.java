package io.gavel.codecs;

import io.gavel.codecs.sbe.RuleKind;

/** What kinds of legs have in common. */
public final class RuleKinds {

  private RuleKinds() {
  }

  /** Whether the leg goes with the market when it fires: a sale at or above its level, a purchase at or below. */
  public static boolean isProfit(final RuleKind kind) {
    return RuleKind.TAKE_PROFIT == kind || RuleKind.PROFIT == kind;
  }

  /** Whether a price at a level that stands still, until somebody or the position moves it, fires the leg. */
  public static boolean hasLevel(final RuleKind kind) {
    return isProfit(kind) || RuleKind.STOP_LOSS == kind || RuleKind.LOSS == kind;
  }
}
