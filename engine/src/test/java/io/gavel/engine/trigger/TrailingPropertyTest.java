package io.gavel.engine.trigger;

import static io.gavel.codecs.sbe.PriceSource.MARK;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.RuleState;
import io.gavel.codecs.sbe.Side;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrailingPropertyTest {

  private static final int RULES = 40;
  private static final int PRINTS = 20_000;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  @DisplayName("R-14 a sell's level never falls and a buy's level never rises, whatever the path")
  void shouldMoveLevelsOneWayOnly(final long seed) {
    final Random random = new Random(seed);
    final RuleDesk desk = new RuleDesk(RULES);
    final int[] slots = new int[RULES];
    final int[] levels = new int[RULES];
    final int[] extrema = new int[RULES];
    for (int i = 0; i < RULES; i++) {
      slots[i] = armTrail(desk, random);
      levels[i] = desk.book.levelTicks(slots[i], 0);
    }
    int price = 10_000;
    int moved = 0;
    for (int print = 0; print < PRINTS; print++) {
      final int gap = random.nextInt(100) == 0 ? random.nextInt(2_001) - 1_000 : 0;
      price = Math.max(1, price + random.nextInt(201) - 100 + gap);
      final int ceil = random.nextBoolean() ? price : price + 1;
      final boolean undefined = random.nextInt(20) == 0;
      desk.price(RuleDesk.INSTRUMENT, MARK, undefined ? 0 : price, undefined ? 0 : ceil);
      for (int i = 0; i < RULES; i++) {
        final int slot = slots[i];
        final int level = desk.book.levelTicks(slot, 0);
        final int extremum = desk.book.extremumTicks(slot, 0);
        final boolean sells = Side.SELL == desk.book.side(slot);
        if (levels[i] > 0) {
          assertTrue(sells ? level >= levels[i] : level <= levels[i], "the wrong way: " + levels[i] + ", " + level);
        }
        if (extrema[i] > 0) {
          assertTrue(sells ? extremum >= extrema[i] : extremum <= extrema[i], "extremum went back");
        }
        if (level > 0) {
          assertTrue(sells ? level < extremum : level > extremum, "level is not behind its extremum");
          final boolean kept = undefined || RuleState.LIVE != desk.book.state(slot);
          assertTrue(kept || (sells ? ceil > level : price < level), "reached and still live");
        }
        moved += level == levels[i] ? 0 : 1;
        levels[i] = level;
        extrema[i] = extremum;
        if (RuleState.LIVE != desk.book.state(slot)) {
          desk.book.release(slot);
          slots[i] = armTrail(desk, random);
          levels[i] = desk.book.levelTicks(slots[i], 0);
          extrema[i] = desk.book.extremumTicks(slots[i], 0);
        }
      }
    }
    assertTrue(moved > 1_000, "nothing moved: " + moved);
  }

  private static int armTrail(final RuleDesk desk, final Random random) {
    final RuleDesk side = random.nextBoolean() ? desk.sell() : desk.buy();
    final int activation = random.nextInt(3) == 0 ? 5_000 + random.nextInt(10_000) : 0;
    return random.nextBoolean()
        ? side.trailSpread(MARK, 1 + random.nextInt(2_000), activation).arm()
        : side.trailRatio(MARK, 1 + random.nextInt(30_000_000), activation).arm();
  }
}
