package io.gavel.adapters.backtest.study;

import io.gavel.adapters.backtest.result.FillRow;
import io.gavel.adapters.backtest.result.RuleRow;
import io.gavel.adapters.backtest.result.RunResult;
import io.gavel.adapters.backtest.result.TriggerRow;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.Side;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one rule in one run.
 *
 * @param armNs         when it was armed
 * @param refusal       why it was not; null: it was
 * @param firedNs       0: it did not fire
 * @param kind          of the leg that fired; null: none
 * @param gapTicks      from the level to the worst fill, in the direction that hurts; never below 0
 * @param paidTickLots  sum of price in ticks times lots over the fills
 * @param slippageBpsE2 the fills against the price that fired it, in 1/100 of 1/10,000, rounded towards worse
 * @param missingTicks  how near it came when it did not fire; -1: no price came beside a level
 */
public record Trial(long armNs, @Nullable ReasonCode refusal, long firedNs, long firedSequence, @Nullable RuleKind kind,
    int levelTicks, int referenceTicks, long filledLots, BigInteger paidTickLots, long gapTicks, long slippageBpsE2,
    long missingTicks) {

  private static final long BPS_E2 = 1_000_000L;

  /** Whether it fired. */
  public boolean hasFired() {
    return 0 != firedNs;
  }

  /** Reads the rule of that name out of a run; it must have it. */
  static Trial of(final RunResult run, final String ruleName, final long armNs) {
    final RuleRow rule = run.rules().stream().filter(row -> ruleName.equals(row.clRuleId())).findFirst()
        .orElseThrow(() -> new IllegalStateException("no rule " + ruleName));
    if (0 == rule.ruleId()) {
      return new Trial(armNs, rule.steps().get(0).reason(), 0, 0, null, 0, 0, 0, BigInteger.ZERO, 0, 0, -1);
    }
    final TriggerRow trigger = run.triggers().stream().filter(row -> rule.ruleId() == row.ruleId()).findFirst()
        .orElse(null);
    final RuleRow.NearestMiss miss = rule.nearestMiss();
    if (null == trigger) {
      return new Trial(armNs, null, 0, 0, null, 0, 0, 0, BigInteger.ZERO, 0, 0,
          null == miss ? -1 : miss.missingTicks());
    }
    final List<FillRow> fills = run.fills().stream().filter(fill -> rule.ruleId() == fill.ruleId()).toList();
    final boolean sells = Side.SELL == rule.side();
    long lots = 0;
    long worst = 0;
    BigInteger paid = BigInteger.ZERO;
    for (final FillRow fill : fills) {
      lots = Math.addExact(lots, fill.lots());
      paid = paid.add(BigInteger.valueOf(fill.priceTicks()).multiply(BigInteger.valueOf(fill.lots())));
      if (0 != trigger.levelTicks()) {
        final long beyond = (long) trigger.levelTicks() - fill.priceTicks();
        worst = Math.max(worst, sells ? beyond : -beyond);
      }
    }
    return new Trial(armNs, null, trigger.timeNs(), trigger.sequence(), trigger.kind(), trigger.levelTicks(),
        trigger.referenceTicks(), lots, paid, worst, slippageBpsE2(sells, trigger.referenceTicks(), lots, paid), -1);
  }

  private static long slippageBpsE2(
      final boolean sells, final int referenceTicks, final long lots, final BigInteger paid) {
    if (0 == lots || referenceTicks <= 0) {
      return 0;
    }
    final BigInteger fair = BigInteger.valueOf(referenceTicks).multiply(BigInteger.valueOf(lots));
    final BigInteger[] bps = (sells ? fair.subtract(paid) : paid.subtract(fair))
        .multiply(BigInteger.valueOf(BPS_E2)).divideAndRemainder(fair);
    return bps[0].longValueExact() + (bps[1].signum() > 0 ? 1 : 0);
  }
}
