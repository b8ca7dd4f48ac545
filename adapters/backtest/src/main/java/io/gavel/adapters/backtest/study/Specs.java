package io.gavel.adapters.backtest.study;

import io.gavel.adapters.backtest.scenario.Scenario;
import java.util.List;

/** Copies of a scenario with something else in them. */
final class Specs {

  private Specs() {
  }

  static Scenario withRules(final Scenario scenario, final List<Scenario.RuleSpec> rules) {
    return new Scenario(scenario.name(), scenario.description(), scenario.seed(), scenario.data(), scenario.market(),
        scenario.venue(), scenario.contract(), scenario.accounts(), List.copyOf(rules), scenario.orders(),
        scenario.report(), scenario.configHash());
  }

  /** Armed at another time; its window, if it has one, moves with it. */
  static Scenario.RuleSpec armedAt(final Scenario.RuleSpec rule, final long armNs, final long tapeNs) {
    final long wasNs = Scenario.AT_START == rule.armAtNs() ? tapeNs : rule.armAtNs();
    final long shiftNs = armNs - wasNs;
    return new Scenario.RuleSpec(rule.algoClOrdId(), rule.acct(), rule.side(), rule.tpTriggerPx(), rule.tpOrdPx(),
        rule.slTriggerPx(), rule.slOrdPx(), rule.callbackRatio(), rule.callbackSpread(), rule.callbackOrdPx(),
        rule.activePx(), rule.triggerPxType(), rule.sz(), rule.closeFraction(), rule.armPolicy(),
        armNs <= tapeNs ? Scenario.AT_START : armNs, moved(rule.startTimeNs(), shiftNs),
        moved(rule.endTimeNs(), shiftNs), rule.expiryAction(), rule.protectionBps(), rule.when(),
        rule.whenOrdPx(), rule.atr(), rule.relation(), rule.work());
  }

  /** Everything that is said of time, later by {@code shiftNs}. */
  static Scenario moved(final Scenario scenario, final long shiftNs) {
    final Scenario later = withRules(scenario, scenario.rules().stream().map(rule -> moved(rule, shiftNs)).toList());
    return new Scenario(later.name(), later.description(), later.seed(), later.data(), later.market(), later.venue(),
        later.contract(), later.accounts(), later.rules(),
        later.orders().stream().map(order -> moved(order, shiftNs)).toList(), later.report(), later.configHash());
  }

  private static Scenario.RuleSpec moved(final Scenario.RuleSpec rule, final long shiftNs) {
    return new Scenario.RuleSpec(rule.algoClOrdId(), rule.acct(), rule.side(), rule.tpTriggerPx(), rule.tpOrdPx(),
        rule.slTriggerPx(), rule.slOrdPx(), rule.callbackRatio(), rule.callbackSpread(), rule.callbackOrdPx(),
        rule.activePx(), rule.triggerPxType(), rule.sz(), rule.closeFraction(), rule.armPolicy(),
        moved(rule.armAtNs(), shiftNs), moved(rule.startTimeNs(), shiftNs), moved(rule.endTimeNs(), shiftNs),
        rule.expiryAction(), rule.protectionBps(), rule.when(), rule.whenOrdPx(), rule.atr(), rule.relation(),
        rule.work());
  }

  private static Scenario.OrderSpec moved(final Scenario.OrderSpec order, final long shiftNs) {
    return new Scenario.OrderSpec(order.clOrdId(), order.acct(), order.side(), order.kind(), order.px(), order.sz(),
        order.quoteSz(), order.protectionBps(), order.posSide(), order.reduceOnly(), moved(order.atNs(), shiftNs));
  }

  private static long moved(final long timeNs, final long shiftNs) {
    return 0 == timeNs ? 0 : timeNs + shiftNs;
  }
}
