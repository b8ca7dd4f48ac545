package io.gavel.adapters.backtest.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.adapters.backtest.result.EquityPoint;
import java.util.List;
import org.junit.jupiter.api.Test;

class EquityCurveTest {

  private static final long SECOND = 1_000_000_000L;

  @Test
  void shouldMeasureTheDrawdownFromTheHighestSoFar() {
    final EquityCurve curve = new EquityCurve();
    curve.add(SECOND, 1_000_000);
    curve.add(2 * SECOND, 2_000_000);
    curve.add(3 * SECOND, 1_500_000);

    assertEquals(List.of(new EquityPoint(SECOND, 1_000_000, 0), new EquityPoint(2 * SECOND, 2_000_000, 0),
        new EquityPoint(3 * SECOND, 1_500_000, 2_500), new EquityPoint(4 * SECOND, 0, 10_000)),
        curve.finish(4 * SECOND, 0));
  }

  @Test
  void shouldHoldTheLargestAmountsAndADebt() {
    final EquityCurve curve = new EquityCurve();
    curve.add(SECOND, Long.MAX_VALUE);

    assertEquals(List.of(0, 10_000), curve.finish(2 * SECOND, 0).stream().map(EquityPoint::drawdownBps).toList());
    assertEquals(List.of(0), new EquityCurve().finish(SECOND, -5).stream().map(EquityPoint::drawdownBps).toList());
  }

  @Test
  void shouldSlowItsClockAsTheRunGrows() {
    final EquityCurve curve = new EquityCurve();
    int samples = 0;
    for (long timeNs = 0; timeNs < 1_000_000 * SECOND; timeNs += SECOND) {
      if (curve.isDue(timeNs)) {
        curve.add(timeNs, timeNs);
        samples++;
      }
    }
    final List<EquityPoint> points = curve.finish(1_000_000 * SECOND, 1);

    assertTrue(points.size() > 1_000 && points.size() <= 4_001, "points " + points.size());
    assertTrue(samples < 40_000, "samples " + samples);
    assertEquals(0, points.get(0).timeNs());
    final long stepNs = points.get(1).timeNs();
    for (int i = 1; i < points.size() - 1; i++) {
      assertEquals(i * stepNs, points.get(i).timeNs());
    }
  }
}
