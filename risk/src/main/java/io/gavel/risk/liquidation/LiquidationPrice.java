package io.gavel.risk.liquidation;

import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/**
 * The price at which equity equals the maintenance requirement of one instrument's legs (F-10, F-11, F-12): clear it,
 * add what backs the legs and the legs, read the price. It is valid inside the tiers whose rates were given: if it
 * lies in another tier, solve again with that tier's rate and cumulative amount.
 *
 * <p>Prices are units of money per lot. A taker fee of the closing trade joins the rate. Reused; one thread. What does
 * not fit a long throws.
 */
public final class LiquidationPrice {

  private static final long ONE_E8 = 100_000_000;
  /** Up to here the slope is exact in 10^-8 of a lot; above, whole lots are exact enough. */
  private static final long FINE_LOTS_MAX = 20_000_000_000L;

  private long backingUnits;
  private long slopeE8;
  private long slopeLots;
  private long netLots;

  /** Starts with what backs the legs: wallet or allocated margin, plus the result of other positions, less theirs. */
  public void clear(final long walletUnits, final long otherResultUnits, final long otherMaintenanceUnits) {
    backingUnits = FixedPoint.add(walletUnits, FixedPoint.add(otherResultUnits, -otherMaintenanceUnits));
    slopeE8 = 0;
    slopeLots = 0;
    netLots = 0;
  }

  /**
   * Adds a leg.
   *
   * @param lots signed: short is negative
   * @param costUnits signed alike: lots times entry price
   * @param rateE8 the maintenance rate of its tier, and the taker fee where a venue adds it
   * @param cumulativeUnits the cumulative amount of its tier (F-03)
   */
  public void leg(final long lots, final long costUnits, final long rateE8, final long cumulativeUnits) {
    backingUnits = FixedPoint.add(backingUnits, FixedPoint.add(cumulativeUnits, -costUnits));
    netLots = FixedPoint.add(netLots, lots);
    final long size = Math.abs(lots);
    if (size <= FINE_LOTS_MAX) {
      slopeE8 = FixedPoint.add(slopeE8, size * rateE8 - lots * ONE_E8);
    } else {
      slopeLots = FixedPoint.add(slopeLots, FixedPoint.mulDiv(size, rateE8, ONE_E8, Rounding.DOWN) - lots);
    }
  }

  /** Whether the legs have a side: a hedge in balance whose requirements cancel has no price. */
  public boolean exists() {
    return 0 != (0 == slopeLots ? slopeE8 : slopeLots + slopeE8 / ONE_E8);
  }

  /** The price, signed; one that is not positive is never reached. Long rounded up, short down. */
  public long priceUnits() {
    final Rounding rounding = netLots >= 0 ? Rounding.CEILING : Rounding.FLOOR;
    if (0 == slopeLots) {
      return slopeE8 < 0
          ? FixedPoint.mulDiv(-backingUnits, ONE_E8, -slopeE8, rounding)
          : FixedPoint.mulDiv(backingUnits, ONE_E8, slopeE8, rounding);
    }
    final long slope = slopeLots + slopeE8 / ONE_E8;
    return slope < 0
        ? FixedPoint.divide(-backingUnits, -slope, rounding) : FixedPoint.divide(backingUnits, slope, rounding);
  }

  /**
   * The price of an isolated position whose maintenance is fixed at its entry value: the margin above maintenance is
   * what it may lose. Long rounded up, short down.
   */
  public static long fixedMaintenanceUnits(
      final long lots, final long costUnits, final long marginUnits, final long maintenanceUnits) {
    final long lossUnits = FixedPoint.add(marginUnits, -maintenanceUnits);
    return lots >= 0
        ? FixedPoint.divide(FixedPoint.add(costUnits, -lossUnits), lots, Rounding.CEILING)
        : FixedPoint.divide(FixedPoint.add(-costUnits, lossUnits), -lots, Rounding.FLOOR);
  }

  /** A user's own line, so much of the way from the liquidation price to the entry; towards the entry. */
  public static long bufferedUnits(final long liquidationUnits, final long entryUnits, final long bufferE8) {
    final long way = FixedPoint.add(entryUnits, -liquidationUnits);
    return FixedPoint.add(liquidationUnits, FixedPoint.mulDiv(way, bufferE8, ONE_E8, Rounding.UP));
  }
}
