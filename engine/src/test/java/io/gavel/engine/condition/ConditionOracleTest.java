package io.gavel.engine.condition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.CommandValidator;
import io.gavel.codecs.sbe.Compare;
import io.gavel.codecs.sbe.NodeOp;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: no condition is missed and none is met twice or too early. Method: the book and {@link ReferenceTrees}, which
 * works out every tree after every event, get the same trees, cancels, prices with gaps, quotes, depths, trades, times
 * and restarts; after every event the same rules must have been met. Prints how many evaluations that were.
 */
class ConditionOracleTest {

  private static final int RULES = 300;
  private static final int AIM = 120;
  private static final PriceSource[] SOURCES = {PriceSource.LAST, PriceSource.MARK, PriceSource.INDEX,
      PriceSource.BID, PriceSource.ASK};
  private static final long[] WINDOWS = {160, 1_600};

  private final ConditionDesk desk = new ConditionDesk();
  private final List<ReferenceTrees.Happening> happenings = new ArrayList<>();
  private final TreeSet<Integer> taken = new TreeSet<>();
  private Random random = new Random();
  private ConditionBook book = new ConditionBook(2, RULES, desk);
  private ReferenceTrees reference = new ReferenceTrees(desk, happenings);
  private long nowNs = 1_000;
  private long sequence;
  private long met;
  private long armed;
  private final int[] refused = new int[256];

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void shouldMeetWhatAFullScanMeets(final long seed) {
    trial(seed, 6_000);
    assertTrue(met > 500 && reference.evaluations > 100_000, () -> met + " met");
  }

  @Test
  @Tag("soak")
  void shouldMeetWhatAFullScanMeetsForABillionEvaluations() {
    long evaluations = 0;
    for (long seed = 100; evaluations < 1_000_000_000L; seed++) {
      taken.clear();
      happenings.clear();
      book = new ConditionBook(2, RULES, desk);
      reference = new ReferenceTrees(desk, happenings);
      trial(seed, 20_000);
      evaluations += reference.evaluations;
    }
    System.out.println("ConditionOracleTest: " + evaluations + " evaluations");
  }

  private void trial(final long seed, final int events) {
    random = new Random(seed);
    watchTheWindows();
    for (int i = 0; i < events; i++) {
      sequence++;
      for (int n = random.nextInt(3); n > 0; n--) {
        command();
      }
      event();
      if (0 == random.nextInt(200)) {
        restart();
      }
      if (0 == i % 64) {
        happenings.removeIf(each -> each.timeNs() < nowNs - 2_000);
      }
    }
    System.out.println("ConditionOracleTest seed " + seed + ": " + armed + " armed, " + met + " met, never true "
        + refused[ReasonCode.CONDITION_NEVER_TRUE.value()] + ", always true "
        + refused[ReasonCode.CONDITION_ALWAYS_TRUE.value()] + ", evaluations " + reference.evaluations);
  }

  /** Rules that never fire keep every window alive, so that the reference may look back as far as it likes. */
  private void watchTheWindows() {
    book.at(nowNs, sequence);
    int slot = 0;
    for (final long window : WINDOWS) {
      for (int instrument = 1; instrument <= 2; instrument++) {
        desk.begin().op(NodeOp.ALL, -1);
        desk.leaf(0, Signal.VOLATILITY, Compare.AT_OR_ABOVE, 1L << 60, window, false)
            .of(PriceSource.LAST, instrument);
        desk.leaf(0, Signal.VOLATILITY, Compare.AT_OR_ABOVE, 1L << 60, window, false)
            .of(PriceSource.MARK, instrument);
        desk.leaf(0, Signal.VOLUME_RATE, Compare.AT_OR_ABOVE, 1L << 60, window, false)
            .of(PriceSource.LAST, instrument);
        enter(slot++, false);
      }
    }
  }

  private void command() {
    if (taken.size() < AIM && random.nextInt(3) > 0) {
      arm();
    } else if (random.nextInt(4) == 0) {
      final int slot = 4 + random.nextInt(RULES - 4);
      if (taken.contains(slot)) {
        release(slot);
      }
    }
  }

  private void arm() {
    final int slot = 4 + random.nextInt(RULES - 4);
    if (taken.contains(slot)) {
      return;
    }
    desk.begin();
    grow(-1, 1 + random.nextInt(random.nextInt(8) == 0 ? 16 : 5), 0);
    final ReasonCode code = book.check(desk.spec, nowNs);
    refused[code.value()]++;
    if (ReasonCode.OK == code) {
      enter(slot, random.nextBoolean());
    }
  }

