package io.gavel.risk.mark;

import static io.gavel.risk.mark.PriceCommands.INSTRUMENT;
import static io.gavel.risk.mark.PriceCommands.MINUTE;
import static io.gavel.risk.mark.PriceCommands.PERCENT;
import static io.gavel.risk.mark.PriceCommands.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.PriceState;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetPriceRuleEncoder;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.RiskWorld;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** An index of sources: who counts, what the price is, and when that changes by itself. */
class IndexPricesTest {

  private static final int SURE = 100 * PERCENT;

  private final RiskEngine risk = RiskWorld.open();
  private final IndexPrices index = risk.indexPrices();
  private long now = 1_000 * SECOND;

  @Test
  void shouldHaveNoPriceBeforeAQuorumOfSourcesSpoke() {
    rule(r -> { });
    evaluate();
    assertEquals(PriceState.NONE, state());

    say(1, 10_000);
    assertEquals(PriceState.BELOW_QUORUM, state());
    say(2, 10_002);
    assertEquals(PriceState.BELOW_QUORUM, state());
    assertEquals(0, index.priceUnits(INSTRUMENT));
    say(3, 10_050);
    assertEquals(PriceState.VALID, state());
    assertEquals(10_002, index.priceUnits(INSTRUMENT));
    assertEquals(0b111, index.counted(INSTRUMENT));
  }

  @Test
  void shouldTakeTheMeanOfTheMiddleTwoAndSayThatAHalfWasCutOff() {
    rule(r -> { });
    all(10_000, 10_003, 10_001, 10_050);

    assertEquals(10_002, index.priceUnits(INSTRUMENT));
    assertFalse(index.inexact(INSTRUMENT));
    say(1, 10_002);
    assertEquals(10_002, index.priceUnits(INSTRUMENT));
    assertTrue(index.inexact(INSTRUMENT));
  }

  @Test
  void shouldRefuseWhatIsStaleFromTheFutureOrOlderThanBefore() {
    rule(r -> { });
    say(1, 10_000);

    assertEquals(ReasonCode.PRICE_FROM_FUTURE, check(2, now + SECOND + 1));
    assertEquals(ReasonCode.OK, check(2, now + SECOND));
    assertEquals(ReasonCode.PRICE_STALE, check(2, now - 30 * SECOND - 1));
    assertEquals(ReasonCode.OK, check(2, now - 30 * SECOND));
    assertEquals(ReasonCode.PRICE_STALE, check(1, now - 1));
    assertEquals(ReasonCode.OK, check(1, now));
  }

  @Test
  void shouldRefuseQuotesThatNobodyAskedForOrThatNoTickHolds() {
    assertEquals(ReasonCode.PRICE_NOT_ALLOWED, check(1, now));
    rule(r -> { });

    assertEquals(ReasonCode.OUT_OF_RANGE, check(0, now));
    assertEquals(ReasonCode.OUT_OF_RANGE, check(17, now));
    assertEquals(ReasonCode.PRICE_NOT_POSITIVE, index.check(PriceCommands.quote(1, 0, now, SURE), now));
    assertEquals(ReasonCode.PRICE_NOT_POSITIVE, index.check(PriceCommands.quote(1, -5, now, SURE), now));
    assertEquals(ReasonCode.OUT_OF_RANGE,
        index.check(PriceCommands.quote(1, Integer.MAX_VALUE * 100L + 1, now, SURE), now));
    assertEquals(ReasonCode.OK, index.check(PriceCommands.quote(16, Integer.MAX_VALUE * 100L, now, SURE), now));
  }

  @Test
  void shouldRefuseRulesThatContradictThemselves() {
    assertEquals(ReasonCode.PARAMETERS_INVALID, index.check(PriceCommands.rule(r -> r.quorum(2))));
    assertEquals(ReasonCode.PARAMETERS_INVALID, index.check(PriceCommands.rule(r -> r.quorum(17))));
    assertEquals(ReasonCode.PARAMETERS_INVALID, index.check(PriceCommands.rule(r -> r.staleNs(0))));
    assertEquals(ReasonCode.PARAMETERS_INVALID, index.check(PriceCommands.rule(r -> r.deviationE8(0))));
    assertEquals(ReasonCode.PARAMETERS_INVALID, index.check(PriceCommands.rule(r -> r.readmitBandE8(11 * PERCENT))));
    assertEquals(ReasonCode.PARAMETERS_INVALID, index.check(PriceCommands.rule(r -> r.floorUnits(5).ceilUnits(5))));
    assertEquals(ReasonCode.PARAMETERS_INVALID, index.check(PriceCommands.rule(r -> r.raiseMaxE8(1))));
    assertEquals(ReasonCode.PARAMETERS_INVALID, index.check(PriceCommands.rule(r -> r.sourceId(17))));
    assertEquals(ReasonCode.UNKNOWN_INSTRUMENT, index.check(PriceCommands.rule(r -> r.instrumentId(7))));
  }

