package io.gavel.adapters.backtest.run;

import io.gavel.adapters.backtest.result.RuleRow;
import io.gavel.adapters.backtest.result.TriggerRow;
import io.gavel.adapters.backtest.scenario.Scenario;
import io.gavel.codecs.sbe.AlgoStepDecoder;
import io.gavel.codecs.sbe.ArmPolicy;
import io.gavel.codecs.sbe.CommandAnswerDecoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleArmedDecoder;
import io.gavel.codecs.sbe.RuleState;
import io.gavel.codecs.sbe.RuleStateChangedDecoder;
import io.gavel.codecs.sbe.RuleTriggeredDecoder;
import io.gavel.codecs.sbe.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rules, the refused ones included, and their lives, gathered from events. */
final class RuleLog {

  private final Names names;
  private final LevelWatch watch;
  private final List<Rule> inOrder = new ArrayList<>();
  private final Map<Long, Rule> byId = new LinkedHashMap<>();
  private final List<TriggerRow> triggers = new ArrayList<>();

  /** What becomes of one rule. */
  private static final class Rule {
    private long ruleId;
    private String clRuleId = "";
    private String account = "";
    private Side side = Side.SELL;
    private long quantityLots;
    private long filledLots;
    private int referenceTicks;
    private ArmPolicy armPolicy = ArmPolicy.REJECT;
    private long startTimeNs;
    private long endTimeNs;
    private RuleState state = RuleState.REJECTED;
    private boolean hasFired;
    private RuleRow.@Nullable Work work;
    private List<RuleRow.Leg> legs = List.of();
    private final List<RuleRow.Step> steps = new ArrayList<>();
  }

  RuleLog(final Names names, final LevelWatch watch) {
    this.names = names;
    this.watch = watch;
  }

  /** The engine armed a rule, or tells its fields again after an amendment. */
  void onArmed(final RuleArmedDecoder event) {
    final Rule known = byId.get(event.ruleId());
    final Rule rule = null == known ? new Rule() : known;
    rule.ruleId = event.ruleId();
    rule.account = names.account(event.header().account());
    rule.side = event.side();
    rule.quantityLots = event.quantityLots();
    rule.armPolicy = event.armPolicy();
    rule.startTimeNs = event.startTimeNs();
    rule.endTimeNs = event.endTimeNs();
    final RuleState before = null == known ? event.state() : rule.state;
    rule.state = event.state();
    rule.steps.add(new RuleRow.Step(event.header().engineTimeNs(), event.header().sequence(), before, rule.state,
        null == known ? ReasonCode.OK : ReasonCode.RULE_AMENDED, event.quantityLots()));
    rule.clRuleId = Names.text(event.clRuleId());
    final List<RuleRow.Leg> legs = new ArrayList<>();
    for (final RuleArmedDecoder.LegsDecoder leg : event.legs()) {
      legs.add(new RuleRow.Leg(leg.kind(), leg.source(), leg.levelTicks(), leg.trailRatioE8(),
          leg.trailSpreadTicks(), leg.activationTicks(), leg.childLimitTicks(), leg.protectionBps()));
    }
    rule.legs = legs;
    if (null == known) {
      byId.put(rule.ruleId, rule);
      inOrder.add(rule);
      watch.begin(rule.ruleId);
    }
  }

  void onStateChanged(final RuleStateChangedDecoder event) {
    final Rule rule = byId.get(event.ruleId());
    if (null != rule) {
      rule.state = event.toState();
      rule.steps.add(new RuleRow.Step(event.header().engineTimeNs(), event.header().sequence(), event.fromState(),
          event.toState(), event.reason(), event.remainingLots()));
      if (RuleState.LIVE != rule.state && RuleState.PENDING != rule.state) {
        watch.end(rule.ruleId, event.header().engineTimeNs());
      }
    }
  }

  void onTriggered(final RuleTriggeredDecoder event) {
    final Rule rule = byId.get(event.ruleId());
    if (null != rule) {
      rule.referenceTicks = event.referenceTicks();
      rule.hasFired = true;
    }
    triggers.add(new TriggerRow(event.header().engineTimeNs(), event.header().sequence(), event.header().index(),
        event.ruleId(), Names.text(event.clRuleId()), names.account(event.header().account()), event.version(),
        event.legIndex(), event.kind(), event.source(), event.side(), event.referencePriceUnits(),
        event.referenceTicks(), event.extremumTicks(), event.levelTicks(), event.protectionTicks(),
        event.remainingLots(), event.causeSequence()));
  }

  /** The engine refused to arm {@code spec}, or the facade could not even say it. */
  void onRefused(final Scenario.RuleSpec spec, final CommandAnswerDecoder answer) {
    final Rule rule = new Rule();
    rule.clRuleId = spec.algoClOrdId();
    rule.account = spec.acct();
    rule.side = spec.side();
    rule.armPolicy = spec.armPolicy();
    rule.startTimeNs = spec.startTimeNs();
    rule.endTimeNs = spec.endTimeNs();
    rule.steps.add(new RuleRow.Step(answer.header().engineTimeNs(), answer.header().sequence(), RuleState.REJECTED,
        RuleState.REJECTED, answer.code(), 0));
    inOrder.add(rule);
  }

  void onAlgoStep(final AlgoStepDecoder event) {
    final Rule rule = byId.get(event.ruleId());
    if (null != rule) {
      final int before = null == rule.work ? 0 : rule.work.orders();
      rule.work = new RuleRow.Work(event.action(), before + (0 == event.orderId() ? 0 : 1), event.why());
    }
  }

  void onFill(final long ruleId, final long lots) {
    final Rule rule = byId.get(ruleId);
    if (null != rule) {
      rule.filledLots += lots;
    }
  }

  /** Reference price of the rule's firing; 0: none, or no such rule. */
  int referenceTicks(final long ruleId) {
    final Rule rule = byId.get(ruleId);
    return null == rule ? 0 : rule.referenceTicks;
  }

  List<TriggerRow> triggers() {
    return triggers;
  }

  /** The rules in the order of the scenario, whenever they were armed. */
  List<RuleRow> rules(final List<Scenario.RuleSpec> specs) {
    final List<String> ids = specs.stream().map(Scenario.RuleSpec::algoClOrdId).toList();
    inOrder.sort(Comparator.comparingInt(rule -> ids.indexOf(rule.clRuleId)));
    final List<RuleRow> rows = new ArrayList<>(inOrder.size());
    for (final Rule rule : inOrder) {
      final RuleRow.@Nullable NearestMiss miss = rule.hasFired ? null : watch.nearestMiss(rule.ruleId);
      rows.add(new RuleRow(rule.ruleId, rule.clRuleId, rule.account, rule.side, rule.quantityLots, rule.filledLots,
          rule.armPolicy, rule.startTimeNs, rule.endTimeNs, lastLevels(rule), rule.state, rule.steps, rule.work, miss));
    }
    return rows;
  }

  /** The legs as armed, trailing ones with the level they had last. */
  private List<RuleRow.Leg> lastLevels(final Rule rule) {
    final List<RuleRow.Leg> legs = new ArrayList<>(rule.legs.size());
    for (int i = 0; i < rule.legs.size(); i++) {
      final RuleRow.Leg leg = rule.legs.get(i);
      final int level = watch.lastTrailLevel(rule.ruleId, i);
      legs.add(0 == level ? leg : new RuleRow.Leg(leg.kind(), leg.source(), level, leg.trailRatioE8(),
          leg.trailSpreadTicks(), leg.activationTicks(), leg.childLimitTicks(), leg.protectionBps()));
    }
    return legs;
  }
}
