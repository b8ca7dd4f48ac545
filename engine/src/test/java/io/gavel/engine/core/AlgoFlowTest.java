package io.gavel.engine.core;

import static io.gavel.codecs.sbe.PriceSource.MARK;
import static io.gavel.codecs.sbe.Side.BUY;
import static io.gavel.codecs.sbe.Side.SELL;
import static io.gavel.engine.core.Core.ALICE;
import static io.gavel.engine.core.Core.BOB;
import static io.gavel.engine.core.Core.BTC;
import static io.gavel.engine.core.Core.PAIR;
import static io.gavel.engine.core.Core.USD;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gavel.codecs.sbe.ArmPolicy;
import io.gavel.codecs.sbe.ArmRuleEncoder;
import io.gavel.codecs.sbe.HaltScope;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReviewDefault;
import io.gavel.codecs.sbe.RuleAction;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.engine.core.Core.RuleDraft;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Fired rules that work their order over time, wait for a person, or pay, through the whole core. */
class AlgoFlowTest {

  private final Core core = Core.spot();

  private static RuleDraft rule(final long lots, final RuleKind kind, final int level,
      final Consumer<ArmRuleEncoder> fields) {
    final RuleDraft draft = new RuleDraft();
    draft.lots = lots;
    draft.legs.add(l -> l.levelTicks(level).trailRatioE8(0).trailSpreadTicks(0).activationTicks(0).childLimitTicks(0)
        .protectionBps(0).kind(kind).source(MARK));
    draft.block = fields;
    return draft;
  }

  private static RuleDraft now(final long lots, final RuleAction action, final Consumer<ArmRuleEncoder> fields) {
    return rule(lots, RuleKind.NOW, 0, fields.andThen(c -> c.action(action)));
  }

  /** A mark tells rules a price, and brings no quotes with it as a print of the tape does. */
  private void mark(final int ticks) {
    core.price(MARK, 10L * ticks);
  }

  private List<String> told(final String start) {
    return core.take().stream().filter(line -> line.startsWith(start)).toList();
  }

  @Test
  void shouldSellInEqualLegsWhenTwap() {
    core.limit(BOB, BUY, 100, 100);
    mark(100);
    core.take();

    core.arm(ALICE, now(10, RuleAction.TWAP, c -> c.durationNs(40).intervalNs(10)));
    core.time(100);

    assertEquals(List.of(
        "algo 2 TWAP PLACE SCHEDULED #0 3@90 order=3 filled=0/10 working=3 next=10",
        "algo 2 TWAP PLACE SCHEDULED #1 3@90 order=4 filled=3/10 working=3 next=20",
        "algo 2 TWAP PLACE SCHEDULED #2 2@90 order=5 filled=6/10 working=2 next=30",
        "algo 2 TWAP PLACE SCHEDULED #3 2@90 order=6 filled=8/10 working=2 next=40",
        "algo 2 TWAP FINISH FILLED #0 filled=10/10 working=0 next=0"), told("algo"));
    assertEquals(0, core.held(ALICE, BTC));
  }

  @Test
  void shouldTakeBackEveryOrderAndEndOnceWhenScaleIsCancelled() {
    mark(95);
    core.take();
    core.arm(ALICE, now(9, RuleAction.SCALE, c -> c.orderCount(3).firstTicks(100).lastTicks(104)));
    assertEquals(List.of("accepted 2 SELL 3@100 rule=1", "accepted 3 SELL 3@102 rule=1",
        "accepted 4 SELL 3@104 rule=1"), told("accepted"));
    core.limit(BOB, BUY, 100, 3);
    core.take();

    core.cancelRule(ALICE, 1);

    assertEquals(List.of("closed 3 CANCELLED_WITH_RULE filled=0 cancelled=3",
        "closed 4 CANCELLED_WITH_RULE filled=0 cancelled=3",
        "rule 1 PARTLY_EFFECTIVE->CANCELLED CANCELLED_BY_USER remaining=6"),
        core.take().stream().filter(line -> !line.startsWith("answer")).toList());
    assertEquals(0, core.held(ALICE, BTC));
  }

