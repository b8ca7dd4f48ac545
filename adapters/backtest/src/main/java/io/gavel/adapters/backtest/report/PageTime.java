package io.gavel.adapters.backtest.report;

/** The page's time axis: milliseconds since the start of the run, kept inside the run. */
final class PageTime {
  private static final long NANOS_PER_MILLI = 1_000_000L;

  private final long startMillis;
  private final long spanMillis;

  PageTime(final long fromNs, final long toNs) {
    this.startMillis = Math.floorDiv(fromNs, NANOS_PER_MILLI);
    // An axis of no length cannot be drawn: one second at least.
    this.spanMillis = Math.max(1_000L, Math.floorDiv(toNs, NANOS_PER_MILLI) - startMillis);
  }

  long startMillis() {
    return startMillis;
  }

  long spanMillis() {
    return spanMillis;
  }

  /** What happened before the first row (the arming of rules, for instance) is drawn at the start. */
  long offset(final long timeNs) {
    return Math.max(0, Math.min(spanMillis, Math.floorDiv(timeNs, NANOS_PER_MILLI) - startMillis));
  }
}
