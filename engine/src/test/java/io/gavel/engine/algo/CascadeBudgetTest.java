package io.gavel.engine.algo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.engine.SavedLongs;
import io.gavel.engine.algo.CascadeBudget.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Goal: what fires in one band is bounded per interval, and nobody is lost, doubled or overtaken. */
class CascadeBudgetTest {

  private static final long SEED = 3_0030;

  private final CascadeBudget budget = new CascadeBudget(3, 4, 8);

  @Test
  void shouldLetABudgetGoAndCarryTheRestOver() {
    budget.set(1, 10, 1_000, 100);

    assertEquals(Answer.GRANTED, budget.ask(1, 1, 105, 6, 100, 0));
    assertEquals(Answer.PARTLY, budget.ask(2, 1, 109, 6, 100, 10));
    assertEquals(4, budget.grantedLots());
    assertEquals(Answer.WAITING, budget.ask(3, 1, 100, 1, 1, 20), "nobody overtakes");
    assertEquals(Answer.GRANTED, budget.ask(4, 1, 110, 10, 100, 30), "another band");
    assertEquals(100, budget.nextNs());
    assertFalse(budget.poll(99));

    assertEquals(List.of("2x2", "3x1"), drain(100));
    assertEquals(Long.MAX_VALUE, budget.nextNs());
  }

  @Test
  void shouldLetALotThatIsWorthMoreThanABudgetGoAlone() {
    budget.set(1, 10, 1_000, 100);
    assertEquals(Answer.PARTLY, budget.ask(1, 1, 105, 3, 5_000, 0));
    assertEquals(1, budget.grantedLots());
    assertEquals(List.of("1x1"), drain(100));
    assertEquals(List.of(), drain(199));
    assertEquals(List.of("1x1"), drain(200));
  }

  @Test
  void shouldGrantAllWithoutABudget() {
    assertEquals(Answer.GRANTED, budget.ask(1, 2, 105, Long.MAX_VALUE, Long.MAX_VALUE, 0));
    assertEquals(Long.MAX_VALUE, budget.grantedLots());
    assertTrue(SavedLongs.of(budget).values.isEmpty());
  }

  @Test
  void shouldRefuseWhatMakesNoSense() {
    assertFalse(budget.set(4, 10, 1_000, 100));
    assertFalse(budget.set(-1, 10, 1_000, 100));
    assertFalse(budget.set(1, 0, 1_000, 100));
    assertFalse(budget.set(1, 10, 0, 100));
    assertFalse(budget.set(1, 10, 1_000, -1));
    budget.set(1, 10, 1_000, 100);
    assertEquals(Answer.INVALID, budget.ask(1, 1, 105, 0, 1, 0));
    assertEquals(Answer.INVALID, budget.ask(1, 1, 105, 1, 0, 0));
    assertEquals(Answer.INVALID, budget.ask(1, 1, 105, -1, -1, 0));
  }

  @Test
  void shouldRefuseWithoutATraceWhenThereIsNoRoom() {
    budget.set(1, 10, 100, 100);
    for (int i = 0; i < 8; i++) {
      budget.ask(i, 1, 100, 2, 100, 0);
    }
    final List<Long> before = SavedLongs.of(budget).values;
    assertEquals(Answer.NO_ROOM, budget.ask(9, 1, 100, 1, 100, 0));
    assertEquals(Answer.NO_ROOM, budget.ask(9, 1, 200, 2, 100, 0));
    assertEquals(before, SavedLongs.of(budget).values);
    for (int band = 1; band < 4; band++) {
      budget.cancel(band);
      assertEquals(Answer.GRANTED, budget.ask(10, 1, 100 + 10 * band, 1, 100, 0));
    }
    assertEquals(Answer.NO_ROOM, budget.ask(11, 1, 500, 1, 100, 0), "every band is in use in this interval");
    assertEquals(Answer.GRANTED, budget.ask(11, 1, 500, 1, 100, 100), "the next one frees them");
  }

  @Test
  void shouldLetEverybodyGoWhenABudgetIsLifted() {
    budget.set(1, 10, 100, 100);
    budget.ask(1, 1, 100, 5, 100, 0);
    budget.set(1, 10, 100, 0);
    assertEquals(0, budget.nextNs());
    assertEquals(List.of("1x4"), drain(1));
  }

