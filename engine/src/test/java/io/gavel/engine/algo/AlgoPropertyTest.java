package io.gavel.engine.algo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.Side;
import io.gavel.engine.SavedLongs;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Goal: whatever the market and the children do, a parent keeps its promises. Method: random parents of all kinds in a
 * random market, asked at random times; the test keeps its own account of what is filled and working, holds every
 * answer against the promises, and from time to time goes on with a copy that was saved and loaded.
 */
class AlgoPropertyTest {

  private static final long SEED = 8_1101;
  private static final int PARENTS = 4_000;
  private static final long ONE_E8 = 100_000_000;

  private final Random random = new Random(SEED);
  private final Map<AlgoKind, Long> answers = new EnumMap<>(AlgoKind.class);
  private final Market market = new Market();
  private final ChildSlice slice = new ChildSlice();
  private AlgoTable table = new AlgoTable(3);

  // The test's own account of one parent.
  private final List<Long> children = new ArrayList<>();
  private final List<Long> expiries = new ArrayList<>();
  private long filled;
  private long pacedInterval;
  private long pacedLots;

  @Test
  void shouldKeepItsPromisesInAnyMarket() {
    System.out.println("AlgoPropertyTest seed=" + SEED);
    int finished = 0;
    for (int i = 0; i < PARENTS; i++) {
      final AlgoSpec spec = spec();
      finished += live(spec) ? 1 : 0;
    }
    System.out.println("AlgoPropertyTest parents=" + PARENTS + " filled=" + finished + " answers=" + answers);
    assertTrue(finished > PARENTS / 10 && finished < PARENTS, "neither all nor none: " + finished);
  }

  /** Whether all was filled. */
  private boolean live(final AlgoSpec spec) {
    final int slot = table.open(spec, 0);
    assertEquals(AlgoRefusal.NONE, table.refusal(), () -> "seed " + SEED);
    children.clear();
    expiries.clear();
    filled = 0;
    pacedInterval = -1;
    market.traded = random.nextInt(1_000);
    final long volumeAtStart = market.traded;
    long now = spec.startNs - random.nextInt(20);
    for (int step = 0; step < 400; step++) {
      if (0 == random.nextInt(50)) {
        final AlgoTable copy = new AlgoTable(3);
        SavedLongs.move(table, copy);
        table = copy;
      }
      moveMarket();
      endChildren(slot, now);
      table.next(slot, now, market, slice);
      answers.merge(table.kind(slot), 1L, Long::sum);
      check(spec, slot, now, volumeAtStart);
      if (SliceAction.FINISH == slice.action()) {
        break;
      }
      final long next = table.nextNs(slot);
      now = 0 == random.nextInt(3) ? Math.max(now, next) : now + random.nextInt(30);
    }
    assertEquals(spec.totalLots - filled, table.onCancel(slot));
    return filled == spec.totalLots;
  }

  private void check(final AlgoSpec spec, final int slot, final long now, final long volumeAtStart) {
    final String story = "seed " + SEED + " " + spec.kind + " now " + now + " " + slice.action() + " "
        + slice.reason() + " lots " + slice.lots() + " filled " + filled + " open " + children;
    if (slice.isPlaced()) {
      if (SliceAction.REPLACE == slice.action()) {
        children.clear();
        expiries.clear();
      }
      assertTrue(now >= spec.startNs && now < spec.endNs, story);
      assertTrue(slice.lots() > 0 && slice.lots() <= spec.totalLots - filled - open(), story);
      assertTrue(slice.goodTilNs() > now && slice.goodTilNs() <= spec.endNs, story);
      assertTrue(slice.wakeNs() > now || AlgoKind.SCALE == spec.kind, story);
      final long free = spec.totalLots - filled - open();
      assertTrue(slice.lots() == free || 0 == slice.lots() % spec.stepLots || AlgoKind.SCALE == spec.kind, story);
      checkGuards(spec, now, story);
      children.add(slice.lots());
      expiries.add(slice.goodTilNs());
      if (AlgoKind.POV == spec.kind) {
        final long others = market.traded - volumeAtStart - filled;
        final long all = VolumeBasis.OTHERS == spec.basis ? others + filled + open() : others + filled;
        assertTrue((filled + open()) * ONE_E8 <= all * spec.shareE8, story);
      }
    } else if (SliceAction.WAIT == slice.action()) {
      assertTrue(slice.wakeNs() > now && slice.wakeNs() <= spec.endNs, story + " wakes " + slice.wakeNs());
    }
    assertEquals(filled, table.filledLots(slot), story);
    assertEquals(open(), table.workingLots(slot), story);
    assertEquals(children.size(), table.children(slot), story);
    assertTrue(filled + open() <= spec.totalLots, story);
    final List<Long> before = SavedLongs.of(table).values;
    if (!slice.isPlaced()) {
      table.next(slot, now, market, slice);
      assertEquals(before, SavedLongs.of(table).values, "asking twice is asking once; " + story);
    }
  }

