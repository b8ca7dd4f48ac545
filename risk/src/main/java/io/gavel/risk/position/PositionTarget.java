package io.gavel.risk.position;

import io.gavel.risk.fee.CumulativeFee;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/**
 * At which price a position has made, or lost, so much: F-01 and F-02 solved for the price on the engine's own
 * integers, the fee of closing and, at the worst rate, that of opening taken off. The answer is a tick at which closing
 * all of it leaves at least the amount, the farthest from profit that does. Prices in ticks, lots signed as a position,
 * cost and amounts in settle units. Allocates nothing, at most 32 steps.
 */
public final class PositionTarget {

  /** No price brings it. */
  public static final int NULL_TICKS = 0;

  private static final int TICKS_MAX = Integer.MAX_VALUE - 1;
  private static final long WORTH_MAX = Long.MAX_VALUE / 4;
  private static final long ONE_E8 = CumulativeFee.ONE_E8;

  private PositionTarget() {
  }

  /**
   * The price of a result.
   *
   * @param resultUnits a profit above zero, a loss below
   * @return for a long the lowest tick with at least that result, for a short the highest; NULL_TICKS: there is none
   */
  public static int ticks(
      final Instrument instrument, final long lots, final long costUnits, final long resultUnits) {
    if (0 == lots) {
      return NULL_TICKS;
    }
    final boolean isLong = lots > 0;
    int low = 1;
    int high = TICKS_MAX;
    while (low < high) {
      final int middle = isLong ? low + (high - low) / 2 : low + (high - low + 1) / 2;
      final boolean enough = resultUnits(instrument, lots, costUnits, middle) >= resultUnits;
      if (isLong && enough) {
        high = middle;
      } else if (isLong) {
        low = middle + 1;
      } else if (enough) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return resultUnits(instrument, lots, costUnits, low) >= resultUnits ? low : NULL_TICKS;
  }

  /** What closing all of a position at a price leaves, fees of both ends at the worst rate taken off. */
  public static long resultUnits(
      final Instrument instrument, final long lots, final long costUnits, final int priceTicks) {
    final boolean owns = lots > 0 != instrument.isInverse();
    final long worthUnits = instrument.notionalFits(priceTicks, Math.abs(lots))
        ? Math.min(WORTH_MAX, instrument.notionalUnits(priceTicks, Math.abs(lots))) : WORTH_MAX;
    final long feeUnits = FixedPoint.addSaturating(feeUnits(instrument, worthUnits),
        feeUnits(instrument, Math.min(WORTH_MAX, Math.abs(costUnits))));
    final long gainUnits = FixedPoint.addSaturating(owns ? worthUnits : -worthUnits, -costUnits);
    return FixedPoint.addSaturating(gainUnits, -feeUnits);
  }

  /**
   * A share of a position in whole lots, half a lot rounded up, at least one and never more than there is: what
   * protects a position must not vanish before it does.
   */
  public static long shareLots(final long positionLots, final int shareE8) {
    if (positionLots <= 0) {
      return 0;
    }
    final long lots = FixedPoint.mulDiv(positionLots, shareE8, ONE_E8, Rounding.DOWN);
    // Less than a lot and 10^8 of them: the rest of the division fits a long whatever wraps on the way.
    final long rest = positionLots * shareE8 - lots * ONE_E8;
    return Math.max(1, Math.min(positionLots, lots + (2 * rest >= ONE_E8 ? 1 : 0)));
  }

  private static long feeUnits(final Instrument instrument, final long worthUnits) {
    return FixedPoint.mulDiv(worthUnits,
        CumulativeFee.worstE8(instrument.makerFeeE8(), instrument.takerFeeE8()), ONE_E8, Rounding.CEILING);
  }
}
