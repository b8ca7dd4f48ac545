package io.gavel.adapters.backtest.report;

import io.gavel.adapters.backtest.result.AccountRow;
import io.gavel.adapters.backtest.result.FillRow;
import io.gavel.adapters.backtest.result.RuleRow;
import io.gavel.adapters.backtest.result.RunResult;
import io.gavel.adapters.backtest.result.TriggerRow;
import io.gavel.codecs.RuleKinds;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.Side;
import java.util.List;

/**
 * One check that the report makes itself on what it was given.
 *
 * @param key   of its texts, behind {@code verdict.}
 * @param holds false: shown as a warning
 * @param count for the text
 */
record Verdict(String key, boolean holds, long count) {

  static List<Verdict> of(final RunResult result) {
    return List.of(firings(result), fills(result), fees(result),
        new Verdict("bars", result.header().ambiguousBars() == 0, result.header().ambiguousBars()));
  }

  /** The inequality of every firing is evaluated again from the evidence alone. */
  private static Verdict firings(final RunResult result) {
    boolean holds = true;
    for (final TriggerRow trigger : result.triggers()) {
      holds &= trigger.kind() == RuleKind.AT_TIME || crossed(trigger);
    }
    return new Verdict("firings", holds, result.triggers().size());
  }

  private static boolean crossed(final TriggerRow trigger) {
    final boolean upwards = RuleKinds.isProfit(trigger.kind()) == (trigger.side() == Side.SELL);
    return upwards
        ? trigger.referenceTicks() >= trigger.levelTicks()
        : trigger.referenceTicks() <= trigger.levelTicks();
  }

  /** What the rules say they filled is what the fills of their children add up to. */
  private static Verdict fills(final RunResult result) {
    long lots = 0;
    for (final RuleRow rule : result.rules()) {
      lots += rule.filledLots();
    }
    for (final FillRow fill : result.fills()) {
      lots -= fill.ruleId() == 0 ? 0 : fill.lots();
    }
    return new Verdict("fills", lots == 0, result.fills().size());
  }

  /** What the accounts paid is what the fills cost. */
  private static Verdict fees(final RunResult result) {
    long units = 0;
    for (final AccountRow account : result.accounts()) {
      units += account.feeUnits();
    }
    for (final FillRow fill : result.fills()) {
      units -= fill.feeUnits();
    }
    return new Verdict("fees", units == 0, result.fills().size());
  }
}
