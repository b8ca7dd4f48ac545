package io.gavel.risk.mark;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import java.util.Arrays;

/**
 * The basis (mid less index) as it stood at the last 30 places of a grid over engine time, whoever asked when: the
 * same history gives the same samples. A place at which there was no basis has no sample (F-28). One thread.
 */
final class BasisSamples {

  static final int SAMPLES = 30;

  private static final long NONE = -1;

  private final long[] values = new long[SAMPLES];
  /** Number on the grid of each sample. */
  private final long[] places = new long[SAMPLES];
  private long lastPlace = NONE;

  BasisSamples() {
    Arrays.fill(places, NONE);
  }

  /** Takes the samples that are due, of the basis that has been in force since the last call. */
  void advance(final long windowNs, final long nowNs, final boolean isKnown, final long basisUnits) {
    final long place = nowNs / (windowNs / SAMPLES);
    final long from = NONE == lastPlace ? place : Math.max(lastPlace + 1, place - SAMPLES + 1);
    for (long at = from; at <= place; at++) {
      final int slot = (int) (at % SAMPLES);
      places[slot] = isKnown ? at : NONE;
      values[slot] = basisUnits;
    }
    lastPlace = Math.max(lastPlace, place);
  }

  /** Samples that are not older than the window. */
  int count() {
    int count = 0;
    for (int i = 0; i < SAMPLES; i++) {
      count += isIn(i) ? 1 : 0;
    }
    return count;
  }

  long sum() {
    long sum = 0;
    for (int i = 0; i < SAMPLES; i++) {
      sum += isIn(i) ? values[i] : 0;
    }
    return sum;
  }

  private boolean isIn(final int i) {
    return NONE != places[i] && places[i] > lastPlace - SAMPLES;
  }

  void save(final SnapshotSink sink) {
    sink.putLong(lastPlace);
    for (int i = 0; i < SAMPLES; i++) {
      sink.putLong(isIn(i) ? places[i] : NONE);
      sink.putLong(isIn(i) ? values[i] : 0);
    }
  }

  void load(final SnapshotSource source) {
    lastPlace = source.getLong();
    for (int i = 0; i < SAMPLES; i++) {
      places[i] = source.getLong();
      values[i] = source.getLong();
    }
  }
}
