package io.gavel.engine.algo;

import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/**
 * Resting orders at evenly spaced prices. Prices step by the whole part of range / (count - 1) and the last is exact.
 * Sizes are flat, or grow by half the first from price to price; each is a whole number of steps and at least one, and
 * the remainder goes to the last (which a descending order has first: it is the ascending one turned round).
 */
public final class ScaleOrder {

  private ScaleOrder() {
  }

  /** Price i of the order, i from 0; start and end may be in any unit. */
  public static long price(final long first, final long last, final int count, final int index) {
    if (index == count - 1) {
      return last;
    }
    return first + (last - first) / (count - 1) * index;
  }

  /** Writes the sizes of all prices; their sum is the total exactly. The total is at least count x step. */
  public static void sizes(final long totalLots, final int count, final long stepLots,
      final SizeDistribution distribution, final long[] sizes) {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      final long raw = SizeDistribution.FLAT == distribution ? totalLots / count : growing(totalLots, count, i);
      sizes[i] = Math.max(stepLots, raw - raw % stepLots);
      sum += sizes[i];
    }
    sizes[count - 1] += totalLots - sum;
    // Small orders were raised to a step at the cost of the last, which then borrows from those before it.
    for (int i = count - 1; i > 0 && sizes[i] < stepLots; i--) {
      sizes[i - 1] -= stepLots - sizes[i];
      sizes[i] = stepLots;
    }
    if (SizeDistribution.DESCENDING == distribution) {
      for (int low = 0, high = count - 1; low < high; low++, high--) {
        final long size = sizes[low];
        sizes[low] = sizes[high];
        sizes[high] = size;
      }
    }
  }

  /** Refusals of a scale order; NONE when prices and sizes exist. */
  public static AlgoRefusal check(final boolean sell, final long first, final long last, final int count,
      final long totalLots, final long stepLots) {
    if (count < 2 || count > AlgoSpec.SCALE_MAX) {
      return AlgoRefusal.SCALE_COUNT;
    }
    if (first <= 0 || last <= 0 || (sell ? first >= last : first <= last)) {
      return AlgoRefusal.SCALE_RANGE;
    }
    return stepLots <= 0 || totalLots / count < stepLots ? AlgoRefusal.SCALE_TOTAL_TOO_SMALL : AlgoRefusal.NONE;
  }

  /** Weights 2, 3, 4, ... over a base cut to whole lots, then halved: the divisions of the published model. */
  private static long growing(final long totalLots, final int count, final int index) {
    final long base = FixedPoint.mulDiv(totalLots, 2, count * (count + 3L) / 2, Rounding.FLOOR);
    return FixedPoint.mulDiv(base, 2L + index, 2, Rounding.FLOOR);
  }

  static void open(final Parents parents, final int slot, final AlgoSpec spec, final long[] sizes) {
    final SizeDistribution distribution =
        null == spec.distribution ? SizeDistribution.FLAT : spec.distribution;
    sizes(spec.totalLots, spec.orderCount, Math.max(spec.stepLots, spec.minLots), distribution, sizes);
    for (int i = 0; i < spec.orderCount; i++) {
      parents.side(slot, i, sizes[i]);
    }
    parents.set(slot, Parents.LEGS, spec.orderCount);
  }

  static void plan(final Parents parents, final int slot, final ChildSlice out) {
    final int leg = (int) parents.get(slot, Parents.LEGS_DONE);
    final int legs = (int) parents.get(slot, Parents.LEGS);
    if (leg < legs) {
      final int ticks = (int) price(parents.get(slot, Parents.FIRST_TICKS), parents.get(slot, Parents.LAST_TICKS), legs,
          leg);
      out.place(SliceType.REST, parents.side(slot, leg), ticks, leg);
    } else if (parents.get(slot, Parents.WORKING) > 0) {
      out.pause(SliceReason.ALL_WORKING, parents.get(slot, Parents.END));
    } else {
      out.finish(SliceReason.LEGS_SPENT);
    }
  }

  static void sent(final Parents parents, final int slot) {
    parents.add(slot, Parents.LEGS_DONE, 1);
  }

  /** At once while prices are missing in the book. */
  static long wakeNs(final Parents parents, final int slot, final long nowNs) {
    return parents.get(slot, Parents.LEGS_DONE) < parents.get(slot, Parents.LEGS)
        ? nowNs : parents.get(slot, Parents.END);
  }
}
