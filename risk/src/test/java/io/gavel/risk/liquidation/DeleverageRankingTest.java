package io.gavel.risk.liquidation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.risk.liquidation.DeleverageRanking.Policy;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Goal: what is given up adds up to what was asked for, to the lot, and is spread as the policies say whatever the
 * order in which positions come. Method: published figures, then random books against a model on big integers.
 */
class DeleverageRankingTest {

  private static final int CAPACITY = 200;
  private static final int ROUNDS = 400;

  private record Held(long account, long lots, long score) {
  }

  private final DeleverageRanking ranking = new DeleverageRanking(CAPACITY);

  @Test
  void shouldTakeTheHighestScoresFirstWhenGreedy() {
    final long[][] longs = {{1, 10, 3}, {2, 10, 6}, {3, 20, 1}, {4, 30, 4}, {5, 20, 5}, {6, 10, 2}};
    for (final long[] held : longs) {
      ranking.add(held[0], 0, held[1], held[2]);
    }

    assertEquals(0, ranking.spread(20, Policy.GREEDY));
    assertEquals(Map.of(2L, 10L, 5L, 10L), given());
    assertEquals(100, ranking.totalLots());
    assertEquals(5, ranking.spread(105, Policy.GREEDY));
    assertEquals(100, given().values().stream().mapToLong(Long::longValue).sum());
  }

  @Test
  void shouldGiveOddLotsToTheLargestRemainders() {
    ranking.add(1, 0, 50, 1);
    ranking.add(2, 0, 30, 2);
    ranking.add(3, 0, 20, 3);

    assertEquals(0, ranking.spread(7, Policy.PRO_RATA));
    // 3.5, 2.1 and 1.4 lots: the whole parts leave one lot, and one half is the largest rest.
    assertEquals(Map.of(1L, 4L, 2L, 2L, 3L, 1L), given());
  }

  @Test
  void shouldBreakTiesByAccount() {
    for (final long account : new long[] {9, 3, 7, 5}) {
      ranking.add(account, (int) account, 10, 4);
    }

    ranking.spread(2, Policy.PRO_RATA);
    assertEquals(Map.of(3L, 1L, 5L, 1L), given());
    ranking.spread(15, Policy.GREEDY);
    assertEquals(Map.of(3L, 10L, 5L, 5L), given());
    assertEquals(3, ranking.key(0));
    assertEquals(4, ranking.score(0));
  }

