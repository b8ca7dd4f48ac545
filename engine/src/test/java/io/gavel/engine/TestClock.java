package io.gavel.engine;

import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.EpochNanoClock;

/** A clock that stands until it is moved. */
final class TestClock implements EpochNanoClock {

  static final long START_NS = 1_700_000_000_000_000_000L;

  private final AtomicLong nowNs = new AtomicLong(START_NS);

  @Override
  public long nanoTime() {
    return nowNs.get();
  }

  void set(final long timeNs) {
    nowNs.set(timeNs);
  }

  void advance(final long byNs) {
    nowNs.addAndGet(byNs);
  }
}
