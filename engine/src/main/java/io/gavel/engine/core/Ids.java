package io.gavel.engine.core;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;

/** Hands out order, rule and hold ids from one counter, and trade ids from another; a refused command takes none. */
final class Ids implements StateOwner {

  private long lastId;
  private long lastTradeId;

  long next() {
    return ++lastId;
  }

  /** The id that {@link #next} will give. */
  long peek() {
    return lastId + 1;
  }

  long nextTrade() {
    return ++lastTradeId;
  }

  /** The id that {@link #nextTrade} gave last. */
  long lastTrade() {
    return lastTradeId;
  }

  @Override
  public int componentId() {
    return 20;
  }

  @Override
  public String componentName() {
    return "ids";
  }

  @Override
  public void save(final SnapshotSink sink) {
    if (0 != lastId) {
      sink.putLong(lastId);
      sink.putLong(lastTradeId);
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    lastId = source.getLong();
    lastTradeId = source.getLong();
  }
}
