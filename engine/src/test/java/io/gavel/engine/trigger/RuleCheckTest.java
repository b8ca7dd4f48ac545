package io.gavel.engine.trigger;

import static io.gavel.codecs.sbe.PriceSource.BID;
import static io.gavel.codecs.sbe.PriceSource.LAST;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gavel.codecs.RuleGroups;
import io.gavel.codecs.sbe.ArmPolicy;
import io.gavel.codecs.sbe.ArmRuleDecoder;
import io.gavel.codecs.sbe.ArmRuleEncoder;
import io.gavel.codecs.sbe.ExpiryAction;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReserveMode;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.Side;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Each refusal of the ladder, and the values on both sides of its edge. */
class RuleCheckTest {

  private final RuleDesk desk = new RuleDesk(4);

  @Test
  void shouldRefuseUnknownInstrument() {
    for (final int unknown : new int[] {-1, 0, RuleDesk.INSTRUMENTS_MAX + 1}) {
      desk.sell().stopLoss(LAST, 5).spec.instrumentId = unknown;
      assertEquals(ReasonCode.UNKNOWN_INSTRUMENT, desk.check());
    }
  }

  @Test
  void shouldRefuseMissingAndTooManyLegs() {
    assertEquals(ReasonCode.LEGS_MISSING, desk.sell().check());
    desk.sell().stopLoss(LAST, 5).spec.legCount = RuleSpec.LEGS_MAX + 1;
    assertEquals(ReasonCode.OUT_OF_RANGE, desk.check());
  }

  @Test
  void shouldRequireLevelOfPlainLegs() {
    assertEquals(ReasonCode.LEVEL_REQUIRED, desk.sell().takeProfit(LAST, 0).check());
    assertEquals(ReasonCode.LEVEL_REQUIRED, desk.sell().stopLoss(LAST, -1).check());
    assertEquals(ReasonCode.OK, desk.sell().stopLoss(LAST, 1).check());
    assertEquals(ReasonCode.TRAIL_DISTANCE_INVALID,
        desk.sell().leg(RuleKind.STOP_LOSS, LAST, 5, 1, 0, 0).check());
    assertEquals(ReasonCode.LEVEL_NOT_ALLOWED, desk.sell().leg(RuleKind.STOP_LOSS, LAST, 5, 0, 0, 9).check());
  }

  @Test
  void shouldRequireExactlyOneTrailDistance() {
    final int[][] invalid = {{0, 0}, {1, 1}, {-1, 0}, {0, -1}, {100_000_000, 0}, {-1, 5}, {5, -1}};
    for (final int[] distance : invalid) {
      assertEquals(ReasonCode.TRAIL_DISTANCE_INVALID,
          desk.sell().leg(RuleKind.TRAILING_STOP, LAST, 0, distance[0], distance[1], 0).check());
    }
    final int[][] valid = {{1, 0}, {99_999_999, 0}, {0, 1}, {0, Integer.MAX_VALUE}};
    for (final int[] distance : valid) {
      assertEquals(ReasonCode.OK,
          desk.sell().leg(RuleKind.TRAILING_STOP, LAST, 0, distance[0], distance[1], 0).check());
    }
    assertEquals(ReasonCode.LEVEL_NOT_ALLOWED, desk.sell().leg(RuleKind.TRAILING_STOP, LAST, 5, 1, 0, 0).check());
    assertEquals(ReasonCode.PRICE_NOT_POSITIVE, desk.sell().leg(RuleKind.TRAILING_STOP, LAST, 0, 1, 0, -1).check());
  }

