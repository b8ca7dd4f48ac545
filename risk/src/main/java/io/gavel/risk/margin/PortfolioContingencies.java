package io.gavel.risk.margin;

import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/**
 * What a scan over price and volatility does not see, charged by size (F-40): options that are short on balance at a
 * strike, and futures of different expiries that stand against each other. Rounded up; allocates nothing.
 */
public final class PortfolioContingencies {

  private PortfolioContingencies() {
  }

  /** Calls and puts of one strike together: what is short on balance, at so much each. */
  public static long shortOptionUnits(final long callLots, final long putLots, final long unitsPerLot) {
    final long net = FixedPoint.add(callLots, putLots);
    return net >= 0 ? 0 : FixedPoint.multiply(Math.negateExact(net), unitsPerLot);
  }

  /** The part of long futures that short ones stand against, at a rate. */
  public static long offsettingUnits(final long longUnits, final long shortUnits, final long rateE8) {
    final long both = Math.min(Math.max(0, longUnits), Math.max(0, Math.negateExact(shortUnits)));
    return FixedPoint.mulDiv(both, rateE8, 100_000_000, Rounding.UP);
  }
}
