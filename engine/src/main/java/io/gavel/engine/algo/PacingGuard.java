package io.gavel.engine.algo;

import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/**
 * Keeps a slice from sweeping the book: it takes at most a share of the depth visible within its limit per interval,
 * and its limit is never further from the reference than the collar. What does not fit waits.
 */
public final class PacingGuard {

  private PacingGuard() {
  }

  /** What may still be taken of a depth in an interval in which something was taken already. */
  public static long allowance(final long depthLots, final long shareE8, final long takenLots) {
    return Math.max(0, FixedPoint.mulDiv(depthLots, shareE8, AlgoCheck.ONE_E8, Rounding.FLOOR) - takenLots);
  }

  /** Narrows a slice that takes, or makes it wait. */
  static void apply(final Parents parents, final int slot, final long nowNs, final MarketView view,
      final ChildSlice out) {
    final boolean collared = 0 != parents.get(slot, Parents.COLLAR);
    final boolean paced = 0 != parents.get(slot, Parents.DEPTH_SHARE);
    if (SliceType.TAKE != out.type() || (!collared && !paced)) {
      return;
    }
    int limit = out.limitTicks();
    final int instrumentId = parents.instrumentId(slot);
    if (collared) {
      final long reference = view.referenceUnits(instrumentId);
      if (reference <= 0) {
        out.pause(SliceReason.NO_REFERENCE, parents.retryNs(slot, nowNs));
        return;
      }
      final int collar = SlicePrice.collar(parents.isSell(slot), reference, view.unitsPerTick(instrumentId),
          parents.get(slot, Parents.COLLAR));
      if (SlicePrice.NONE == collar) {
        out.pause(SliceReason.COLLAR, parents.retryNs(slot, nowNs));
        return;
      }
      limit = SlicePrice.tighter(parents.isSell(slot), collar, limit);
    }
    final long depth = view.depthLots(instrumentId, parents.takerSide(slot), limit);
    final long allowed = paced
        ? allowance(depth, parents.get(slot, Parents.DEPTH_SHARE), taken(parents, slot, nowNs)) : depth;
    final long available = SliceAction.REPLACE == out.action() ? parents.unfilled(slot) : parents.free(slot);
    final long lots = parents.whole(slot, Math.min(out.lots(), allowed), available, false);
    if (lots <= 0 || (lots < parents.get(slot, Parents.MIN) && lots < available)) {
      out.pause(0 == depth && collared ? SliceReason.COLLAR : SliceReason.DEPTH, wakeNs(parents, slot, nowNs));
      return;
    }
    narrow(out, lots, limit);
  }

  private static void narrow(final ChildSlice out, final long lots, final int limitTicks) {
    if (SliceAction.REPLACE == out.action()) {
      out.replace(out.type(), lots, limitTicks, out.legIndex());
    } else {
      out.place(out.type(), lots, limitTicks, out.legIndex());
    }
  }

  /** Counts what was let through. */
  static void sent(final Parents parents, final int slot, final long nowNs, final long lots) {
    if (0 != parents.get(slot, Parents.DEPTH_SHARE)) {
      final long already = taken(parents, slot, nowNs);
      parents.set(slot, Parents.PACED_INTERVAL, interval(parents, slot, nowNs));
      parents.set(slot, Parents.PACED_LOTS, already + lots);
    }
  }

  private static long taken(final Parents parents, final int slot, final long nowNs) {
    return interval(parents, slot, nowNs) == parents.get(slot, Parents.PACED_INTERVAL)
        ? parents.get(slot, Parents.PACED_LOTS) : 0;
  }

  private static long interval(final Parents parents, final int slot, final long nowNs) {
    return (nowNs - parents.get(slot, Parents.START)) / parents.get(slot, Parents.PACING);
  }

  /** The next pacing interval if there is one, so that a share is used as soon as it is there. */
  private static long wakeNs(final Parents parents, final int slot, final long nowNs) {
    if (0 == parents.get(slot, Parents.DEPTH_SHARE)) {
      return parents.retryNs(slot, nowNs);
    }
    final long start = parents.get(slot, Parents.START);
    final long passed = interval(parents, slot, nowNs) * parents.get(slot, Parents.PACING);
    final long left = parents.get(slot, Parents.END) - start - passed;
    return parents.get(slot, Parents.PACING) >= left
        ? parents.get(slot, Parents.END) : start + passed + parents.get(slot, Parents.PACING);
  }
}
