package io.gavel.risk.margin;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Numbers as they were saved, to be read again. */
public final class TableTape implements SnapshotSink, SnapshotSource {

  private final Deque<Long> values = new ArrayDeque<>();

  /** All that is left to read. */
  public List<Long> values() {
    return new ArrayList<>(values);
  }

  @Override
  public void putInt(final int value) {
    values.add((long) value);
  }

  @Override
  public void putLong(final long value) {
    values.add(value);
  }

  @Override
  public int getInt() {
    return Math.toIntExact(values.remove());
  }

  @Override
  public long getLong() {
    return values.remove();
  }
}
