package io.gavel.adapters.market.flow;

/**
 * The numbers a generated tape is made of: SplitMix64 (Steele, Lea and Flood, 2014) and three distributions on top of
 * it, all in {@link StrictMath}, so that a seed means the same on every machine and JDK. One thread.
 */
final class FlowRandom {

  private static final long GAMMA = 0x9E3779B97F4A7C15L;
  private static final double UNIT = 0x1.0p-53;

  private long state;

  FlowRandom(final long seed) {
    state = seed;
  }

  long nextLong() {
    state += GAMMA;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** At least 0 and below 1. */
  double unit() {
    return (nextLong() >>> 11) * UNIT;
  }

  boolean isWithin(final double probability) {
    return unit() < probability;
  }

  /** 0 to {@code bound - 1}. */
  int below(final int bound) {
    return (int) (((nextLong() >>> 32) * bound) >>> 32);
  }

  /** Mean 0, standard deviation 1: the cosine half of Box and Muller. */
  double normal() {
    final double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - unit()));
    return radius * StrictMath.cos(2 * StrictMath.PI * unit());
  }

  double exponential(final double mean) {
    return -mean * StrictMath.log(1 - unit());
  }
}
