package io.gavel.risk.liquidation;

import io.gavel.codecs.sbe.Side;
import io.gavel.risk.margin.MarginSchedule;
import io.gavel.risk.margin.Tiers;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/**
 * How much of a position the next liquidation order closes and at which limit: enough to be safe again or to reach the
 * tier below, no more than a share of the position, and no more than the visible book can bear (F-23). Pure; lots,
 * values and costs are at least zero.
 */
public final class LiquidationPlan {

  private static final long ONE_E8 = 100_000_000;
  private static final long ONE_BPS = 10_000;

  private LiquidationPlan() {
  }

  /**
   * By shortage: the fewest lots whose closing at the mark leaves the account with at least its requirement, fees
   * paid; all of them when none is enough.
   *
   * @param notionalUnits of the whole position
   * @param equityUnits of the account
   * @param elsewhereUnits what the account's other positions require
   * @param costE8 what closing costs of the value closed: fees and slippage
   */
  public static long lotsToRestore(
      final MarginSchedule schedule, final long lots, final long notionalUnits, final long equityUnits,
      final long elsewhereUnits, final long costE8) {
    if (isEnough(schedule, lots, 0, notionalUnits, equityUnits, elsewhereUnits, costE8)) {
      return 0;
    }
    long tooFew = 0;
    long enough = lots;
    while (enough - tooFew > 1) {
      final long tried = tooFew + (enough - tooFew) / 2;
      if (isEnough(schedule, lots, tried, notionalUnits, equityUnits, elsewhereUnits, costE8)) {
        enough = tried;
      } else {
        tooFew = tried;
      }
    }
    return enough;
  }

  private static boolean isEnough(
      final MarginSchedule schedule, final long lots, final long closedLots, final long notionalUnits,
      final long equityUnits, final long elsewhereUnits, final long costE8) {
    final long restLots = lots - closedLots;
    final long restUnits = FixedPoint.mulDiv(notionalUnits, restLots, lots, Rounding.CEILING);
    final long costUnits = FixedPoint.mulDiv(notionalUnits - restUnits, costE8, ONE_E8, Rounding.CEILING);
    return equityUnits >= FixedPoint.addSaturating(
        FixedPoint.addSaturating(elsewhereUnits, schedule.maintenanceUnits(restUnits, restLots)), costUnits);
  }

  /** By tier: the fewest lots whose closing takes the position to the tier below; all of them in the lowest. */
  public static long lotsToLowerTier(final MarginSchedule schedule, final long lots, final long notionalUnits) {
    final Tiers tiers = schedule.maintenanceTiers();
    final int index = tiers.indexOf(notionalUnits);
    return 0 == index ? lots
        : lots - FixedPoint.mulDiv(lots, tiers.floorUnits(index), notionalUnits, Rounding.DOWN);
  }

  /**
   * The lots of the next order; 0 when the book is too thin for one.
   *
   * @param wantedLots what would be enough
   * @param partialBps share of the position that one order may close, at least one lot; 0: all of it
   * @param depthLots visible within the collar on the other side
   * @param depthShareBps share of them that one order may take
   */
  public static long orderLots(
      final long lots, final long wantedLots, final long partialBps, final long depthLots, final long depthShareBps) {
    final long partial =
        0 == partialBps ? lots : FixedPoint.mulDiv(lots, Math.min(partialBps, ONE_BPS), ONE_BPS, Rounding.CEILING);
    final long depth = FixedPoint.mulDiv(depthLots, Math.min(depthShareBps, ONE_BPS), ONE_BPS, Rounding.DOWN);
    return Math.min(Math.min(lots, wantedLots), Math.min(partial, depth));
  }

  /** The limit of an order that closes with this side: so far from the mark and no further; at least one tick. */
  public static int limitTicks(
      final Side side, final long markUnits, final int markUnitsPerTick, final int collarBps) {
    final boolean buys = Side.BUY == side;
    final long divisor = ONE_BPS * markUnitsPerTick;
    final long factor = buys ? ONE_BPS + collarBps : Math.max(0, ONE_BPS - collarBps);
    final Rounding rounding = buys ? Rounding.FLOOR : Rounding.CEILING;
    final long ticks = FixedPoint.mulDivFits(markUnits, factor, divisor, rounding)
        ? FixedPoint.mulDiv(markUnits, factor, divisor, rounding) : Integer.MAX_VALUE;
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, ticks));
  }
}
