package io.gavel.risk.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RiskLimitKind;
import io.gavel.codecs.sbe.SetRiskLimitsEncoder;
import io.gavel.codecs.sbe.Side;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.RiskWorld;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Rows by themselves: whom they are about, when they come into force, and what pauses and budgets they keep. */
class RiskTableTest {

  private static final long ALICE = 11;
  private static final long BOB = 12;
  private static final long CAROL = 13;
  private static final int USDT = 2;
  private static final int PAIR = RiskWorld.BTC_USDT;
  private static final long DAY_NS = 86_400_000_000_000L;

  private final RiskEngine risk = RiskWorld.open();
  private final RiskTable table = risk.limits();
  private final RiskAsk ask = new RiskAsk();

  private void row(final int row, final RiskLimitKind kind, final long limit,
      final Consumer<SetRiskLimitsEncoder> terms) {
    row(0, row, kind, limit, terms);
  }

  private void row(final long account, final int row, final RiskLimitKind kind, final long limit,
      final Consumer<SetRiskLimitsEncoder> terms) {
    assertEquals(ReasonCode.OK, risk.controls().setRiskLimits(RiskWorld.row(account, row, kind, limit, terms)));
  }

  private ReasonCode ask(final long account, final long lots) {
    ask.accountSlot = risk.accountSlot(account);
    ask.instrumentId = PAIR;
    ask.side = Side.BUY;
    ask.lots = lots;
    ask.replacedLots = 0;
    ask.priceTicks = 1_000;
    return table.check(ask);
  }

  @Test
  void shouldBeOffUntilARowIsAboutOrders() {
    assertFalse(table.isOn());

    row(1, RiskLimitKind.LEVERAGE, 500, c -> { });
    assertFalse(table.isOn());
    row(2, RiskLimitKind.ORDER_LOTS, 5, c -> { });
    assertTrue(table.isOn());
    assertFalse(table.countsOpenLots());
    row(2, RiskLimitKind.NONE, 0, c -> { });
    assertFalse(table.isOn());
    assertEquals(1, table.size());
  }

  @Test
  void shouldPutStagedRowsInForceTogetherWithTheNextOneThatIsNot() {
    row(1, RiskLimitKind.ORDER_LOTS, 5, c -> { });
    row(1, RiskLimitKind.ORDER_LOTS, 50, c -> c.staged(Flag.YES));
    row(2, RiskLimitKind.POSITION_LOTS, 40, c -> c.staged(Flag.YES));
    assertEquals(ReasonCode.SIZE_ABOVE_MAX, ask(ALICE, 6), "nothing staged counts yet");

    row(3, RiskLimitKind.NONE, 0, c -> { });

    assertEquals(ReasonCode.OK, ask(ALICE, 40));
    assertEquals(ReasonCode.POSITION_ABOVE_MAX, ask(ALICE, 41));
    assertEquals(2, ask.row);
    assertEquals(ReasonCode.SIZE_ABOVE_MAX, ask(ALICE, 51), "the first by number refuses");
    assertEquals(1, ask.row);
  }

  @Test
  void shouldHoldRowsForWhomTheyNameOnly() {
    row(ALICE, 1, RiskLimitKind.ORDER_LOTS, 1, c -> { });
    row(2, RiskLimitKind.ORDER_LOTS, 2, c -> c.groupId(7));
    row(3, RiskLimitKind.ORDER_LOTS, 3, c -> c.region(81));
    row(4, RiskLimitKind.ORDER_LOTS, 4, c -> c.ageBelowNs(60 * DAY_NS));
    row(5, RiskLimitKind.ORDER_LOTS, 5, c -> c.ageFromNs(60 * DAY_NS));
    row(6, RiskLimitKind.ORDER_LOTS, 0, c -> c.instrumentId(PAIR).assetId(1));
    risk.now(100 * DAY_NS);
    risk.controls().setProfile(ALICE, DAY_NS, 0, 0, 0);
    risk.controls().setProfile(BOB, 40 * DAY_NS, 7, 81, 0);

    assertEquals(1, most(ALICE));
    assertEquals(2, most(BOB));
    assertEquals(4, most(CAROL), "nobody said since when: new");
    risk.controls().setProfile(BOB, 40 * DAY_NS, 0, 81, 0);
    assertEquals(3, most(BOB));
    risk.controls().setProfile(BOB, 40 * DAY_NS + 1, 0, 82, 0);
    assertEquals(4, most(BOB), "a nanosecond short of sixty days");
    risk.controls().setProfile(BOB, 40 * DAY_NS, 0, 82, 0);
    assertEquals(5, most(BOB), "sixty days to the nanosecond");
  }

  private long most(final long account) {
    long lots = 0;
    while (ReasonCode.OK == ask(account, lots + 1)) {
      lots++;
    }
    return lots;
  }

