package io.gavel.risk.liquidation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Goal: no breach is missed, and what is liquidated when does not depend on budgets. Method: random accounts of every
 * kind through random events; after each event the accounts that the watch brings up and that are in breach are
 * compared, in order, with a scan over all accounts.
 */
class MarginWatchTest {

  private static final int ACCOUNTS = 300;
  private static final int EVENTS = 6_000;
  private static final int NODES = 1 << 13;

  @Test
  void shouldMissNoBreachAgainstAFullScan() {
    for (long seed = 1; seed <= 6; seed++) {
      final Run run = new Run(seed, 100, NODES, 0);
      assertEquals(Run.NONE, run.missedAt(EVENTS), "seed " + seed);
      assertTrue(run.liquidated.size() > 200, "seed " + seed + ": few breaches: " + run.liquidated.size());
      final long scanned = (long) EVENTS * ACCOUNTS;
      assertTrue(run.examined() < scanned / 20, "seed " + seed + ": examined " + run.examined() + " of " + scanned);
    }
  }

  /** Budgets differ after a restart, since nothing of the watch is saved: what happens to accounts must not. */
  @Test
  void shouldLiquidateTheSameAtTheSameEventsWhenItIsRebuilt() {
    for (long seed = 11; seed <= 13; seed++) {
      final Run whole = new Run(seed, 100, NODES, 0);
      assertEquals(Run.NONE, whole.missedAt(EVENTS));
      final Run restarted = new Run(seed, 100, NODES, 97);
      assertEquals(Run.NONE, restarted.missedAt(EVENTS));

      assertEquals(whole.liquidated, restarted.liquidated, "seed " + seed);
    }
  }

  /** Without nodes every account is hot: slow, and just as right. */
  @Test
  void shouldMissNothingWhenTheNodesAreUsedUp() {
    final Run run = new Run(21, 100, 64, 0);

    assertEquals(Run.NONE, run.missedAt(500));

    assertTrue(run.watch.hotCount() > ACCOUNTS / 2);
  }

  /** The test itself: told smaller losses than there are, the watch must be caught late. */
  @Test
  void shouldBeCaughtWhenTheBoundsAreTooSmall() {
    int caught = 0;
    for (long seed = 31; seed <= 33; seed++) {
      caught += Run.NONE == new Run(seed, 80, NODES, 0).missedAt(EVENTS) ? 0 : 1;
    }
    assertEquals(3, caught);
  }

  @Test
  void shouldExamineByAccountIdWhateverTheOrderOfTheLevels() {
    final MarginWatch watch = watch(3);
    watch.identify(0, 30);
    watch.identify(1, 10);
    watch.identify(2, 20);
    long bound = 1_000;
    for (int slot = 0; slot < 3; slot++) {
      watch.begin(slot);
      watch.linear(0, bound, 0);
      assertTrue(watch.commit(100, 0));
      bound += 500;
    }

    assertEquals(0, watch.onLevel(0, 9_500));
    assertEquals(3, watch.onLevel(0, 8_000));

    assertEquals(List.of(1, 2, 0), List.of(watch.poll(), watch.poll(), watch.poll()));
    assertEquals(MarginWatch.NULL_ACCOUNT, watch.poll());
    assertEquals(0, watch.onLevel(0, 1));
  }

  @Test
  void shouldStandAtTheLastPriceThatTheBudgetCovers() {
    final MarginWatch watch = watch(1);
    // 10,000 units of price, a position worth 30,000: 1 unit of money for a third of a unit of price.
    watch.begin(0);
    watch.linear(0, 30_000, 0);
    watch.commit(100, 0);

    assertEquals(0, watch.onLevel(0, 10_000 - 33));
    assertEquals(1, watch.onLevel(0, 10_000 - 34));
  }

  @Test
  void shouldSolveTheInverseCurveInBothDirections() {
    // 50 coins long at 10,000 lose 50 * (10,000 / p - 1): 7 coins at 10,000 * 50 / 57 = 8,771.93.
    assertEquals(8_772, SafeEdge.inverseFall(10_000, 50, 7));
    // 50 coins short lose 50 * (1 - 10,000 / p): 7 coins at 10,000 * 50 / 43 = 11,627.9, never more than 50.
    assertEquals(11_627, SafeEdge.inverseRise(10_000, 50, 7));
    assertEquals(SafeEdge.NO_RISE, SafeEdge.inverseRise(10_000, 50, 50));
  }

