package io.gavel.risk;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import java.util.ArrayList;
import java.util.List;

/** What owners of state wrote, number by number and marked by width, to compare and to read back. */
final class StateTape implements SnapshotSink, SnapshotSource {

  private final List<Object> values = new ArrayList<>();
  private int position;

  /** All components that wrote something, each behind its name. */
  static List<Object> of(final RiskEngine risk) {
    final List<Object> all = new ArrayList<>();
    for (final StateOwner owner : risk.state()) {
      final StateTape tape = saved(owner);
      if (!tape.values.isEmpty()) {
        all.add(owner.componentName());
        all.addAll(tape.values);
      }
    }
    return all;
  }

  static StateTape saved(final StateOwner owner) {
    final StateTape tape = new StateTape();
    owner.save(tape);
    return tape;
  }

  /** Loads every component that wrote something into the same component of a fresh engine. */
  static void copy(final RiskEngine from, final RiskEngine to) {
    for (int i = 0; i < from.state().size(); i++) {
      final StateTape tape = saved(from.state().get(i));
      if (!tape.values.isEmpty()) {
        to.state().get(i).load(tape);
        tape.requireEnd();
      }
    }
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  private void requireEnd() {
    if (position != values.size()) {
      throw new AssertionError("read " + position + " of " + values.size());
    }
  }

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
    return (Integer) values.get(position++);
  }

  @Override
  public long getLong() {
    return (Long) values.get(position++);
  }
}
