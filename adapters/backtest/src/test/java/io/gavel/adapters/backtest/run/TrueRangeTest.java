package io.gavel.adapters.backtest.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gavel.adapters.backtest.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Goal: the distance is that of the finished bars alone. Method: by hand, then against bars built from scratch. */
class TrueRangeTest {

  private static final long BAR_NS = 60;

  @Test
  void shouldCountTheGapFromTheCloseBefore() {
    final TrueRange range = new TrueRange(new Scenario.Atr(100_000_000L, 2, BAR_NS));
    range.add(0, 100);
    range.add(10, 110);
    range.add(59, 105);
    assertEquals(0, range.bars(59));
    range.add(60, 120);
    range.add(70, 118);
    assertEquals(1, range.bars(119));
    assertEquals(2, range.bars(120));
    // 110 - 100, and 120 - 105 for the close before: 12.5, told as 13.
    assertEquals(13, range.distanceTicks());
  }

  @Test
  void shouldEqualBarsBuiltFromScratch() {
    final long seed = 20131125;
    final Random random = new Random(seed);
    final int bars = 5;
    final TrueRange range = new TrueRange(new Scenario.Atr(250_000_000L, bars, BAR_NS));
    final List<long[]> prints = new ArrayList<>();
    long timeNs = 7;
    int ticks = 1_000;
    for (int i = 0; i < 2_000; i++) {
      timeNs += random.nextInt(30) + (0 == random.nextInt(50) ? 200 : 0);
      ticks = Math.max(1, ticks + random.nextInt(41) - 20);
      prints.add(new long[] {timeNs, ticks});
      range.add(timeNs, ticks);
      final List<Long> ranges = ranges(prints, timeNs);
      assertEquals(Math.min(bars, ranges.size()), range.bars(timeNs), "seed " + seed + ", print " + i);
      if (ranges.size() >= bars) {
        final long sum = ranges.subList(ranges.size() - bars, ranges.size()).stream().mapToLong(Long::longValue).sum();
        assertEquals(Math.max(1, (sum * 5 + 2 * bars - 1) / (2 * bars)), range.distanceTicks(), "seed " + seed);
      }
    }
  }

  private static List<Long> ranges(final List<long[]> prints, final long nowNs) {
    final List<Long> ranges = new ArrayList<>();
    long close = 0;
    int from = 0;
    while (from < prints.size()) {
      final long bar = Math.floorDiv(prints.get(from)[0], BAR_NS);
      long high = 0;
      long low = Long.MAX_VALUE;
      int at = from;
      while (at < prints.size() && bar == Math.floorDiv(prints.get(at)[0], BAR_NS)) {
        high = Math.max(high, prints.get(at)[1]);
        low = Math.min(low, prints.get(at)[1]);
        at++;
      }
      if (nowNs >= (bar + 1) * BAR_NS) {
        ranges.add(0 == close ? high - low : Math.max(high, close) - Math.min(low, close));
      }
      close = prints.get(at - 1)[1];
      from = at;
    }
    return ranges;
  }
}
