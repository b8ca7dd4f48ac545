package io.gavel.risk.liquidation;

import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/** How fast a house sells what it took over (F-23): a share of it at each step, and no more than the book can bear. */
public final class DisposalSchedule {

  private DisposalSchedule() {
  }

  /**
   * The lots of the next step; all numbers are at least zero, shares in 10^-8.
   *
   * @param shareE8 of the position that a step may take, rounded up
   * @param fullLots a position of so many lots goes at once
   * @param depthShareE8 of the visible lots in range that a step may take, rounded down
   */
  public static long stepLots(
      final long lots, final long shareE8, final long fullLots, final long depthLots, final long depthShareE8) {
    final long one = 100_000_000;
    final long wanted = lots <= fullLots ? lots : FixedPoint.mulDiv(lots, shareE8, one, Rounding.CEILING);
    return Math.min(wanted, FixedPoint.mulDiv(depthLots, depthShareE8, one, Rounding.DOWN));
  }
}
