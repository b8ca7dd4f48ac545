package io.gavel.engine.route;

import io.gavel.codecs.Invariants;
import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.Side;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/**
 * Splits an order over up to sixteen sources of one instrument: ladders (the internal book, external venues), and pools
 * whose reserves arrive as commands. The plan minimises price + fee + latency penalty for a buy and maximises what is
 * left for a sell; prices are quote units a lot, fees and penalties parts of the amount times 10^8, and each source
 * rounds once, against us. What the sources do not have stays out of the plan.
 *
 * <p>Costs are convex, so the marginal prices of all sources in use are equal at the optimum: their roots are walked
 * from the best on, and whole lots are settled by exact costs. One thread. Routing allocates nothing.
 */
public final class SmartRouter implements StateOwner {

  public static final int SOURCES_MAX = 16;
  public static final int COMPONENT_ID = 82;

  /** Bound on the moves at one step size; a good start needs none or a few. */
  private static final int MOVES_MAX = 256;
  private static final int NONE = -1;

  private final Sources sources;
  private final long[] lots = new long[SOURCES_MAX];
  private final long[] caps = new long[SOURCES_MAX];
  private final long[] costs = new long[SOURCES_MAX];
  private final long[] adds = new long[SOURCES_MAX];
  private final long[] takes = new long[SOURCES_MAX];
  private final int[] heads = new int[SOURCES_MAX];
  private final boolean[] joined = new boolean[SOURCES_MAX];

  // The walk: pools in use, and the lots of levels that are taken whole.
  private int side;
  private long target;
  private long offsets;
  private long weights;
  private long levelLots;
  private boolean rough;

  /** A router for lots of so many base units; a source loses so much of the amount, times 10^8, per millisecond. */
  public SmartRouter(final int levelsMax, final long lotUnits, final long penaltyE8PerMs) {
    Invariants.check(levelsMax > 0 && lotUnits > 0 && lotUnits <= Sources.UNITS_MAX && penaltyE8PerMs >= 0,
        "router out of range", levelsMax, lotUnits);
    sources = new Sources(levelsMax, lotUnits, penaltyE8PerMs);
  }

  /** One side of a ladder, best first: SELL is what is offered, BUY what is bid. No level empties it. */
  public RouteRefusal levels(final int source, final Side bookSide, final long[] priceUnits, final long[] levelSizes,
      final int count, final long feeE8, final long latencyNs) {
    if (Side.BUY != bookSide && Side.SELL != bookSide) {
      return RouteRefusal.SIDE_MISSING;
    }
    return sources.levels(source, Side.SELL == bookSide ? Sources.ASKS : Sources.BIDS, priceUnits, levelSizes, count,
        feeE8, latencyNs);
  }

  /** Reserves of a constant-product pool, its fee taken from what goes in. */
  public RouteRefusal constantProduct(final int source, final long baseUnits, final long quoteUnits, final long feeE8,
      final long latencyNs) {
    return sources.constantProduct(source, baseUnits, quoteUnits, feeE8, latencyNs);
  }

  /** Reserves of a stable-swap pool; the factors turn base and quote units into common ones. */
  public RouteRefusal stableSwap(final int source, final long baseUnits, final long quoteUnits,
      final long amplification, final long baseFactor, final long quoteFactor, final long feeE8,
      final long latencyNs) {
    return sources.stableSwap(source, baseUnits, quoteUnits, amplification, baseFactor, quoteFactor, feeE8, latencyNs);
  }

  /** Takes a source out. */
  public RouteRefusal remove(final int source) {
    if (source < 0 || source >= SOURCES_MAX) {
      return RouteRefusal.SOURCE_OUT_OF_RANGE;
    }
    sources.remove(source);
    return RouteRefusal.NONE;
  }

  /** What so many lots cost at one source (buy) or bring (sell); NONE is -1: more than it trades, or no source. */
  public long amountUnits(final Side orderSide, final int source, final long orderLots) {
    final int book = Side.BUY == orderSide ? Sources.ASKS : Sources.BIDS;
    return orderLots < 0 || orderLots > sources.capLots(book, source)
        ? NONE : sources.amount(book, source, orderLots);
  }

  /** Writes the best split of an order. */
  public RouteRefusal route(final Side orderSide, final long orderLots, final RoutePlan plan) {
    plan.clear();
    if (Side.BUY != orderSide && Side.SELL != orderSide) {
      return RouteRefusal.SIDE_MISSING;
    }
    if (orderLots <= 0) {
      return RouteRefusal.LOTS_NOT_POSITIVE;
    }
    side = Side.BUY == orderSide ? Sources.ASKS : Sources.BIDS;
    final long wanted = begin(orderLots);
    if (0 == wanted) {
      return RouteRefusal.NO_LIQUIDITY;
    }
    walk();
    settle(wanted);
    for (long step = rough ? Long.highestOneBit(wanted) : 1; step > 0; step >>= 1) {
      exchange(step);
    }
    write(plan, wanted);
    return RouteRefusal.NONE;
  }

