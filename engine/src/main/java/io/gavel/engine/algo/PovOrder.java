package io.gavel.engine.algo;

import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/**
 * A share of what the market trades (F-38), counted from the start of the window. At no time is our own volume above
 * share x all volume, our own included; {@link VolumeBasis} says how soon it gets there.
 */
public final class PovOrder {

  private PovOrder() {
  }

  /** What we may have traded when the market has traded this much, our own included. */
  public static long targetLots(final VolumeBasis basis, final long marketLots, final long ownLots,
      final long shareE8) {
    if (VolumeBasis.WITH_OWN == basis) {
      return FixedPoint.mulDiv(marketLots, shareE8, AlgoCheck.ONE_E8, Rounding.FLOOR);
    }
    final long others = Math.max(0, marketLots - ownLots);
    final long rest = AlgoCheck.ONE_E8 - shareE8;
    return FixedPoint.mulDivFits(others, shareE8, rest, Rounding.FLOOR)
        ? FixedPoint.mulDiv(others, shareE8, rest, Rounding.FLOOR) : Long.MAX_VALUE;
  }

  static void plan(final Parents parents, final int slot, final long nowNs, final MarketView view,
      final ChildSlice out) {
    final long traded = view.tradedLots(parents.instrumentId(slot));
    final long interval = parents.get(slot, Parents.INTERVAL);
    if (Parents.NOT_YET == parents.get(slot, Parents.BASE_VOLUME)) {
      parents.set(slot, Parents.BASE_VOLUME, traded);
      parents.set(slot, Parents.LAST_NS, nowNs);
    }
    final long readyNs = later(parents, slot, parents.get(slot, Parents.LAST_NS), interval);
    if (nowNs < readyNs) {
      out.pause(SliceReason.NOTHING_DUE, readyNs);
      return;
    }
    final long own = parents.get(slot, Parents.FILLED);
    final VolumeBasis basis = VolumeBasis.OTHERS.ordinal() == parents.get(slot, Parents.BASIS)
        ? VolumeBasis.OTHERS : VolumeBasis.WITH_OWN;
    final long target = targetLots(basis, Math.max(0, traded - parents.get(slot, Parents.BASE_VOLUME)), own,
        parents.get(slot, Parents.SHARE));
    final long free = parents.free(slot);
    final long due = Math.min(free, target - own - parents.get(slot, Parents.WORKING));
    final long lots = due <= 0 ? 0 : parents.whole(slot, due, free, false);
    if (lots <= 0 || (lots < parents.get(slot, Parents.MIN) && lots < free)) {
      out.pause(due <= 0 ? SliceReason.PARTICIPATION : SliceReason.BELOW_MINIMUM,
          later(parents, slot, nowNs, interval));
      return;
    }
    out.place(SliceType.TAKE, lots, parents.limitTicks(slot), 0);
  }

  static long wakeNs(final Parents parents, final int slot) {
    return later(parents, slot, parents.get(slot, Parents.LAST_NS), parents.get(slot, Parents.INTERVAL));
  }

  private static long later(final Parents parents, final int slot, final long fromNs, final long pauseNs) {
    final long end = parents.get(slot, Parents.END);
    return pauseNs >= end - fromNs ? end : fromNs + pauseNs;
  }
}
