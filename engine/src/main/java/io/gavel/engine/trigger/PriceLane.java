package io.gavel.engine.trigger;

import io.gavel.risk.price.MeldHeap;
import io.gavel.risk.price.PriceWatch;
import org.jspecify.annotations.Nullable;

/**
 * Everything that waits for one price source of one instrument. Rising levels are compared with the floor of the price
 * and falling ones with its ceiling, so that a price between two ticks never fires early; a floor or ceiling of 0 is
 * undefined and reaches nobody.
 */
final class PriceLane {

  private final LegTable legs;
  private final RuleTable rules;
  private final PriceWatch rising;
  private final PriceWatch falling;
  /** Legs that were crossed when armed: rising ones wait for a floor below, falling ones for a ceiling above. */
  private final PriceWatch crossedRising;
  private final PriceWatch crossedFalling;
  private final TrailingStops sells;
  private final TrailingStops buys;
  /** Trailing stops that follow in steps; none until the first one comes. */
  private @Nullable RatchetStops steppedSells;
  private @Nullable RatchetStops steppedBuys;

  PriceLane(final MeldHeap heap, final LegTable legs, final RuleTable rules) {
    this.legs = legs;
    this.rules = rules;
    rising = PriceWatch.rising(heap);
    falling = PriceWatch.falling(heap);
    crossedRising = PriceWatch.falling(heap);
    crossedFalling = PriceWatch.rising(heap);
    sells = new TrailingStops(true, heap, legs);
    buys = new TrailingStops(false, heap, legs);
  }

  static boolean isCrossed(final boolean isRising, final int levelTicks, final int floorTicks, final int ceilTicks) {
    return isRising ? floorTicks >= levelTicks && floorTicks > 0 : ceilTicks <= levelTicks && ceilTicks > 0;
  }

  int growths() {
    return sells.growths() + buys.growths() + (null == steppedSells ? 0 : steppedSells.growths())
        + (null == steppedBuys ? 0 : steppedBuys.growths());
  }

  /** A leg with a level or a trail enters its index; one that is already crossed here waits for the other side. */
  void enter(final int leg, final int floorTicks, final int ceilTicks) {
    if (legs.isTrailing(leg)) {
      enterTrailing(leg, floorTicks, ceilTicks);
    } else {
      final boolean crossed = isCrossed(isRising(leg), legs.watchedTicks(leg), floorTicks, ceilTicks);
      restore(leg, crossed ? LegPhase.WAITING : LegPhase.LIVE);
    }
  }

  /** A leg enters in a phase that is known; a trailing one with the extremum that it left with. */
  void restore(final int leg, final LegPhase phase) {
    legs.phase(leg, phase);
    legs.indexed(leg, true);
    switch (phase) {
      case LIVE -> (isRising(leg) ? rising : falling).add(leg, legs.watchedTicks(leg));
      case DORMANT -> (isSell(leg) ? rising : falling).add(leg, legs.watchedTicks(leg));
      case TRACKING -> {
        trackWaiting(leg);
        resume(leg);
      }
      case WAITING -> {
        int level = legs.watchedTicks(leg);
        if (legs.isTrailing(leg)) {
          trackWaiting(leg);
          level = levelTicks(leg, legs.extremumTicks(leg));
        }
        (isRising(leg) ? crossedRising : crossedFalling).add(leg, level);
      }
      default -> legs.indexed(leg, false);
    }
  }

  /** A leg leaves its index; its phase and extremum stay as they were. */
  void leave(final int leg) {
    legs.indexed(leg, false);
    switch (legs.phase(leg)) {
      case LIVE -> (isRising(leg) ? rising : falling).remove(leg);
      case DORMANT -> (isSell(leg) ? rising : falling).remove(leg);
      case TRACKING -> {
        legs.extremumTicks(leg, extremumTicks(leg));
        removeTracking(leg);
      }
      case WAITING -> {
        (isRising(leg) ? crossedRising : crossedFalling).remove(leg);
        if (legs.isTrailing(leg)) {
          legs.extremumTicks(leg, extremumTicks(leg));
          removeWaiting(leg);
        }
      }
      default -> { }
    }
  }

