package io.gavel.adapters.backtest.report;

import io.gavel.adapters.backtest.result.RuleRow;
import io.gavel.adapters.backtest.result.RunResult;
import io.gavel.adapters.backtest.result.TriggerRow;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The commands that ask a run's journal further, ready to be pasted into a shell. */
final class Questions {
  private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_./:@%+=,-]+");

  private final RunResult result;
  private final Figures figures;
  private final String journal;

  Questions(final RunResult result, final Figures figures) {
    this.result = result;
    this.figures = figures;
    this.journal = result.header().journal() == null ? "DIR" : quoted(result.header().journal());
  }

  /** About the first rule that fired (or the first that did not), or null when there is none. */
  @Nullable String aboutRule(final boolean fired) {
    for (int i = 0; i < result.rules().size(); i++) {
      final RuleRow rule = result.rules().get(i);
      if (rule.ruleId() != 0 && figures.firing(i).count() > 0 == fired) {
        return "gavel explain " + journal + " --rule " + quoted(name(rule));
      }
    }
    return null;
  }

  /** About the first order, or null when there is none. */
  @Nullable String aboutOrder() {
    return result.orders().isEmpty()
        ? null : "gavel explain " + journal + " --order " + result.orders().get(0).orderId();
  }

  String aboutLastInput() {
    return "gavel explain " + journal + " --seq " + result.header().sequence();
  }

  String replay() {
    return "gavel replay " + journal;
  }

  String verify() {
    return "gavel verify " + journal;
  }

  /** The account's own name for a rule, else its id. */
  static String name(final RuleRow rule) {
    return rule.clRuleId().isEmpty() ? Long.toString(rule.ruleId()) : rule.clRuleId();
  }

  static String name(final TriggerRow trigger) {
    return trigger.clRuleId().isEmpty() ? Long.toString(trigger.ruleId()) : trigger.clRuleId();
  }

  /** One word for a POSIX shell. */
  static String quoted(final String text) {
    return BARE.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