  @Test
  void shouldGoStaleByItselfWhenItsTimeComes() {
    rule(r -> { });
    all(10_000, 10_001, 10_002);
    now += 10 * SECOND;
    say(1, 10_000);
    say(2, 10_000);

    now = index.nextNs(INSTRUMENT);
    assertEquals(1_030 * SECOND + 1, now, "the third was last heard at 1,000 s");
    evaluate();
    assertEquals(PriceState.BELOW_QUORUM, state());
    now = index.nextNs(INSTRUMENT);
    evaluate();
    assertEquals(PriceState.STALE, state());
    assertEquals(Long.MAX_VALUE, index.nextNs(INSTRUMENT));
    assertEquals(10_000, index.priceUnits(INSTRUMENT), "the last one that counted");
  }

  /**
   * A value at the bound is not a price (a feed paused at 0.107 while the market was at 0.01): nor is the one before.
   */
  @Test
  void shouldLetASourceAtTheBoundOfItsFeedCountAsNothing() {
    rule(r -> r.floorUnits(9_000).ceilUnits(20_000));
    all(10_000, 10_001, 10_002);

    say(3, 9_000);
    assertEquals(PriceState.BELOW_QUORUM, state());
    say(3, 9_999);
    assertEquals(PriceState.VALID, state());
    say(3, 20_000);
    assertEquals(PriceState.BELOW_QUORUM, state());
  }

  @Test
  void shouldKnowTheBoundsOfASingleFeed() {
    rule(r -> { });
    rule(r -> r.sourceId(2).floorUnits(9_995));
    all(9_990, 9_995, 10_002, 10_001);

    assertEquals(0b1101, index.counted(INSTRUMENT));
  }

  @Test
  void shouldLeaveOutASourceThatIsNotSureEnough() {
    rule(r -> r.confidenceMinE8(90 * PERCENT));
    all(10_000, 10_001, 10_002, 10_003);
    assertEquals(SURE, index.confidenceE8(INSTRUMENT));

    index.take(PriceCommands.quote(2, 10_001, now, 95 * PERCENT));
    evaluate();
    assertEquals(95 * PERCENT, index.confidenceE8(INSTRUMENT));
    index.take(PriceCommands.quote(2, 10_001, now, 89 * PERCENT));
    evaluate();
    assertEquals(0b1101, index.counted(INSTRUMENT));
  }

  @Test
  void shouldGiveALoneOutlierNoWeightAndExcludeItAfterAWhile() {
    rule(r -> { });
    all(10_000, 10_010, 10_020, 10_030);

    say(4, 8_400);
    assertEquals(0b0111, index.counted(INSTRUMENT));
    assertEquals(0, index.excluded(INSTRUMENT));
    assertEquals(10_010, index.priceUnits(INSTRUMENT));
    now += 5 * SECOND;
    evaluate();
    assertEquals(0b1000, index.excluded(INSTRUMENT));
    assertEquals(PriceState.VALID, state());
  }

  @Test
  void shouldReadmitOnlyAfterAQuarterOfAnHourInsideTheNarrowBand() {
    rule(r -> r.excludeNs(0));
    all(10_000, 10_000, 10_000, 8_400);
    assertEquals(0b1000, index.excluded(INSTRUMENT));

    all(10_000, 10_000, 10_000, 9_799);
    now += 16 * MINUTE;
    all(10_000, 10_000, 10_000, 9_799);
    assertEquals(0b1000, index.excluded(INSTRUMENT), "inside 10 %, outside 2 %");
    all(10_000, 10_000, 10_000, 9_800);
    final long since = now;
    while (now < since + 15 * MINUTE - SECOND) {
      now += SECOND;
      all(10_000, 10_000, 10_000, 9_800);
      assertEquals(0b1000, index.excluded(INSTRUMENT));
    }
    now += SECOND;
    all(10_000, 10_000, 10_000, 9_800);
    assertEquals(0, index.excluded(INSTRUMENT));
    assertEquals(0b1111, index.counted(INSTRUMENT));
  }

