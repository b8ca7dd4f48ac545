package io.gavel.adapters.backtest.run;

import io.gavel.adapters.backtest.result.PricePoint;
import java.util.ArrayList;
import java.util.List;

/**
 * Thins a price series of unknown length to a few thousand points in one pass: buckets of equal time, each keeping its
 * lowest and its highest print; when the buckets run out, neighbours merge and the time doubles. The extremes of every
 * stretch survive, and so do the first and the last print.
 */
public final class Decimator {

  private static final int BUCKETS_MAX = 2_048;

  private final long[] lowTimesNs = new long[BUCKETS_MAX];
  private final long[] highTimesNs = new long[BUCKETS_MAX];
  private final int[] lowTicks = new int[BUCKETS_MAX];
  private final int[] highTicks = new int[BUCKETS_MAX];
  private long originNs;
  private long widthNs = 1_000_000_000L;
  private long lastTimeNs;
  private int firstTicks;
  private int lastTicks;

  /** Takes the next print; times never decrease, prices are positive. */
  public void add(final long timeNs, final int priceTicks) {
    if (0 == firstTicks) {
      originNs = timeNs;
      firstTicks = priceTicks;
    }
    lastTimeNs = timeNs;
    lastTicks = priceTicks;
    long bucket = (timeNs - originNs) / widthNs;
    while (bucket >= BUCKETS_MAX) {
      halve();
      bucket = (timeNs - originNs) / widthNs;
    }
    final int i = (int) bucket;
    if (0 == lowTicks[i] || priceTicks < lowTicks[i]) {
      lowTicks[i] = priceTicks;
      lowTimesNs[i] = timeNs;
    }
    if (priceTicks > highTicks[i]) {
      highTicks[i] = priceTicks;
      highTimesNs[i] = timeNs;
    }
  }

  /** The points kept, in order of time. */
  public List<PricePoint> points() {
    final List<PricePoint> points = new ArrayList<>();
    if (0 == firstTicks) {
      return points;
    }
    append(points, originNs, firstTicks);
    for (int i = 0; i < BUCKETS_MAX; i++) {
      if (0 != lowTicks[i]) {
        final boolean lowFirst = lowTimesNs[i] <= highTimesNs[i];
        append(points, lowFirst ? lowTimesNs[i] : highTimesNs[i], lowFirst ? lowTicks[i] : highTicks[i]);
        append(points, lowFirst ? highTimesNs[i] : lowTimesNs[i], lowFirst ? highTicks[i] : lowTicks[i]);
      }
    }
    append(points, lastTimeNs, lastTicks);
    return points;
  }

  private static void append(final List<PricePoint> points, final long timeNs, final int priceTicks) {
    final PricePoint point = new PricePoint(timeNs, priceTicks);
    if (points.isEmpty() || !points.get(points.size() - 1).equals(point)) {
      points.add(point);
    }
  }

  private void halve() {
    for (int i = 0; i < BUCKETS_MAX; i++) {
      final int to = i / 2;
      final int low = lowTicks[i];
      final int high = highTicks[i];
      final long lowTimeNs = lowTimesNs[i];
      final long highTimeNs = highTimesNs[i];
      if (0 == i % 2) {
        lowTicks[to] = 0;
        highTicks[to] = 0;
      }
      if (0 != low && (0 == lowTicks[to] || low < lowTicks[to])) {
        lowTicks[to] = low;
        lowTimesNs[to] = lowTimeNs;
      }
      if (high > highTicks[to]) {
        highTicks[to] = high;
        highTimesNs[to] = highTimeNs;
      }
    }
    for (int i = BUCKETS_MAX / 2; i < BUCKETS_MAX; i++) {
      lowTicks[i] = 0;
      highTicks[i] = 0;
    }
    widthNs *= 2;
  }
}
