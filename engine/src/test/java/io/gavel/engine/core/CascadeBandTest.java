package io.gavel.engine.core;

import static io.gavel.codecs.sbe.Side.BUY;
import static io.gavel.codecs.sbe.Side.SELL;
import static io.gavel.engine.core.Core.ALICE;
import static io.gavel.engine.core.Core.BOB;
import static io.gavel.engine.core.Core.PAIR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RiskLimitKind;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.engine.core.Core.RuleDraft;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: what fires in one price band is bounded by interval, and nobody is lost, sent twice or overtaken in its band.
 * Method: against a list of who waits and a map of slices, restarted often; and a run of stops that feed one another,
 * with and without the guard.
 */
class CascadeBandTest {

  private static final long WINDOW_NS = 100;
  private static final int MOST = 2;
  private static final int BAND_BPS = 1_000;

  private final Core core = Core.spot();

  private static RuleDraft stop(final long lots, final int levelTicks, final PriceSource source) {
    final RuleDraft draft = new RuleDraft();
    draft.side = SELL;
    draft.lots = lots;
    draft.legs.add(leg -> leg.levelTicks(levelTicks).trailRatioE8(0).trailSpreadTicks(0).activationTicks(0)
        .childLimitTicks(1).protectionBps(0).kind(RuleKind.STOP_LOSS).source(source));
    return draft;
  }

  private void guard(final int bandBps) {
    assertEquals(ReasonCode.OK, core.riskLimit(0, 1, RiskLimitKind.CASCADE, MOST,
        c -> c.instrumentId(PAIR).windowNs(WINDOW_NS).bandBps(bandBps)));
  }

  private long arm(final RuleDraft draft) {
    assertEquals(ReasonCode.OK, core.arm(ALICE, draft));
    int slot = core.machine.ruleTable().firstOf(0);
    while (core.machine.ruleTable().nextOf(slot) >= 0) {
      slot = core.machine.ruleTable().nextOf(slot);
    }
    return core.machine.rules().ruleId(slot);
  }

  private static List<Long> ids(final List<String> events, final String word) {
    return events.stream().filter(line -> line.startsWith("rule") && line.contains(word))
        .map(line -> Long.valueOf(line.replaceAll("^\\D*(\\d+).*$", "$1"))).distinct().toList();
  }

  /** One who has fired, and what the obvious book knows of him. */
  private record Fired(long ruleId, int levelTicks, int band) {
  }

