package io.gavel.engine.core;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import java.util.ArrayDeque;
import java.util.Deque;

/** What one component wrote, to be read back in the same order and kind. */
final class SavedState implements SnapshotSink, SnapshotSource {

  private final Deque<Number> values = new ArrayDeque<>();

  @Override
  public void putInt(final int value) {
    values.add(value);
  }

  @Override
  public void putLong(final long value) {
    values.add(value);
  }

  @Override
  public int getInt() {
    return (Integer) values.remove();
  }

  @Override
  public long getLong() {
    return (Long) values.remove();
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  boolean isRead() {
    return values.isEmpty();
  }
}