  @Test
  void shouldGoFromLimitToWiderToMarketWhenLadder() {
    mark(100);
    core.limit(BOB, BUY, 95, 5);
    core.take();
    core.arm(ALICE, rule(5, RuleKind.STOP_LOSS, 99,
        c -> c.action(RuleAction.LADDER).durationNs(100).stepNs(10).offsetTicks(1).widerBps(300)));
    mark(99);
    core.time(core.timeNs() + 30);

    assertEquals(List.of(
        "algo 2 LADDER PLACE SCHEDULED #0 5@98 order=3 filled=0/5 working=5 next=10",
        "algo 2 LADDER REPLACE SCHEDULED #1 5@96 order=4 filled=0/5 working=5 next=20",
        "algo 2 LADDER REPLACE SCHEDULED #2 5@90 order=5 filled=0/5 working=5 next=30",
        "algo 2 LADDER FINISH FILLED #0 filled=5/5 working=0 next=0"), told("algo"));
  }

  @Test
  void shouldWaitInsteadOfSweepingWhenNothingIsWithinTheCollar() {
    mark(100);
    core.limit(BOB, BUY, 90, 50);
    core.take();
    core.arm(ALICE, now(4, RuleAction.TWAP, c -> c.durationNs(40).intervalNs(10).collarE8(2_000_000)));
    core.time(core.timeNs() + 5);
    core.limit(BOB, BUY, 99, 50);
    core.time(core.timeNs() + 100);

    assertEquals(List.of(
        "algo 2 TWAP WAIT COLLAR #0 filled=0/4 working=0 next=10",
        "algo 2 TWAP PLACE SCHEDULED #1 2@98 order=4 filled=0/4 working=2 next=20",
        "algo 2 TWAP PLACE SCHEDULED #2 1@98 order=5 filled=2/4 working=1 next=30",
        "algo 2 TWAP PLACE SCHEDULED #3 1@98 order=6 filled=3/4 working=1 next=40",
        "algo 2 TWAP FINISH FILLED #0 filled=4/4 working=0 next=0"), told("algo"));
  }

  @Test
  void shouldSendNothingWhileHaltedAndGoOnWhenItIsLifted() {
    core.limit(BOB, BUY, 100, 100);
    mark(100);
    core.arm(ALICE, now(4, RuleAction.TWAP, c -> c.durationNs(40).intervalNs(10)));
    core.take();
    core.halt(HaltScope.INSTRUMENT, 0, PAIR, true);
    core.time(core.timeNs() + 25);
    assertEquals(List.of("rule 2 PARTLY_EFFECTIVE->HELD HELD_BY_HALT remaining=3"), told("rule"));

    core.halt(HaltScope.INSTRUMENT, 0, PAIR, false);
    core.time(core.timeNs() + 100);

    assertEquals(List.of("rule 2 HELD->PARTLY_EFFECTIVE HALT_LIFTED remaining=3",
        "rule 2 PARTLY_EFFECTIVE->FINISHED CHILD_FILLED remaining=0"), told("rule"));
  }

  @Test
  void shouldGiveTheRestBackWhenTheTimeIsOver() {
    core.limit(BOB, BUY, 100, 3);
    mark(100);
    core.take();
    core.arm(ALICE, now(10, RuleAction.TWAP, c -> c.durationNs(20).intervalNs(10)));
    core.time(core.timeNs() + 100);

    assertEquals("rule 2 PARTLY_EFFECTIVE->CANCELLED ALGO_ENDED remaining=7", told("rule").get(4 - 1));
    assertEquals(0, core.held(ALICE, BTC));
  }

  @Test
  void shouldWaitForAPersonAndGoOnOnlyWhileTheConditionHolds() {
    mark(100);
    core.arm(ALICE, rule(5, RuleKind.STOP_LOSS, 95, c -> c.reviewNs(50)));
    mark(94);
    mark(93);
    mark(97);
    assertEquals(List.of("rule 1 LIVE->TRIGGERING TRIGGER_CROSSED remaining=5",
        "rule 1 TRIGGERING->HELD HELD_FOR_REVIEW remaining=5"), told("rule"));

    assertEquals(ReasonCode.UNKNOWN_RULE, core.review(BOB, 1, ReviewDefault.RELEASE));
    assertEquals(ReasonCode.OK, core.review(ALICE, 1, ReviewDefault.RELEASE));
    assertEquals(ReasonCode.NOT_UNDER_REVIEW, core.review(ALICE, 1, ReviewDefault.RELEASE));
    core.limit(BOB, BUY, 94, 50);
    mark(95);
    core.time(core.timeNs() + 50);

    assertEquals(List.of("rule 1 HELD->LIVE REVIEW_RELEASED remaining=5",
        "rule 1 LIVE->TRIGGERING TRIGGER_CROSSED remaining=5",
        "rule 1 TRIGGERING->HELD HELD_FOR_REVIEW remaining=5",
        "rule 1 HELD->TRIGGERING REVIEW_LAPSED remaining=5",
        "rule 1 TRIGGERING->TRIGGERED CHILD_SENT remaining=5",
        "rule 1 TRIGGERED->FINISHED CHILD_FILLED remaining=0"), told("rule"));
  }

