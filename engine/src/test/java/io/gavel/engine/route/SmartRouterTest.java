package io.gavel.engine.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.gavel.codecs.sbe.Side;
import io.gavel.engine.SavedLongs;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Goal: no split is better than the plan. Method: every split of thousands of small cases, and for large ones the plan
 * of a router that adds one lot at a time; amounts again in BigInteger.
 */
class SmartRouterTest {

  private static final long SEED = 2_0027;
  private static final int SMALL_CASES = 12_000;
  private static final int LARGE_CASES = 400;
  private static final long PENALTY_PER_MS = 10_000;
  private static final long ONE_E8 = 100_000_000;

  private final Random random = new Random(SEED);
  private final RoutePlan plan = new RoutePlan();
  private final long[] latencies = new long[SmartRouter.SOURCES_MAX];

  /** A source as the test knows it; nobody compares two. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Source(SourceKind kind, long[][] prices, long[][] lots, long base, long quote, long feeE8,
      long latencyNs) {

    RouteRefusal addTo(final SmartRouter router, final int index) {
      if (SourceKind.CONSTANT_PRODUCT == kind) {
        return router.constantProduct(index, base, quote, feeE8, latencyNs);
      }
      if (SourceKind.STABLE_SWAP == kind) {
        return router.stableSwap(index, base, quote, 85, 1, 1, feeE8, latencyNs);
      }
      router.levels(index, Side.SELL, prices[0], lots[0], lots[0].length, feeE8, latencyNs);
      return router.levels(index, Side.BUY, prices[1], lots[1], lots[1].length, feeE8, latencyNs);
    }

    /** In BigInteger: what a ladder or a constant-product pool takes or pays. */
    BigInteger amount(final boolean buy, final long count, final long lotUnits) {
      if (SourceKind.LEVELS == kind) {
        BigInteger units = BigInteger.ZERO;
        long left = count;
        for (int i = 0; left > 0; i++) {
          final long taken = Math.min(left, lots[buy ? 0 : 1][i]);
          units = units.add(big(prices[buy ? 0 : 1][i]).multiply(big(taken)));
          left -= taken;
        }
        final BigInteger fee = units.multiply(big(feeE8)).add(big(ONE_E8 - 1)).divide(big(ONE_E8));
        return buy ? units.add(fee) : units.subtract(fee);
      }
      final BigInteger q = big(count).multiply(big(lotUnits));
      final BigInteger keep = big(ONE_E8 - feeE8);
      if (buy) {
        return big(quote).multiply(q).multiply(big(ONE_E8)).divide(big(base).subtract(q).multiply(keep))
            .add(BigInteger.ONE);
      }
      return q.multiply(keep).multiply(big(quote)).divide(big(base).multiply(big(ONE_E8)).add(q.multiply(keep)));
    }
  }

  @Test
  void shouldFindTheBestOfEverySplitOfSmallCases() {
    System.out.println("SmartRouterTest seed=" + SEED);
    long worst = 0;
    int exact = 0;
    int routed = 0;
    long splits = 0;
    for (int i = 0; i < SMALL_CASES; i++) {
      final long lotUnits = 1L + random.nextInt(5);
      final SmartRouter router = new SmartRouter(4, lotUnits, PENALTY_PER_MS);
      final int count = 2 + random.nextInt(3);
      final List<Source> sources = new ArrayList<>();
      for (int k = 0; k < count; k++) {
        final Source source = source(lotUnits, 60 + random.nextInt(2_000), true);
        sources.add(source);
        assertEquals(RouteRefusal.NONE, source.addTo(router, 3 * k), () -> "seed " + SEED);
      }
      final boolean buy = random.nextBoolean();
      final Side side = buy ? Side.BUY : Side.SELL;
      final long wanted = 1L + random.nextInt(12);

      final RouteRefusal refusal = router.route(side, wanted, plan);

      final long available = available(router, side, wanted, count);
      if (RouteRefusal.NO_LIQUIDITY == refusal) {
        assertEquals(0, available);
        continue;
      }
      assertEquals(RouteRefusal.NONE, refusal);
      assertEquals(Math.min(wanted, available), plan.totalLots(), () -> "seed " + SEED);
      checkAmounts(sources, buy, lotUnits);
      final long[] best = {buy ? Long.MAX_VALUE : Long.MIN_VALUE, 0};
      everySplit(router, side, sources, 0, plan.totalLots(), 0, best);
      final long gap = Math.abs(plan.objectiveUnits() - best[0]);
      final String story = "seed " + SEED + " case " + i + " plan " + plan.objectiveUnits() + " best " + best[0];
      assertTrue(buy ? plan.objectiveUnits() >= best[0] : plan.objectiveUnits() <= best[0], story);
      final long average = Math.max(1, Math.abs(best[0]) / plan.totalLots());
      assertTrue(gap <= Math.max(average, count), story);
      splits += best[1];
      routed++;
      exact += 0 == gap ? 1 : 0;
      worst = Math.max(worst, gap);
    }
    System.out.println("SmartRouterTest cases=" + routed + " splits=" + splits + " exact=" + exact
        + " worst gap in units=" + worst);
    assertTrue(routed > SMALL_CASES * 9 / 10 && exact > routed * 9 / 10, "routed " + routed + " exact " + exact);
  }

  @Test
  void shouldMatchARouterThatAddsOneLotAtATime() {
    long worst = 0;
    for (int i = 0; i < LARGE_CASES; i++) {
      final long lotUnits = 1L + random.nextInt(1_000);
      final SmartRouter router = new SmartRouter(8, lotUnits, PENALTY_PER_MS);
      final int count = 3 + random.nextInt(8);
      final long price = lotUnits * (1 + random.nextInt(100_000));
      for (int k = 0; k < count; k++) {
        final Source source = source(lotUnits, price, false);
        latencies[k] = source.latencyNs();
        assertEquals(RouteRefusal.NONE, source.addTo(router, k), () -> "seed " + SEED);
      }
      final Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
      final long wanted = 1L + random.nextInt(2_000);
      if (RouteRefusal.NONE != router.route(side, wanted, plan)) {
        continue;
      }
      final long greedy = greedy(router, side, count, plan.totalLots());
      final long gap = Side.BUY == side ? plan.objectiveUnits() - greedy : greedy - plan.objectiveUnits();
      worst = Math.max(worst, gap);
      assertTrue(gap <= Math.max(2L * count, Math.abs(greedy) / plan.totalLots() / 1_000), "seed " + SEED + " case " + i
          + " plan " + plan.objectiveUnits() + " greedy " + greedy + " lots " + plan.totalLots());
    }
    System.out.println("SmartRouterTest large cases=" + LARGE_CASES + " worst gap in units=" + worst);
  }

  @Test
  void shouldNotLoseWhenAFeeFallsOrASourceJoins() {
    for (int i = 0; i < LARGE_CASES; i++) {
      final SmartRouter router = new SmartRouter(4, 10, PENALTY_PER_MS);
      for (int k = 0; k < 4; k++) {
        source(10, 5_000, true).addTo(router, k);
      }
      router.constantProduct(5, 1_000_000, 500_000_000, 300_000, 0);
      assertEquals(RouteRefusal.NONE, router.route(Side.BUY, 40, plan));
      final long before = plan.objectiveUnits();
      router.constantProduct(5, 1_000_000, 500_000_000, 100_000, 0);
      router.route(Side.BUY, 40, plan);
      assertTrue(plan.objectiveUnits() <= before + 5, "seed " + SEED);
      final long cheaper = plan.objectiveUnits();
      router.constantProduct(6, 1_000_000, 500_000_000, 100_000, 0);
      router.route(Side.BUY, 40, plan);
      assertTrue(plan.objectiveUnits() <= cheaper + 5, "seed " + SEED);
    }
  }

  @Test
  void shouldSplitEvenlyOverEqualPools() {
    final SmartRouter router = new SmartRouter(4, 1, 0);
    for (int k = 0; k < 4; k++) {
      assertEquals(RouteRefusal.NONE, router.constantProduct(k, 1L << 50, 1L << 55, 300_000, 0));
    }
    assertEquals(RouteRefusal.NONE, router.route(Side.SELL, 4_000_000_000_000L, plan));
    for (int k = 0; k < 4; k++) {
      assertTrue(Math.abs(plan.lots(k) - 1_000_000_000_000L) <= 1, "lots " + plan.lots(k));
    }
    assertEquals(4_000_000_000_000L, plan.totalLots());
  }

  @Test
  void shouldPayForSpeedWhenTheSlowSourceIsHardlyBetter() {
    final SmartRouter router = new SmartRouter(4, 1, 10_000);
    router.levels(0, Side.SELL, new long[] {100_000}, new long[] {10}, 1, 0, 50_000_000);
    router.levels(1, Side.SELL, new long[] {100_400}, new long[] {10}, 1, 0, 0);
    router.route(Side.BUY, 10, plan);
    assertEquals(10, plan.lots(1), "50 ms are worth half a percent");
    assertEquals(1_004_000, plan.totalUnits());
    router.levels(0, Side.SELL, new long[] {100_000}, new long[] {10}, 1, 0, 30_000_000);
    router.route(Side.BUY, 10, plan);
    assertEquals(10, plan.lots(0), "30 ms are not");
    assertEquals(1_003_000, plan.objectiveUnits());
  }

  @Test
  void shouldRefuseWhatMakesNoSense() {
    final SmartRouter router = new SmartRouter(2, 10, PENALTY_PER_MS);
    final long[] one = {1};
    assertEquals(RouteRefusal.NO_LIQUIDITY, router.route(Side.BUY, 1, plan));
    assertEquals(RouteRefusal.LOTS_NOT_POSITIVE, router.route(Side.BUY, 0, plan));
    assertEquals(RouteRefusal.LOTS_NOT_POSITIVE, router.route(Side.SELL, Long.MIN_VALUE, plan));
    assertEquals(RouteRefusal.SIDE_MISSING, router.route(Side.NULL_VAL, 1, plan));
    assertEquals(RouteRefusal.SIDE_MISSING, router.levels(0, Side.NULL_VAL, one, one, 1, 0, 0));
    assertEquals(RouteRefusal.SOURCE_OUT_OF_RANGE, router.levels(16, Side.SELL, one, one, 1, 0, 0));
    assertEquals(RouteRefusal.SOURCE_OUT_OF_RANGE, router.constantProduct(-1, 1, 1, 0, 0));
    assertEquals(RouteRefusal.SOURCE_OUT_OF_RANGE, router.remove(16));
    assertEquals(RouteRefusal.LEVELS_OUT_OF_RANGE, router.levels(0, Side.SELL, one, one, 3, 0, 0));
    assertEquals(RouteRefusal.LEVELS_OUT_OF_RANGE, router.levels(0, Side.SELL, one, one, -1, 0, 0));
    assertEquals(RouteRefusal.LEVEL_OUT_OF_RANGE, router.levels(0, Side.SELL, new long[1], one, 1, 0, 0));
    assertEquals(RouteRefusal.LEVEL_OUT_OF_RANGE, router.levels(0, Side.SELL, one, new long[1], 1, 0, 0));
    final long[] huge = {Long.MAX_VALUE};
    assertEquals(RouteRefusal.LEVEL_OUT_OF_RANGE, router.levels(0, Side.SELL, huge, huge, 1, 0, 0));
    assertEquals(RouteRefusal.LEVELS_NOT_SORTED,
        router.levels(0, Side.SELL, new long[] {2, 1}, new long[] {1, 1}, 2, 0, 0));
    assertEquals(RouteRefusal.LEVELS_NOT_SORTED,
        router.levels(0, Side.BUY, new long[] {1, 2}, new long[] {1, 1}, 2, 0, 0));
    assertEquals(RouteRefusal.FEE_OUT_OF_RANGE, router.levels(0, Side.SELL, one, one, 1, -1, 0));
    assertEquals(RouteRefusal.FEE_OUT_OF_RANGE, router.constantProduct(0, 1, 1, ONE_E8, 0));
    assertEquals(RouteRefusal.LATENCY_OUT_OF_RANGE, router.constantProduct(0, 1, 1, 0, -1));
    assertEquals(RouteRefusal.LATENCY_OUT_OF_RANGE, router.constantProduct(0, 1, 1, 0, Long.MAX_VALUE));
    assertEquals(RouteRefusal.RESERVE_OUT_OF_RANGE, router.constantProduct(0, 0, 1, 0, 0));
    assertEquals(RouteRefusal.RESERVE_OUT_OF_RANGE, router.constantProduct(0, 1, Long.MAX_VALUE, 0, 0));
    assertEquals(RouteRefusal.RESERVE_OUT_OF_RANGE, router.stableSwap(0, 0, 1, 100, 1, 1, 0, 0));
    assertEquals(RouteRefusal.RESERVE_OUT_OF_RANGE, router.stableSwap(0, 1 << 20, 1, 100, 1L << 40, 1, 0, 0));
    assertEquals(RouteRefusal.CURVE_OUT_OF_RANGE, router.stableSwap(0, 1, 1, 0, 1, 1, 0, 0));
    assertEquals(RouteRefusal.CURVE_OUT_OF_RANGE, router.stableSwap(0, 1, 1, 100, 0, 1, 0, 0));
    assertEquals(RouteRefusal.NO_LIQUIDITY, router.route(Side.BUY, 1, plan), "nothing was kept");
    assertTrue(SavedLongs.of(router).values.isEmpty());
    assertEquals(RouteRefusal.NONE, router.constantProduct(0, 19, 5, 0, 0));
    assertEquals(RouteRefusal.NO_LIQUIDITY, router.route(Side.BUY, 1, plan), "half of it is less than a lot");
    assertEquals(-1, router.amountUnits(Side.BUY, 0, 1));
    assertEquals(-1, router.amountUnits(Side.BUY, 5, 1));
  }

  @Test
  void shouldKeepBothSidesAndForgetARemovedSource() {
    final SmartRouter router = new SmartRouter(2, 1, 0);
    router.levels(4, Side.SELL, new long[] {11}, new long[] {5}, 1, 0, 0);
    router.levels(4, Side.BUY, new long[] {9}, new long[] {5}, 1, 0, 0);
    router.route(Side.BUY, 7, plan);
    assertEquals(5, plan.totalLots(), "what there is");
    assertEquals(55, plan.totalUnits());
    router.route(Side.SELL, 3, plan);
    assertEquals(27, plan.totalUnits());
    router.levels(4, Side.SELL, new long[0], new long[0], 0, 0, 0);
    assertEquals(RouteRefusal.NO_LIQUIDITY, router.route(Side.BUY, 1, plan));
    router.remove(4);
    assertEquals(RouteRefusal.NO_LIQUIDITY, router.route(Side.SELL, 1, plan));
  }

  @Test
  void shouldPlanTheSameAfterSavingAndLoading() {
    for (int i = 0; i < 200; i++) {
      final SmartRouter router = new SmartRouter(8, 10, PENALTY_PER_MS);
      for (int k = 0; k < 6; k++) {
        source(10, 4_000, false).addTo(router, random.nextInt(16));
      }
      final SmartRouter copy = new SmartRouter(8, 10, PENALTY_PER_MS);
      SavedLongs.move(router, copy);
      final RoutePlan other = new RoutePlan();
      for (final Side side : new Side[] {Side.BUY, Side.SELL}) {
        final long wanted = 1L + random.nextInt(500);
        assertEquals(router.route(side, wanted, plan), copy.route(side, wanted, other));
        for (int k = 0; k < 16; k++) {
          assertEquals(plan.lots(k), other.lots(k));
        }
        assertEquals(plan.objectiveUnits(), other.objectiveUnits());
      }
    }
  }

  @Test
  void shouldAllocateNothingWhileRouting() {
    final SmartRouter router = new SmartRouter(8, 10, PENALTY_PER_MS);
    for (int k = 0; k < 10; k++) {
      source(10, 4_000, false).addTo(router, k);
    }
    for (int i = 0; i < 3_000; i++) {
      router.route(0 == (i & 1) ? Side.BUY : Side.SELL, 1 + i % 200, plan);
    }
    final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    threads.getCurrentThreadAllocatedBytes();

    final long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 1_000; i++) {
      router.route(0 == (i & 1) ? Side.BUY : Side.SELL, 1 + i % 200, plan);
    }
    final long after = threads.getCurrentThreadAllocatedBytes();

    assertEquals(0, after - before);
  }

  private Source source(final long lotUnits, final long price, final boolean small) {
    final long fee = random.nextInt(3) * 100_000L;
    final long latency = random.nextInt(4) * 2_000_000L;
    final int kind = random.nextInt(small ? 10 : 20);
    if (kind < 5) {
      final int count = 1 + random.nextInt(4);
      final long[][] prices = new long[2][count];
      final long[][] lots = new long[2][count];
      long ask = price + 1 + random.nextInt((int) Math.max(1, price / 50));
      long bid = Math.max(1, price - random.nextInt((int) Math.max(1, price / 50)));
      for (int i = 0; i < count; i++) {
        prices[0][i] = ask;
        prices[1][i] = bid;
        lots[0][i] = 1L + random.nextInt(small ? 5 : 300);
        lots[1][i] = 1L + random.nextInt(small ? 5 : 300);
        ask += random.nextInt((int) Math.max(2, price / 40));
        bid = Math.max(1, bid - random.nextInt((int) Math.max(2, price / 40)));
      }
      return new Source(SourceKind.LEVELS, prices, lots, 0, 0, fee, latency);
    }
    final long lots = small ? 6 + random.nextInt(200) : 200 + random.nextInt(100_000);
    if (1 == lotUnits || kind < (small ? 10 : 19)) {
      final long quote = Math.max(1, lots * price * (95 + random.nextInt(10)) / 100);
      return new Source(SourceKind.CONSTANT_PRODUCT, new long[0][0], new long[0][0], lots * lotUnits, quote, fee,
          latency);
    }
    final long base = lots * lotUnits;
    return new Source(SourceKind.STABLE_SWAP, new long[0][0], new long[0][0], base, base, fee, latency);
  }

  private void checkAmounts(final List<Source> sources, final boolean buy, final long lotUnits) {
    long lots = 0;
    long units = 0;
    for (int k = 0; k < sources.size(); k++) {
      final long count = plan.lots(3 * k);
      lots += count;
      units += plan.amountUnits(3 * k);
      if (count > 0) {
        assertEquals(sources.get(k).amount(buy, count, lotUnits), big(plan.amountUnits(3 * k)), () -> "seed " + SEED);
      }
    }
    assertEquals(plan.totalLots(), lots);
    assertEquals(plan.totalUnits(), units);
  }

  private static long available(final SmartRouter router, final Side side, final long wanted, final int count) {
    long available = 0;
    for (int k = 0; k < count; k++) {
      long lots = 0;
      while (lots < wanted && router.amountUnits(side, 3 * k, lots + 1) >= 0) {
        lots++;
      }
      available += lots;
    }
    return available;
  }

  /** All ways to give the lots to the sources; the best objective and how many ways there were. */
  private static void everySplit(final SmartRouter router, final Side side, final List<Source> sources,
      final int index, final long left, final long objective, final long[] best) {
    if (index == sources.size()) {
      if (0 == left) {
        best[0] = Side.BUY == side ? Math.min(best[0], objective) : Math.max(best[0], objective);
        best[1]++;
      }
      return;
    }
    for (long lots = 0; lots <= left; lots++) {
      final long amount = router.amountUnits(side, 3 * index, lots);
      if (amount < 0) {
        return;
      }
      everySplit(router, side, sources, index + 1, left - lots,
          objective + withPenalty(side, amount, sources.get(index).latencyNs()), best);
    }
  }

  private static long withPenalty(final Side side, final long amount, final long latencyNs) {
    final long penalty = big(amount).multiply(big(latencyNs * PENALTY_PER_MS / 1_000_000)).add(big(ONE_E8 - 1))
        .divide(big(ONE_E8)).longValueExact();
    return Side.BUY == side ? amount + penalty : amount - penalty;
  }

  /** One lot at a time to the source where it costs least: the optimum of convex whole-number costs. */
  private long greedy(final SmartRouter router, final Side side, final int count, final long wanted) {
    final long[] lots = new long[count];
    final long[] values = new long[count];
    long total = 0;
    for (long i = 0; i < wanted; i++) {
      int best = -1;
      long bestChange = 0;
      for (int k = 0; k < count; k++) {
        final long amount = router.amountUnits(side, k, lots[k] + 1);
        if (amount < 0) {
          continue;
        }
        final long change = withPenalty(side, amount, latencies[k]) - values[k];
        if (-1 == best || (Side.BUY == side ? change < bestChange : change > bestChange)) {
          best = k;
          bestChange = change;
        }
      }
      lots[best]++;
      values[best] += bestChange;
      total += bestChange;
    }
    return total;
  }

  private static BigInteger big(final long value) {
    return BigInteger.valueOf(value);
  }
}
