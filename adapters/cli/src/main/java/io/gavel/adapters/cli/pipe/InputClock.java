package io.gavel.adapters.cli.pipe;

import org.agrona.concurrent.EpochNanoClock;

/** Time as the lines tell it: it never goes back, and stands still between lines. One thread. */
final class InputClock implements EpochNanoClock {

  private long timeNs;

  @Override
  public long nanoTime() {
    return timeNs;
  }

  void advanceTo(final long newTimeNs) {
    timeNs = Math.max(timeNs, newTimeNs);
  }
}