  @Test
  void shouldRequireWindowOfLegsByTheClock() {
    assertEquals(ReasonCode.WINDOW_INVALID, desk.sell().atTime().check());
    assertEquals(ReasonCode.OK, desk.sell().window(0, 2_000).atTime().check());
    assertEquals(ReasonCode.OK, desk.sell().window(2_000, 0).atTime().check());
    assertEquals(ReasonCode.WINDOW_INVALID, desk.sell().window(desk.nowNs, 0).atTime().check());
    assertEquals(ReasonCode.LEVEL_NOT_ALLOWED,
        desk.sell().window(0, 2_000).leg(RuleKind.AT_TIME, LAST, 5, 0, 0, 0).check());
    assertEquals(ReasonCode.TRAIL_DISTANCE_INVALID,
        desk.sell().window(0, 2_000).leg(RuleKind.AT_TIME, LAST, 0, 0, 5, 0).check());
  }

  @Test
  void shouldRefuseWindowThatIsEmptyOrOver() {
    final long[][] invalid = {{-1, 0}, {0, -1}, {2_000, 2_000}, {2_001, 2_000}, {0, 1_000}, {500, 999}};
    for (final long[] window : invalid) {
      assertEquals(ReasonCode.WINDOW_INVALID, desk.sell().window(window[0], window[1]).stopLoss(LAST, 5).check());
    }
    final long[][] valid = {{0, 0}, {0, 1_001}, {500, 1_001}, {2_000, 2_001}, {2_000, 0}};
    for (final long[] window : valid) {
      assertEquals(ReasonCode.OK, desk.sell().window(window[0], window[1]).stopLoss(LAST, 5).check());
    }
  }

  @Test
  void shouldRefuseInvertedLegsOfOneSource() {
    assertEquals(ReasonCode.LEGS_INVERTED, desk.sell().takeProfit(LAST, 90).stopLoss(LAST, 90).check());
    assertEquals(ReasonCode.LEGS_INVERTED, desk.sell().stopLoss(LAST, 91).takeProfit(LAST, 90).check());
    assertEquals(ReasonCode.OK, desk.sell().stopLoss(LAST, 89).takeProfit(LAST, 90).check());
    assertEquals(ReasonCode.OK, desk.sell().stopLoss(BID, 91).takeProfit(LAST, 90).check());
    assertEquals(ReasonCode.LEGS_INVERTED, desk.buy().takeProfit(LAST, 90).stopLoss(LAST, 90).check());
    assertEquals(ReasonCode.OK, desk.buy().takeProfit(LAST, 89).stopLoss(LAST, 90).check());
  }

  @Test
  void shouldRequireOneSize() {
    final long[][] cases = {{0, 0}, {1, 1}, {-1, 0}, {0, -1}, {0, 100_000_001}, {0, 100_000_000}, {0, 1}, {1, 0}};
    final ReasonCode[] reasons = {ReasonCode.SIZE_NOT_POSITIVE, ReasonCode.SIZE_AMBIGUOUS,
        ReasonCode.SIZE_NOT_POSITIVE, ReasonCode.SHARE_OUT_OF_RANGE, ReasonCode.SHARE_OUT_OF_RANGE, ReasonCode.OK,
        ReasonCode.OK, ReasonCode.OK};
    for (int i = 0; i < cases.length; i++) {
      desk.sell().stopLoss(LAST, 5);
      desk.spec.quantityLots = cases[i][0];
      desk.spec.shareE8 = (int) cases[i][1];
      assertEquals(reasons[i], desk.check());
    }
  }

  @Test
  void shouldRequireLimitOfBuyRules() {
    desk.buy().takeProfit(LAST, 90).stopLoss(LAST, 110).spec.childLimitTicks[1] = 0;
    assertEquals(ReasonCode.BUY_RULE_NEEDS_LIMIT, desk.check());
    desk.sell().takeProfit(LAST, 90).spec.childLimitTicks[0] = -1;
    assertEquals(ReasonCode.PRICE_NOT_POSITIVE, desk.check());
  }

