package io.gavel.adapters.backtest.run;

import io.gavel.adapters.backtest.result.EquityPoint;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;
import java.util.ArrayList;
import java.util.List;

/**
 * Equity sampled on a clock that slows down as the run grows: at most {@value #SAMPLES_MAX} samples, evenly spaced;
 * when they run out every second one goes. The drawdown is that of the samples kept.
 */
final class EquityCurve {

  private static final int SAMPLES_MAX = 4_000;
  private static final long BPS = 10_000;

  private final List<EquityPoint> samples = new ArrayList<>();
  private long intervalNs = 1_000_000_000L;
  private long nextNs = Long.MIN_VALUE;

  /** Whether a sample is due at {@code timeNs}. */
  boolean isDue(final long timeNs) {
    return timeNs >= nextNs;
  }

  void add(final long timeNs, final long equityUnits) {
    samples.add(new EquityPoint(timeNs, equityUnits, 0));
    nextNs = timeNs - Math.floorMod(timeNs, intervalNs) + intervalNs;
    if (SAMPLES_MAX == samples.size()) {
      thin(timeNs);
    }
  }

  /** The samples with their drawdowns; {@code equityUnits} at {@code timeNs} is the last. */
  List<EquityPoint> finish(final long timeNs, final long equityUnits) {
    if (!samples.isEmpty() && timeNs == samples.get(samples.size() - 1).timeNs()) {
      samples.remove(samples.size() - 1);
    }
    samples.add(new EquityPoint(timeNs, equityUnits, 0));
    final List<EquityPoint> points = new ArrayList<>(samples.size());
    long highest = Long.MIN_VALUE;
    for (final EquityPoint sample : samples) {
      highest = Math.max(highest, sample.equityUnits());
      points.add(new EquityPoint(sample.timeNs(), sample.equityUnits(), drawdownBps(highest, sample.equityUnits())));
    }
    return points;
  }

  private void thin(final long timeNs) {
    intervalNs *= 2;
    final List<EquityPoint> kept = new ArrayList<>(SAMPLES_MAX);
    long slot = Long.MIN_VALUE;
    for (final EquityPoint sample : samples) {
      final long its = Math.floorDiv(sample.timeNs(), intervalNs);
      if (its != slot) {
        kept.add(sample);
        slot = its;
      }
    }
    samples.clear();
    samples.addAll(kept);
    nextNs = timeNs - Math.floorMod(timeNs, intervalNs) + intervalNs;
  }

  private static int drawdownBps(final long highest, final long now) {
    if (highest <= 0) {
      return 0;
    }
    return (int) FixedPoint.mulDiv(highest - now, BPS, highest, Rounding.FLOOR);
  }
}
