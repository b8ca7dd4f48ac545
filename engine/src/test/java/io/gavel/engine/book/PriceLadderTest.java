package io.gavel.engine.book;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gavel.risk.price.TickPages;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Goal: a ladder finds what a sorted map finds, wherever its window lies. Method: seeded traffic beside a map of the
 * JDK, about a centre that walks, leaps and sits at both ends of all ranks.
 */
class PriceLadderTest {

  private static final long SEED = Long.getLong("gavel.seed", 0x1ADDE5L);
  private static final int LEVELS_MAX = 600;

  private final Random random = new Random(SEED);
  private final PriceLadder ladder = new PriceLadder(new TickPages(LEVELS_MAX));
  private final TreeMap<Integer, Integer> model = new TreeMap<>();

  @Test
  void shouldFindWhatASortedMapFindsWhenTheCentreWalksAndLeaps() {
    System.out.println("PriceLadderTest seed=" + SEED);
    int centre = 33_504;
    for (int step = 0; step < 400_000; step++) {
      if (0 == random.nextInt(20_000)) {
        centre = switch (random.nextInt(4)) {
          case 0 -> 1;
          case 1 -> Integer.MAX_VALUE;
          case 2 -> 1 + random.nextInt(Integer.MAX_VALUE);
          default -> 33_504;
        };
      }
      centre = (int) Math.max(1L, Math.min(Integer.MAX_VALUE, centre + random.nextInt(9) - 4L));
      change(rankAbout(centre));
      assertSame(rankAbout(centre));
    }
  }

  @Test
  void shouldFindTheFirstAndTheLastRankThereIs() {
    add(Integer.MAX_VALUE);
    add(1);
    assertSame(1);
    assertSame(Integer.MAX_VALUE);
    remove(1);
    assertSame(1);
    assertSame(Integer.MAX_VALUE);
    remove(Integer.MAX_VALUE);
    assertSame(Integer.MAX_VALUE);
  }

  @Test
  void shouldSeeEveryLevelWhenTheWindowJumpsToTheLowestRanks() {
    add(1_000_000);
    add(1_000);
    add(1_451);
    remove(1_000_000);

    assertSame(1_000);
    assertSame(1_451);
    assertSame(4_000);
    remove(1_451);
    remove(1_000);
  }

  private void change(final int rank) {
    if (model.containsKey(rank)) {
      remove(rank);
    } else if (model.size() < LEVELS_MAX) {
      add(rank);
    } else {
      remove(random.nextBoolean() ? model.firstKey() : model.lastKey());
    }
  }

  private void add(final int rank) {
    final int level = random.nextInt(LEVELS_MAX);
    model.put(rank, level);
    ladder.put(rank, level);
    ladder.follow(ladder.first());
  }

  private void remove(final int rank) {
    model.remove(rank);
    ladder.remove(rank);
    ladder.follow(ladder.first());
  }

  private void assertSame(final int rank) {
    assertEquals(orNull(model.isEmpty() ? null : model.firstKey()), ladder.first());
    assertEquals(orNull(model.higherKey(rank)), ladder.after(rank));
    assertEquals(orNull(model.lowerKey(rank)), ladder.before(rank));
    assertEquals(model.getOrDefault(rank, PriceLevels.NULL_LEVEL), ladder.level(rank));
    final Map.Entry<Integer, Integer> behind = model.higherEntry(rank);
    if (null != behind) {
      assertEquals(behind.getValue(), ladder.level(behind.getKey()));
    }
  }

  private int rankAbout(final int centre) {
    final int span = 1 << (2 + random.nextInt(14));
    return (int) Math.max(1L, Math.min(Integer.MAX_VALUE, (long) centre + random.nextInt(2 * span) - span));
  }

  private static int orNull(final Integer rank) {
    return null == rank ? PriceLadder.NULL_RANK : rank;
  }
}