  /** The bands of the formula, by counting: edges are found by walking up from each power of two. */
  private static int band(final int levelTicks) {
    int octave = 1;
    int octaves = 0;
    while (2 * octave <= levelTicks) {
      octave *= 2;
      octaves++;
    }
    int band = -1;
    for (int edge = octave; edge <= levelTicks; edge += (octave + 9) / 10) {
      band++;
    }
    return octaves % 2 * 8 + band % 8;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void shouldAgreeWithTheObviousBook(final long seed) {
    System.out.println("CascadeBandTest seed " + seed);
    final Random random = new Random(seed);
    guard(BAND_BPS);
    core.limit(BOB, BUY, 1, 100);
    final Map<Long, Integer> levels = new HashMap<>();
    final List<Fired> waiting = new ArrayList<>();
    final Map<Integer, long[]> slices = new HashMap<>();
    long now = 1_000;
    int carried = 0;
    core.at(now).price(PriceSource.MARK, 20_000);
    for (int step = 0; step < 150; step++) {
      core.limit(BOB, BUY, 1, 10);
      for (int i = random.nextInt(6); i > 0 && levels.size() + waiting.size() < 30; i--) {
        final int level = 60 + random.nextInt(120);
        levels.put(arm(stop(1, level, PriceSource.MARK)), level);
      }
      now += 1 + random.nextInt(60);
      core.at(now).time(now);
      follow(waiting, slices, now, 2_000);
      if (!waiting.isEmpty() && random.nextInt(3) == 0) {
        core.cancelRule(ALICE, waiting.remove(random.nextInt(waiting.size())).ruleId);
      }
      core.take();
      final int mark = 60 + random.nextInt(120);
      core.price(PriceSource.MARK, 10L * mark);
      carried += fire(levels, waiting, slices, now, mark);
      core.price(PriceSource.MARK, 20_000);
      core.take();
      if (random.nextInt(4) == 0) {
        final List<String> before = core.state();
        core.restart();
        assertEquals(before, core.state());
      }
    }
    assertTrue(carried > 50, "too few were carried: " + carried);
  }

  /** A print fires by level in the direction of travel, then by arming; the budget of each band decides who waits. */
  private int fire(final Map<Long, Integer> levels, final List<Fired> waiting, final Map<Integer, long[]> slices,
      final long now, final int mark) {
    final List<Long> order = levels.keySet().stream().filter(id -> levels.get(id) >= mark)
        .sorted(Comparator.<Long>comparingInt(id -> -levels.get(id)).thenComparing(id -> id)).toList();
    final List<Long> sent = new ArrayList<>();
    final List<Long> kept = new ArrayList<>();
    for (final long id : order) {
      final Fired fired = new Fired(id, levels.get(id), band(levels.get(id)));
      levels.remove(id);
      if (waiting.stream().noneMatch(other -> other.band == fired.band) && take(slices, fired.band, now)) {
        sent.add(id);
      } else {
        waiting.add(fired);
        kept.add(id);
      }
    }
    final List<String> events = core.take();
    assertEquals(kept, ids(events, "CASCADE_CARRIED"), "carried");
    assertEquals(sent, ids(events, "CHILD_SENT"), "sent at once");
    return kept.size();
  }

  /** Slices that have ended begin again, one instant after the other, the band nearest to the mark first. */
  private void follow(final List<Fired> waiting, final Map<Integer, long[]> slices, final long now, final int mark) {
    final List<Long> expected = new ArrayList<>();
    while (true) {
      final long next = waiting.stream().mapToLong(fired -> slices.get(fired.band)[0]).min().orElse(Long.MAX_VALUE);
      if (next > now) {
        break;
      }
      final List<Fired> heads = waiting.stream()
          .filter(fired -> slices.get(fired.band)[0] == next)
          .filter(fired -> waiting.subList(0, waiting.indexOf(fired)).stream()
              .noneMatch(other -> other.band == fired.band))
          .sorted(Comparator.<Fired>comparingInt(fired -> Math.abs(fired.levelTicks - mark))
              .thenComparingInt(fired -> fired.band)).toList();
      for (final Fired head : heads) {
        final List<Fired> band = waiting.stream().filter(fired -> fired.band == head.band).toList();
        for (int i = 0; i < band.size() && take(slices, head.band, next); i++) {
          waiting.remove(band.get(i));
          expected.add(band.get(i).ruleId);
        }
      }
    }
    assertEquals(expected, ids(core.take(), "CHILD_SENT"), "sent in their turn at " + now);
  }

  private static boolean take(final Map<Integer, long[]> slices, final int band, final long now) {
    final long[] slice = slices.computeIfAbsent(band, key -> new long[2]);
    if (now >= slice[0]) {
      slice[0] = now + WINDOW_NS;
      slice[1] = 0;
    }
    return slice[1]++ < MOST;
  }

  @Test
  void shouldLetNobodyOvertakeWhoIsTooLargeForTheSlice() {
    assertEquals(ReasonCode.OK, core.riskLimit(0, 1, RiskLimitKind.CASCADE, 10,
        c -> c.instrumentId(PAIR).windowNs(WINDOW_NS).bandBps(BAND_BPS).thresholdUnits(4_000)));
    core.limit(BOB, BUY, 1, 1_000);
    core.at(1_000).price(PriceSource.MARK, 2_000);
    final long first = arm(stop(1, 100, PriceSource.MARK));
    final long large = arm(stop(200, 100, PriceSource.MARK));
    final long small = arm(stop(1, 100, PriceSource.MARK));
    core.take();
    core.price(PriceSource.MARK, 900);
    final List<String> events = core.take();
    assertEquals(List.of(first), ids(events, "CHILD_SENT"));
    assertEquals(List.of(large, small), ids(events, "CASCADE_CARRIED"));
    core.at(1_100).time(1_100);
    assertEquals(List.of(large), ids(core.take(), "CHILD_SENT"), "alone");
    core.at(1_200).time(1_200);
    assertEquals(List.of(small), ids(core.take(), "CHILD_SENT"));
  }

  @Test
  void shouldKeepWhoWaitsWhenTheBandsAreChangedOrLifted() {
    guard(BAND_BPS);
    core.limit(BOB, BUY, 1, 100);
    core.at(1_000).price(PriceSource.MARK, 2_000);
    final List<Long> armed = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      armed.add(arm(stop(1, i < 3 ? 150 : 100, PriceSource.MARK)));
    }
    core.price(PriceSource.MARK, 900);
    final List<String> events = core.take();
    assertEquals(List.of(armed.get(2), armed.get(5)), ids(events, "CASCADE_CARRIED"), "two bands");
    core.riskLimit(0, 1, RiskLimitKind.CASCADE, MOST, c -> c.instrumentId(PAIR).windowNs(WINDOW_NS));
    core.restart();
    core.riskLimit(1, RiskLimitKind.NONE, 0);
    core.restart();
    core.take();
    core.at(1_100).time(1_100);
    assertEquals(List.of(armed.get(5), armed.get(2)), ids(core.take(), "CHILD_SENT"), "the nearer one first");
    assertEquals(Long.MAX_VALUE, core.machine.nextDeadlineNs());
  }

