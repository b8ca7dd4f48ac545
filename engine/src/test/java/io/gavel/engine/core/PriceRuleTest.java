package io.gavel.engine.core;

import static io.gavel.engine.core.Core.ALICE;
import static io.gavel.engine.core.Core.BOB;
import static io.gavel.engine.core.Core.PAIR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.MarkRuleKind;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.PriceState;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.RuleState;
import io.gavel.codecs.sbe.Side;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Indices of sources and marks made of them, in the core: what fires, what does not, and what the clock does. */
class PriceRuleTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long MINUTE = 60 * SECOND;

  private final Core core = Core.spot().at(1_000 * SECOND);

  @Test
  void shouldTellWhatThePriceCountsForBeforeThePrice() {
    core.priceRule(r -> { });
    core.take();

    core.quote(1, 10_000);
    core.quote(2, 10_020);
    core.quote(3, 10_010);
    assertEquals(List.of(
        "priceState INDEX NONE->BELOW_QUORUM 0 age=0 confidence=0 counted=1 excluded=0",
        "priceState INDEX BELOW_QUORUM->VALID 10010 age=0 confidence=100000000 counted=111 excluded=0",
        "price INDEX 10010"), lines());
  }

  /**
   * Goal: 31 October 2019 does not happen again. One of the three sources of an index said 16 % less than the others
   * for minutes and took the index along. Here it is left without weight at its first word and excluded; two are no
   * quorum, so nothing fires and nobody could be sold out; it is readmitted after a quarter of an hour in agreement.
   */
  @Test
  void shouldFireNothingWhenOneOfThreeSourcesGoesWrong() {
    core.priceRule(r -> r.markRule(MarkRuleKind.MEDIAN).windowNs(150 * SECOND));
    quoteAll(92_000, 92_010, 92_005);
    final long stop = arm(PriceSource.MARK, 9_000);
    final long near = arm(PriceSource.INDEX, 9_199);
    core.take();

    long time = core.timeNs();
    for (int minute = 0; minute < 4; minute++) {
      time += MINUTE / 2;
      core.at(time);
      core.quote(1, 92_000 - minute);
      core.quote(2, 92_010 - minute);
      core.quote(3, 77_280);
    }
    assertEquals(PriceState.BELOW_QUORUM, state(PriceSource.INDEX));
    assertEquals(PriceState.BELOW_QUORUM, state(PriceSource.MARK));
    assertFalse(core.machine.risk().validity().mayLiquidate(PAIR));
    assertFalse(core.machine.risk().validity().mayRaiseBuyingPower(PAIR));
    assertEquals(0b100, core.machine.risk().indexPrices().excluded(PAIR));
    assertEquals(RuleState.LIVE, ruleState(stop));
    assertEquals(RuleState.LIVE, ruleState(near));
    assertFalse(core.take().toString().contains("triggered"));

    final long agreesSince = time;
    while (core.timeNs() < agreesSince + 15 * MINUTE) {
      core.at(core.timeNs() + MINUTE / 2);
      quoteAll(92_000, 92_010, 92_005);
    }
    assertTrue(core.timeNs() >= agreesSince + 15 * MINUTE);
    assertEquals(PriceState.BELOW_QUORUM, state(PriceSource.INDEX), "not a second too early");
    core.at(core.timeNs() + MINUTE / 2);
    quoteAll(92_000, 92_010, 92_005);
    assertEquals(PriceState.VALID, state(PriceSource.INDEX));
    assertEquals(0, core.machine.risk().indexPrices().excluded(PAIR));
    assertEquals(RuleState.LIVE, ruleState(stop));
    assertEquals(RuleState.LIVE, ruleState(near));
  }

  /** With five sources the index goes on: the wrong one has no part in it, true moves still fire. */
  @Test
  void shouldGoOnWithoutTheWrongSourceWhenFourAreLeft() {
    core.priceRule(r -> { });
    for (int sourceId = 1; sourceId <= 5; sourceId++) {
      core.quote(sourceId, 92_000);
    }
    final long stop = arm(PriceSource.INDEX, 9_000);

    core.quote(5, 77_280);
    assertEquals(PriceState.VALID, state(PriceSource.INDEX));
    assertEquals(92_000, core.machine.risk().marks().priceUnits(PAIR, PriceSource.INDEX));
    assertEquals(RuleState.LIVE, ruleState(stop));
    for (int sourceId = 1; sourceId <= 4; sourceId++) {
      core.quote(sourceId, 89_999);
    }
    assertTrue(core.take().toString().contains("triggered " + stop));
  }

  @Test
  void shouldGoStaleByTheClockAndFireAtTheFirstPriceThatCountsAgain() {
    core.priceRule(r -> { });
    quoteAll(10_000, 10_000, 10_000);
    final long stop = arm(PriceSource.INDEX, 900);
    core.take();

    assertEquals(core.timeNs() + MINUTE + 1, core.machine.nextDeadlineNs());
    core.at(core.timeNs() + 2 * MINUTE).time(core.timeNs());
    assertEquals(
        List.of("priceState INDEX VALID->STALE 10000 age=60000000001 confidence=100000000 counted=0 excluded=0"),
        core.take());
    assertEquals(Long.MAX_VALUE, core.machine.nextDeadlineNs());
    core.quote(1, 8_000);
    core.quote(2, 8_000);
    assertEquals(RuleState.LIVE, ruleState(stop), "two are no quorum");
    core.quote(3, 8_700);
    assertTrue(core.take().toString().contains("triggered " + stop + " v1 leg=0 STOP_LOSS INDEX 800 "));
  }

  @Test
  void shouldLeaveARuleAloneThatIsArmedWhileThePriceCountsAsNothing() {
    core.priceRule(r -> { });
    quoteAll(10_000, 10_000, 10_000);
    core.at(core.timeNs() + 2 * MINUTE).time(core.timeNs());
    core.take();

    final long stop = arm(PriceSource.INDEX, 1_100);
    assertEquals(RuleState.LIVE, ruleState(stop), "the stale price of 1,000 has crossed its level");
    quoteAll(12_000, 12_000, 12_000);
    assertEquals(RuleState.LIVE, ruleState(stop));
    quoteAll(10_990, 10_990, 10_990);
    assertTrue(core.take().toString().contains("triggered " + stop));
  }

  @Test
  void shouldLetAPriceThatIsSetDirectlyGrowOld() {
    core.priceRule(r -> r.quorum(0).staleNs(5 * SECOND));
    assertEquals(ReasonCode.PRICE_NOT_ALLOWED, core.quote(1, 10_000));
    core.price(PriceSource.MARK, 10_000);
    assertTrue(core.machine.risk().validity().mayLiquidate(PAIR));
    core.limit(BOB, Side.BUY, 990, 5);
    core.take();

    core.at(core.timeNs() + 6 * SECOND).time(core.timeNs());
    assertEquals(
        List.of("priceState MARK VALID->STALE 10000 age=5000000001 confidence=0 counted=0 excluded=0"), core.take());
    assertFalse(core.machine.risk().validity().mayLiquidate(PAIR));
    assertEquals(0, core.machine.risk().marks().referenceTicks(PAIR), "no last price yet");
    core.price(PriceSource.MARK, 10_000);
    assertEquals(PriceState.VALID, state(PriceSource.MARK));
  }

  @Test
  void shouldNotTakeByHandWhatIsWorkedOut() {
    core.priceRule(r -> { });
    assertEquals(ReasonCode.PRICE_NOT_ALLOWED, core.price(PriceSource.INDEX, 10_000));
    assertEquals(ReasonCode.OK, core.price(PriceSource.MARK, 10_000));
    core.priceRule(r -> r.markRule(MarkRuleKind.EMA_BASIS).halfLifeNs(30 * SECOND));
    assertEquals(ReasonCode.PRICE_NOT_ALLOWED, core.price(PriceSource.MARK, 10_000));

    core.priceRule(r -> r.quorum(0).staleNs(0).markRule(MarkRuleKind.DIRECT));
    assertEquals(ReasonCode.OK, core.price(PriceSource.INDEX, 10_000));
    assertEquals(ReasonCode.OK, core.price(PriceSource.MARK, 10_000));
  }

  @Test
  void shouldMakeTheMarkOfIndexAndMarket() {
    core.priceRule(r -> r.markRule(MarkRuleKind.MEDIAN).windowNs(30 * SECOND));
    quoteAll(10_000, 10_000, 10_000);
    core.limit(ALICE, Side.SELL, 1_011, 5);
    core.limit(BOB, Side.BUY, 1_009, 5);
    core.print(1_020, 1);
    core.take();

    core.at(core.timeNs() + 10 * SECOND);
    quoteAll(10_000, 10_000, 10_001);
    // Funding basis 10,000; mean basis +100; last 10,200.
    assertEquals(10_100, core.machine.risk().marks().priceUnits(PAIR, PriceSource.MARK));
    assertTrue(lines().contains("price MARK 10100"));
  }

  @Test
  void shouldForgetNothingOverASnapshot() {
    core.priceRule(r -> r.markRule(MarkRuleKind.EMA_BASIS).halfLifeNs(30 * SECOND).moveMaxE8(1_000_000)
        .raiseMaxE8(2_000_000).raiseIntervalNs(MINUTE));
    quoteAll(10_000, 10_000, 10_000);
    core.print(1_005, 3);
    core.at(core.timeNs() + SECOND);
    quoteAll(10_500, 8_000, 10_500);
    core.take();

    core.restart();
    core.at(core.timeNs() + SECOND);
    final long next = core.machine.nextDeadlineNs();
    core.time(core.timeNs());
    assertEquals(PriceState.BELOW_QUORUM, state(PriceSource.INDEX));
    assertTrue(next > core.timeNs());
  }

  private void quoteAll(final long first, final long second, final long third) {
    core.quote(1, first);
    core.quote(2, second);
    core.quote(3, third);
  }

  private List<String> lines() {
    return core.take().stream().filter(l -> l.startsWith("price")).toList();
  }

  /** A stop-loss of Alice's, by its id. */
  private long arm(final PriceSource source, final int levelTicks) {
    final Core.RuleDraft draft = new Core.RuleDraft();
    draft.legs.add(leg -> leg.levelTicks(levelTicks).trailRatioE8(0).trailSpreadTicks(0).activationTicks(0)
        .childLimitTicks(0).protectionBps(0).kind(RuleKind.STOP_LOSS).source(source));
    assertEquals(ReasonCode.OK, core.arm(ALICE, draft));
    for (int i = core.events.size() - 1; i >= 0; i--) {
      if (core.events.get(i).startsWith("armed ")) {
        return Long.parseLong(core.events.get(i).split(" ", -1)[1]);
      }
    }
    throw new AssertionError("not armed");
  }

  private RuleState ruleState(final long ruleId) {
    return core.machine.rules().state(core.machine.rules().slotOf(ruleId));
  }

  private PriceState state(final PriceSource source) {
    return core.machine.risk().validity().state(PAIR, source);
  }
}
