package io.gavel.adapters.backtest.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gavel.adapters.backtest.result.FillRow;
import io.gavel.adapters.backtest.result.InstrumentFacts;
import io.gavel.adapters.backtest.result.LiquidationRow;
import io.gavel.adapters.backtest.result.OrderRow;
import io.gavel.adapters.backtest.result.RuleRow;
import io.gavel.adapters.backtest.result.RunResult;
import io.gavel.adapters.backtest.result.TrailStep;
import io.gavel.adapters.backtest.result.TriggerRow;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.Side;
import java.util.ArrayList;
import java.util.List;

/**
 * What is marked in the price panel: orders, fills, armings, firings and trailing levels. One mark an event, never
 * thinned; texts stop after {@link #TEXTS_MAX} marks of a kind so that the file stays small, marks do not.
 */
final class PageMarks {
  static final int TEXTS_MAX = 2_000;

  private static final int TRAIL_MAX = 3_000;

  private final RunResult result;
  private final InstrumentFacts facts;
  private final Figures figures;
  private final ReportTexts texts;
  private final Wording wording;
  private final PageTime time;

  PageMarks(final RunResult result, final Figures figures, final ReportTexts texts, final PageTime time) {
    this.result = result;
    this.facts = result.header().instrument();
    this.figures = figures;
    this.texts = texts;
    this.wording = new Wording(texts, facts);
    this.time = time;
  }

  ObjectNode toJson() {
    final ObjectNode marks = JsonNodeFactory.instance.objectNode();
    marks.set("armed", armed());
    marks.set("orders", orders());
    marks.set("fills", fills());
    marks.set("fired", fired());
    marks.set("liquidations", liquidations());
    return marks;
  }

