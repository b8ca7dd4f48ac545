package io.gavel.risk.funding;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;

/**
 * The mean of a premium over an interval of engine time, each weighted with the whole milliseconds that it was in
 * force; time without one has no weight. One thread.
 */
final class PremiumMean {

  private static final long MILLI_NS = 1_000_000L;

  private long sum;
  private long knownMs;
  private long sinceMs;
  private boolean known;
  private long premiumE10;

  PremiumMean(final long nowNs) {
    sinceMs = nowNs / MILLI_NS;
  }

  void set(final boolean isKnown, final long newPremiumE10, final long nowNs) {
    advance(nowNs);
    known = isKnown;
    premiumE10 = isKnown ? newPremiumE10 : 0;
  }

  private void advance(final long nowNs) {
    final long nowMs = nowNs / MILLI_NS;
    if (known) {
      knownMs += nowMs - sinceMs;
      sum += premiumE10 * (nowMs - sinceMs);
    }
    sinceMs = nowMs;
  }

  /** Rounded towards zero; 0 while there was none. */
  long mean(final long nowNs) {
    final long moreMs = known ? nowNs / MILLI_NS - sinceMs : 0;
    return 0 == knownMs + moreMs ? premiumE10 : (sum + premiumE10 * moreMs) / (knownMs + moreMs);
  }

  /** An interval begins; the premium in force stays so. */
  void begin(final long nowNs) {
    advance(nowNs);
    sum = 0;
    knownMs = 0;
  }

  void save(final SnapshotSink sink) {
    sink.putLong(sum);
    sink.putLong(knownMs);
    sink.putLong(sinceMs);
    sink.putInt(known ? 1 : 0);
    sink.putLong(premiumE10);
  }

  void load(final SnapshotSource source) {
    sum = source.getLong();
    knownMs = source.getLong();
    sinceMs = source.getLong();
    known = 0 != source.getInt();
    premiumE10 = source.getLong();
  }
}