  @Test
  void shouldCapLeverageByAgeRegionNotionalAndTheRowOfTheProfile() {
    row(1, RiskLimitKind.LEVERAGE, 10_000, c -> { });
    row(2, RiskLimitKind.LEVERAGE, 2_000, c -> c.ageBelowNs(60 * DAY_NS));
    row(3, RiskLimitKind.LEVERAGE, 5_000, c -> c.instrumentId(PAIR).thresholdUnits(1_000));
    row(4, RiskLimitKind.LEVERAGE, 300, c -> c.region(44));
    risk.now(100 * DAY_NS);
    risk.controls().setProfile(ALICE, DAY_NS, 0, 1, 0);
    risk.controls().setProfile(BOB, DAY_NS, 0, 1, 4);
    final int alice = risk.accountSlot(ALICE);

    assertEquals(10_000, table.leverageMaxE2(alice, PAIR, 1_000));
    assertEquals(5_000, table.leverageMaxE2(alice, PAIR, 1_001));
    assertEquals(2_000, table.leverageMaxE2(risk.accountSlot(CAROL), PAIR, 0));
    assertEquals(300, table.leverageMaxE2(risk.accountSlot(BOB), PAIR, 0), "wherever it lives");
    row(1, RiskLimitKind.NONE, 0, c -> { });
    assertEquals(RiskTable.NO_LEVERAGE_MAX, table.leverageMaxE2(alice, PAIR, 0));
  }

  @Test
  void shouldBoundGroups() {
    final AccountProfiles profiles = new AccountProfiles(400);
    for (int slot = 0; slot < AccountProfiles.MEMBERS_MAX; slot++) {
      assertTrue(profiles.hasRoom(slot, 5));
      profiles.set(slot, 0, 5, 0, 0);
    }
    assertFalse(profiles.hasRoom(300, 5));
    assertTrue(profiles.hasRoom(17, 5), "in it already");
    profiles.set(17, 0, 6, 0, 0);
    assertTrue(profiles.hasRoom(300, 5));
    int members = 0;
    for (int slot = profiles.first(5); AccountProfiles.NULL_SLOT != slot; slot = profiles.next(slot)) {
      members++;
    }
    assertEquals(AccountProfiles.MEMBERS_MAX - 1, members);
  }

  @Test
  void shouldPauseAMarketThatMovedTooFarWithinTheWindow() {
    row(1, RiskLimitKind.VOLATILITY, 500, c -> c.instrumentId(PAIR).windowNs(160).durationNs(50));
    assertTrue(table.watches(PAIR));
    risk.now(1_000);
    assertEquals(0, table.marked(PAIR, 1_000_000));
    risk.now(1_100);
    assertEquals(0, table.marked(PAIR, 1_050_000), "500 bps to the unit");
    assertEquals(ReasonCode.OK, ask(ALICE, 1));
    assertEquals(1, table.marked(PAIR, 1_050_001));

    assertEquals(ReasonCode.VOLATILITY_HALT, ask(ALICE, 1));
    assertEquals(1_150, ask.untilTimeNs);
    risk.now(1_149);
    assertEquals(ReasonCode.VOLATILITY_HALT, ask(ALICE, 1));
    risk.now(1_150);
    assertEquals(ReasonCode.OK, ask(ALICE, 1));

    risk.now(1_280);
    assertEquals(0, table.marked(PAIR, 1_055_000), "the low of 1,000 is out of the window by now");
    row(1, RiskLimitKind.VOLATILITY, 400, c -> c.instrumentId(PAIR).windowNs(160).durationNs(50));
    assertEquals(0, table.marked(PAIR, 1_097_199), "another row looks back to its own beginning");
  }

  /** The window is kept in slices: it looks back as far as it says, and at most a sixteenth further. */
  @Test
  void shouldLookBackAsFarAsTheWindowAndAtMostASliceFurther() {
    final Random random = new Random(7);
    final long windowNs = 1_600;
    row(1, RiskLimitKind.VOLATILITY, 300, c -> c.instrumentId(PAIR).windowNs(windowNs).durationNs(1));
    final List<long[]> prices = new ArrayList<>();
    long nowNs = 0;
    long price = 1_000_000;
    for (int i = 0; i < 20_000; i++) {
      nowNs += random.nextInt(200);
      price = Math.max(500_000, price + random.nextInt(12_001) - 6_000);
      prices.add(new long[] {nowNs, price});
      if (prices.size() > 200) {
        prices.remove(0);
      }
      risk.now(nowNs);
      table.marked(PAIR, price);

      final boolean paused = table.pausedUntilNs(1) == nowNs + 1;
      assertTrue(paused || !isTooFar(prices, nowNs - windowNs), "missed at step " + i);
      assertTrue(!paused || isTooFar(prices, nowNs - windowNs - 2 * windowNs / 16), "for nothing at step " + i);
    }
  }