  private void enter(final int slot, final boolean waits) {
    book.at(nowNs, sequence);
    armed++;
    book.arm(slot, desk.spec);
    final boolean isTrue = book.enter(slot, waits);
    assertEquals(reference.enter(slot, desk.spec, waits, nowNs), isTrue, "true when armed");
    taken.add(slot);
    if (isTrue && !waits) {
      release(slot);
    }
  }

  private void release(final int slot) {
    book.leave(slot);
    book.release(slot);
    reference.remove(slot);
    taken.remove(slot);
  }

  /** A random tree of so many leaves below a parent. */
  private void grow(final int parent, final int leaves, final int depth) {
    if (desk.spec.nodeCount > 26) {
      leaf(parent);
      return;
    }
    if (1 == leaves) {
      if (random.nextInt(6) == 0 && depth < 5) {
        desk.op(NodeOp.NOT, parent);
        leaf(desk.spec.nodeCount - 1);
      } else {
        leaf(parent);
      }
      return;
    }
    final int self = desk.spec.nodeCount;
    final int kind = random.nextInt(8);
    if (kind == 0) {
      desk.op(NodeOp.THEN, parent, 0, 1 + random.nextInt(200));
      grow(self, leaves / 2, depth + 1);
      grow(self, leaves - leaves / 2, depth + 1);
    } else if (kind == 1) {
      desk.op(NodeOp.N_OF, parent, 1 + random.nextInt(leaves), 0);
      for (int i = 0; i < leaves; i++) {
        leaf(self);
      }
    } else {
      desk.op(kind < 5 ? NodeOp.ALL : NodeOp.ANY, parent);
      final int first = 1 + random.nextInt(leaves - 1);
      grow(self, first, depth + 1);
      grow(self, leaves - first, depth + 1);
    }
  }

  private void leaf(final int parent) {
    if (CommandValidator.NODES_MAX == desk.spec.nodeCount) {
      return;
    }
    final boolean latched = random.nextBoolean();
    final Compare compare = Compare.get((short) random.nextInt(4));
    final int instrument = random.nextInt(3);
    switch (random.nextInt(12)) {
      case 0 -> desk.leaf(parent, Signal.AT_TIME, Compare.AT_OR_ABOVE, nowNs + 1 + random.nextInt(400), 0, latched);
      case 1 -> desk.leaf(parent, Signal.AFTER, Compare.AT_OR_ABOVE, 1 + random.nextInt(400), 0, latched);
      case 2 -> desk.leaf(parent, Signal.WINDOW, Compare.AT_OR_ABOVE, Math.max(0, nowNs - 50 + random.nextInt(200)),
          nowNs + 200 + random.nextInt(300), latched);
      case 3 -> desk.leaf(parent, Signal.DAILY_WINDOW, Compare.AT_OR_ABOVE, random.nextInt(5_000),
          5_000 + random.nextInt(90_000), latched);
      case 4 -> {
        final boolean ratio = random.nextBoolean();
        desk.leaf(parent, Signal.TRAILING, Compare.get((short) random.nextInt(2)),
            ratio ? 1_000_000 * (1 + random.nextInt(12)) + random.nextInt(2) : 0, ratio ? 0 : 1 + random.nextInt(20),
            true).of(SOURCES[random.nextInt(5)], instrument);
      }
      case 5 -> desk.leaf(parent, Signal.SPREAD, compare, 1 + random.nextInt(10), 0, latched)
          .of(PriceSource.LAST, instrument);
      case 6 -> desk.leaf(parent, Signal.DEPTH, compare, 1 + random.nextInt(50), 10, latched)
          .of(random.nextBoolean() ? PriceSource.BID : PriceSource.ASK, instrument);
      case 7 -> desk.leaf(parent, Signal.VOLATILITY, compare, 1_000_000L * (1 + random.nextInt(30)),
          WINDOWS[random.nextInt(2)], latched).of(SOURCES[random.nextInt(2)], instrument);
      case 8 -> desk.leaf(parent, Signal.VOLUME_RATE, compare, 1 + random.nextInt(300), WINDOWS[random.nextInt(2)],
          latched).of(PriceSource.LAST, instrument);
      case 9 -> desk.leaf(parent, Signal.FUNDING_RATE, compare, random.nextInt(21) - 10, 0, latched);
      default -> desk.leaf(parent, Signal.PRICE, compare, 80 + random.nextInt(40), 0, latched)
          .of(SOURCES[random.nextInt(5)], instrument);
    }
  }