  /** 30 straight and 20 curved downwards: covered by 50 curved, 10,000 * 50 / 57; a straight gain does not help. */
  @Test
  void shouldCoverLegsOfBothCurvesByTheWorseOne() {
    final MarginWatch watch = watch(1);
    watch.begin(0);
    watch.linear(0, 30, -30);
    watch.inverse(0, 20, 40);
    watch.commit(7, 0);
    assertEquals(0, watch.onLevel(0, 8_772));
    assertEquals(1, watch.onLevel(0, 8_771));

    watch.poll();
    watch.onLevel(0, 10_000);
    watch.begin(0);
    watch.linear(0, -5, 0);
    watch.inverse(0, 50, 0);
    watch.within(1, 9_000, 11_000);
    watch.commit(7, 0);
    assertEquals(0, watch.onLevel(0, 8_772));
    assertEquals(0, watch.onLevel(1, 11_000));
    assertEquals(1, watch.onLevel(1, 11_001));

    watch.poll();
    watch.begin(0);
    watch.within(1, 10_500, 12_000);
    watch.commit(7, 0);
    assertEquals(0, watch.onLevel(1, 10_500));
    assertEquals(1, watch.onLevel(1, 10_499));
  }

  @Test
  void shouldAlwaysExamineAnAccountWhoseSlackIsARounding() {
    final MarginWatch watch = watch(1);
    watch.begin(0);
    watch.linear(0, 30_000, 0);
    assertTrue(watch.commit(3, 3));

    assertEquals(1, watch.hotCount());
    assertEquals(1, watch.onLevel(1, 20_000));
    assertEquals(0, watch.poll());
    watch.begin(0);
    assertEquals(0, watch.hotCount());
  }

  @Test
  void shouldAwaitGoodPricesAndBeDueWhenTheyAreBack() {
    final MarginWatch watch = watch(2);
    watch.begin(1);
    watch.linear(0, 30_000, 0);
    assertEquals(false, watch.commit(-1, 3));
    watch.await(1);
    assertEquals(0, watch.onLevel(0, 5_000));

    watch.wake();

    assertEquals(1, watch.dueCount());
    assertEquals(1, watch.poll());
  }

  /** Nothing overflows into safety: the largest numbers are examined too early or not needed at all. */
  @Test
  void shouldStayOnTheSafeSideAtTheEndsOfTheRange() {
    final MarginWatch watch = watch(1);
    watch.begin(0);
    watch.linear(0, Long.MAX_VALUE, Long.MAX_VALUE);
    watch.inverse(0, Long.MAX_VALUE, Long.MAX_VALUE);
    watch.linear(1, 1, 1);
    watch.commit(Long.MAX_VALUE, 10);
    assertEquals(1, watch.onLevel(0, 1));
    watch.poll();
    watch.begin(0);
    watch.linear(1, 1, 1);
    watch.commit(Long.MAX_VALUE, 10);
    assertEquals(0, watch.levelCount());
    assertEquals(0, watch.onLevel(1, Integer.MAX_VALUE));
  }

  /** The thread's own counter of allocated bytes around many examinations; one of several windows has to be clean. */
  @Test
  void shouldAllocateNothingAfterStart() {
    final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    final long thread = Thread.currentThread().getId();
    final MarginWatch watch = watch(64);
    long least = Long.MAX_VALUE;
    for (int window = 0; window < 8; window++) {
      final long before = threads.getThreadAllocatedBytes(thread);
      for (int round = 0; round < 2_000; round++) {
        busy(watch, round);
      }
      least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
    }
    assertEquals(0, least);
  }

  private static void busy(final MarginWatch watch, final int round) {
    watch.invalidate(round % 64);
    watch.onLevel(0, 9_000 + round % 1_500);
    watch.onLevel(1, 11_000 - round % 1_500);
    for (int slot = watch.poll(); MarginWatch.NULL_ACCOUNT != slot; slot = watch.poll()) {
      watch.begin(slot);
      watch.linear(0, 30_000 + slot, -10);
      watch.inverse(1, -20, 40_000);
      watch.isolated(1, false, 900, 2, 10_000, 0);
      if (!watch.commit(0 == round % 5 ? round % 3 - 1 : 700, 1)) {
        watch.await(slot);
      }
    }
    watch.wake();
  }

  private static MarginWatch watch(final int accounts) {
    final MarginWatch watch = new MarginWatch(accounts, 2, 64, 8);
    watch.definePrice(0, 1);
    watch.definePrice(1, 10);
    watch.onLevel(0, 10_000);
    watch.onLevel(1, 10_000);
    return watch;
  }

  /** One random history. */
  private static final class Run {

    static final int NONE = -1;

    final List<String> liquidated = new ArrayList<>();
    private final Random random;
    private final WatchedWorld world;
    private final int nodesMax;
    private final int restartEvery;
    private long examinedBefore;
    private int parameterNext = ACCOUNTS;
    MarginWatch watch;

