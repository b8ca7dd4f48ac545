package io.gavel.risk.price;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The watches beside plain maps from member to level, many watches on the nodes of one heap. */
class PriceWatchTest {

  private static final int NODES = 500;
  private static final int WATCHES = 6;

  @Test
  void shouldKnowTheNearestLevelInEitherDirection() {
    final MeldHeap heap = new MeldHeap(4);
    final PriceWatch rising = PriceWatch.rising(heap);
    final PriceWatch falling = PriceWatch.falling(heap);
    assertEquals(0, rising.nextTicks());
    assertFalse(rising.isCrossedBy(Integer.MAX_VALUE));
    assertFalse(falling.isCrossedBy(1));

    rising.add(0, 120);
    rising.add(1, 110);
    falling.add(2, 90);
    falling.add(3, 80);

    assertEquals(110, rising.nextTicks());
    assertEquals(90, falling.nextTicks());
    assertFalse(rising.isCrossedBy(109));
    assertTrue(rising.isCrossedBy(110));
    assertFalse(falling.isCrossedBy(91));
    assertEquals(2, falling.poll(90));
    assertEquals(PriceWatch.NULL_NODE, falling.poll(90));
    rising.remove(1);
    assertEquals(120, rising.nextTicks());
  }

  @Test
  void shouldReachTheLargestTick() {
    final MeldHeap heap = new MeldHeap(1);
    final PriceWatch rising = PriceWatch.rising(heap);
    rising.add(0, Integer.MAX_VALUE);

    assertEquals(PriceWatch.NULL_NODE, rising.poll(Integer.MAX_VALUE - 1));
    assertEquals(0, rising.poll(Integer.MAX_VALUE));
    assertTrue(rising.isEmpty());
  }

  @Test
  void shouldAgreeWithPlainMapsUnderRandomTraffic() {
    final long seed = 71;
    System.out.println("PriceWatchTest seed " + seed);
    final Random random = new Random(seed);
    final MeldHeap heap = new MeldHeap(NODES);
    final PriceWatch[] watches = new PriceWatch[WATCHES];
    final List<Map<Integer, Integer>> references = new ArrayList<>();
    for (int i = 0; i < WATCHES; i++) {
      watches[i] = i % 2 == 0 ? PriceWatch.rising(heap) : PriceWatch.falling(heap);
      references.add(new HashMap<>());
    }
    final TreeSet<Integer> free = new TreeSet<>();
    for (int node = 0; node < NODES; node++) {
      free.add(node);
    }
    for (int step = 0; step < 100_000; step++) {
      final int which = random.nextInt(WATCHES);
      final Map<Integer, Integer> reference = references.get(which);
      final int action = random.nextInt(10);
      if (action < 6 && !free.isEmpty()) {
        final int node = free.pollFirst();
        final int level = 1 + random.nextInt(200);
        watches[which].add(node, level);
        reference.put(node, level);
      } else if (action < 8 && !reference.isEmpty()) {
        final Integer node = new ArrayList<>(reference.keySet()).get(random.nextInt(reference.size()));
        watches[which].remove(node);
        reference.remove(node);
        free.add(node);
      } else if (action == 9) {
        free.addAll(poll(watches[which], reference, which % 2 == 0, 1 + random.nextInt(200)));
      }
      compareNext(watches[which], reference, which % 2 == 0);
    }
  }

  /** Levels must come in the direction of travel, and the members must be those that the price reaches. */
  private static List<Integer> poll(final PriceWatch watch, final Map<Integer, Integer> reference,
      final boolean rising, final int price) {
    final List<Integer> polled = new ArrayList<>();
    int last = rising ? 0 : Integer.MAX_VALUE;
    for (int node = watch.poll(price); PriceWatch.NULL_NODE != node; node = watch.poll(price)) {
      final int level = reference.remove(node);
      assertTrue(rising ? level >= last && level <= price : level <= last && level >= price);
      last = level;
      polled.add(node);
    }
    assertTrue(reference.values().stream().noneMatch(level -> rising ? level <= price : level >= price));
    return polled;
  }

  private static void compareNext(final PriceWatch watch, final Map<Integer, Integer> reference,
      final boolean rising) {
    int next = 0;
    for (final int level : reference.values()) {
      next = 0 == next ? level : rising ? Math.min(next, level) : Math.max(next, level);
    }
    assertEquals(next, watch.nextTicks());
    assertEquals(reference.isEmpty(), watch.isEmpty());
  }
}