  private void event() {
    if (random.nextInt(3) == 0) {
      advance(nowNs + random.nextInt(0 == random.nextInt(10) ? 2_000 : 40));
    }
    book.at(nowNs, sequence);
    final int instrument = 1 + random.nextInt(2);
    switch (random.nextInt(7)) {
      case 6 -> {
        desk.rates[ConditionDesk.PAIR] = 0 == random.nextInt(10) ? -SignalView.NONE : random.nextInt(21) - 10;
        book.onChange(Signal.FUNDING_RATE, ConditionDesk.PAIR);
      }
      case 0 -> {
        final int bid = price(PriceSource.BID, instrument);
        final int ask = 0 == random.nextInt(20) ? 0 : bid + 1 + random.nextInt(8);
        desk.set(instrument, PriceSource.BID, bid, bid);
        desk.set(instrument, PriceSource.ASK, ask, ask);
        happened(instrument, PriceSource.BID, bid, 0);
        happened(instrument, PriceSource.ASK, ask, 0);
        book.onQuotes(instrument, bid, ask);
      }
      case 1 -> {
        desk.depths[instrument * 2 + random.nextInt(2)] = random.nextInt(60);
        book.onChange(Signal.DEPTH, instrument);
      }
      case 2 -> {
        final long lots = 1L + random.nextInt(40);
        happened(instrument, PriceSource.LAST, 0, lots);
        book.onVolume(instrument, lots);
      }
      default -> {
        final PriceSource source = SOURCES[random.nextInt(3)];
        final int floor = price(source, instrument);
        final int ceil = PriceSource.LAST != source && 0 != floor ? floor + random.nextInt(2) : floor;
        desk.set(instrument, source, floor, ceil);
        happened(instrument, source, floor, 0);
        book.onPrice(instrument, source, floor, ceil);
      }
    }
    compare();
  }

  /** A step of a few ticks, sometimes a gap, sometimes the same price, seldom none. */
  private int price(final PriceSource source, final int instrument) {
    final int last = desk.floors[ConditionDesk.at(instrument, source)];
    final int from = 0 == last ? 100 : last;
    return switch (random.nextInt(24)) {
      case 0 -> 0;
      case 1, 2 -> 80 + random.nextInt(40);
      case 3 -> from;
      default -> Math.max(70, Math.min(130, from + random.nextInt(7) - 3));
    };
  }

  private void happened(final int instrument, final PriceSource source, final int ticks, final long lots) {
    happenings.add(new ReferenceTrees.Happening(nowNs, instrument, source, ticks, lots));
  }

  private void advance(final long toNs) {
    while (book.nextNs() <= toNs) {
      nowNs = book.nextNs();
      book.at(nowNs, sequence);
      book.onTime();
      compare();
    }
    nowNs = toNs;
  }

  private void compare() {
    final long[] slots = new long[RULES];
    final int count = book.takeMet(slots);
    final TreeSet<Integer> actual = new TreeSet<>();
    for (int i = 0; i < count; i++) {
      assertTrue(actual.add((int) slots[i]), "met twice");
    }
    assertEquals(reference.event(nowNs), actual, () -> "met at " + nowNs + " in event " + sequence);
    met += count;
    actual.forEach(this::release);
    if (!taken.isEmpty() && random.nextInt(20) == 0) {
      for (final int slot : taken) {
        final boolean[] truth = reference.truth(slot);
        for (int i = 0; i < truth.length; i++) {
          final int node = i;
          assertEquals(truth[i], book.isTrue(slot, i), () -> "node " + node + ": " + reference.words(slot, node));
        }
      }
    }
  }

  private void restart() {
    final ConditionBook fresh = desk.restarted(book, RULES, nowNs, sequence);
    final List<Long> before = ConditionDesk.saved(book);
    final List<Long> after = ConditionDesk.saved(fresh);
    for (int i = 0; i < before.size(); i++) {
      final int at = i;
      assertEquals(before.get(i), after.get(i), () -> "saved again: " + before.subList(Math.max(0, at - 24), at + 3));
    }
    assertEquals(before, after, "saved again");
    book = fresh;
  }
}
