package io.gavel.engine.trigger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.risk.price.MeldHeap;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Stacks of thousands of groups, which only long falls build, beside a map from leg to extremum. */
class TrailingStopsTest {

  private static final int RULES = 1_500;

  private final MeldHeap heap = new MeldHeap(RULES * LegTable.LEGS_PER_RULE);
  private final LegTable legs = new LegTable(RULES);
  private final RuleSpec spec = new RuleSpec();
  private final TreeMap<Integer, Integer> extrema = new TreeMap<>();
  private final TreeSet<Integer> suspended = new TreeSet<>();

  @Test
  void shouldMeldAtMostOncePerArrival() {
    final TrailingStops stops = new TrailingStops(true, heap, legs);
    long touched = 0;
    for (int leg = 0; leg < RULES; leg++) {
      set(leg, 0, 10);
      stops.track(leg, 100_000 - leg);
    }
    assertEquals(RULES, stops.depth());
    for (int price = 100_000 - RULES; price < 100_000; price++) {
      touched += stops.raise(price);
    }

    assertEquals(2, stops.depth());
    assertTrue(touched <= 2L * RULES, "groups touched: " + touched);
    assertEquals(100_000, stops.extremumOf(0));
    assertEquals(99_999, stops.extremumOf(RULES - 1));
  }

  @Test
  void shouldNotKeepGroupsThatLostEveryMember() {
    final TrailingStops stops = new TrailingStops(true, heap, legs);
    for (int round = 0; round < 100; round++) {
      for (int leg = 1; leg < RULES; leg++) {
        set(leg, 0, 10);
        stops.track(leg, 1_000_000 - leg);
      }
      set(0, 0, 10);
      stops.track(0, 1_000_000 - RULES);
      for (int leg = 1; leg < RULES; leg++) {
        stops.remove(leg);
      }
      assertTrue(stops.depth() <= 2, "depth " + stops.depth());
      assertEquals(1_000_000 - RULES, stops.extremumOf(0));
      stops.remove(0);
      assertTrue(stops.isEmpty());
    }
    assertTrue(stops.growths() < 10, "stack grew " + stops.growths() + " times");
  }

  @Test
  void shouldAgreeWithMapOnDeepStacks() {
    final long seed = 97;
    System.out.println("TrailingStopsTest seed " + seed);
    for (final boolean sell : new boolean[] {true, false}) {
      final Random random = new Random(seed);
      final TrailingStops stops = new TrailingStops(sell, heap, legs);
      final TreeSet<Integer> free = new TreeSet<>();
      for (int leg = 0; leg < RULES; leg++) {
        free.add(leg);
      }
      int price = mirrored(sell, 500_000);
      int deepest = 0;
      for (int step = 0; step < 16_000; step++) {
        // Long falls with arrivals at every price, then a rise that overtakes some of them.
        price += step % 4_000 < 3_500 ? -random.nextInt(3) : random.nextInt(12);
        raise(stops, price);
        deepest = Math.max(deepest, stops.depth());
        poll(stops, sell, price, free);
        act(stops, random, price, free);
        if (step % 500 == 0) {
          extrema.forEach((leg, extremum) -> assertEquals(extremum, stops.extremumOf(leg)));
        }
      }
      assertTrue(deepest > 300, "stack was never deep: " + deepest);
      for (final int leg : new ArrayList<>(extrema.keySet())) {
        leave(stops, leg);
      }
      assertTrue(stops.isEmpty());
    }
  }

  private void act(final TrailingStops stops, final Random random, final int price, final NavigableSet<Integer> free) {
    final int action = random.nextInt(10);
    if (action < 5 && !free.isEmpty()) {
      final int leg = free.pollFirst();
      set(leg, random.nextBoolean() ? 1 + random.nextInt(2_000_000) : 0, 1 + random.nextInt(6_000));
      stops.track(leg, price);
      extrema.put(leg, price);
    } else if (action < 7 && !extrema.isEmpty()) {
      final Integer leg = extrema.ceilingKey(random.nextInt(extrema.lastKey() + 1));
      leave(stops, leg);
      free.add(leg);
    } else if (action < 9 && !extrema.isEmpty()) {
      final Integer leg = extrema.ceilingKey(random.nextInt(extrema.lastKey() + 1));
      if (suspended.remove(leg)) {
        stops.resume(leg);
      } else {
        stops.suspend(leg);
        suspended.add(leg);
      }
    }
  }

  private void leave(final TrailingStops stops, final int leg) {
    if (suspended.remove(leg)) {
      stops.removeWaiting(leg);
    } else {
      stops.remove(leg);
    }
    extrema.remove(leg);
  }

  private void raise(final TrailingStops stops, final int price) {
    stops.raise(price);
    extrema.replaceAll((leg, extremum) -> Math.max(extremum, price));
  }

  private void poll(final TrailingStops stops, final boolean sell, final int price, final NavigableSet<Integer> free) {
    final List<Integer> expected = new ArrayList<>();
    extrema.forEach((leg, extremum) -> {
      final int level = TrailLevel.of(sell, extremum, legs.distance(leg), legs.isByRatio(leg));
      if (!suspended.contains(leg) && level >= price) {
        expected.add(leg);
      }
    });
    final TreeSet<Integer> actual = new TreeSet<>();
    for (int leg = stops.poll(price); TrailingStops.NULL_LEG != leg; leg = stops.poll(price)) {
      actual.add(leg);
    }
    assertEquals(expected, new ArrayList<>(actual));
    actual.forEach(extrema::remove);
    free.addAll(actual);
  }

  private void set(final int leg, final int ratioE8, final int spreadTicks) {
    spec.kinds[0] = RuleKind.TRAILING_STOP;
    spec.sources[0] = PriceSource.LAST;
    spec.trailRatioE8[0] = ratioE8;
    spec.trailSpreadTicks[0] = 0 == ratioE8 ? spreadTicks : 0;
    legs.set(leg, spec, 0);
  }

  private static int mirrored(final boolean sell, final int ticks) {
    return TrailLevel.mirror(sell, ticks);
  }
}
