package io.gavel.risk.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.InvariantViolation;
import io.gavel.risk.price.Slots;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The two pools under the ledger, each beside an obvious collection. */
class SlotsTest {

  private static final long SEED = 64_64L;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 63, 64, 65, 4_096, 4_097, 70_000})
  void shouldAlwaysClaimTheLowestFreeSlot(final int capacity) {
    System.out.println("SlotsTest seed " + SEED);
    final SplittableRandom random = new SplittableRandom(SEED);
    final Slots pool = new Slots(capacity);
    final TreeSet<Integer> free = new TreeSet<>();
    for (int slot = 0; slot < capacity; slot++) {
      free.add(slot);
    }
    for (int slot = 0; slot < capacity; slot++) {
      assertEquals(free.pollFirst(), pool.claim());
    }
    assertEquals(Slots.NULL_SLOT, pool.claim());
    assertTrue(pool.isFull());
    for (int step = 0; step < 5_000; step++) {
      final int slot = random.nextInt(capacity);
      if (pool.isTaken(slot)) {
        pool.release(slot);
        free.add(slot);
      } else if (random.nextBoolean()) {
        pool.claim(slot);
        free.remove(slot);
      } else {
        assertEquals(free.pollFirst(), pool.claim());
      }
      assertEquals(capacity - free.size(), pool.size());
    }
    assertThrows(InvariantViolation.class, () -> pool.claim(capacity));
    assertThrows(InvariantViolation.class, () -> pool.release(-1));
  }

  @Test
  void shouldHaltWhenASlotIsTakenOrReleasedTwice() {
    final Slots pool = new Slots(3);
    pool.claim(1);

    assertThrows(InvariantViolation.class, () -> pool.claim(1));
    assertThrows(InvariantViolation.class, () -> pool.release(0));
  }

  /** A few accounts use a plain table, a hundred thousand use the hash. */
  @ParameterizedTest
  @ValueSource(ints = {20, 100_000})
  void shouldFindPairsAndWalkThemInOrder(final int accountsMax) {
    final SplittableRandom random = new SplittableRandom(SEED);
    final AccountSlots slots = new AccountSlots(accountsMax, 64, 500);
    final TreeMap<Integer, TreeMap<Integer, Integer>> expected = new TreeMap<>();
    for (int i = 0; i < 500; i++) {
      final int account = random.nextInt(20) * (accountsMax / 20);
      final int id = 1 + random.nextInt(64);
      final Integer known = expected.computeIfAbsent(account, k -> new TreeMap<>()).get(id);
      assertEquals(null == known ? AccountSlots.NULL_SLOT : known, slots.find(account, id));
      expected.get(account).put(id, slots.open(account, id));
    }
    int walked = 0;
    for (final var account : expected.entrySet()) {
      int slot = slots.first(account.getKey());
      for (final var pair : account.getValue().entrySet()) {
        assertEquals(pair.getKey(), slots.id(slot));
        assertEquals(pair.getValue(), slot);
        slot = slots.next(slot);
        walked++;
      }
      assertEquals(AccountSlots.NULL_SLOT, slot);
    }
    assertEquals(slots.size(), walked);
    assertTrue(slots.hasRoom(500 - walked));
    assertFalse(slots.hasRoom(501 - walked));
  }
}
