package io.gavel.adapters.backtest.run;

import io.gavel.adapters.backtest.scenario.Scenario;
import java.math.BigInteger;

/**
 * The mean true range of the last finished bars: of a bar the stretch from its low to its high, the close before it
 * included. Bars begin at multiples of their length since the epoch; one without a print is none. Only what has been
 * played counts, so nothing is known early. Ticks. One thread.
 */
final class TrueRange {

  private static final BigInteger ONE_E8 = BigInteger.valueOf(100_000_000L);

  private final Scenario.Atr terms;
  private final long[] ranges;
  private long finished;
  private long barNs = Long.MIN_VALUE;
  private int highTicks;
  private int lowTicks;
  private int closeTicks;
  private int closeBefore;

  TrueRange(final Scenario.Atr terms) {
    this.terms = terms;
    ranges = new long[terms.bars()];
  }

  /** A print. */
  void add(final long timeNs, final int priceTicks) {
    closeUntil(timeNs);
    if (Long.MIN_VALUE == barNs) {
      barNs = timeNs - Math.floorMod(timeNs, terms.barNs());
      highTicks = priceTicks;
      lowTicks = priceTicks;
    }
    highTicks = Math.max(highTicks, priceTicks);
    lowTicks = Math.min(lowTicks, priceTicks);
    closeTicks = priceTicks;
  }

  /** How many bars are finished at {@code timeNs}, at most as many as are asked for. */
  int bars(final long timeNs) {
    closeUntil(timeNs);
    return (int) Math.min(finished, ranges.length);
  }

  /** k times the mean, rounded up to whole ticks, at least one; there must be enough bars. */
  int distanceTicks() {
    BigInteger sum = BigInteger.ZERO;
    for (final long range : ranges) {
      sum = sum.add(BigInteger.valueOf(range));
    }
    final BigInteger[] ticks = sum.multiply(BigInteger.valueOf(terms.kE8()))
        .divideAndRemainder(ONE_E8.multiply(BigInteger.valueOf(ranges.length)));
    return Math.max(1, ticks[0].intValueExact() + (ticks[1].signum() > 0 ? 1 : 0));
  }

  private void closeUntil(final long timeNs) {
    if (Long.MIN_VALUE == barNs || timeNs < barNs + terms.barNs()) {
      return;
    }
    final int top = 0 == closeBefore ? highTicks : Math.max(highTicks, closeBefore);
    final int bottom = 0 == closeBefore ? lowTicks : Math.min(lowTicks, closeBefore);
    ranges[(int) (finished++ % ranges.length)] = (long) top - bottom;
    closeBefore = closeTicks;
    barNs = Long.MIN_VALUE;
  }
}
