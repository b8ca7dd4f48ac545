package io.gavel.engine.trigger;

import static io.gavel.codecs.sbe.PriceSource.BID;
import static io.gavel.codecs.sbe.PriceSource.LAST;
import static io.gavel.codecs.sbe.PriceSource.MARK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.ArmPolicy;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.RuleState;
import io.gavel.codecs.sbe.Side;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RuleBookTest {

  private final RuleDesk desk = new RuleDesk();
  private final RuleBook book = desk.book;

  @Test
  @DisplayName("R-01 every print is evaluated, also the low between two equal prices")
  void shouldEvaluateEveryPrint() {
    desk.price(LAST, 100);
    desk.sell().stopLoss(LAST, 95).arm();

    desk.print(RuleDesk.INSTRUMENT, LAST, 94, 94);
    desk.print(RuleDesk.INSTRUMENT, LAST, 100, 100);

    assertEquals(List.of(new RuleDesk.Fired(1, 0, 94, 95, 0, LAST)), desk.drain());
  }

  @Test
  @DisplayName("R-02 only the source that was named fires a rule")
  void shouldListenToNamedSourceOnly() {
    for (final PriceSource source : List.of(LAST, PriceSource.BID, PriceSource.ASK, MARK, PriceSource.INDEX)) {
      desk.price(source, 100);
    }
    desk.sell().stopLoss(MARK, 95).arm();

    assertEquals(List.of(), desk.price(LAST, 90));
    assertEquals(List.of(), desk.price(BID, 90));
    assertEquals(List.of(), desk.price(2, MARK, 90, 90));
    assertEquals(List.of(1L), desk.firedIds(MARK, 95));
  }

  @Test
  @DisplayName("R-02, R-20 a rule without a source or a kind is refused: nothing has a default")
  void shouldRefuseRuleWithoutSourceOrKind() {
    desk.sell().stopLoss(PriceSource.NULL_VAL, 95);
    assertEquals(ReasonCode.UNKNOWN_ENUM, desk.check());
    desk.sell().leg(RuleKind.NULL_VAL, LAST, 95, 0, 0, 0);
    assertEquals(ReasonCode.UNKNOWN_ENUM, desk.check());
    desk.rule(Side.NULL_VAL, ArmPolicy.REJECT).stopLoss(LAST, 95);
    assertEquals(ReasonCode.UNKNOWN_ENUM, desk.check());
    desk.rule(Side.SELL, ArmPolicy.NULL_VAL).stopLoss(LAST, 95);
    assertEquals(ReasonCode.UNKNOWN_ENUM, desk.check());
  }

  @Test
  @DisplayName("R-03 REJECT refuses a level that is reached, equality included")
  void shouldRefuseCrossedLevelUnderReject() {
    desk.price(LAST, 100);
    for (final int crossed : new int[] {100, 101}) {
      assertEquals(ReasonCode.ALREADY_CROSSED, desk.sell().stopLoss(LAST, crossed).check());
      assertEquals(ReasonCode.ALREADY_CROSSED, desk.buy().takeProfit(LAST, crossed).check());
    }
    for (final int crossed : new int[] {99, 100}) {
      assertEquals(ReasonCode.ALREADY_CROSSED, desk.sell().takeProfit(LAST, crossed).check());
      assertEquals(ReasonCode.ALREADY_CROSSED, desk.buy().stopLoss(LAST, crossed).check());
    }
    assertEquals(ReasonCode.OK, desk.sell().stopLoss(LAST, 99).check());
    assertEquals(ReasonCode.OK, desk.sell().takeProfit(LAST, 101).check());
  }

  @Test
  @DisplayName("R-03 FIRE fires a level that is reached while arming")
  void shouldFireCrossedLevelUnderFire() {
    desk.price(LAST, 100);

    final int slot = desk.sell().policy(ArmPolicy.FIRE).takeProfit(LAST, 90).stopLoss(BID, 80).arm();

    assertEquals(List.of(new RuleDesk.Fired(1, 0, 100, 90, 0, LAST)), desk.drain());
    assertEquals(RuleState.TRIGGERING, book.state(slot));
    assertEquals(0, book.firedLeg(slot));
  }

  @Test
  @DisplayName("R-03 WAIT_RECROSS waits for the other side, then fires")
  void shouldWaitForOtherSideUnderWaitRecross() {
    desk.price(LAST, 100);
    final int slot = desk.sell().policy(ArmPolicy.WAIT_RECROSS).takeProfit(LAST, 100).arm();

    assertTrue(book.isWaitingRecross(slot, 0));
    assertEquals(List.of(), desk.price(LAST, 100));
    assertEquals(List.of(), desk.price(LAST, 105));
    assertEquals(List.of(), desk.price(LAST, 99));
    assertFalse(book.isWaitingRecross(slot, 0));
    assertEquals(List.of(1L), desk.firedIds(LAST, 100));
  }

  @Test
  void shouldWaitForOtherSideOfSubTickPrice() {
    desk.price(RuleDesk.INSTRUMENT, MARK, 100, 101);
    final int slot = desk.sell().policy(ArmPolicy.WAIT_RECROSS).takeProfit(MARK, 100).arm();

    assertEquals(List.of(), desk.price(RuleDesk.INSTRUMENT, MARK, 99, 100));
    assertFalse(book.isWaitingRecross(slot, 0));
    assertEquals(List.of(), desk.price(RuleDesk.INSTRUMENT, MARK, 99, 100));
    assertEquals(List.of(1L), desk.price(RuleDesk.INSTRUMENT, MARK, 100, 101).stream()
        .map(RuleDesk.Fired::ruleId).toList());
  }

  @Test
  @DisplayName("R-04 an undefined price fires nothing, and rules can be armed without one")
  void shouldNotFireOnUndefinedPrice() {
    desk.sell().stopLoss(LAST, 95).arm();
    desk.buy().takeProfit(LAST, 95).arm();
    desk.sell().trailSpread(LAST, 10, 0).arm();

    assertEquals(List.of(), desk.price(LAST, 0));
    assertEquals(List.of(), desk.price(LAST, 100));
    assertEquals(List.of(), desk.price(LAST, 0));
    assertEquals(List.of(1L, 2L), desk.firedIds(LAST, 91));
    assertEquals(List.of(3L), desk.firedIds(LAST, 90));
  }

  @Test
  @DisplayName("R-09 when one leg fires, no other leg can")
  void shouldFireOneLegOfGroupOnly() {
    desk.price(LAST, 100);
    final int slot = desk.sell().takeProfit(LAST, 110).stopLoss(LAST, 90).trailSpread(LAST, 5, 0).arm();

    assertEquals(List.of(new RuleDesk.Fired(1, 0, 112, 110, 0, LAST)), desk.price(LAST, 112));
    assertEquals(List.of(), desk.price(LAST, 80));
    assertEquals(List.of(), desk.price(LAST, 120));
    assertEquals(RuleState.TRIGGERING, book.state(slot));
  }

  @Test
  @DisplayName("R-09 the stop wins a tie, whichever leg was reached first in the step")
  void shouldPreferStopWithinOneStep() {
    for (final boolean stopFirst : new boolean[] {true, false}) {
      final RuleDesk tie = new RuleDesk();
      tie.price(LAST, 100);
      tie.price(BID, 100);
      tie.sell().takeProfit(LAST, 110).stopLoss(BID, 90).arm();

      tie.print(RuleDesk.INSTRUMENT, stopFirst ? BID : LAST, stopFirst ? 89 : 110, stopFirst ? 89 : 110);
      tie.print(RuleDesk.INSTRUMENT, stopFirst ? LAST : BID, stopFirst ? 110 : 89, stopFirst ? 110 : 89);

      assertEquals(List.of(new RuleDesk.Fired(1, 1, 89, 90, 0, BID)), tie.drain());
      assertEquals(1, tie.book.firedLeg(0));
    }
  }

  @Test
  @DisplayName("R-13 a trailing stop sleeps until its activation price, and its extremum starts there")
  void shouldTrackFromActivationPrice() {
    desk.price(LAST, 100);
    final int slot = desk.sell().trailSpread(LAST, 10, 120).arm();

    assertTrue(book.isDormant(slot, 0));
    assertEquals(0, book.extremumTicks(slot, 0));
    assertEquals(0, book.levelTicks(slot, 0));
    assertEquals(List.of(), desk.price(LAST, 50));
    assertEquals(List.of(), desk.price(LAST, 121));
    assertFalse(book.isDormant(slot, 0));
    assertEquals(121, book.extremumTicks(slot, 0));
    assertEquals(111, book.levelTicks(slot, 0));
    assertEquals(120, book.activationTicks(slot, 0));
    assertEquals(List.of(new RuleDesk.Fired(1, 0, 111, 111, 121, LAST)), desk.price(LAST, 111));
  }

  @Test
  @DisplayName("R-13 an activation price that is already reached starts the trail at the price of the moment")
  void shouldTrackAtOnceWhenActivationIsReached() {
    desk.price(LAST, 100);
    final int sell = desk.sell().trailRatio(LAST, 10_000_000, 100).arm();
    final int buy = desk.buy().trailRatio(LAST, 10_000_000, 100).arm();

    assertFalse(book.isDormant(sell, 0));
    assertEquals(90, book.levelTicks(sell, 0));
    assertFalse(book.isDormant(buy, 0));
    assertEquals(110, book.levelTicks(buy, 0));
  }

  @Test
  @DisplayName("R-15 a new trail distance counts at once, from the extremum so far")
  void shouldRecomputeLevelFromExtremumWhenAmended() {
    desk.price(LAST, 100);
    final int slot = desk.sell().trailSpread(LAST, 30, 0).arm();
    desk.price(LAST, 120);
    desk.price(LAST, 110);

    assertEquals(ReasonCode.OK, desk.amendTrailSpread(slot, 15));

    assertEquals(120, book.extremumTicks(slot, 0));
    assertEquals(105, book.levelTicks(slot, 0));
    assertEquals(2, book.version(slot));
    assertEquals(List.of(), desk.price(LAST, 106));
    assertEquals(List.of(1L), desk.firedIds(LAST, 105));
  }

  @Test
  @DisplayName("R-15 an amended level that is crossed follows the arm policy")
  void shouldFollowPolicyWhenAmendedLevelIsCrossed() {
    for (final ArmPolicy policy : List.of(ArmPolicy.REJECT, ArmPolicy.FIRE, ArmPolicy.WAIT_RECROSS)) {
      final RuleDesk amended = new RuleDesk();
      amended.price(LAST, 100);
      final int slot = amended.sell().policy(policy).trailSpread(LAST, 30, 0).arm();
      amended.price(LAST, 120);
      amended.price(LAST, 110);
      final List<Long> before = RuleDesk.digest(amended.book);

      final ReasonCode code = amended.amendTrailSpread(slot, 10);

      switch (policy) {
        case REJECT -> {
          assertEquals(ReasonCode.ALREADY_CROSSED, code);
          assertEquals(before, RuleDesk.digest(amended.book));
          assertEquals(List.of(1L), amended.firedIds(LAST, 90));
        }
        case FIRE -> {
          assertEquals(ReasonCode.OK, code);
          assertEquals(List.of(new RuleDesk.Fired(1, 0, 110, 110, 120, LAST)), amended.drain());
        }
        default -> {
          assertEquals(ReasonCode.OK, code);
          assertTrue(amended.book.isWaitingRecross(slot, 0));
          assertEquals(List.of(), amended.price(LAST, 100));
          assertEquals(List.of(), amended.price(LAST, 111));
          assertEquals(List.of(1L), amended.firedIds(LAST, 110));
        }
      }
    }
  }

  @Test
  @DisplayName("R-16 extremum, activation and waiting legs survive save and load")
  void shouldRestoreExtremaFromSnapshot() {
    desk.price(LAST, 100);
    final int tracking = desk.sell().trailSpread(LAST, 10, 0).arm();
    final int dormant = desk.sell().trailSpread(LAST, 10, 200).arm();
    final int waiting = desk.sell().policy(ArmPolicy.WAIT_RECROSS).takeProfit(LAST, 90).arm();
    desk.price(LAST, 150);
    desk.price(LAST, 145);

    final RuleBook loaded = RuleDesk.restarted(book);

    assertEquals(RuleDesk.digest(book), RuleDesk.digest(loaded));
    assertEquals(150, loaded.extremumTicks(tracking, 0));
    assertEquals(140, loaded.levelTicks(tracking, 0));
    assertTrue(loaded.isDormant(dormant, 0));
    assertTrue(loaded.isWaitingRecross(waiting, 0));
    loaded.onPrice(RuleDesk.INSTRUMENT, LAST, 140, 140, desk.fired);
    assertEquals(1, desk.fired.size());
    assertEquals(tracking, desk.fired.ruleSlot(0));
    assertEquals(150, desk.fired.extremumTicks(0));
  }

  @Test
  @DisplayName("R-22 the evidence says leg, source, price, level and extremum")
  void shouldLeaveEvidence() {
    desk.price(MARK, 1_000);
    final int slot = desk.sell().takeProfit(LAST, 2_000).trailRatio(MARK, 1_000_000, 0).arm();
    desk.price(RuleDesk.INSTRUMENT, MARK, 1_099, 1_100);

    final List<RuleDesk.Fired> fired = desk.price(RuleDesk.INSTRUMENT, MARK, 1_087, 1_088);

    // floor(1,099 x 0.99) = floor(1,088.01)
    assertEquals(List.of(new RuleDesk.Fired(1, 1, 1_088, 1_088, 1_099, MARK)), fired);
    assertEquals(1, book.firedLeg(slot));
    assertEquals(1_099, book.extremumTicks(slot, 1));
    assertEquals(1_088, book.levelTicks(slot, 1));
  }

  @Test
  @DisplayName("R-25 an amended rule is protected throughout and keeps its place among equals")
  void shouldKeepArmSequenceWhenAmended() {
    desk.price(LAST, 100);
    final int first = desk.sell().stopLoss(LAST, 80).arm();
    desk.sell().stopLoss(LAST, 90).arm();

    assertEquals(ReasonCode.OK, desk.amendLevel(first, 0, 90));

    assertEquals(List.of(1L, 2L), desk.firedIds(LAST, 85));
  }

  @Test
  @DisplayName("R-25 an amendment that is refused changes nothing")
  void shouldChangeNothingWhenAmendmentIsRefused() {
    desk.price(LAST, 100);
    final int slot = desk.sell().takeProfit(LAST, 120).stopLoss(LAST, 80).trailSpread(LAST, 50, 0).arm();
    final List<Long> before = RuleDesk.digest(book);

    assertEquals(ReasonCode.LEGS_INVERTED, desk.amendLevel(slot, 0, 80));
    assertEquals(ReasonCode.ALREADY_CROSSED, desk.amendLevel(slot, 0, 100));
    assertEquals(ReasonCode.LEVEL_REQUIRED, desk.amendLevel(slot, 1, -1));
    assertEquals(ReasonCode.LEVEL_NOT_ALLOWED, desk.amendLevel(slot, 2, 70));
    assertEquals(ReasonCode.OUT_OF_RANGE, desk.amendLevel(slot, 3, 70));
    assertEquals(ReasonCode.TRAIL_DISTANCE_INVALID, book.amend(slot, 0, 0, 0, 5, 0, desk, desk.fired));
    assertEquals(ReasonCode.TRAIL_DISTANCE_INVALID, book.amend(slot, 2, 0, 5, 5, 0, desk, desk.fired));
    assertEquals(ReasonCode.PRICE_NOT_POSITIVE, book.amend(slot, 2, 0, 0, 0, -5, desk, desk.fired));
    assertEquals(before, RuleDesk.digest(book));

    book.state(slot, RuleState.TRIGGERED);
    assertEquals(ReasonCode.RULE_NOT_LIVE, desk.amendLevel(slot, 1, 70));
  }

  @Test
  void shouldFireByLevelInDirectionOfTravelThenArmSequence() {
    desk.price(LAST, 100);
    desk.sell().stopLoss(LAST, 80).arm();
    desk.sell().trailSpread(LAST, 10, 0).arm();
    desk.sell().stopLoss(LAST, 90).arm();
    desk.sell().trailRatio(LAST, 20_000_000, 0).arm();
    desk.buy().trailSpread(LAST, 5, 0).arm();

    assertEquals(List.of(2L, 3L, 1L, 4L), desk.firedIds(LAST, 70));
    assertEquals(List.of(5L), desk.firedIds(LAST, 75));
  }

  @Test
  void shouldRegisterLegsOnlyWhenWindowOpens() {
    desk.price(LAST, 100);
    final int slot = desk.sell().window(2_000, 3_000).stopLoss(LAST, 95).trailSpread(LAST, 60, 0).arm();

    assertEquals(RuleState.PENDING, book.state(slot));
    assertEquals(List.of(), desk.price(LAST, 50));
    assertEquals(ReasonCode.ALREADY_CROSSED, book.start(slot, desk, desk.fired));
    assertEquals(RuleState.PENDING, book.state(slot));
    desk.price(LAST, 110);
    assertEquals(ReasonCode.OK, book.start(slot, desk, desk.fired));
    assertEquals(RuleState.LIVE, book.state(slot));
    assertEquals(110, book.extremumTicks(slot, 1));
    assertEquals(List.of(1L), desk.firedIds(LAST, 95));
  }

  @Test
  void shouldFireByClock() {
    desk.price(LAST, 100);
    final int slot = desk.sell().window(0, 3_000).stopLoss(LAST, 95).atTime().arm();

    book.fireAtTime(slot, desk.fired);

    assertEquals(List.of(new RuleDesk.Fired(1, 1, 0, 0, 0, LAST)), desk.drain());
    assertEquals(List.of(), desk.price(LAST, 90));
  }

  @Test
  void shouldNotFireWhatWasDisarmedOrReleased() {
    desk.price(LAST, 100);
    final int disarmed = desk.sell().stopLoss(LAST, 95).trailSpread(LAST, 3, 0).arm();
    final int released = desk.sell().stopLoss(LAST, 95).arm();
    book.disarm(disarmed);
    book.release(released);

    assertEquals(List.of(), desk.price(LAST, 50));
    assertEquals(RuleBook.NULL_SLOT, book.slotOf(2));
    assertEquals(disarmed, book.slotOf(1));
  }
}
