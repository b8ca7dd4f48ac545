package io.gavel.benchmarks.engine;

import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.SystemEpochNanoClock;

/**
 * Costs what the system's clock costs and always says the same time: the state then does not depend on when a batch
 * was cut, and runs can be compared.
 */
public final class StandingClock implements EpochNanoClock {

  private long last;

  @Override
  public long nanoTime() {
    last = SystemEpochNanoClock.INSTANCE.nanoTime();
    return 0 == last ? 0 : PlainCore.TIME_NS;
  }
}
