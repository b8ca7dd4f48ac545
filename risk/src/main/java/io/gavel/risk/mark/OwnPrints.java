package io.gavel.risk.mark;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;

/**
 * The last price of others, where the house has printed since: orders of liquidations must not move the mark that they
 * are sent by. Kept from the first print of the house to the next of somebody else; an instrument whose last
 * print was somebody else's is not part of the state. In mark units. One thread.
 */
public final class OwnPrints implements StateOwner {

  /** Nobody else has ever printed. */
  private static final long NOBODY = -1;

  private final long[] lastUnits;

  OwnPrints(final int instrumentsMax) {
    lastUnits = new long[instrumentsMax + 1];
  }

  /** A price is about to be printed, by the house or by others; before it this one was the last. */
  void prints(final int instrumentId, final boolean own, final long beforeUnits) {
    if (!own) {
      lastUnits[instrumentId] = 0;
    } else if (0 == lastUnits[instrumentId]) {
      lastUnits[instrumentId] = 0 == beforeUnits ? NOBODY : beforeUnits;
    }
  }

  /** The last price of others when this is the last of all; 0: there is none. */
  long lastUnits(final int instrumentId, final long ofAllUnits) {
    final long kept = lastUnits[instrumentId];
    return 0 == kept ? ofAllUnits : NOBODY == kept ? 0 : kept;
  }

  void clear(final int instrumentId) {
    lastUnits[instrumentId] = 0;
  }

  @Override
  public int componentId() {
    return 53;
  }

  @Override
  public String componentName() {
    return "own-prints";
  }

  @Override
  public void save(final SnapshotSink sink) {
    int count = 0;
    for (final long units : lastUnits) {
      count += 0 == units ? 0 : 1;
    }
    if (0 == count) {
      return;
    }
    sink.putInt(count);
    for (int instrumentId = 0; instrumentId < lastUnits.length; instrumentId++) {
      if (0 != lastUnits[instrumentId]) {
        sink.putInt(instrumentId);
        sink.putLong(lastUnits[instrumentId]);
      }
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    final int count = source.getInt();
    for (int i = 0; i < count; i++) {
      lastUnits[source.getInt()] = source.getLong();
    }
  }
}