  @Test
  void shouldRefuseProtectionOutOfRange() {
    for (final int bps : new int[] {-1, 10_000}) {
      desk.sell().takeProfit(LAST, 90).spec.protectionBps[0] = bps;
      assertEquals(ReasonCode.PROTECTION_OUT_OF_RANGE, desk.check());
    }
    desk.sell().takeProfit(LAST, 90).spec.protectionBps[0] = 9_999;
    assertEquals(ReasonCode.OK, desk.check());
    assertEquals(9_999, desk.book.protectionBps(desk.arm(), 0));
  }

  @Test
  void shouldRefuseMoreRulesThanFit() {
    for (int i = 0; i < 4; i++) {
      desk.sell().stopLoss(LAST, 5).arm();
    }
    assertEquals(ReasonCode.CAPACITY_RULES, desk.sell().stopLoss(LAST, 5).check());
    desk.book.release(2);
    assertEquals(2, desk.arm());
  }

  @Test
  void shouldNotLookAtPricesBeforeTheWindowOpens() {
    desk.price(LAST, 100);

    assertEquals(ReasonCode.OK, desk.sell().window(2_000, 0).takeProfit(LAST, 90).check());
    assertEquals(ReasonCode.ALREADY_CROSSED, desk.sell().window(1_000, 0).takeProfit(LAST, 90).check());
  }

  @Test
  @DisplayName("R-20 a command carries every field into the rule, nothing is filled in")
  void shouldTakeEveryFieldOfTheCommand() {
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
    final ArmRuleEncoder encoder = new ArmRuleEncoder().wrap(buffer, 0);
    encoder.instrumentId(2).shareE8(50_000_000).quantityLots(0).startTimeNs(5_000).endTimeNs(6_000).side(Side.BUY)
        .armPolicy(ArmPolicy.WAIT_RECROSS).expiryAction(ExpiryAction.SUBMIT).reserveMode(ReserveMode.NONE);
    final ArmRuleEncoder.LegsEncoder legs = encoder.legsCount(2);
    legs.next().levelTicks(90).trailRatioE8(0).trailSpreadTicks(0).activationTicks(0).childLimitTicks(95)
        .protectionBps(30).kind(RuleKind.TAKE_PROFIT).source(PriceSource.INDEX);
    legs.next().levelTicks(0).trailRatioE8(1_000_000).trailSpreadTicks(0).activationTicks(80).childLimitTicks(120)
        .protectionBps(40).kind(RuleKind.TRAILING_STOP).source(PriceSource.MARK);
    RuleGroups.none(encoder);

    desk.spec.from(new ArmRuleDecoder().wrap(buffer, 0, ArmRuleDecoder.BLOCK_LENGTH, ArmRuleDecoder.SCHEMA_VERSION));
    final RuleBook book = desk.book;
    final int slot = desk.arm();

    assertEquals(2, book.instrumentId(slot));
    assertEquals(50_000_000, book.shareE8(slot));
    assertEquals(5_000, book.startTimeNs(slot));
    assertEquals(6_000, book.endTimeNs(slot));
    assertEquals(Side.BUY, book.side(slot));
    assertEquals(ArmPolicy.WAIT_RECROSS, book.armPolicy(slot));
    assertEquals(ExpiryAction.SUBMIT, book.expiryAction(slot));
    assertEquals(ReserveMode.NONE, book.reserveMode(slot));
    assertEquals(2, book.legCount(slot));
    assertEquals(90, book.levelTicks(slot, 0));
    assertEquals(95, book.childLimitTicks(slot, 0));
    assertEquals(30, book.protectionBps(slot, 0));
    assertEquals(RuleKind.TAKE_PROFIT, book.kind(slot, 0));
    assertEquals(PriceSource.INDEX, book.source(slot, 0));
    assertEquals(1_000_000, book.trailRatioE8(slot, 1));
    assertEquals(0, book.trailSpreadTicks(slot, 1));
    assertEquals(80, book.activationTicks(slot, 1));
    assertEquals(PriceSource.MARK, book.source(slot, 1));
  }
}
