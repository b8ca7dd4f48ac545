package io.gavel.adapters.market.flow;

import java.util.Arrays;

/**
 * How far from the mid an order is placed: a power law with a hump near the touch, as measured in real books. Distance
 * d has the weight {@code d^-2.23 + 5 exp(-(d - 9)^2 / 2)}, 1 to 800 ticks. Immutable, any thread.
 */
final class DistanceSampler {

  private static final int TICKS_MAX = 800;
  private static final double EXPONENT = -2.23;
  private static final double HUMP_WEIGHT = 5;
  /** Eight ticks behind the nearest. */
  private static final double HUMP_TICKS = 9;

  private final double[] cumulative = new double[TICKS_MAX];

  DistanceSampler() {
    double sum = 0;
    for (int i = 0; i < TICKS_MAX; i++) {
      final double ticks = i + 1;
      final double off = ticks - HUMP_TICKS;
      sum += StrictMath.pow(ticks, EXPONENT) + HUMP_WEIGHT * StrictMath.exp(-off * off / 2);
      cumulative[i] = sum;
    }
  }

  /** 1 to 800. */
  int ticks(final FlowRandom random) {
    final int found = Arrays.binarySearch(cumulative, random.unit() * cumulative[TICKS_MAX - 1]);
    return Math.min(TICKS_MAX, 1 + (found < 0 ? -found - 1 : found + 1));
  }
}
