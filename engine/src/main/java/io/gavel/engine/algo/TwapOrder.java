package io.gavel.engine.algo;

import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/**
 * Equal legs over time (F-35). A leg is what is left over the legs left, rounded up to a lot and down to a step, at
 * most three times an original leg; what a leg did not sell rolls forward. Legs missed altogether count as gone.
 */
public final class TwapOrder {

  /** A late leg is at most this many original ones. */
  public static final int CATCH_UP_MAX = 3;

  private TwapOrder() {
  }

  /** Legs of a duration; 0 for an interval that is not positive or longer than the duration. */
  public static long legs(final long duration, final long interval) {
    return interval <= 0 || duration < interval ? 0 : duration / interval;
  }

  /** Lots of the next leg; 0 when nothing or no leg is left, or when it would be less than a step. */
  public static long legLots(final long totalLots, final long legs, final long remainingLots, final long remainingLegs,
      final long stepLots) {
    if (totalLots <= 0 || legs <= 0 || remainingLots <= 0 || remainingLegs <= 0 || stepLots <= 0) {
      return 0;
    }
    final long share = FixedPoint.divide(remainingLots, remainingLegs, Rounding.CEILING);
    final long original = FixedPoint.divide(totalLots, legs, Rounding.CEILING);
    final long cap = original > Long.MAX_VALUE / CATCH_UP_MAX ? Long.MAX_VALUE : original * CATCH_UP_MAX;
    final long lots = Math.min(share, cap);
    return lots - lots % stepLots;
  }

  /** Legs that would be smaller than the smallest slice become fewer and longer ones. */
  static void open(final Parents parents, final int slot) {
    final long duration = parents.get(slot, Parents.END) - parents.get(slot, Parents.START);
    final long asked = legs(duration, parents.get(slot, Parents.INTERVAL));
    final long worthwhile = parents.get(slot, Parents.TOTAL) / parents.get(slot, Parents.MIN);
    final long legs = Math.min(asked, worthwhile);
    parents.set(slot, Parents.LEGS, legs);
    if (legs < asked) {
      parents.set(slot, Parents.INTERVAL, duration / legs);
    }
    if (0 == parents.get(slot, Parents.LIFE)) {
      parents.set(slot, Parents.LIFE, parents.get(slot, Parents.INTERVAL));
    }
  }

  static void plan(final Parents parents, final int slot, final long nowNs, final MarketView view,
      final ChildSlice out) {
    final long leg = parents.legAt(slot, nowNs);
    final long legs = parents.get(slot, Parents.LEGS);
    final boolean last = leg == legs - 1;
    if (!parents.isLegDue(slot, leg, nowNs)) {
      out.pause(SliceReason.NOTHING_DUE, parents.legWakeNs(slot));
      return;
    }
    final long free = parents.free(slot);
    if (0 == free) {
      out.pause(SliceReason.ALL_WORKING, parents.legEndNs(slot, leg));
      return;
    }
    final int instrumentId = parents.instrumentId(slot);
    int limit = parents.limitTicks(slot);
    if (0 != parents.get(slot, Parents.TOLERANCE)) {
      final long reference = view.referenceUnits(instrumentId);
      if (reference <= 0) {
        out.pause(SliceReason.NO_REFERENCE, parents.retryNs(slot, nowNs));
        return;
      }
      limit = SlicePrice.withinTolerance(parents.isSell(slot), reference, view.unitsPerTick(instrumentId),
          parents.get(slot, Parents.TOLERANCE), limit);
    }
    final long lots = last && parents.mustFinish(slot) ? free
        : parents.whole(slot, legLots(parents.get(slot, Parents.TOTAL), legs, free, legs - leg,
            parents.get(slot, Parents.STEP)), free, true);
    if (lots < parents.get(slot, Parents.MIN) && lots < free) {
      out.pause(SliceReason.BELOW_MINIMUM, parents.legEndNs(slot, leg));
      return;
    }
    out.place(SliceType.TAKE, lots, limit, (int) leg);
  }

  static void sent(final Parents parents, final int slot, final ChildSlice out) {
    parents.set(slot, Parents.LEGS_DONE, out.legIndex() + 1L);
  }
}
