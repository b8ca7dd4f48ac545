package io.gavel.engine.algo;

import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/**
 * Legs by a volume curve (F-37): by the end of bucket i, total x cumulative weight / all weights is out, down to whole
 * steps, and all of it in the last bucket. With a forecast a leg is at most its share of what its bucket should trade;
 * the guard is the stronger of the two. The weights are kept summed up, so a leg is one division.
 */
public final class VwapOrder {

  private VwapOrder() {
  }

  /** Lots that are to be out by the end of a bucket; the last bucket has the remainder of all divisions. */
  public static long targetLots(final long totalLots, final long cumulativeWeight, final long allWeights,
      final long stepLots, final boolean last) {
    if (last) {
      return totalLots;
    }
    final long target = FixedPoint.mulDiv(totalLots, cumulativeWeight, allWeights, Rounding.FLOOR);
    return target - target % stepLots;
  }

  /** The most a bucket may send: share x forecast x weight / all weights. */
  public static long guardLots(final long forecastLots, final long weight, final long allWeights, final long shareE8) {
    return FixedPoint.mulDiv(FixedPoint.mulDiv(forecastLots, weight, allWeights, Rounding.FLOOR), shareE8,
        AlgoCheck.ONE_E8, Rounding.FLOOR);
  }

  static void open(final Parents parents, final int slot, final AlgoSpec spec) {
    long sum = 0;
    for (int i = 0; i < spec.curveLength; i++) {
      sum += spec.curve[i];
      parents.side(slot, i, sum);
    }
    parents.set(slot, Parents.LEGS, spec.curveLength);
    final long bucketNs = (spec.endNs - spec.startNs) / spec.curveLength;
    parents.set(slot, Parents.INTERVAL, bucketNs);
    if (0 == spec.lifeNs) {
      parents.set(slot, Parents.LIFE, bucketNs);
    }
  }

  static void plan(final Parents parents, final int slot, final long nowNs, final ChildSlice out) {
    final int legs = (int) parents.get(slot, Parents.LEGS);
    final int leg = (int) parents.legAt(slot, nowNs);
    final boolean last = leg == legs - 1;
    if (!parents.isLegDue(slot, leg, nowNs)) {
      out.pause(SliceReason.NOTHING_DUE, parents.legWakeNs(slot));
      return;
    }
    final long free = parents.free(slot);
    final long all = parents.side(slot, legs - 1);
    final long target = targetLots(parents.get(slot, Parents.TOTAL), parents.side(slot, leg), all,
        parents.get(slot, Parents.STEP), last);
    final long due = Math.min(free, target - (parents.get(slot, Parents.TOTAL) - free));
    if (due <= 0) {
      out.pause(0 == free ? SliceReason.ALL_WORKING : SliceReason.NOTHING_DUE, parents.legEndNs(slot, leg));
      return;
    }
    final boolean guarded = 0 != parents.get(slot, Parents.FORECAST);
    final long room = guarded ? room(parents, slot, leg, all) : Long.MAX_VALUE;
    final long lots = parents.whole(slot, Math.min(due, room), free, !guarded);
    if (lots <= 0 || (lots < parents.get(slot, Parents.MIN) && lots < free)) {
      out.pause(room < due ? SliceReason.PARTICIPATION : SliceReason.BELOW_MINIMUM, parents.legEndNs(slot, leg));
      return;
    }
    out.place(SliceType.TAKE, lots, parents.limitTicks(slot), leg);
  }

  static void sent(final Parents parents, final int slot, final ChildSlice out) {
    final int leg = out.legIndex();
    if (parents.get(slot, Parents.SENT_LEG) != leg) {
      parents.set(slot, Parents.SENT_LEG, leg);
      parents.set(slot, Parents.SENT_LOTS, 0);
    }
    parents.add(slot, Parents.SENT_LOTS, out.lots());
    parents.set(slot, Parents.LEGS_DONE, leg + 1L);
  }

  /** What the guard leaves of this bucket; children that came back unfilled have used it up, too. */
  private static long room(final Parents parents, final int slot, final int leg, final long allWeights) {
    final long weight = parents.side(slot, leg) - (0 == leg ? 0 : parents.side(slot, leg - 1));
    final long sent = parents.get(slot, Parents.SENT_LEG) == leg ? parents.get(slot, Parents.SENT_LOTS) : 0;
    return Math.max(0, guardLots(parents.get(slot, Parents.FORECAST), weight, allWeights,
        parents.get(slot, Parents.SHARE)) - sent);
  }
}
