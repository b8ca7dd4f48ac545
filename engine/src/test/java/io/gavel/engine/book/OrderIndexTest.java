package io.gavel.engine.book;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gavel.codecs.sbe.Side;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** Goal: ids find their slots, whatever the ids. Method: a full pool under seeded traffic beside a map of the JDK. */
class OrderIndexTest {

  private static final long SEED = 0x1DE7L;
  private static final int ORDERS_MAX = 300;

  @Test
  void shouldFindWhatIsLiveAndNothingElseWhenIdsCountUp() {
    final Random random = new Random(SEED);
    final long[] next = {1};
    assertSameAsMap(random, () -> next[0]++);
  }

  /** A stride chosen so that all orders want neighbouring places. */
  @Test
  void shouldFindWhatIsLiveAndNothingElseWhenIdsCollide() {
    final Random random = new Random(SEED);
    final long inverse = modularInverse(0x9E3779B97F4A7C15L);
    final long[] next = {1};
    assertSameAsMap(random, () -> inverse * next[0]++);
  }

  /** The same for whole lines of the table, and for ids that differ in their upper bits only. */
  @Test
  void shouldFindWhatIsLiveAndNothingElseWhenLinesCollideOrIdsLieFarApart() {
    final Random random = new Random(SEED);
    final long inverse = modularInverse(0x9E3779B97F4A7C15L);
    final long[] next = {1};
    assertSameAsMap(random, () -> (inverse * next[0]++) << 4);
    assertSameAsMap(random, () -> next[0]++ << 40);
  }

  @Test
  void shouldFindWhatIsLiveAndNothingElseWhenIdsAreRandom() {
    final Random random = new Random(SEED);
    assertSameAsMap(random, random::nextLong);
  }

  @Test
  void shouldFindWhatIsLiveAfterItHasGrown() {
    final long inverse = modularInverse(0x9E3779B97F4A7C15L);
    final OrderPool pool = new OrderPool(8);
    for (int i = 1; i <= 8; i++) {
      pool.claim(inverse * i, 1, Side.BUY, 1, 1);
    }
    pool.grow(40);
    for (int i = 9; i <= 40; i++) {
      pool.claim(inverse * i, 1, Side.BUY, 1, 1);
    }
    for (int i = 1; i <= 40; i++) {
      assertEquals(inverse * i, pool.orderId(pool.slotOf(inverse * i)));
    }
    assertEquals(OrderPool.NULL_SLOT, pool.slotOf(inverse * 41));
  }

  private static void assertSameAsMap(final Random random, final LongSupplier ids) {
    System.out.println("OrderIndexTest seed=" + SEED);
    final OrderPool pool = new OrderPool(ORDERS_MAX);
    final Map<Long, Integer> model = new HashMap<>();
    final List<Long> live = new ArrayList<>();
    for (int step = 0; step < 50_000; step++) {
      final boolean isFull = live.size() == ORDERS_MAX;
      if (!isFull && (live.isEmpty() || random.nextInt(100) < 53)) {
        final long orderId = ids.getAsLong();
        assertEquals(OrderPool.NULL_SLOT, pool.slotOf(orderId));
        model.put(orderId, pool.claim(orderId, 1, Side.BUY, 1, 1));
        live.add(orderId);
      } else {
        final int index = random.nextInt(live.size());
        final long orderId = live.set(index, live.get(live.size() - 1));
        live.remove(live.size() - 1);
        pool.release(model.remove(orderId));
        assertEquals(OrderPool.NULL_SLOT, pool.slotOf(orderId));
      }
      if (0 == step % 64) {
        model.forEach((orderId, slot) -> assertEquals(slot, pool.slotOf(orderId)));
      }
      assertEquals(model.size(), pool.size());
    }
  }

  private static long modularInverse(final long odd) {
    long inverse = odd;
    for (int i = 0; i < 6; i++) {
      inverse *= 2 - odd * inverse;
    }
    return inverse;
  }
}
