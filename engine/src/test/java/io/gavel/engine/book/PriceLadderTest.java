package io.gavel.engine.book;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gavel.risk.price.TickPages;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Goal: a ladder finds what a sorted map finds, wherever its window lies. Method: seeded traffic about a best rank that
 * wanders, jumps and runs into both ends, with ranks far behind it, and times at which the ladder is empty.
 */
class PriceLadderTest {

  private static final long SEED = Long.getLong("gavel.seed", 0x1ADDE4L);
  private static final int STEPS = Math.min(300_000, 10 * Integer.getInteger("gavel.commands", 1_000_000));
  private static final int LEVELS_MAX = 400;

  private final Random random = new Random(SEED);
  private final PriceLadder ladder = new PriceLadder(new TickPages(LEVELS_MAX));
  private final TreeMap<Integer, Integer> model = new TreeMap<>();
  private int mid = 1_000_000;

  @Test
  void shouldFindWhatASortedMapFinds() {
    System.out.println("PriceLadderTest seed=" + SEED);
    for (int step = 0; step < STEPS; step++) {
      move(step);
      if (model.size() < 2 || model.size() < LEVELS_MAX && random.nextInt(100) < 50 + 3 * (step / 5_000 % 3 - 1)) {
        put(somewhere(), step);
      } else {
        remove(random.nextInt(4) > 0 ? model.firstKey() : near(somewhere()));
      }
      assertSame(somewhere());
      assertSame(model.isEmpty() ? 1 : near(somewhere()));
    }
  }

  @Test
  void shouldHoldTheFirstAndTheLastRank() {
    put(Integer.MAX_VALUE, 7);
    assertSame(1);
    put(1, 8);
    assertSame(Integer.MAX_VALUE);
    assertSame(1);
    remove(1);
    assertSame(Integer.MAX_VALUE);
    put(Integer.MAX_VALUE - 1, 9);
    assertSame(Integer.MAX_VALUE);
    remove(Integer.MAX_VALUE);
    remove(Integer.MAX_VALUE - 1);
    assertSame(1);
    assertEquals(PriceLadder.NULL_RANK, ladder.first());
  }

  private void move(final int step) {
    mid += random.nextInt(129) - 64;
    if (0 == random.nextInt(2_000)) {
      mid = switch (random.nextInt(4)) {
        case 0 -> 1;
        case 1 -> Integer.MAX_VALUE;
        default -> 1 + random.nextInt(Integer.MAX_VALUE - 1);
      };
    }
    if (0 == step % 30_000) {
      while (!model.isEmpty()) {
        remove(near(somewhere()));
      }
    }
    mid = Math.max(1, mid);
  }

  /** Mostly a rank about the best one; mostly behind it. */
  private int somewhere() {
    final long away = switch (random.nextInt(4)) {
      case 0 -> random.nextInt(64);
      case 1 -> random.nextInt(6_000) - 2_000;
      case 2 -> random.nextInt(1_000_000);
      default -> random.nextInt(1_000);
    };
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, mid + away));
  }

  private int near(final int rank) {
    final Integer behind = model.ceilingKey(rank);
    return null == behind ? model.lastKey() : behind;
  }

  private void put(final int rank, final int level) {
    if (null == model.putIfAbsent(rank, level)) {
      ladder.put(rank, level);
      ladder.follow(model.firstKey());
    }
  }

  private void remove(final int rank) {
    model.remove(rank);
    ladder.remove(rank);
    ladder.follow(ladder.first());
  }

  private void assertSame(final int rank) {
    assertEquals(model.getOrDefault(rank, PriceLevels.NULL_LEVEL), ladder.level(rank), "level at " + rank);
    assertEquals(model.isEmpty() ? PriceLadder.NULL_RANK : model.firstKey(), ladder.first(), "first");
    assertEquals(rankOf(model.higherKey(rank)), ladder.after(rank), "after " + rank);
    assertEquals(rankOf(model.lowerKey(rank)), ladder.before(rank), "before " + rank);
  }

  private static int rankOf(final Integer key) {
    return null == key ? PriceLadder.NULL_RANK : key;
  }
}