  private static boolean isTooFar(final List<long[]> prices, final long fromNs) {
    final long low = prices.stream().filter(p -> p[0] >= fromNs).mapToLong(p -> p[1]).min().orElseThrow();
    final long high = prices.stream().filter(p -> p[0] >= fromNs).mapToLong(p -> p[1]).max().orElseThrow();
    return BigInteger.valueOf(high - low).multiply(BigInteger.valueOf(10_000))
        .compareTo(BigInteger.valueOf(low).multiply(BigInteger.valueOf(300))) > 0;
  }

  @Test
  void shouldPauseRatherThanOverflow() {
    row(1, RiskLimitKind.VOLATILITY, Long.MAX_VALUE, c -> c.instrumentId(PAIR).windowNs(160).durationNs(50));
    assertEquals(0, table.marked(PAIR, 1_000));
    assertEquals(1, table.marked(PAIR, Long.MAX_VALUE));
    row(2, RiskLimitKind.POSITION_NOTIONAL, Long.MAX_VALUE - 1, c -> c.instrumentId(PAIR));
    risk.now(1_000);
    assertEquals(ReasonCode.POSITION_ABOVE_MAX, ask(ALICE, Long.MAX_VALUE));
  }

  @Test
  void shouldFillASliceByCountOrByNotionalAndTakeAtLeastOne() {
    row(3, RiskLimitKind.CASCADE, 3, c -> c.instrumentId(PAIR).windowNs(100).thresholdUnits(1_000));
    final CascadeBudget budget = risk.controls().cascades();

    assertTrue(budget.take(PAIR, 0, 5_000, 10), "however large");
    assertFalse(budget.take(PAIR, 0, 1, 109));
    assertEquals(110, budget.endNs(PAIR, 0));
    assertTrue(budget.take(PAIR, 0, 400, 110));
    assertTrue(budget.take(PAIR, 0, 600, 150), "a thousand to the unit");
    assertFalse(budget.take(PAIR, 0, 1, 160));
    assertTrue(budget.take(PAIR, 0, 1, 210));
    assertTrue(budget.take(PAIR, 0, 1, 211));
    assertTrue(budget.take(PAIR, 0, 1, 212));
    assertFalse(budget.take(PAIR, 0, 1, 213), "the fourth");
    assertTrue(budget.take(2, 0, Long.MAX_VALUE, 213), "no row is about it");
  }

  @Test
  void shouldGiveEachBandASliceOfItsOwn() {
    final CascadeBudget budget = risk.controls().cascades();
    row(3, RiskLimitKind.CASCADE, 1, c -> c.instrumentId(PAIR).windowNs(100).bandBps(200));
    assertTrue(budget.take(PAIR, 4, 1, 10));
    assertTrue(budget.take(PAIR, 5, 1, 30));
    assertFalse(budget.take(PAIR, 4, 1, 109));
    assertTrue(budget.take(PAIR, 4, 1, 110));
    assertFalse(budget.take(PAIR, 5, 1, 129));
    assertEquals(210, budget.endNs(PAIR, 4));
    assertEquals(130, budget.endNs(PAIR, 5));
    assertEquals(0, budget.band(2, 1_000), "no row is about it");
  }

  /** A band is what lies together and shares a budget: never wider than its share of the price, rounded up a tick. */
  @Test
  void shouldCutPricesIntoBandsNoWiderThanAsked() {
    final CascadeBudget budget = risk.controls().cascades();
    for (final int bps : new int[] {1, 7, 50, 200, 999, 2_500}) {
      row(3, RiskLimitKind.CASCADE, 1, c -> c.instrumentId(PAIR).windowNs(100).bandBps(bps));
      int from = 1;
      for (int ticks = 2; ticks < 70_000; ticks++) {
        if (budget.band(PAIR, ticks) != budget.band(PAIR, ticks - 1)) {
          from = ticks;
        }
        assertTrue((ticks - from) * 10_000L < (long) from * bps + 10_000, "bps " + bps + ": " + from + ".." + ticks);
      }
      assertTrue(budget.band(PAIR, Integer.MAX_VALUE) < CascadeBudget.BANDS);
    }
    row(3, RiskLimitKind.CASCADE, 1, c -> c.instrumentId(PAIR).windowNs(100));
    assertEquals(0, budget.band(PAIR, 12_345));
  }

  @Test
  void shouldCostOneTokenUnlessARowSaysMore() {
    assertEquals(1, table.cost(10));
    row(1, RiskLimitKind.COMMAND_COST, 5, c -> c.commandTemplateId(10));
    assertEquals(5, table.cost(10));
    assertEquals(1, table.cost(13));
    assertEquals(1, table.cost(65_000));
    assertEquals(USDT, risk.instrumentAt(0).quoteAssetId());
  }
}
