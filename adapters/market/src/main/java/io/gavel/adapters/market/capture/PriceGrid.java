package io.gavel.adapters.market.capture;

/**
 * Counts the prices of one instrument in ticks above 0, as the engine wants them: a capture does not say its tick, and
 * spreads have prices below zero. The lowest price seen is tick 1, the tick is the greatest that all prices are on.
 */
final class PriceGrid {

  private long lowest = Long.MAX_VALUE;
  private long highest = Long.MIN_VALUE;
  private long first;
  private long step;

  /** Every price must be seen before the first is counted. */
  void see(final long price) {
    if (lowest > highest) {
      first = price;
    }
    lowest = Math.min(lowest, price);
    highest = Math.max(highest, price);
    step = divisor(step, Math.abs(Math.subtractExact(price, first)));
  }

  int ticks(final long price) {
    final long ticks = Math.subtractExact(price, lowest) / tick() + 1;
    if (price < lowest || price > highest || ticks > Integer.MAX_VALUE) {
      throw new CaptureFault("price: more than " + Integer.MAX_VALUE + " ticks above the lowest of the capture");
    }
    return (int) ticks;
  }

  long price(final long ticks) {
    return lowest + (ticks - 1) * tick();
  }

  private long tick() {
    return Math.max(1, step);
  }

  private static long divisor(final long a, final long b) {
    return 0 == b ? a : divisor(b, a % b);
  }
}