  /** A trailing stop that tracks, or waits crossed, gets another distance; its group and extremum stay. */
  void distance(final int leg, final int ratioE8, final int spreadTicks, final boolean waits) {
    if (LegPhase.TRACKING == legs.phase(leg)) {
      suspend(leg);
    } else {
      (isRising(leg) ? crossedRising : crossedFalling).remove(leg);
    }
    legs.distance(leg, ratioE8, spreadTicks);
    if (waits) {
      legs.phase(leg, LegPhase.WAITING);
      (isRising(leg) ? crossedRising : crossedFalling).add(leg, levelTicks(leg, extremumTicks(leg)));
    } else {
      legs.phase(leg, LegPhase.TRACKING);
      resume(leg);
    }
  }

  /** The extremum of a trailing stop that is a member of a group, in ticks; 0 while there was no price. */
  int extremumTicks(final int leg) {
    final int extremum = isStepped(leg) ? stepped(leg).extremumOf(leg) : stops(leg).extremumOf(leg);
    return TrailLevel.NEVER == extremum ? 0 : TrailLevel.mirror(isSell(leg), extremum);
  }

  /** Level of a trailing stop at an extremum in ticks; 0 when no price can reach it. */
  int levelTicks(final int leg, final int extremumTicks) {
    return TrailLevel.ticksAt(isSell(leg), extremumTicks, legs.distance(leg), legs.isByRatio(leg));
  }

  /** Takes out every leg that this price reaches, in firing order. Returns the number of legs and groups looked at. */
  long print(final int floorTicks, final int ceilTicks, final Candidates reached) {
    long examined = raise(floorTicks, ceilTicks);
    examined += releaseCrossed(floorTicks, ceilTicks);
    if (floorTicks > 0) {
      examined += pollWatch(rising, floorTicks, true, reached);
      examined += pollStops(buys, -floorTicks, true, reached);
      examined += null == steppedBuys ? 0 : pollStepped(steppedBuys, -floorTicks, true, reached);
    }
    reached.sortFrom(0);
    final int turn = reached.size();
    if (ceilTicks > 0) {
      examined += pollWatch(falling, ceilTicks, false, reached);
      examined += pollStops(sells, ceilTicks, false, reached);
      examined += null == steppedSells ? 0 : pollStepped(steppedSells, ceilTicks, false, reached);
    }
    reached.sortFrom(turn);
    return examined;
  }

  /** Whether a leg that has left would be reached by this price, had it stayed. */
  boolean wouldFire(final int leg, final int floorTicks, final int ceilTicks) {
    final LegPhase phase = legs.phase(leg);
    if (LegPhase.LIVE == phase) {
      return isCrossed(isRising(leg), legs.watchedTicks(leg), floorTicks, ceilTicks);
    }
    final int level = LegPhase.TRACKING == phase ? levelTicks(leg, legs.extremumTicks(leg)) : 0;
    return level > 0 && isCrossed(isRising(leg), level, floorTicks, ceilTicks);
  }

  /** Whether the leg fires on a price that rises to its level; else on one that falls to it. */
  boolean isRising(final int leg) {
    return legs.isStop(leg) != isSell(leg);
  }

  private void enterTrailing(final int leg, final int floorTicks, final int ceilTicks) {
    final boolean sell = isSell(leg);
    final int activation = legs.watchedTicks(leg);
    if (0 != activation && !isCrossed(sell, activation, floorTicks, ceilTicks)) {
      restore(leg, LegPhase.DORMANT);
    } else {
      legs.extremumTicks(leg, sell ? floorTicks : ceilTicks);
      restore(leg, LegPhase.TRACKING);
    }
  }

  private long raise(final int floorTicks, final int ceilTicks) {
    long examined = 0;
    if (floorTicks > 0 && !sells.isEmpty()) {
      examined += sells.raise(floorTicks);
    }
    if (ceilTicks > 0 && !buys.isEmpty()) {
      examined += buys.raise(-ceilTicks);
    }
    if (floorTicks > 0 && null != steppedSells) {
      examined += 1 + steppedSells.raise(floorTicks);
    }
    if (ceilTicks > 0 && null != steppedBuys) {
      examined += 1 + steppedBuys.raise(-ceilTicks);
    }
    return examined;
  }

