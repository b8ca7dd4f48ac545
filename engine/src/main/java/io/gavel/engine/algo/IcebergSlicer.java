package io.gavel.engine.algo;

import io.gavel.codecs.Invariants;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/**
 * Shows a small part of an order and refills it when it has traded; for places whose book has no icebergs of its own.
 * A part that would leave less than a slice takes the rest along.
 */
public final class IcebergSlicer {

  private IcebergSlicer() {
  }

  /** Lots to add to what is shown; 0 while more than the refresh level is left of it. */
  public static long refillLots(final long displayLots, final long refreshLots, final long shownLots,
      final long hiddenLots) {
    return shownLots > refreshLots ? 0 : Math.max(0, Math.min(displayLots - shownLots, hiddenLots));
  }

  /**
   * How venues that fill hidden reserves in proportion share out an order beyond what was shown: by what each has left,
   * down, and what the divisions leave goes by time priority. What no reserve can take is returned.
   */
  public static long shareOut(final long[] remainingLots, final int count, final long incomingLots,
      final long[] fillLots) {
    long all = 0;
    for (int i = 0; i < count; i++) {
      Invariants.check(remainingLots[i] >= 0, "reserve is negative", i, remainingLots[i]);
      all = FixedPoint.add(all, remainingLots[i]);
    }
    final long crossed = Math.min(all, incomingLots);
    long left = crossed;
    for (int i = 0; i < count; i++) {
      fillLots[i] = 0 == all ? 0 : FixedPoint.mulDiv(remainingLots[i], crossed, all, Rounding.FLOOR);
      left -= fillLots[i];
    }
    for (int i = 0; i < count && left > 0; i++) {
      final long more = Math.min(left, remainingLots[i] - fillLots[i]);
      fillLots[i] += more;
      left -= more;
    }
    return incomingLots - crossed;
  }

  static void plan(final Parents parents, final int slot, final long nowNs, final ChildSlice out) {
    final long end = parents.get(slot, Parents.END);
    final long free = parents.free(slot);
    final long refill = refillLots(parents.get(slot, Parents.DISPLAY), parents.get(slot, Parents.REFRESH),
        parents.get(slot, Parents.WORKING), free);
    if (0 == refill) {
      out.pause(SliceReason.ALL_WORKING, end);
      return;
    }
    final long lastNs = parents.get(slot, Parents.LAST_NS);
    final long readyNs = lastNs < 0 ? nowNs : lastNs + Math.min(parents.get(slot, Parents.INTERVAL), end - lastNs);
    if (nowNs < readyNs) {
      out.pause(SliceReason.NOTHING_DUE, readyNs);
      return;
    }
    final long lots = parents.whole(slot, refill, free, true);
    if (lots <= 0 || (lots < parents.get(slot, Parents.MIN) && lots < free)) {
      out.pause(SliceReason.BELOW_MINIMUM, end);
      return;
    }
    out.place(SliceType.REST, lots, parents.limitTicks(slot), (int) parents.get(slot, Parents.LEGS_DONE));
  }

  static void sent(final Parents parents, final int slot) {
    parents.add(slot, Parents.LEGS_DONE, 1);
  }
}
