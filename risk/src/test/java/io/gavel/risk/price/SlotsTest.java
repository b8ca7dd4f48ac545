package io.gavel.risk.price;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gavel.codecs.InvariantViolation;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotsTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 63, 64, 65, 4_095, 4_096, 4_097, 300_000})
  void shouldGiveLowestFreeNumber(final int capacity) {
    final Random random = new Random(capacity);
    final Slots slots = new Slots(capacity);
    final TreeSet<Integer> free = new TreeSet<>();
    final TreeSet<Integer> taken = new TreeSet<>();
    for (int slot = 0; slot < capacity; slot++) {
      free.add(slot);
    }
    for (int step = 0; step < 20_000; step++) {
      final int action = random.nextInt(20);
      if (action < 11) {
        final Integer expected = free.pollFirst();
        assertEquals(null == expected ? Slots.NULL_SLOT : expected, slots.claim());
        if (null != expected) {
          taken.add(expected);
        }
      } else if (action < 12) {
        claimAny(slots, random.nextInt(capacity), free, taken);
      } else if (!taken.isEmpty()) {
        final Integer slot = random.nextBoolean() ? taken.first() : taken.floor(random.nextInt(taken.last() + 1));
        if (null != slot) {
          taken.remove(slot);
          free.add(slot);
          slots.release(slot);
        }
      }
      final int from = random.nextInt(capacity);
      final Integer next = taken.ceiling(from);
      assertEquals(null == next ? Slots.NULL_SLOT : next, slots.nextTaken(from));
      assertEquals(taken.size(), slots.size());
      assertEquals(free.isEmpty(), slots.isFull());
    }
  }

  private static void claimAny(final Slots slots, final int slot, final Set<Integer> free,
      final Set<Integer> taken) {
    if (free.remove(slot)) {
      slots.claim(slot);
      taken.add(slot);
    } else {
      assertThrows(InvariantViolation.class, () -> slots.claim(slot));
    }
  }
}
