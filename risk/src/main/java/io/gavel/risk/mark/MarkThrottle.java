package io.gavel.risk.mark;

/**
 * A mark that follows the last trade, but no more often than once an interval: of all trades in between only the last
 * one of the first batch that is late enough counts. Reusable, one thread; times are engine time.
 */
public final class MarkThrottle {

  private final long intervalNs;
  private long markUnits;
  private long movedAtNs;

  public MarkThrottle(final long intervalNs, final long markUnits, final long movedAtNs) {
    this.intervalNs = intervalNs;
    this.markUnits = markUnits;
    this.movedAtNs = movedAtNs;
  }

  /** A batch of trades at one time, of which this was the last; the mark that holds now. */
  public long onTrades(final long timeNs, final long lastPriceUnits) {
    if (timeNs - movedAtNs >= intervalNs) {
      markUnits = lastPriceUnits;
      movedAtNs = timeNs;
    }
    return markUnits;
  }

  public long markUnits() {
    return markUnits;
  }
}