  private long releaseCrossed(final int floorTicks, final int ceilTicks) {
    long examined = crossedRising.isEmpty() ? 0 : 1;
    examined += crossedFalling.isEmpty() ? 0 : 1;
    if (floorTicks > 0 && floorTicks < Integer.MAX_VALUE) {
      int leg = crossedRising.poll(floorTicks + 1);
      while (PriceWatch.NULL_NODE != leg) {
        release(leg);
        examined++;
        leg = crossedRising.poll(floorTicks + 1);
      }
    }
    if (ceilTicks > 1) {
      int leg = crossedFalling.poll(ceilTicks - 1);
      while (PriceWatch.NULL_NODE != leg) {
        release(leg);
        examined++;
        leg = crossedFalling.poll(ceilTicks - 1);
      }
    }
    return examined;
  }

  private void release(final int leg) {
    if (legs.isTrailing(leg)) {
      legs.phase(leg, LegPhase.TRACKING);
      resume(leg);
    } else {
      restore(leg, LegPhase.LIVE);
    }
  }

  private long pollWatch(final PriceWatch watch, final int priceTicks, final boolean isRising,
      final Candidates reached) {
    long examined = watch.isEmpty() ? 0 : 1;
    int leg = watch.poll(priceTicks);
    while (PriceWatch.NULL_NODE != leg) {
      examined++;
      if (LegPhase.DORMANT == legs.phase(leg)) {
        legs.extremumTicks(leg, priceTicks);
        restore(leg, LegPhase.TRACKING);
      } else {
        legs.indexed(leg, false);
        reached.add(leg, legs.watchedTicks(leg), isRising);
      }
      leg = watch.poll(priceTicks);
    }
    return examined;
  }

  private long pollStops(final TrailingStops stops, final int price, final boolean isRising, final Candidates reached) {
    long examined = stops.isEmpty() ? 0 : 1;
    int leg = stops.poll(price);
    while (TrailingStops.NULL_LEG != leg) {
      examined++;
      legs.indexed(leg, false);
      reached.add(leg, levelTicks(leg, legs.extremumTicks(leg)), isRising);
      leg = stops.poll(price);
    }
    return examined;
  }

  private long pollStepped(
      final RatchetStops stops, final int price, final boolean isRising, final Candidates reached) {
    long examined = 1;
    int leg = stops.poll(price);
    while (RatchetStops.NULL_LEG != leg) {
      examined++;
      legs.indexed(leg, false);
      reached.add(leg, levelTicks(leg, legs.extremumTicks(leg)), isRising);
      leg = stops.poll(price);
    }
    return examined;
  }

  private void trackWaiting(final int leg) {
    if (isStepped(leg)) {
      stepped(leg).trackWaiting(leg, leftExtremum(leg));
    } else {
      stops(leg).trackWaiting(leg, leftExtremum(leg));
    }
  }

  private void resume(final int leg) {
    if (isStepped(leg)) {
      stepped(leg).resume(leg);
    } else {
      stops(leg).resume(leg);
    }
  }

  private void suspend(final int leg) {
    if (isStepped(leg)) {
      stepped(leg).suspend(leg);
    } else {
      stops(leg).suspend(leg);
    }
  }

  private void removeTracking(final int leg) {
    if (isStepped(leg)) {
      stepped(leg).remove(leg);
    } else {
      stops(leg).remove(leg);
    }
  }

  private void removeWaiting(final int leg) {
    if (isStepped(leg)) {
      stepped(leg).removeWaiting(leg);
    } else {
      stops(leg).removeWaiting(leg);
    }
  }

  private boolean isStepped(final int leg) {
    return 0 != legs.ratchetTicks(leg);
  }

  /** Where legs with a step are, made when the first of them comes. */
  private RatchetStops stepped(final int leg) {
    final boolean sell = isSell(leg);
    RatchetStops found = sell ? steppedSells : steppedBuys;
    if (null == found) {
      found = new RatchetStops(sell, legs);
      if (sell) {
        steppedSells = found;
      } else {
        steppedBuys = found;
      }
    }
    return found;
  }

  private int leftExtremum(final int leg) {
    return TrailLevel.extremum(isSell(leg), legs.extremumTicks(leg));
  }

  private TrailingStops stops(final int leg) {
    return isSell(leg) ? sells : buys;
  }

  private boolean isSell(final int leg) {
    return TrailLevel.isSell(rules.side(LegTable.ruleSlot(leg)));
  }
}