  @Test
  void shouldMatchTheModelWhateverTheOrder() {
    final long seed = System.nanoTime();
    System.out.println("DeleverageRankingTest seed " + seed);
    final SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < ROUNDS; round++) {
      final List<Held> book = randomBook(random);
      final long total = book.stream().filter(held -> held.score() > 0).mapToLong(held -> Math.abs(held.lots())).sum();
      final long wanted = 0 == round % 5 ? total : random.nextLong(total + 2);
      for (final Policy policy : Policy.values()) {
        fill(book);
        final long left = ranking.spread(wanted, policy);
        final Map<Long, Long> given = given();
        final String what = "seed " + seed + ", round " + round + ", " + policy;
        assertEquals(Math.max(0, wanted - total), left, what);
        assertEquals(model(book, Math.min(wanted, total), policy), given, what);
        fill(book.stream().sorted(Comparator.comparingLong(Held::score)).toList());
        ranking.spread(wanted, policy);
        assertEquals(given, given(), what + ", in another order");
      }
    }
  }

  @Test
  void shouldLeaveOutWhoHasNoProfitAndRefuseWhatDoesNotFit() {
    assertTrue(ranking.add(1, 0, 0, 5));
    assertTrue(ranking.add(2, 0, 10, 0));
    assertTrue(ranking.add(3, 0, 10, -4));
    assertEquals(0, ranking.count());
    assertEquals(7, ranking.spread(7, Policy.PRO_RATA));
    assertEquals(-3, ranking.spread(-3, Policy.PRO_RATA));
    assertTrue(ranking.add(4, 0, Long.MAX_VALUE, 1));
    assertFalse(ranking.add(5, 0, 1, 1));
    assertEquals(0, ranking.spread(Long.MAX_VALUE, Policy.PRO_RATA));
    assertEquals(Map.of(4L, Long.MAX_VALUE), given());
    ranking.clear();
    for (int i = 0; i < CAPACITY; i++) {
      assertTrue(ranking.add(i, 0, 1, 1));
    }
    assertFalse(ranking.add(CAPACITY, 0, 1, 1));
  }

  @Test
  void shouldScoreByProfitAndLeverage() {
    // 10 % profit at five times: 50 %; a loss of 10 % at five times: -2 %.
    assertEquals(50_000_000, DeleverageRanking.scoreE8(100, 1_000, 1_000, 200));
    assertEquals(-2_000_000, DeleverageRanking.scoreE8(-100, 1_000, 1_000, 200));
    assertTrue(DeleverageRanking.scoreE8(1, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE) > 0);
    assertEquals(922_337_203_685_477_581L, DeleverageRanking.scoreE8(100, 1_000, 1_000, 0));
    assertEquals(Long.MAX_VALUE, DeleverageRanking.scoreE8(Long.MAX_VALUE, Long.MAX_VALUE, 1, 1));
    assertEquals(-1, DeleverageRanking.scoreE8(-100, 1_000, 1_000, -5));
  }

  private void fill(final List<Held> book) {
    ranking.clear();
    for (final Held held : book) {
      assertTrue(ranking.add(held.account(), 0, held.lots(), held.score()));
    }
  }

  private Map<Long, Long> given() {
    final Map<Long, Long> given = new HashMap<>();
    for (int rank = 0; rank < ranking.count(); rank++) {
      if (ranking.closeLots(rank) > 0) {
        given.put(ranking.accountId(rank), ranking.closeLots(rank));
      }
    }
    return given;
  }

  private static List<Held> randomBook(final SplittableRandom random) {
    final List<Held> book = new ArrayList<>();
    final int count = 1 + random.nextInt(40);
    final int shift = 8 + random.nextInt(48);
    for (int i = 0; i < count; i++) {
      final long lots = random.nextLong() >>> shift;
      book.add(new Held(1_000 - i * 7L, random.nextBoolean() ? lots : -lots, random.nextInt(-2, 6)));
    }
    return book;
  }

  private static Map<Long, Long> model(final List<Held> book, final long given, final Policy policy) {
    final List<Held> ranked = book.stream().filter(held -> held.score() > 0 && 0 != held.lots())
        .sorted(Comparator.comparingLong(Held::score).reversed().thenComparing(Held::account)).toList();
    final Map<Long, Long> out = new HashMap<>();
    long left = given;
    if (Policy.GREEDY == policy) {
      for (final Held held : ranked) {
        final long taken = Math.min(left, Math.abs(held.lots()));
        out.put(held.account(), taken);
        left -= taken;
      }
    } else {
      final BigInteger total =
          ranked.stream().map(held -> big(Math.abs(held.lots()))).reduce(BigInteger.ZERO, BigInteger::add);
      final Map<Long, BigInteger> rests = new HashMap<>();
      for (final Held held : ranked) {
        final BigInteger[] share = big(given).multiply(big(Math.abs(held.lots()))).divideAndRemainder(total);
        out.put(held.account(), share[0].longValueExact());
        rests.put(held.account(), share[1]);
        left -= share[0].longValueExact();
      }
      final List<Held> byRest = new ArrayList<>(ranked);
      byRest.sort(Comparator.comparing((Held held) -> rests.get(held.account())).reversed()
          .thenComparing(Comparator.comparingLong(Held::score).reversed()).thenComparing(Held::account));
      for (final Held held : byRest.subList(0, (int) left)) {
        out.merge(held.account(), 1L, Long::sum);
      }
    }
    out.values().removeIf(lots -> 0 == lots);
    return out;
  }

  private static BigInteger big(final long value) {
    return BigInteger.valueOf(value);
  }
}
