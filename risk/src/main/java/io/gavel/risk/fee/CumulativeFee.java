package io.gavel.risk.fee;

import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/**
 * Fees that do not depend on how an order is cut into fills: after each fill an order has paid, per liquidity role,
 * {@code ceil(rate x traded amount)} in all. Of the past only the remainder is kept: what was paid beyond
 * {@code rate x traded}, in units of 10^-8, from 0 to below 10^8. Rates are at most 100 %.
 *
 * <p>The cover for an amount N still to be traded is {@code ceil((worst x N - remainders) / 10^8) + 2}: one unit per
 * role, since each role rounds up on its own. It is enough at every step, and falls by at least the fee with each fill:
 * a fill n of at most d out of N, at a rate r of at most the worst, costs x = ceil((r n - R) / 10^8) and leaves
 * R' = x 10^8 - r n + R. Then the new cover is ceil((worst (N - d) - R' - S) / 10^8) + 2
 * = ceil((worst N - worst d + r n - R - S) / 10^8) - x + 2, which is at most the old cover less x.
 */
public final class CumulativeFee {

  public static final int ONE_E8 = 100_000_000;
  public static final long TOO_LARGE = -1;
  private static final long ROLES = 2;

  private CumulativeFee() {
  }

  /** The fee of one fill, {@code ceil((rate x amount - remainder) / 10^8)}; negative is a rebate. */
  public static long feeUnits(final int rateE8, final long amountUnits, final int remainderE8) {
    final long product = rateE8 * amountUnits;
    if (Math.multiplyHigh(rateE8, amountUnits) == product >> 63 && product > ROLES * ONE_E8 - Long.MAX_VALUE) {
      return -Math.floorDiv(remainderE8 - product, ONE_E8);
    }
    final long feeUnits = FixedPoint.mulDiv(rateE8, amountUnits, ONE_E8, Rounding.CEILING);
    return feeUnits - (nextRemainderE8(rateE8, amountUnits, 0, feeUnits) + remainderE8) / ONE_E8;
  }

  /** The remainder after that fill. The terms may wrap, their sum is small and right. */
  public static int nextRemainderE8(
      final int rateE8, final long amountUnits, final int remainderE8, final long feeUnits) {
    return (int) (feeUnits * ONE_E8 - rateE8 * amountUnits + remainderE8);
  }

  /** The rate at which an order may be charged at worst, whatever its fills. */
  public static int worstE8(final int makerFeeE8, final int takerFeeE8) {
    return Math.max(0, Math.max(makerFeeE8, takerFeeE8));
  }

  /**
   * An amount still to be traded and the cover for its fees; no cover when there is no amount or no positive rate.
   *
   * @param remaindersE8 the remainders of the roles with a positive rate, together
   * @return {@link #TOO_LARGE} when it does not fit a long
   */
  public static long withCoverUnits(final int worstE8, final long amountUnits, final int remaindersE8) {
    if (0 == worstE8 || 0 == amountUnits) {
      return amountUnits;
    }
    final long feeUnits = feeUnits(worstE8, amountUnits, remaindersE8);
    return feeUnits > Long.MAX_VALUE - amountUnits - ROLES ? TOO_LARGE : amountUnits + feeUnits + ROLES;
  }

  /** The largest amount that can be traded with so much money, its cover included; at least 0. */
  public static long tradableUnits(final int worstE8, final long moneyUnits) {
    if (0 == worstE8) {
      return moneyUnits;
    }
    return Math.max(0, FixedPoint.mulDiv(Math.max(0, moneyUnits - ROLES), ONE_E8, ONE_E8 + worstE8, Rounding.DOWN));
  }
}
