package io.gavel.risk.mark;

import static io.gavel.risk.mark.PriceCommands.INSTRUMENT;
import static io.gavel.risk.mark.PriceCommands.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.MarkRuleKind;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.risk.RiskWorld;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Marks against what the formulas say in decimals, worked out anew from the whole history. Ticks have 100 parts. */
class MarkRuleTest {

  private static final MathContext EXACT = new MathContext(40);
  private static final long HALF_LIFE = 30 * SECOND;
  private static final int BAND = 10_000_000;

  /** A basis in force from a time on; null: none. */
  private record Basis(long fromNs, BigDecimal units) {
  }

  private final Marks marks = RiskWorld.open().marks();
  private final MarkRule rule = new MarkRule(8, marks);
  private final List<Basis> history = new ArrayList<>();
  private long now = 1_000 * SECOND;
  private long index = 6_000_000;
  private boolean half;
  private long lastOfOthers;

  @Test
  void shouldBeTheMedianOfTheThreePrices() {
    for (long seed = 1; seed <= 10; seed++) {
      final Random random = new Random(seed);
      System.out.println("median mark seed " + seed);
      history.clear();
      begin(MarkRuleKind.MEDIAN);
      for (int step = 0; step < 300; step++) {
        move(random);
        final long funding = random.nextLong(20_000_001) - 10_000_000;
        rule.evaluate(INSTRUMENT, index, half, funding);
        assertMark(median(funding), "seed " + seed + " step " + step);
      }
    }
  }

  private BigDecimal median(final long fundingE10) {
    final BigDecimal exactIndex = index();
    final BigDecimal first = exactIndex.add(exactIndex.multiply(BigDecimal.valueOf(fundingE10, 10)));
    final List<BigDecimal> samples = new ArrayList<>();
    final long grid = now / (5 * SECOND);
    for (long place = grid - 29; place <= grid; place++) {
      // The basis in force when the place came, as of before what happened then.
      final BigDecimal sample = inForce(place * 5 * SECOND);
      if (null != sample) {
        samples.add(sample);
      }
    }
    final long last = lastOfOthers;
    if (samples.isEmpty() || 0 == last) {
      return first;
    }
    final BigDecimal sum = samples.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    final BigDecimal second = exactIndex.add(sum.divide(BigDecimal.valueOf(samples.size()), EXACT));
    final BigDecimal[] three = {first, second, BigDecimal.valueOf(last)};
    Arrays.sort(three);
    return three[1];
  }

  /** The sample of a place is taken at the first event at or after it, of the basis in force until then. */
  private BigDecimal inForce(final long placeNs) {
    BigDecimal units = null;
    for (final Basis basis : history) {
      if (basis.fromNs < placeNs) {
        units = basis.units;
      }
    }
    return units;
  }

  /** Goal: 2^(-t/T) in integers. Method: the same in decimals by steps of T/1024; the difference stays below a unit. */
  @Test
  void shouldAverageTheBasisWithAHalfLife() {
    for (long seed = 1; seed <= 10; seed++) {
      final Random random = new Random(seed);
      System.out.println("average mark seed " + seed);
      begin(MarkRuleKind.EMA_BASIS);
      double average = Double.NaN;
      BigDecimal basis = null;
      long step = now / (HALF_LIFE / 1_024);
      for (int i = 0; i < 300; i++) {
        final long before = step;
        move(random);
        step = now / (HALF_LIFE / 1_024);
        if (null != basis) {
          final double target = basis.doubleValue();
          average = Double.isNaN(average) ? target
              : target + (average - target) * Math.pow(2, -(step - before) / 1_024.0);
        }
        basis = market().subtract(index());
        rule.evaluate(INSTRUMENT, index, half, 0);
        if (!Double.isNaN(average)) {
          final double exact = bounded(index().add(BigDecimal.valueOf(average))).doubleValue();
          assertTrue(Math.abs(exact - rule.priceUnits()) < 2, "seed " + seed + ": " + exact + " " + rule.priceUnits());
        }
      }
    }
  }

  private BigDecimal market() {
    final long last = lastOfOthers;
    final long bid = marks.priceUnits(INSTRUMENT, PriceSource.BID);
    final long ask = marks.priceUnits(INSTRUMENT, PriceSource.ASK);
    return BigDecimal.valueOf(Math.min(Math.max(last, bid), ask));
  }

  private void begin(final MarkRuleKind kind) {
    rule.rule(INSTRUMENT, null);
    rule.rule(INSTRUMENT, new PriceRule(PriceCommands.rule(
        r -> r.markRule(kind).windowNs(150 * SECOND).halfLifeNs(HALF_LIFE).bandE8(BAND))));
    print(60_000, false);
    marks.setBidAsk(INSTRUMENT, 59_990, 60_010, 1, now);
  }

  /** Time passes and one of index, last, bid and ask moves; at times a side is empty. */
  private void move(final Random random) {
    now += random.nextLong(20 * SECOND) + (0 == random.nextInt(20) ? 200 * SECOND : 0);
    switch (random.nextInt(3)) {
      case 0 -> {
        index = 6_000_000 + random.nextLong(200_001) - 100_000;
        half = random.nextBoolean();
      }
      case 1 -> print(60_000 + random.nextInt(2_001) - 1_000, 0 == random.nextInt(4));
      default -> {
        final int bid = 60_000 + random.nextInt(2_001) - 1_000;
        marks.setBidAsk(INSTRUMENT, bid, bid + 1 + random.nextInt(50), 1, now);
      }
    }
    rule.marketChanged(INSTRUMENT, index, half, now);
    final BigDecimal mid = BigDecimal.valueOf(marks.priceUnits(INSTRUMENT, PriceSource.BID)
        + marks.priceUnits(INSTRUMENT, PriceSource.ASK)).divide(BigDecimal.valueOf(2));
    history.add(new Basis(now, mid.subtract(index())));
  }

  /** what the house prints by its liquidations is in force as the last price, but the mark does not see it. */
  private void print(final int ticks, final boolean own) {
    rule.prints(INSTRUMENT, own);
    marks.setLast(INSTRUMENT, ticks, 1, now);
    lastOfOthers = own ? lastOfOthers : 100L * ticks;
  }

  private BigDecimal index() {
    return BigDecimal.valueOf(index).add(half ? new BigDecimal("0.5") : BigDecimal.ZERO);
  }

  private BigDecimal bounded(final BigDecimal price) {
    final BigDecimal limit = index().multiply(BigDecimal.valueOf(BAND, 8));
    return price.max(index().subtract(limit)).min(index().add(limit));
  }

  /** Rounded down, and said so; bounds and sums may each cut half a unit more. */
  private void assertMark(final BigDecimal exact, final String where) {
    final BigDecimal down = bounded(exact).setScale(0, RoundingMode.FLOOR);
    final long away = Math.abs(down.longValueExact() - rule.priceUnits());
    assertTrue(away <= 1, where + ": " + exact + " " + rule.priceUnits());
  }

  @Test
  void shouldUseTheIndexAloneWhileThereIsNoMarket() {
    rule.rule(INSTRUMENT, new PriceRule(PriceCommands.rule(
        r -> r.markRule(MarkRuleKind.MEDIAN).windowNs(150 * SECOND).bandE8(BAND))));
    rule.marketChanged(INSTRUMENT, 6_000_000, true, now);
    rule.evaluate(INSTRUMENT, 6_000_000, true, 0);

    assertEquals(6_000_000, rule.priceUnits());
    assertTrue(rule.inexact());
  }
}