  private void checkGuards(final AlgoSpec spec, final long now, final String story) {
    final boolean sell = Side.SELL == spec.side;
    final int limit = slice.limitTicks();
    if (0 != spec.limitTicks && AlgoKind.SCALE != spec.kind) {
      assertTrue(sell ? limit >= spec.limitTicks : limit != 0 && limit <= spec.limitTicks, story);
    }
    if (SliceType.TAKE != slice.type()) {
      return;
    }
    final long depth = market.depthLots(1, spec.side, limit);
    if (0 != spec.collarE8) {
      final long worst = market.reference * (sell ? ONE_E8 - spec.collarE8 : ONE_E8 + spec.collarE8);
      final long price = limit * market.unitsPerTick * ONE_E8;
      assertTrue(sell ? price >= worst : price <= worst, story);
      assertTrue(slice.lots() <= depth, story);
    }
    if (0 != spec.depthShareE8) {
      final long interval = (now - spec.startNs) / spec.pacingNs;
      pacedLots = interval == pacedInterval ? pacedLots + slice.lots() : slice.lots();
      pacedInterval = interval;
      assertTrue(pacedLots * ONE_E8 <= depth * spec.depthShareE8, story);
    }
  }

  /** Fills in part or whole, returns some, and ends those that have expired. */
  private void endChildren(final int slot, final long now) {
    for (int i = children.size() - 1; i >= 0; i--) {
      long left = children.get(i);
      final int fate = random.nextInt(6);
      final long lots = fate < 2 ? left : 2 == fate ? random.nextLong(left + 1) : 0;
      if (lots > 0) {
        table.onFill(slot, lots);
        filled += lots;
        market.traded += lots;
        left -= lots;
      }
      if (0 == left || expiries.get(i) <= now || 5 == fate) {
        table.onChildDone(slot, left);
        children.remove(i);
        expiries.remove(i);
      } else {
        children.set(i, left);
      }
    }
  }

  private void moveMarket() {
    market.traded += random.nextInt(40);
    market.bid = 0 == random.nextInt(30) ? 0 : 85 + random.nextInt(14);
    market.ask = 0 == random.nextInt(30) ? 0 : 100 + random.nextInt(15);
    market.reference = 0 == random.nextInt(30) ? 0 : 90_000 + random.nextInt(20_000);
    market.depth = 0 == random.nextInt(5) ? 0 : random.nextInt(500);
    market.lotsPerTick = random.nextInt(20);
  }

  private long open() {
    return children.stream().mapToLong(Long::longValue).sum();
  }

  private AlgoSpec spec() {
    final AlgoKind kind = AlgoKind.values()[random.nextInt(AlgoKind.values().length)];
    final Side side = random.nextBoolean() ? Side.SELL : Side.BUY;
    final AlgoSpec spec = AlgoSpecs.base(kind, side, 0);
    spec.stepLots = 1L + random.nextInt(5);
    spec.minLots = spec.stepLots * (1 + random.nextInt(3));
    spec.totalLots = spec.minLots * 2 + spec.stepLots * random.nextInt(200);
    spec.startNs = 100L + random.nextInt(50);
    spec.endNs = spec.startNs + 100 + random.nextInt(900);
    spec.endPolicy = random.nextBoolean() ? EndPolicy.FINISH : EndPolicy.CANCEL;
    spec.limitTicks = random.nextInt(3) > 0 ? 0 : Side.SELL == side ? 92 : 108;
    spec.collarE8 = random.nextBoolean() ? 0 : 1_000_000 + random.nextInt(20_000_000);
    if (random.nextBoolean()) {
      spec.depthShareE8 = 1L + random.nextInt((int) ONE_E8);
      spec.pacingNs = 1L + random.nextInt(100);
    }
    spec.toleranceE8 = random.nextBoolean() ? 0 : 1 + random.nextInt(30_000_000);
    spec.intervalNs = 1L + random.nextInt(90);
    spec.lifeNs = 1L + random.nextInt((int) spec.intervalNs);
    spec.firstTicks = 100;
    spec.curveLength = 1 + random.nextInt(AlgoSpec.CURVE_MAX);
    for (int i = 0; i < spec.curveLength; i++) {
      spec.curve[i] = random.nextInt(50);
    }
    spec.curve[0]++;
    kind(spec, kind, side);
    return spec;
  }

  private void kind(final AlgoSpec spec, final AlgoKind kind, final Side side) {
    switch (kind) {
      case VWAP -> {
        spec.lifeNs = 1;
        if (random.nextBoolean()) {
          spec.shareE8 = 1L + random.nextInt((int) ONE_E8);
          spec.forecastLots = 1L + random.nextInt(5_000);
        }
      }
      case POV -> {
        spec.basis = VolumeBasis.values()[random.nextInt(2)];
        spec.shareE8 = 1L + random.nextInt((int) ONE_E8 - 1);
        spec.endPolicy = EndPolicy.CANCEL;
      }
      case ICEBERG -> {
        spec.limitTicks = 100;
        spec.displayLots = spec.minLots;
        spec.refreshLots = random.nextInt((int) spec.displayLots);
        spec.endPolicy = EndPolicy.CANCEL;
      }
      case CHASE -> {
        spec.repricesMax = random.nextInt(5);
        spec.offsetTicks = random.nextInt(3);
      }
      case SCALE -> {
        spec.orderCount = 2;
        spec.lastTicks = Side.SELL == side ? 110 : 90;
        spec.distribution = SizeDistribution.values()[random.nextInt(3)];
        spec.endPolicy = EndPolicy.CANCEL;
      }
      case LADDER -> {
        spec.stepCount = 1 + random.nextInt(AlgoSpec.STEPS_MAX);
        for (int i = 0; i < spec.stepCount; i++) {
          spec.stepOffsetTicks[i] = 2 * i + random.nextInt(2);
          spec.stepNs[i] = 1L + random.nextInt(20);
        }
        spec.endPolicy = EndPolicy.CANCEL;
      }
      default -> {
        // A TWAP has all it needs.
      }
    }
  }
}