  /** Stops one tick apart feed one another through the last price; a maker bids again in every interval. */
  @Test
  void shouldBoundWhatACascadeDoesToThePrice() {
    final int unguarded = new CascadeBandTest().lowest(0, false);
    final int whole = new CascadeBandTest().lowest(0, true);
    final int banded = new CascadeBandTest().lowest(20, true);
    System.out.println("cascade from 1000 ticks: unguarded to " + unguarded + ", one slice to " + whole
        + ", bands of 20 bps to " + banded);
    assertTrue(1_000 - banded < (1_000 - unguarded) / 2, "impact " + (1_000 - banded) + " of " + (1_000 - unguarded));
    assertTrue(whole >= banded, "one slice holds more back than many");
  }

  private int lowest(final int bandBps, final boolean guarded) {
    if (guarded) {
      guard(bandBps);
    }
    for (int i = 0; i < 60; i++) {
      assertEquals(ReasonCode.OK, core.limit(BOB, BUY, 1_000 - i, 1));
    }
    for (int i = 0; i < 40; i++) {
      arm(stop(1, 999 - i / 4, PriceSource.LAST));
    }
    core.at(1_000);
    assertEquals(ReasonCode.OK, core.limit(ALICE, SELL, 999, 2));
    int lowest = lowest(1_000);
    for (long now = 1_000 + WINDOW_NS; core.machine.nextDeadlineNs() != Long.MAX_VALUE; now += WINDOW_NS) {
      for (int i = 0; i < 8; i++) {
        core.limit(BOB, BUY, 1_000 - i, 1);
      }
      core.take();
      core.at(now).time(now);
      lowest = Math.min(lowest, lowest(lowest));
    }
    return lowest;
  }

  private int lowest(final int before) {
    int lowest = before;
    for (final String line : core.take()) {
      if (line.startsWith("trade")) {
        lowest = Math.min(lowest, priceOf(line));
      }
    }
    return lowest;
  }

  private static int priceOf(final String trade) {
    return Integer.parseInt(trade.replaceAll("^.*@(\\d+).*$", "$1"));
  }
}
