package io.gavel.engine;

/** Who drives the engine and how it waits; never what it computes. */
public enum Preset {
  /** The host's thread calls {@link Gavel#doWork()}: nothing runs by itself. The default. */
  EMBEDDED(false, 1 << 10, 256),
  /** One engine thread that backs off to parking when idle: below 1 % of a core. */
  DEDICATED(true, 1 << 13, 1_024),
  /** One engine thread that never parks: burns the core it runs on. */
  DEDICATED_SPINNING(true, 1 << 13, 1_024);

  private final boolean ownThread;
  private final int ringCapacity;
  private final int batchMax;

  Preset(final boolean ownThread, final int ringCapacity, final int batchMax) {
    this.ownThread = ownThread;
    this.ringCapacity = ringCapacity;
    this.batchMax = batchMax;
  }

  /** Whether the engine drives itself; else the host calls {@link Gavel#doWork()}. */
  public boolean ownThread() {
    return ownThread;
  }

  /** Slots of the ring. */
  public int ringCapacity() {
    return ringCapacity;
  }

  /** Frames that share one commit. */
  public int batchMax() {
    return batchMax;
  }
}
