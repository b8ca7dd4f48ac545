package io.gavel.adapters.cli;

import java.time.Instant;

/** Engine time as people read it. */
final class Times {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private Times() {
  }

  /** ISO-8601 in UTC; a dash for 0, the time before any was told. */
  static String text(final long timeNs) {
    return 0 == timeNs ? "-" : Instant.ofEpochSecond(
        Math.floorDiv(timeNs, NANOS_PER_SECOND), Math.floorMod(timeNs, NANOS_PER_SECOND)).toString();
  }
}
