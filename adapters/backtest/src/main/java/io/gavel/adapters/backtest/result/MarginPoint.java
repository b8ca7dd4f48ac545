package io.gavel.adapters.backtest.result;

import java.math.BigInteger;

/**
 * What secures an account's contracts at one moment, in units of the equity asset, unrealised profit and loss counted.
 *
 * @param initialUnits     what must be there to take on more
 * @param maintenanceUnits what must be there to keep what is held: equity below it is a liquidation
 */
public record MarginPoint(long timeNs, long equityUnits, long initialUnits, long maintenanceUnits) {

  /** Ratio of what has a requirement but nothing left to meet it. */
  public static final long NOTHING_LEFT = 100_000_000;

  private static final BigInteger BPS = BigInteger.valueOf(10_000);

  /** Maintenance over equity in 1/10,000, rounded up: liquidated above 10,000. At most {@link #NOTHING_LEFT}. */
  public long ratioBps() {
    return 0 == maintenanceUnits ? 0 : ratio(maintenanceUnits, equityUnits);
  }

  /** Equity over maintenance in 1/10,000, rounded down, as OKX shows it: liquidated below 10,000. */
  public long coverBps() {
    if (0 == maintenanceUnits) {
      return NOTHING_LEFT;
    }
    return equityUnits <= 0 ? 0 : BigInteger.valueOf(equityUnits).multiply(BPS)
        .divide(BigInteger.valueOf(maintenanceUnits)).min(BigInteger.valueOf(NOTHING_LEFT)).longValueExact();
  }

  private static long ratio(final long part, final long whole) {
    if (whole <= 0) {
      return NOTHING_LEFT;
    }
    final BigInteger[] parts = BigInteger.valueOf(part).multiply(BPS).divideAndRemainder(BigInteger.valueOf(whole));
    return parts[0].add(BigInteger.valueOf(parts[1].signum())).min(BigInteger.valueOf(NOTHING_LEFT)).longValueExact();
  }
}
