package io.gavel.adapters.backtest.tape;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Times as text, in every form a tape may have, and back. */
public final class TapeTime {

  /** What {@link #parse} returns for text that is no time. */
  public static final long NOT_PARSED = StampParser.NOT_PARSED;

  private static final long NS_PER_SECOND = 1_000_000_000L;

  private TapeTime() {
  }

  /** Nanoseconds since the epoch of ISO 8601 text or a number since the epoch, or {@link #NOT_PARSED}. */
  public static long parse(final String text) {
    final byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return new StampParser().parse(bytes, 0, bytes.length);
  }

  /** ISO 8601 in UTC, with as many decimals as needed. */
  public static String format(final long timeNs) {
    return Instant.ofEpochSecond(Math.floorDiv(timeNs, NS_PER_SECOND), Math.floorMod(timeNs, NS_PER_SECOND)).toString();
  }
}
