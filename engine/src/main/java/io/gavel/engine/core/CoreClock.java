package io.gavel.engine.core;

import io.gavel.codecs.Invariants;
import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;

/** Sequence and engine time, both taken from the frame and never decreasing. Control state. */
final class CoreClock implements StateOwner {

  private long sequence;
  private long timeNs;

  long sequence() {
    return sequence;
  }

  long timeNs() {
    return timeNs;
  }

  void nextFrame(final long frameSequence) {
    Invariants.check(frameSequence == sequence + 1, "frame out of sequence: frame, last", frameSequence, sequence);
    sequence = frameSequence;
  }

  void advanceTo(final long toTimeNs) {
    Invariants.check(toTimeNs >= timeNs, "engine time went back: to, from", toTimeNs, timeNs);
    timeNs = toTimeNs;
  }

  @Override
  public int componentId() {
    return 1;
  }

  @Override
  public String componentName() {
    return "clock";
  }

  @Override
  public void save(final SnapshotSink sink) {
    sink.putLong(sequence);
    sink.putLong(timeNs);
  }

  @Override
  public void load(final SnapshotSource source) {
    sequence = source.getLong();
    timeNs = source.getLong();
  }
}
