package io.gavel.risk.price;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: the map answers as a sorted map of the JDK does, at every size and spread, also when maps share their pages.
 * Method: the same seeded traffic on both, every query compared at every step.
 */
class TickMapTest {

  private static final long SEED = 0x71C4B17L;

  @Test
  void shouldAnswerNullWhenEmpty() {
    final TickMap map = new TickMap(4);

    assertEquals(TickMap.NULL_TICK, map.firstTick());
    assertEquals(TickMap.NULL_TICK, map.lastTick());
    assertEquals(TickMap.NULL_TICK, map.nextTick(0));
    assertEquals(TickMap.NULL_TICK, map.previousTick(Integer.MAX_VALUE));
    assertEquals(TickMap.NULL_VALUE, map.get(1));
    assertEquals(TickMap.NULL_VALUE, map.remove(1));
    assertTrue(map.isEmpty());
  }

  @Test
  void shouldFindNeighboursWhenTicksAreAtTheEnds() {
    final TickMap map = new TickMap(4);
    map.put(Integer.MAX_VALUE, 7);
    map.put(1, 3);

    assertEquals(1, map.firstTick());
    assertEquals(Integer.MAX_VALUE, map.lastTick());
    assertEquals(Integer.MAX_VALUE, map.nextTick(1));
    assertEquals(1, map.previousTick(Integer.MAX_VALUE));
    assertEquals(1, map.nextTick(Integer.MIN_VALUE));
    assertEquals(TickMap.NULL_TICK, map.nextTick(Integer.MAX_VALUE));
    assertEquals(TickMap.NULL_TICK, map.previousTick(1));
    assertEquals(7, map.get(Integer.MAX_VALUE));
  }

  @Test
  void shouldRefuseWhatCannotBePut() {
    final TickMap map = new TickMap(1);
    map.put(5, 1);

    assertThrows(IllegalArgumentException.class, () -> map.put(0, 1));
    assertThrows(IllegalArgumentException.class, () -> map.put(-5, 1));
    assertThrows(IllegalArgumentException.class, () -> map.put(5, TickMap.NULL_VALUE));
    assertThrows(IllegalStateException.class, () -> map.put(6, 1));

    map.put(5, 2);
    assertEquals(2, map.get(5));
    assertEquals(1, map.size());
    assertEquals(TickMap.NULL_TICK, map.nextTick(5));
  }

  /** Every tick alone in its leaf and, as far as there is room, on the floors above: the worst the pages must hold. */
  @Test
  void shouldHoldItsCapacityWhenEveryTickStandsAlone() {
    final int levels = 20_000;
    final TickMap map = new TickMap(levels);
    final int step = Integer.MAX_VALUE / levels;
    for (int i = 1; i <= levels; i++) {
      map.put(i * step, i);
    }

    int tick = map.firstTick();
    for (int i = 1; i <= levels; i++) {
      assertEquals(i * step, tick);
      assertEquals(i, map.get(tick));
      tick = map.nextTick(tick);
    }
    assertEquals(TickMap.NULL_TICK, tick);
    map.clear();
    assertTrue(map.isEmpty());
    assertEquals(TickMap.NULL_TICK, map.firstTick());
  }

  @Test
  void shouldHoldOnSharedPagesWhenEveryTickHasAMapOfItsOwn() {
    final TickPages pages = new TickPages(1_000);
    final TickMap[] maps = new TickMap[1_000];
    for (int i = 0; i < maps.length; i++) {
      maps[i] = new TickMap(pages);
      maps[i].put(1 + i * 2_000_003, i);
    }

    assertEquals(1_000, pages.levels());
    for (int i = 0; i < maps.length; i++) {
      assertEquals(i, maps[i].get(1 + i * 2_000_003));
      assertEquals(1, maps[i].size());
      maps[i].clear();
    }
    assertEquals(0, pages.levels());
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 700, 100_000, 1 << 26, Integer.MAX_VALUE})
  void shouldAnswerAsTreeMapUnderRandomTraffic(final int spread) {
    System.out.println("TickMapTest seed=" + SEED + " spread=" + spread);
    final Random random = new Random(SEED ^ spread);
    final TickPages pages = new TickPages(512);
    final TickMap[] maps = {new TickMap(pages), new TickMap(pages)};
    final Map<Integer, TreeMap<Integer, Integer>> models = Map.of(0, new TreeMap<>(), 1, new TreeMap<>());
    for (int step = 0; step < 100_000; step++) {
      final int which = random.nextInt(2);
      final TickMap map = maps[which];
      final TreeMap<Integer, Integer> model = models.get(which);
      final int tick = 1 + random.nextInt(spread);
      final boolean isGrowing = (step / 2_000 & 1) == 0;
      if (random.nextInt(10) < (isGrowing ? 7 : 3)) {
        if (model.containsKey(tick) || pages.levels() < pages.levelsCapacity()) {
          final int value = random.nextInt(Integer.MAX_VALUE);
          map.put(tick, value);
          model.put(tick, value);
        }
      } else {
        final Integer near = random.nextBoolean() ? model.ceilingKey(tick) : model.floorKey(tick);
        final int gone = null == near ? tick : near;
        final Integer value = model.remove(gone);
        assertEquals(null == value ? TickMap.NULL_VALUE : value, map.remove(gone));
      }
      assertSame(model, map, 1 + random.nextInt(spread));
    }
  }

  private static void assertSame(final NavigableMap<Integer, Integer> model, final TickMap map, final int probe) {
    final Integer value = model.get(probe);
    assertEquals(null == value ? TickMap.NULL_VALUE : value, map.get(probe));
    assertEquals(model.size(), map.size());
    assertEquals(orNull(model.isEmpty() ? null : model.firstKey()), map.firstTick());
    assertEquals(orNull(model.isEmpty() ? null : model.lastKey()), map.lastTick());
    assertEquals(orNull(model.higherKey(probe)), map.nextTick(probe));
    assertEquals(orNull(model.lowerKey(probe)), map.previousTick(probe));
  }

  private static int orNull(final Integer tick) {
    return null == tick ? TickMap.NULL_TICK : tick;
  }
}
