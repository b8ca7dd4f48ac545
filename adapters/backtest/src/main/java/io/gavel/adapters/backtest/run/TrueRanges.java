package io.gavel.adapters.backtest.run;

import io.gavel.adapters.backtest.scenario.Scenario;
import io.gavel.codecs.DecimalStep;
import java.util.LinkedHashMap;
import java.util.Map;

/** The true ranges that the rules of a scenario ask for, one each of equal terms. One thread. */
final class TrueRanges {

  private final Map<Scenario.Atr, TrueRange> ranges = new LinkedHashMap<>();
  private final DecimalStep tick;
  private long nowNs;

  TrueRanges(final Scenario scenario) {
    tick = DecimalStep.ofE10(scenario.market().tickSizeE10());
    for (final Scenario.RuleSpec rule : scenario.rules()) {
      final Scenario.Atr terms = rule.atr();
      if (null != terms) {
        ranges.computeIfAbsent(terms, TrueRange::new);
      }
    }
  }

  void add(final long timeNs, final int priceTicks) {
    for (final TrueRange range : ranges.values()) {
      range.add(timeNs, priceTicks);
    }
  }

  /** Time goes on without a print. */
  void at(final long timeNs) {
    nowNs = timeNs;
  }

  /** The trailing distance of a rule armed now, as a price. */
  String distance(final String rule, final Scenario.Atr terms) {
    final TrueRange range = ranges.get(terms);
    final int bars = null == range ? 0 : range.bars(nowNs);
    if (null == range || bars < terms.bars()) {
      throw new RunException("rule " + rule + " is armed after " + bars + " finished bars, its distance needs "
          + terms.bars() + ": arm it later, or ask for fewer or shorter ones");
    }
    return tick.format(range.distanceTicks());
  }
}