  /** A list of requests and a map of what each band has used: the obvious way to say the same. */
  @Test
  void shouldAgreeWithTheObviousBook() {
    System.out.println("CascadeBudgetTest seed=" + SEED);
    final Random random = new Random(SEED);
    CascadeBudget tested = new CascadeBudget(3, 64, 32);
    tested.set(1, 5, 400, 50);
    tested.set(2, 7, 300, 30);
    final TreeMap<String, Long> used = new TreeMap<>();
    final List<long[]> queue = new ArrayList<>();
    long now = 0;
    int granted = 0;
    for (int id = 0; id < 20_000; id++) {
      now += random.nextInt(12);
      final int instrument = 1 + random.nextInt(2);
      final int price = 100 + random.nextInt(30);
      final long lots = 1L + random.nextInt(6);
      final long value = 10L + random.nextInt(120);
      final long[] row = {id, instrument, Math.floorDiv(price, 1 == instrument ? 5 : 7), lots, value};
      final long expected = queue.stream().anyMatch(other -> sameBand(other, row)) ? 0 : spend(used, row, now);
      final boolean full = expected < lots && 32 == queue.size();
      if (full) {
        refund(used, row, expected, now);
      }

      final Answer answer = tested.ask(id, instrument, price, lots, value, now);

      assertEquals(full, Answer.NO_ROOM == answer, "id " + id);
      assertEquals(full ? 0 : expected, tested.grantedLots(), "id " + id + " seed " + SEED);
      if (!full && expected < lots) {
        row[3] -= expected;
        queue.add(row);
      }
      granted += drainBoth(tested, queue, used, now);
      if (0 == random.nextInt(100)) {
        final CascadeBudget copy = new CascadeBudget(3, 64, 32);
        SavedLongs.move(tested, copy);
        assertEquals(tested.nextNs(), copy.nextNs());
        tested = copy;
      }
    }
    assertTrue(granted > 1_000, "too few came to their turn: " + granted);
  }

  private static int drainBoth(final CascadeBudget tested, final List<long[]> queue, final Map<String, Long> used,
      final long now) {
    int granted = 0;
    for (boolean moved = true; moved; ) {
      moved = false;
      for (int i = 0; i < queue.size() && !moved; i++) {
        final long[] row = queue.get(i);
        final boolean first = queue.subList(0, i).stream().noneMatch(other -> sameBand(other, row));
        final long lots = first ? spend(used, row, now) : 0;
        if (lots > 0) {
          assertTrue(tested.poll(now), "id " + row[0]);
          assertEquals(row[0], tested.grantedId());
          assertEquals(lots, tested.grantedLots());
          row[3] -= lots;
          if (0 == row[3]) {
            queue.remove(i);
          }
          granted++;
          moved = true;
        }
      }
    }
    assertFalse(tested.poll(now));
    assertEquals(queue.size(), tested.waiting());
    return granted;
  }

  private static boolean sameBand(final long[] a, final long[] b) {
    return a[1] == b[1] && a[2] == b[2];
  }

  private static String key(final long[] row, final long now) {
    return row[1] + ":" + row[2] + ":" + now / (1 == row[1] ? 50 : 30);
  }

  private static long spend(final Map<String, Long> used, final long[] row, final long now) {
    final long budget = 1 == row[1] ? 400 : 300;
    final long spent = used.getOrDefault(key(row, now), 0L);
    long lots = Math.min(row[3], Math.max(0, budget - spent) / row[4]);
    if (0 == spent && 0 == lots) {
      lots = 1;
    }
    used.merge(key(row, now), lots * row[4], Long::sum);
    return lots;
  }

  private static void refund(final Map<String, Long> used, final long[] row, final long lots, final long now) {
    used.merge(key(row, now), -lots * row[4], Long::sum);
  }

  private List<String> drain(final long now) {
    final List<String> gone = new ArrayList<>();
    while (budget.poll(now)) {
      gone.add(budget.grantedId() + "x" + budget.grantedLots());
    }
    return gone;
  }
}
