package io.gavel.adapters.backtest.run;

import org.agrona.concurrent.EpochNanoClock;

/** The engine's clock in a backtest: it stands where the tape put it. */
final class TapeClock implements EpochNanoClock {

  private long timeNs;

  @Override
  public long nanoTime() {
    return timeNs;
  }

  /** Moves to {@code nowNs}; never back. */
  void advanceTo(final long nowNs) {
    timeNs = Math.max(timeNs, nowNs);
  }
}