  @Test
  void shouldStartTheWaitAnewWhenAnExcludedSourceFallsSilentOrLeavesTheBand() {
    rule(r -> r.excludeNs(0));
    all(10_000, 10_000, 10_000, 8_400);
    all(10_000, 10_000, 10_000, 10_000);
    now += 14 * MINUTE;
    all(10_000, 10_000, 10_000, 10_000);
    all(10_000, 10_000, 10_000, 10_201);
    all(10_000, 10_000, 10_000, 10_000);
    now += 14 * MINUTE;
    all(10_000, 10_000, 10_000, 10_000);

    assertEquals(0b1000, index.excluded(INSTRUMENT));
  }

  @Test
  void shouldUseThePlainMedianWhenMoreThanOneSourceIsOff() {
    rule(r -> r.excludeNs(0));
    all(10_000, 10_020, 10_010, 8_400, 8_400);

    assertEquals(PriceState.DEVIATING, state());
    assertEquals(10_000, index.priceUnits(INSTRUMENT));
    assertEquals(0b11111, index.counted(INSTRUMENT));
    assertEquals(0, index.excluded(INSTRUMENT));
  }

  /** Goal: a true fall that the sources report one by one excludes none of them. */
  @Test
  void shouldFollowAFallThatReachesTheSourcesOneByOne() {
    rule(r -> { });
    all(10_000, 10_000, 10_000, 10_000, 10_000);

    for (int sourceId = 1; sourceId <= 5; sourceId++) {
      now += SECOND / 2;
      say(sourceId, 8_000);
    }
    assertEquals(0, index.excluded(INSTRUMENT));
    assertEquals(PriceState.VALID, state());
    assertEquals(8_000, index.priceUnits(INSTRUMENT));
  }

  @Test
  void shouldMoveNoFurtherInASecondThanAllowedAndGoOnByItself() {
    rule(r -> r.moveMaxE8(PERCENT));
    all(10_000, 10_000, 10_000);
    now += SECOND;

    all(9_700, 9_700, 9_700);
    assertEquals(PriceState.CLAMPED, state());
    assertEquals(9_900, index.priceUnits(INSTRUMENT));
    now += SECOND / 4;
    all(9_700, 9_700, 9_700);
    assertEquals(9_900, index.priceUnits(INSTRUMENT), "still the same second");
    now = index.nextNs(INSTRUMENT);
    assertEquals(1_002 * SECOND, now);
    evaluate();
    assertEquals(9_801, index.priceUnits(INSTRUMENT));
    now = index.nextNs(INSTRUMENT);
    evaluate();
    assertEquals(PriceState.CLAMPED, state());
    now = index.nextNs(INSTRUMENT);
    evaluate();
    assertEquals(PriceState.VALID, state());
    assertEquals(9_700, index.priceUnits(INSTRUMENT));
  }

  @Test
  void shouldForgetEverythingWithTheDefaultRule() {
    rule(r -> { });
    all(10_000, 10_000, 10_000);

    rule(r -> r.quorum(0).staleNs(0));
    assertEquals(ReasonCode.PRICE_NOT_ALLOWED, check(1, now));
  }

  private void rule(final Consumer<SetPriceRuleEncoder> terms) {
    assertEquals(ReasonCode.OK, index.check(PriceCommands.rule(terms)));
    index.rule(PriceCommands.rule(terms));
  }

  private ReasonCode check(final int sourceId, final long sourceTimeNs) {
    return index.check(PriceCommands.quote(sourceId, 10_000, sourceTimeNs, SURE), now);
  }

  private void say(final int sourceId, final long priceUnits) {
    assertEquals(ReasonCode.OK, index.check(PriceCommands.quote(sourceId, priceUnits, now, SURE), now));
    index.take(PriceCommands.quote(sourceId, priceUnits, now, SURE));
    evaluate();
  }

  /** Sources 1, 2, ... at once. */
  private void all(final long... pricesUnits) {
    for (int i = 0; i < pricesUnits.length; i++) {
      index.take(PriceCommands.quote(i + 1, pricesUnits[i], now, SURE));
    }
    evaluate();
  }

  private void evaluate() {
    index.evaluate(INSTRUMENT, now);
  }

  private PriceState state() {
    return index.state(INSTRUMENT);
  }
}