  @Test
  void shouldCallTheFiringOffWhenAPersonOrTheDefaultSaysSo() {
    mark(100);
    core.arm(ALICE, rule(5, RuleKind.STOP_LOSS, 95, c -> c.reviewNs(50).reviewDefault(ReviewDefault.CANCEL)));
    core.arm(ALICE, rule(5, RuleKind.STOP_LOSS, 95, c -> c.reviewNs(50).reviewDefault(ReviewDefault.CANCEL)));
    mark(94);
    core.take();

    core.review(ALICE, 1, ReviewDefault.CANCEL);
    core.time(core.timeNs() + 60);

    assertEquals(List.of("rule 1 HELD->CANCELLED REVIEW_CANCELLED remaining=5",
        "rule 2 HELD->CANCELLED REVIEW_LAPSED remaining=5"), told("rule"));
    assertEquals(0, core.held(ALICE, BTC));
  }

  @Test
  void shouldPayOnceOfTwoRulesOnOneHold() {
    mark(100);
    core.hold(ALICE, USD, 70);
    final long free = core.free(ALICE, USD);
    final RuleDraft pays = rule(0, RuleKind.TAKE_PROFIT, 110, c -> c.action(RuleAction.RELEASE_HOLD).holdId(1));
    final RuleDraft refunds = rule(0, RuleKind.STOP_LOSS, 90, c -> c.action(RuleAction.REFUND_HOLD).holdId(1));
    assertEquals(ReasonCode.UNKNOWN_HOLD, core.arm(BOB, pays));
    core.arm(ALICE, pays);
    core.arm(ALICE, refunds);
    core.restart();
    core.take();

    mark(111);
    mark(89);

    assertEquals(List.of("rule 2 LIVE->TRIGGERING TRIGGER_CROSSED remaining=0",
        "rule 2 TRIGGERING->FINISHED PAYMENT_MADE remaining=0",
        "rule 3 LIVE->TRIGGERING TRIGGER_CROSSED remaining=0",
        "rule 3 TRIGGERING->REJECTED CHILD_REFUSED remaining=0"), told("rule"));
    assertEquals(free, core.free(ALICE, USD));
    assertEquals(0, core.held(ALICE, USD));
  }

  @Test
  void shouldRefundWhenThatConditionComesFirst() {
    mark(100);
    core.hold(ALICE, USD, 70);
    final long free = core.free(ALICE, USD);
    final RuleDraft refunds = rule(0, RuleKind.STOP_LOSS, 90, c -> c.action(RuleAction.REFUND_HOLD).holdId(1));
    refunds.armPolicy = ArmPolicy.FIRE;
    core.arm(ALICE, refunds);
    mark(90);

    assertEquals(free + 70, core.free(ALICE, USD));
  }

  @Test
  void shouldFollowTheBestPriceWhenChasing() {
    core.limit(BOB, SELL, 105, 5);
    core.limit(BOB, BUY, 95, 5);
    mark(100);
    core.take();
    core.arm(ALICE, now(4, RuleAction.CHASE, c -> c.durationNs(100).intervalNs(5).repricesMax(3)));
    core.time(core.timeNs() + 10);
    core.limit(BOB, SELL, 103, 5);

    assertEquals(List.of("algo 3 CHASE PLACE SCHEDULED #0 4@105 order=4 filled=0/4 working=4 next=100",
        "algo 3 CHASE REPLACE SCHEDULED #1 4@103 order=6 filled=0/4 working=4 next=100"), told("algo"));
  }
}