  /** A step line for each trailing leg; level 0 ends a stretch. */
  ArrayNode trails() {
    final ArrayNode trails = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < result.rules().size(); i++) {
      final RuleRow rule = result.rules().get(i);
      for (int leg = 0; leg < rule.legs().size(); leg++) {
        final List<TrailStep> steps = steps(rule.ruleId(), leg);
        if (!steps.isEmpty()) {
          final PageSeries series = new PageSeries(time, steps.size());
          Thinning.extremes(steps, TRAIL_MAX, TrailStep::levelTicks)
              .forEach(step -> series.add(step.timeNs(), step.levelTicks()));
          trails.add(series.toJson().put("rule", i));
        }
      }
    }
    return trails;
  }

  private List<TrailStep> steps(final long ruleId, final int legIndex) {
    final List<TrailStep> steps = new ArrayList<>();
    for (final TrailStep step : result.trail()) {
      if (step.ruleId() == ruleId && step.legIndex() == legIndex) {
        steps.add(step);
      }
    }
    return steps;
  }

  private ObjectNode armed() {
    final Marks marks = new Marks();
    final ArrayNode levels = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < result.rules().size(); i++) {
      final RuleRow rule = result.rules().get(i);
      if (rule.ruleId() != 0) {
        final long armedNs = rule.steps().isEmpty() ? rule.startTimeNs() : rule.steps().get(0).timeNs();
        for (int leg = 0; leg < rule.legs().size(); leg++) {
          final int ticks = armedTicks(rule, leg, armedNs);
          marks.add(armedNs, ticks, rule.side(), i, texts.text("tip.armed", Questions.name(rule),
              texts.word("kind", rule.legs().get(leg).kind()), wording.price(ticks)), Numbers.time(armedNs),
              wording.rule(rule));
          levels.add(hasFixedLevel(rule.legs().get(leg)));
        }
      }
    }
    return marks.toJson().set("level", levels);
  }

  /** Where a leg waits: its level; a dormant trailing leg its activation price; without either the price of the day. */
  private int armedTicks(final RuleRow rule, final int legIndex, final long armedNs) {
    final RuleRow.Leg leg = rule.legs().get(legIndex);
    if (leg.kind() == RuleKind.TRAILING_STOP) {
      if (leg.activationTicks() != 0) {
        return leg.activationTicks();
      }
      for (final TrailStep step : steps(rule.ruleId(), legIndex)) {
        if (step.levelTicks() != 0) {
          return step.levelTicks();
        }
      }
    }
    return hasFixedLevel(leg) ? leg.levelTicks() : figures.priceTicksAt(armedNs);
  }

  private static boolean hasFixedLevel(final RuleRow.Leg leg) {
    return leg.kind() != RuleKind.TRAILING_STOP && leg.levelTicks() != 0;
  }

  private ObjectNode orders() {
    final Marks marks = new Marks();
    for (final OrderRow order : result.orders()) {
      final boolean market = order.ordType() == OrdType.MARKET;
      final int ticks = market ? figures.priceTicksAt(order.acceptedTimeNs()) : order.limitTicks();
      marks.add(order.acceptedTimeNs(), ticks, order.side(), figures.ruleIndex(order.ruleId()),
          texts.text(market ? "tip.order.market" : "tip.order.limit", texts.word("side", order.side()),
              wording.size(order.quantityLots()), wording.sizeUnit(), wording.price(order.limitTicks())),
          Numbers.time(order.acceptedTimeNs()),
          texts.text("tip.order.filled", wording.size(order.filledLots()), Numbers.count(order.acceptedSequence())));
    }
    return marks.toJson();
  }

  private ObjectNode fills() {
    final Marks marks = new Marks();
    for (final FillRow fill : result.fills()) {
      marks.add(fill.timeNs(), fill.priceTicks(), fill.side(), figures.ruleIndex(fill.ruleId()),
          texts.text("tip.fill", texts.word("side", fill.side()), wording.size(fill.lots()), wording.sizeUnit(),
              wording.price(fill.priceTicks())),
          Numbers.time(fill.timeNs()),
          texts.text("tip.fill.cost", Numbers.exact(fill.feeUnits(), facts.feeScale()), facts.feeSymbol(),
              Numbers.count(fill.sequence())));
    }
    return marks.toJson();
  }

  private ObjectNode fired() {
    final Marks marks = new Marks();
    for (final TriggerRow trigger : result.triggers()) {
      final boolean priced = trigger.referenceTicks() != 0;
      final int ticks = priced ? trigger.referenceTicks() : figures.priceTicksAt(trigger.timeNs());
      marks.add(trigger.timeNs(), ticks, trigger.side(), figures.ruleIndex(trigger.ruleId()),
          texts.text("tip.fired", Questions.name(trigger)), Numbers.time(trigger.timeNs()), wording.inequality(trigger),
          texts.text("tip.cause", Numbers.count(trigger.causeSequence())));
    }
    return marks.toJson();
  }

  /** Where a position was taken away: the price of the step, else the mark. */
  private ObjectNode liquidations() {
    final Marks marks = new Marks();
    for (final LiquidationRow step : result.margin().liquidations()) {
      if (step.instId().isEmpty() || step.instId().equals(facts.symbol())) {
        final int ticks = step.priceTicks() != 0 ? step.priceTicks()
            : step.markTicks() != 0 ? step.markTicks() : figures.priceTicksAt(step.timeNs());
        marks.add(step.timeNs(), ticks, step.side() == null ? Side.SELL : step.side(), Figures.NULL_RULE,
            wording.liquidation(step).toArray(new String[0]));
      }
    }
    return marks.toJson();
  }

  /** Marks of one kind as columns. */
  private final class Marks {
    private final PageSeries series = new PageSeries(time, 16);
    private final ArrayNode rules = JsonNodeFactory.instance.arrayNode();
    private final ArrayNode sides = JsonNodeFactory.instance.arrayNode();
    private final ArrayNode tips = JsonNodeFactory.instance.arrayNode();

    void add(final long timeNs, final int ticks, final Side side, final int ruleIndex,
             final String... tip) {
      series.add(timeNs, ticks);
      rules.add(ruleIndex);
      sides.add(side == Side.SELL ? 1 : 0);
      if (tips.size() < TEXTS_MAX) {
        tips.add(String.join("\n", tip));
      }
    }

    ObjectNode toJson() {
      final ObjectNode node = series.toJson();
      node.set("rule", rules);
      node.set("sell", sides);
      node.set("tip", tips);
      return node;
    }
  }
}
