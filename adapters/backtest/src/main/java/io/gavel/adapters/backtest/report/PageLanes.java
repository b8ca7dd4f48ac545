package io.gavel.adapters.backtest.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gavel.adapters.backtest.result.RuleRow;
import io.gavel.adapters.backtest.result.RunResult;
import io.gavel.adapters.backtest.result.TriggerRow;
import io.gavel.codecs.sbe.RuleState;
import java.util.List;

/** A lane for each rule, refused ones included: its states as bars in time and, on hovering, its whole story. */
final class PageLanes {
  private static final int STEPS_SHOWN = 12;

  private final RunResult result;
  private final Figures figures;
  private final ReportTexts texts;
  private final Wording wording;
  private final PageTime time;

  PageLanes(final RunResult result, final Figures figures, final ReportTexts texts, final PageTime time) {
    this.result = result;
    this.figures = figures;
    this.texts = texts;
    this.wording = new Wording(texts, result.header().instrument());
    this.time = time;
  }

  ArrayNode toJson() {
    final ArrayNode lanes = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < result.rules().size(); i++) {
      final RuleRow rule = result.rules().get(i);
      final ObjectNode lane = lanes.addObject();
      lane.put("name", Questions.name(rule));
      lane.put("what", wording.rule(rule));
      lane.put("state", rule.finalState().name());
      lane.put("end", end(rule));
      lane.put("fired", figures.firing(i).count());
      lane.set("bars", bars(rule));
      lane.set("ticks", ticks(rule));
      lane.set("tip", tip(rule));
    }
    return lanes;
  }

  /** The last state and why; without a last step (nothing ever happened) the state alone. */
  private String end(final RuleRow rule) {
    final String state = texts.word("state", rule.finalState());
    if (rule.steps().size() < 2 && rule.ruleId() != 0) {
      return state;
    }
    final RuleRow.Step last = rule.steps().get(rule.steps().size() - 1);
    return texts.text("lane.end", state, Numbers.shortTime(last.timeNs()));
  }

  /** [from, to, state] of each stretch of one state; a final state has no stretch, only a moment. */
  private ArrayNode bars(final RuleRow rule) {
    final ArrayNode bars = JsonNodeFactory.instance.arrayNode();
    final List<RuleRow.Step> steps = rule.steps();
    int i = 0;
    while (i < steps.size()) {
      final RuleState state = steps.get(i).toState();
      int next = i + 1;
      while (next < steps.size() && steps.get(next).toState() == state) {
        next++;
      }
      final long from = time.offset(steps.get(i).timeNs());
      final long runEnd = isFinal(state) ? from : time.spanMillis();
      final long to = next < steps.size() ? time.offset(steps.get(next).timeNs()) : runEnd;
      bars.addArray().add(from).add(to).add(state.name());
      i = next;
    }
    return bars;
  }

  private ArrayNode ticks(final RuleRow rule) {
    final ArrayNode ticks = JsonNodeFactory.instance.arrayNode();
    for (final TriggerRow trigger : result.triggers()) {
      if (trigger.ruleId() == rule.ruleId()) {
        ticks.add(time.offset(trigger.timeNs()));
      }
    }
    return ticks;
  }

  private ArrayNode tip(final RuleRow rule) {
    final ArrayNode tip = JsonNodeFactory.instance.arrayNode();
    tip.add(wording.rule(rule));
    final int count = rule.steps().size();
    for (int i = 0; i < count; i++) {
      if (i < STEPS_SHOWN / 2 || i >= count - STEPS_SHOWN / 2) {
        tip.add(step(rule.steps().get(i)));
      } else if (i == STEPS_SHOWN / 2) {
        tip.add(texts.text("lane.more", count - STEPS_SHOWN));
      }
    }
    for (final TriggerRow trigger : result.triggers()) {
      if (trigger.ruleId() == rule.ruleId()) {
        tip.add("! " + texts.text("lane.fired", wording.inequality(trigger), Numbers.count(trigger.sequence())));
      }
    }
    if (rule.nearestMiss() != null) {
      tip.add("? " + wording.nearestMiss(rule, rule.nearestMiss()));
    }
    return tip;
  }

  private String step(final RuleRow.Step step) {
    return texts.text("lane.step", Numbers.time(step.timeNs()), texts.word("state", step.toState()),
        texts.reason(step.reason()), wording.size(step.remainingLots()), Numbers.count(step.sequence()));
  }

  private static boolean isFinal(final RuleState state) {
    return switch (state) {
      case FINISHED, CANCELLED, EXPIRED, REJECTED, SUPPRESSED -> true;
      default -> false;
    };
  }
}