  @Override
  public int componentId() {
    return COMPONENT_ID;
  }

  @Override
  public String componentName() {
    return "route";
  }

  @Override
  public void save(final SnapshotSink sink) {
    for (int i = 0; i < SOURCES_MAX; i++) {
      if (SourceKind.NONE != sources.kind(i)) {
        sources.save(sink);
        return;
      }
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    sources.load(source);
  }

  /** The lots that can be had of those asked for. */
  private long begin(final long orderLots) {
    long all = 0;
    rough = false;
    for (int i = 0; i < SOURCES_MAX; i++) {
      lots[i] = 0;
      heads[i] = 0;
      joined[i] = false;
      caps[i] = sources.capLots(side, i);
      all += caps[i];
      rough |= SourceKind.STABLE_SWAP == sources.kind(i) && caps[i] > 0;
    }
    final long wanted = Math.min(orderLots, all);
    target = wanted * sources.lotUnits;
    offsets = 0;
    weights = 0;
    levelLots = 0;
    return wanted;
  }

  /** Along the breakpoints, best first, until the lots are there. */
  private void walk() {
    while (true) {
      final int best = bestHead();
      if (NONE == best || (weights > 0 && reaches(headRoot(best), levelLots))) {
        share();
        return;
      }
      if (SourceKind.CONSTANT_PRODUCT == sources.kind(best)) {
        joined[best] = true;
        offsets += sources.poolOffset(side, best);
        weights += sources.poolWeight(side, best);
        continue;
      }
      final long level = sources.levelLots(side, best, heads[best]);
      if (reaches(headRoot(best), levelLots + level)) {
        stopAt(best, level);
        return;
      }
      levelLots += level;
      lots[best] += level;
      heads[best]++;
    }
  }

  /** The source whose next lot is the best; the lower number of two alike. */
  private int bestHead() {
    int best = NONE;
    long bestRoot = 0;
    for (int i = 0; i < SOURCES_MAX; i++) {
      if (!hasHead(i)) {
        continue;
      }
      final long root = headRoot(i);
      if (NONE == best || (Sources.ASKS == side ? root < bestRoot : root > bestRoot)) {
        best = i;
        bestRoot = root;
      }
    }
    return best;
  }

  private boolean hasHead(final int source) {
    return SourceKind.CONSTANT_PRODUCT == sources.kind(source)
        ? !joined[source] && caps[source] > 0 : heads[source] < sources.levelCount(side, source);
  }

  private long headRoot(final int source) {
    return SourceKind.CONSTANT_PRODUCT == sources.kind(source)
        ? sources.poolRoot(side, source) : sources.levelRoot(side, source, heads[source]);
  }

  /** Whether pools up to this root and so many lots of levels are enough; compares 128-bit products. */
  private boolean reaches(final long root, final long fromLevels) {
    final long missing = target - fromLevels * sources.lotUnits;
    if (missing <= 0) {
      return true;
    }
    final long atRoot = Sources.ASKS == side ? offsets - missing : offsets + missing;
    if (0 == weights || atRoot <= 0) {
      return false;
    }
    final long weightHigh = weights >> (Long.SIZE - Sources.ROOT_BITS);
    final long weightLow = weights << Sources.ROOT_BITS;
    final long high = Math.multiplyHigh(atRoot, root);
    final long low = atRoot * root;
    final int order = high == weightHigh ? Long.compareUnsigned(low, weightLow) : Long.compare(high, weightHigh);
    return Sources.ASKS == side ? order >= 0 : order <= 0;
  }

  /** Pools share what levels leave open: one root for all of them. */
  private void share() {
    if (0 == weights) {
      return;
    }
    final long missing = target - levelLots * sources.lotUnits;
    final long reserve = Math.max(0, Sources.ASKS == side ? offsets - missing : offsets + missing);
    for (int i = 0; i < SOURCES_MAX; i++) {
      if (joined[i]) {
        pool(i, FixedPoint.mulDiv(sources.poolWeight(side, i), reserve, weights, Rounding.FLOOR));
      }
    }
  }

  /** Pools go to the root of this level, which takes the rest. */
  private void stopAt(final int source, final long level) {
    final long root = headRoot(source);
    long pooled = 0;
    for (int i = 0; i < SOURCES_MAX; i++) {
      if (joined[i]) {
        final long weight = sources.poolWeight(side, i);
        pool(i, FixedPoint.mulDivFits(weight, 1L << Sources.ROOT_BITS, root, Rounding.FLOOR)
            ? FixedPoint.mulDiv(weight, 1L << Sources.ROOT_BITS, root, Rounding.FLOOR) : Long.MAX_VALUE);
        pooled += lots[i];
      }
    }
    lots[source] += Math.max(0, Math.min(level, target / sources.lotUnits - levelLots - pooled));
  }

  private void pool(final int source, final long reserve) {
    final long offset = sources.poolOffset(side, source);
    final long units = Sources.ASKS == side ? offset - reserve : reserve - offset;
    lots[source] = Math.max(0, Math.min(caps[source], units / sources.lotUnits));
  }

  /** Exactly the lots wanted: the cheapest are added, the dearest given back, in large steps where many are missing. */
  private void settle(final long wanted) {
    long missing = wanted;
    for (int i = 0; i < SOURCES_MAX; i++) {
      missing -= lots[i];
      costs[i] = cost(i, lots[i]);
    }
    rough |= Math.abs(missing) > 2 * SOURCES_MAX;
    while (0 != missing) {
      final boolean adding = missing > 0;
      final long step = Math.max(1, Math.abs(missing) / SOURCES_MAX);
      int best = NONE;
      long bestCost = 0;
      long bestStep = 0;
      for (int i = 0; i < SOURCES_MAX; i++) {
        final long move = Math.min(step, adding ? caps[i] - lots[i] : lots[i]);
        if (move <= 0) {
          continue;
        }
        final long change = cost(i, adding ? lots[i] + move : lots[i] - move) - costs[i];
        // Steps may differ at the end of a source; what counts is the change per lot.
        if (NONE == best || isLess(change, move, bestCost, bestStep)) {
          best = i;
          bestCost = change;
          bestStep = move;
        }
      }
      lots[best] += adding ? bestStep : -bestStep;
      costs[best] += bestCost;
      missing -= adding ? bestStep : -bestStep;
    }
  }

  private static boolean isLess(final long change, final long step, final long other, final long otherStep) {
    if (step == otherStep) {
      return change < other;
    }
    return FixedPoint.divide(change, step, Rounding.FLOOR) < FixedPoint.divide(other, otherStep, Rounding.FLOOR);
  }

  /** Moves so many lots from the dearest source to the cheapest while that gains. */
  private void exchange(final long step) {
    for (int i = 0; i < SOURCES_MAX; i++) {
      marginals(i, step);
    }
    for (int moves = 0; moves < MOVES_MAX; moves++) {
      int to = NONE;
      int from = NONE;
      for (int i = 0; i < SOURCES_MAX; i++) {
        to = Long.MAX_VALUE != adds[i] && (NONE == to || adds[i] < adds[to]) ? i : to;
        from = Long.MIN_VALUE != takes[i] && (NONE == from || takes[i] > takes[from]) ? i : from;
      }
      if (NONE == to || NONE == from || to == from || adds[to] >= takes[from]) {
        return;
      }
      move(to, step);
      move(from, -step);
      marginals(to, step);
      marginals(from, step);
    }
  }

  private void move(final int source, final long change) {
    costs[source] += change > 0 ? adds[source] : -takes[source];
    lots[source] += change;
  }

  /** What one step more would cost at a source, and what one step less would save. */
  private void marginals(final int source, final long step) {
    adds[source] = caps[source] - lots[source] >= step
        ? cost(source, lots[source] + step) - costs[source] : Long.MAX_VALUE;
    takes[source] = lots[source] >= step
        ? costs[source] - cost(source, lots[source] - step) : Long.MIN_VALUE;
  }

  private long cost(final int source, final long sourceLots) {
    return 0 == sourceLots ? 0
        : sources.objective(side, source, sources.amount(side, source, sourceLots));
  }

  private void write(final RoutePlan plan, final long wanted) {
    long sum = 0;
    for (int i = 0; i < SOURCES_MAX; i++) {
      if (lots[i] > 0) {
        plan.lots[i] = lots[i];
        plan.amounts[i] = sources.amount(side, i, lots[i]);
        plan.totalUnits += plan.amounts[i];
        plan.totalObjective += Sources.ASKS == side ? costs[i] : -costs[i];
        sum += lots[i];
      }
    }
    Invariants.check(sum == wanted, "plan differs from what was wanted", sum, wanted);
    plan.totalLots = sum;
  }
}
