package io.gavel.adapters.backtest.report;

import io.gavel.adapters.backtest.result.AccountRow;
import io.gavel.adapters.backtest.result.EquityPoint;
import io.gavel.adapters.backtest.result.FillRow;
import io.gavel.adapters.backtest.result.RejectRow;
import io.gavel.adapters.backtest.result.RuleRow;
import io.gavel.adapters.backtest.result.RunResult;
import io.gavel.adapters.backtest.result.TriggerRow;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The key figures of a run, worked out once for the page and for the terminal. Immutable after construction. */
final class Figures {
  static final int NULL_RULE = -1;

  private static final int BPS = 10_000;

  private final RunResult result;
  private final Map<Long, Integer> ruleIndexById = new HashMap<>();
  private final Firing[] firings;
  private long startEquityUnits;
  private long endEquityUnits;
  private long feeUnits;
  private long rejects;
  private int fired;
  private int armed;
  private long worstSlippageBpsE2 = FillRow.NO_SLIPPAGE;
  private @Nullable FillRow worstFill;
  private int maxDrawdownBps;
  private long peakTimeNs;
  private long troughTimeNs;

  Figures(final RunResult result) {
    this.result = result;
    this.firings = new Firing[result.rules().size()];
    countRules();
    countMoney();
    countFills();
    findDrawdown();
  }

  /** What became of one rule's firings. */
  static final class Firing {
    private long firstTimeNs;
    private int count;
    private long fillTimeNs;
    private long lots;
    private long notionalUnits;
    private long slippageLots;
    private BigDecimal slippageSum = BigDecimal.ZERO;

    int count() {
      return count;
    }

    long lots() {
      return lots;
    }

    boolean hasFill() {
      return lots > 0;
    }

    boolean hasSlippage() {
      return slippageLots > 0;
    }

    /** From the first firing to the first fill. */
    long triggerToFillNs() {
      return fillTimeNs - firstTimeNs;
    }

    long notionalUnits() {
      return notionalUnits;
    }

    /** Mean over the lots filled, in 1/100 of 1/10,000, rounded towards worse. */
    long slippageBpsE2() {
      return slippageSum.divide(BigDecimal.valueOf(slippageLots), 0, RoundingMode.CEILING).longValueExact();
    }
  }

  Firing firing(final int ruleIndex) {
    return firings[ruleIndex];
  }

  /** Position in {@link RunResult#rules()}, or {@link #NULL_RULE}. */
  int ruleIndex(final long ruleId) {
    return ruleIndexById.getOrDefault(ruleId, NULL_RULE);
  }

  long startEquityUnits() {
    return startEquityUnits;
  }

  long endEquityUnits() {
    return endEquityUnits;
  }

  long profitUnits() {
    return endEquityUnits - startEquityUnits;
  }

  /** Of the equity at the start, in 1/10,000; 0 without equity. */
  long profitBps() {
    return startEquityUnits == 0
        ? 0
        : BigDecimal.valueOf(profitUnits()).multiply(BigDecimal.valueOf(BPS))
            .divide(BigDecimal.valueOf(startEquityUnits), 0, RoundingMode.HALF_EVEN).longValue();
  }

  long feeUnits() {
    return feeUnits;
  }

  long rejects() {
    return rejects;
  }

  int fired() {
    return fired;
  }

  int armed() {
    return armed;
  }

  long worstSlippageBpsE2() {
    return worstSlippageBpsE2;
  }

  @Nullable FillRow worstFill() {
    return worstFill;
  }

  int maxDrawdownBps() {
    return maxDrawdownBps;
  }

  /** The last moment at the highest equity before the deepest drawdown. */
  long peakTimeNs() {
    return peakTimeNs;
  }

  long troughTimeNs() {
    return troughTimeNs;
  }

  /** Tape price at a time: the last kept print not after it, else the first; 0 without any print. */
  int priceTicksAt(final long timeNs) {
    int low = 0;
    int high = result.prices().size() - 1;
    while (low < high) {
      final int middle = (low + high + 1) >>> 1;
      if (result.prices().get(middle).timeNs() <= timeNs) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return result.prices().isEmpty() ? 0 : result.prices().get(low).priceTicks();
  }

  private void countRules() {
    for (int i = 0; i < firings.length; i++) {
      final RuleRow rule = result.rules().get(i);
      firings[i] = new Firing();
      if (rule.ruleId() != 0) {
        ruleIndexById.put(rule.ruleId(), i);
        armed++;
      }
    }
    for (final TriggerRow trigger : result.triggers()) {
      final int index = ruleIndex(trigger.ruleId());
      if (index != NULL_RULE) {
        final Firing firing = firings[index];
        if (firing.count == 0) {
          firing.firstTimeNs = trigger.timeNs();
          fired++;
        }
        firing.count++;
      }
    }
  }

  private void countMoney() {
    for (final AccountRow account : result.accounts()) {
      startEquityUnits += account.startEquityUnits();
      endEquityUnits += account.endEquityUnits();
      feeUnits += account.feeUnits();
    }
    for (final RejectRow reject : result.rejects()) {
      rejects += reject.count();
    }
  }

  private void countFills() {
    for (final FillRow fill : result.fills()) {
      if (fill.slippageBpsE2() > worstSlippageBpsE2) {
        worstSlippageBpsE2 = fill.slippageBpsE2();
        worstFill = fill;
      }
      final int index = ruleIndex(fill.ruleId());
      if (index != NULL_RULE) {
        final Firing firing = firings[index];
        if (firing.lots == 0) {
          firing.fillTimeNs = fill.timeNs();
        }
        firing.lots += fill.lots();
        firing.notionalUnits += fill.notionalUnits();
        if (fill.slippageBpsE2() != FillRow.NO_SLIPPAGE) {
          firing.slippageLots += fill.lots();
          firing.slippageSum = firing.slippageSum.add(
              BigDecimal.valueOf(fill.slippageBpsE2()).multiply(BigDecimal.valueOf(fill.lots())));
        }
      }
    }
  }

  private void findDrawdown() {
    final List<EquityPoint> equity = result.equity();
    long candidateNs = 0;
    for (final EquityPoint point : equity) {
      if (point.drawdownBps() == 0) {
        candidateNs = point.timeNs();
      } else if (point.drawdownBps() > maxDrawdownBps) {
        maxDrawdownBps = point.drawdownBps();
        peakTimeNs = candidateNs;
        troughTimeNs = point.timeNs();
      }
    }
  }
}