    Run(final long seed, final int boundsPercent, final int nodesMax, final int restartEvery) {
      random = new Random(seed);
      world = new WatchedWorld(random, ACCOUNTS, boundsPercent);
      this.nodesMax = nodesMax;
      this.restartEvery = restartEvery;
      watch = world.rebuild(nodesMax);
    }

    long examined() {
      return examinedBefore + watch.examined();
    }

    /** The first event after which the watch did not know of a breach. */
    int missedAt(final int events) {
      for (int event = 0; event < events; event++) {
        happen();
        if (0 != restartEvery && 0 == event % restartEvery) {
          examinedBefore += watch.examined();
          watch = world.rebuild(nodesMax);
        }
        final List<Long> expected = world.scan();
        final List<Long> found = new ArrayList<>();
        for (int slot = watch.poll(); MarginWatch.NULL_ACCOUNT != slot; slot = watch.poll()) {
          if (!world.examine(watch, slot)) {
            found.add(world.accounts.get(slot).id);
          }
        }
        if (!expected.equals(found)) {
          return event;
        }
        for (final long id : found) {
          liquidated.add(event + ":" + id);
          refound(id);
        }
      }
      return NONE;
    }

    private void refound(final long id) {
      final int slot = (int) ((7_000_000L - id) / 13);
      do {
        world.found(world.accounts.get(slot));
      } while (world.isBreached(world.accounts.get(slot)));
      assertTrue(world.examine(watch, slot));
    }

    private void happen() {
      final int slot = random.nextInt(ACCOUNTS);
      final WatchedWorld.Account account = world.accounts.get(slot);
      switch (random.nextInt(40)) {
        case 0 -> gap();
        case 1, 2 -> fund();
        case 3 -> {
          // A fill that adds to a position, or takes from it.
          final WatchedWorld.Leg leg = account.legs.get(0);
          final long lots = random.nextInt(41) - 20L;
          final boolean isInverse = WatchedWorld.Kind.INVERSE == account.kind;
          leg.cost += isInverse ? -lots * 1_000_000L / world.levels[leg.price] : lots * world.levels[leg.price] / 3;
          leg.lots += 0 == leg.lots + lots ? 0 : lots;
          watch.invalidate(slot);
        }
        case 4 -> {
          // A transfer out, or an order that is cancelled and gives its requirement back.
          account.cash += random.nextInt(2_000) - 1_000L;
          watch.invalidate(slot);
        }
        case 5 -> {
          for (final WatchedWorld.Leg held : account.collateral) {
            held.weightBps = held.lots < 0 ? 11_500 : Math.max(1_000, held.weightBps - 500);
          }
          watch.invalidate(slot);
        }
        case 6 -> parameterNext = ACCOUNTS == parameterNext ? 0 : parameterNext;
        default -> walk();
      }
      // A change of parameters reaches so many accounts an event; until then the old ones hold.
      for (int step = 0; step < 20 && parameterNext < ACCOUNTS; step++) {
        world.accounts.get(parameterNext).parameterBps = 5L + random.nextInt(20);
        watch.invalidate(parameterNext++);
      }
    }

    private void walk() {
      final int price = random.nextInt(WatchedWorld.PRICES);
      final long level = world.levels[price];
      move(price, level + Math.round(level * 0.0005 * random.nextGaussian() * (1 + random.nextInt(3))));
    }

    private void gap() {
      final int price = random.nextInt(WatchedWorld.PRICES);
      final long level = world.levels[price];
      final boolean isLow = level < 60L * world.unitsPerTick[price];
      final boolean isHigh = level > 30_000L * world.unitsPerTick[price];
      final double size = 0.02 + 0.2 * random.nextDouble();
      move(price, Math.round(level * (isLow || (!isHigh && random.nextBoolean()) ? 1 + size : 1 - size)));
    }

    private void fund() {
      final int price = random.nextInt(WatchedWorld.PRICES);
      final int series = WatchedWorld.PRICES + price;
      world.levels[series] += random.nextInt(40_000_001) - 20_000_000;
      watch.onLevel(series, world.levels[series]);
      for (int slot = 0; slot < ACCOUNTS; slot++) {
        for (final WatchedWorld.Leg leg : world.accounts.get(slot).isolated) {
          if (leg.price == price) {
            watch.invalidate(slot);
          }
        }
      }
    }

    private void move(final int price, final long level) {
      world.levels[price] = Math.max(1, level);
      watch.onLevel(price, world.levels[price]);
    }
  }
}
