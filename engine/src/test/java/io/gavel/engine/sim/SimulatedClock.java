package io.gavel.engine.sim;

import io.gavel.engine.journal.SimulatedDisk;
import org.agrona.concurrent.EpochNanoClock;

/** A clock that shows what it is told to, also less than before. */
final class SimulatedClock implements EpochNanoClock {

  private final SimulatedDisk disk;
  private long nowNs;

  SimulatedClock(final SimulatedDisk disk) {
    this.disk = disk;
  }

  void set(final long timeNs) {
    nowNs = timeNs;
  }

  @Override
  public long nanoTime() {
    disk.pass("stamp");
    return nowNs;
  }
}
