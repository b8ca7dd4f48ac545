package io.gavel.engine.core;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.engine.timer.DeadlineQueue;
import java.util.Arrays;

/** One deadline of a kind for each instrument that has one. */
final class InstrumentDeadlines implements StateOwner {

  private final int componentId;
  private final String componentName;
  private final int kind;
  private final DeadlineQueue deadlines;
  private final long[] timesNs;
  private final int[] handles;

  InstrumentDeadlines(final int componentId, final String componentName, final int kind, final int instrumentsMax,
      final DeadlineQueue deadlines) {
    this.componentId = componentId;
    this.componentName = componentName;
    this.kind = kind;
    this.deadlines = deadlines;
    timesNs = new long[instrumentsMax + 1];
    handles = new int[instrumentsMax + 1];
    Arrays.fill(handles, DeadlineQueue.NULL_HANDLE);
  }

  /** Sets, moves or (Long.MAX_VALUE) takes away the deadline of an instrument. */
  void set(final int instrumentId, final long timeNs) {
    if (DeadlineQueue.NULL_HANDLE != handles[instrumentId]) {
      if (timeNs == timesNs[instrumentId]) {
        return;
      }
      deadlines.cancel(handles[instrumentId]);
      passed(instrumentId);
    }
    if (Long.MAX_VALUE != timeNs) {
      timesNs[instrumentId] = timeNs;
      handles[instrumentId] = deadlines.add(timeNs, instrumentId, kind, instrumentId);
    }
  }

  /** The deadline has been taken out of the queue already. */
  void passed(final int instrumentId) {
    handles[instrumentId] = DeadlineQueue.NULL_HANDLE;
    timesNs[instrumentId] = 0;
  }

  /** 0: none. */
  long timeNs(final int instrumentId) {
    return timesNs[instrumentId];
  }

  @Override
  public int componentId() {
    return componentId;
  }

  @Override
  public String componentName() {
    return componentName;
  }

  @Override
  public void save(final SnapshotSink sink) {
    int count = 0;
    for (final int handle : handles) {
      count += DeadlineQueue.NULL_HANDLE == handle ? 0 : 1;
    }
    if (0 == count) {
      return;
    }
    sink.putInt(count);
    for (int instrumentId = 1; instrumentId < handles.length; instrumentId++) {
      if (DeadlineQueue.NULL_HANDLE != handles[instrumentId]) {
        sink.putInt(instrumentId);
        sink.putLong(timesNs[instrumentId]);
      }
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    final int count = source.getInt();
    for (int i = 0; i < count; i++) {
      final int instrumentId = source.getInt();
      set(instrumentId, source.getLong());
    }
  }
}
