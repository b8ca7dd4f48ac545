package io.gavel.engine.sim;

import org.agrona.concurrent.EpochNanoClock;

/** A clock that shows what it is told to, also less than before. */
final class SimulatedClock implements EpochNanoClock {

  private long nowNs;

  void set(final long timeNs) {
    nowNs = timeNs;
  }

  @Override
  public long nanoTime() {
    return nowNs;
  }
}
