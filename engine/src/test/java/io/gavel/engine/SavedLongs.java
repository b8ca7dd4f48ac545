package io.gavel.engine;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import java.util.ArrayList;
import java.util.List;

/** What a room saved, to be compared and read back. */
public final class SavedLongs implements SnapshotSink, SnapshotSource {

  public final List<Long> values = new ArrayList<>();
  private int position;

  public static SavedLongs of(final StateOwner owner) {
    final SavedLongs saved = new SavedLongs();
    owner.save(saved);
    return saved;
  }

  /** Loads into a fresh owner, which must read exactly what was written. */
  public static void move(final StateOwner from, final StateOwner to) {
    final SavedLongs saved = of(from);
    if (!saved.values.isEmpty()) {
      to.load(saved);
    }
    if (saved.position != saved.values.size() || !of(to).values.equals(saved.values)) {
      throw new AssertionError("loaded state differs from what was saved");
    }
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
    return Math.toIntExact(getLong());
  }

  @Override
  public long getLong() {
    return values.get(position++);
  }
}
