package io.gavel.engine.condition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.Compare;
import io.gavel.codecs.sbe.NodeOp;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Signal;
import io.gavel.engine.trigger.RuleSpec;
import org.junit.jupiter.api.Test;

/** What is refused, one sentence of the issue each. */
class ConditionCheckTest {

  private static final long NOW = 1_000;

  private final ConditionDesk desk = new ConditionDesk();

  @Test
  void shouldRefuseWhatIsNotATree() {
    assertEquals(ReasonCode.CONDITION_MALFORMED, desk.begin().op(NodeOp.ALL, -1).check(NOW));
    assertEquals(ReasonCode.CONDITION_MALFORMED, desk.begin().op(NodeOp.NOT, -1).check(NOW));
    assertEquals(ReasonCode.CONDITION_MALFORMED, desk.begin().price(0, Compare.AT_OR_ABOVE, 5).check(NOW), "no root");
    assertEquals(ReasonCode.CONDITION_MALFORMED,
        desk.begin().op(NodeOp.ALL, -1).price(2, Compare.AT_OR_ABOVE, 5).price(0, Compare.AT_OR_ABOVE, 6).check(NOW),
        "a parent behind its child");
    assertEquals(ReasonCode.CONDITION_MALFORMED,
        desk.begin().op(NodeOp.ALL, -1).price(0, Compare.AT_OR_ABOVE, 5).price(-1, Compare.AT_OR_ABOVE, 6).check(NOW),
        "two roots");
    assertEquals(ReasonCode.CONDITION_MALFORMED,
        desk.begin().op(NodeOp.ALL, -1).price(0, Compare.AT_OR_ABOVE, 5).price(1, Compare.AT_OR_ABOVE, 6).check(NOW),
        "a leaf with a child");
    assertEquals(ReasonCode.CONDITION_MALFORMED,
        desk.begin().op(NodeOp.N_OF, -1, 2, 0).price(0, Compare.AT_OR_ABOVE, 5).check(NOW), "needs more than it has");
    assertEquals(ReasonCode.CONDITION_MALFORMED, desk.begin().op(NodeOp.THEN, -1, 0, 0)
        .price(0, Compare.AT_OR_ABOVE, 5).price(0, Compare.AT_OR_BELOW, 3).check(NOW), "then within nothing");
    desk.begin().op(NodeOp.ANY, -1);
    for (int i = 0; i < 17; i++) {
      desk.price(0, Compare.AT_OR_ABOVE, 5 + i);
    }
    assertEquals(ReasonCode.CONDITION_MALFORMED, desk.check(NOW), "seventeen leaves");
  }

  @Test
  void shouldRefuseWhatCanNeverBeTrueAndWhatAlwaysIs() {
    assertEquals(ReasonCode.CONDITION_NEVER_TRUE, pair(NodeOp.ALL, Compare.AT_OR_ABOVE, 100, Compare.AT_OR_BELOW, 99));
    assertEquals(ReasonCode.OK, pair(NodeOp.ALL, Compare.AT_OR_ABOVE, 100, Compare.AT_OR_BELOW, 100));
    assertEquals(ReasonCode.CONDITION_ALWAYS_TRUE, pair(NodeOp.ANY, Compare.AT_OR_ABOVE, 100, Compare.AT_OR_BELOW, 99));
    assertEquals(ReasonCode.OK, pair(NodeOp.ANY, Compare.AT_OR_ABOVE, 101, Compare.AT_OR_BELOW, 99));
    assertEquals(ReasonCode.CONDITION_NEVER_TRUE, desk.begin().op(NodeOp.ALL, -1).price(0, Compare.AT_OR_ABOVE, 100)
        .op(NodeOp.NOT, 0).price(2, Compare.AT_OR_ABOVE, 90).check(NOW));
    assertEquals(ReasonCode.OK, desk.begin().op(NodeOp.ALL, -1)
        .leaf(0, Signal.PRICE, Compare.AT_OR_ABOVE, 100, 0, true).price(0, Compare.AT_OR_BELOW, 99).check(NOW),
        "a latched leaf may have been true before");
    assertEquals(ReasonCode.CONDITION_NEVER_TRUE, desk.begin().op(NodeOp.ALL, -1)
        .leaf(0, Signal.WINDOW, Compare.AT_OR_ABOVE, 2_000, 3_000, false)
        .leaf(0, Signal.AT_TIME, Compare.AT_OR_ABOVE, 3_000, 0, false).check(NOW), "from when the window is over");
    assertEquals(ReasonCode.CONDITION_NEVER_TRUE, desk.begin().op(NodeOp.THEN, -1, 0, 50)
        .price(0, Compare.AT_OR_ABOVE, 100).op(NodeOp.ALL, 0).price(2, Compare.AT_OR_ABOVE, 7)
        .price(2, Compare.AT_OR_BELOW, 6).check(NOW), "followed by what never comes");
    assertEquals(ReasonCode.CONDITION_ALWAYS_TRUE,
        desk.begin().leaf(-1, Signal.SPREAD, Compare.AT_OR_ABOVE, 0, 0, false).check(NOW));
  }

  @Test
  void shouldRefuseWhatIsNotThereOrOver() {
    assertEquals(ReasonCode.CONDITION_SOURCE_MISSING,
        desk.begin().price(-1, Compare.AT_OR_ABOVE, 5).of(PriceSource.LAST, 3).check(NOW));
    assertEquals(ReasonCode.CONDITION_SOURCE_MISSING,
        desk.begin().price(-1, Compare.AT_OR_ABOVE, 5).of(PriceSource.POOL, 0).check(NOW));
    assertEquals(ReasonCode.WINDOW_INVALID,
        desk.begin().leaf(-1, Signal.WINDOW, Compare.AT_OR_ABOVE, 500, NOW, false).check(NOW));
    assertEquals(ReasonCode.WINDOW_INVALID,
        desk.begin().leaf(-1, Signal.AT_TIME, Compare.AT_OR_ABOVE, NOW, 0, false).check(NOW));
    assertEquals(ReasonCode.TRAIL_DISTANCE_INVALID,
        desk.begin().leaf(-1, Signal.TRAILING, Compare.AT_OR_BELOW, -1, 0, true).check(NOW), "a negative callback");
    assertEquals(ReasonCode.RULE_FIELD_NOT_ALLOWED,
        desk.begin().leaf(-1, Signal.TRAILING, Compare.AT_OR_BELOW, 5, 0, false).check(NOW), "not latched");
    assertEquals(ReasonCode.LEVEL_REQUIRED, desk.begin().price(-1, Compare.AT_OR_ABOVE, 0).check(NOW));
  }

  @Test
  void shouldTakeAFundingRateBelowZeroButNoneOfWhatHasNoFunding() {
    for (final Compare compare : new Compare[] {Compare.AT_OR_ABOVE, Compare.AT_OR_BELOW, Compare.CROSSES_DOWN}) {
      assertEquals(ReasonCode.OK, funding(compare, -10_000_000_000L, 0));
      assertEquals(ReasonCode.OK, funding(compare, 0, 0));
      assertEquals(ReasonCode.OUT_OF_RANGE, funding(compare, 10_000_000_001L, 0));
      assertEquals(ReasonCode.OUT_OF_RANGE, funding(compare, Long.MIN_VALUE, 0));
      assertEquals(ReasonCode.RULE_FIELD_NOT_ALLOWED, funding(compare, 5, 1));
    }
    assertEquals(ReasonCode.CONDITION_SOURCE_MISSING, desk.begin()
        .leaf(-1, Signal.FUNDING_RATE, Compare.AT_OR_ABOVE, 5, 0, false).of(PriceSource.LAST, 2).check(NOW));
    assertEquals(ReasonCode.RULE_FIELD_NOT_ALLOWED, desk.begin()
        .leaf(-1, Signal.FUNDING_RATE, Compare.AT_OR_ABOVE, 5, 0, false).of(PriceSource.MARK, 1).check(NOW));
  }

  private ReasonCode funding(final Compare compare, final long rateE10, final long second) {
    return desk.begin().leaf(-1, Signal.FUNDING_RATE, compare, rateE10, second, false).check(NOW);
  }

  @Test
  void shouldRefuseOneLaneTooMany() {
    final ConditionBook book = new ConditionBook(2, 128, desk);
    book.at(NOW, 1);
    for (int i = 0; i < SignalLanes.CHAIN_MAX; i++) {
      assertEquals(ReasonCode.OK, book.check(window(16 + i), NOW));
      book.arm(i, desk.spec);
      book.enter(i, false);
    }
    assertEquals(ReasonCode.CAPACITY_SIGNALS, book.check(window(16 + SignalLanes.CHAIN_MAX), NOW));
    assertEquals(ReasonCode.OK, book.check(window(16), NOW), "one that is there");
    book.release(0);
    assertEquals(ReasonCode.OK, book.check(window(16 + SignalLanes.CHAIN_MAX), NOW));
  }

  /** A price may jump over what holds inside an interval only: nothing fires on the way. */
  @Test
  void shouldLookAtATreeOnlyAfterAllLeavesOfAnEventHaveFlipped() {
    final ConditionBook book = new ConditionBook(2, 4, desk);
    desk.begin().op(NodeOp.ALL, -1).price(0, Compare.AT_OR_ABOVE, 100).op(NodeOp.NOT, 0)
        .price(2, Compare.AT_OR_ABOVE, 110);
    book.at(NOW, 1);
    book.arm(0, desk.spec);
    book.enter(0, false);
    book.onPrice(1, PriceSource.LAST, 95, 95);
    book.onPrice(1, PriceSource.LAST, 115, 115);
    assertEquals(0, book.takeMet(new long[4]));
    book.onPrice(1, PriceSource.LAST, 105, 105);
    assertEquals(1, book.takeMet(new long[4]));
    assertTrue(book.isTrue(0, 1));
    assertEquals(115, book.value(0, 1), "the price at which it became true");
  }

  /** What an event costs that flips nothing depends on the lanes it changes, not on who waits in them. */
  @Test
  void shouldLookAtAsMuchWithManyTreesAsWithFew() {
    long before = 0;
    for (int trees = 1_000; trees <= 100_000; trees *= 10) {
      final ConditionBook book = new ConditionBook(2, trees, desk);
      book.at(NOW, 1);
      for (int slot = 0; slot < trees; slot++) {
        desk.begin().op(NodeOp.ALL, -1).price(0, Compare.AT_OR_ABOVE, 2_000 + slot)
            .price(0, Compare.AT_OR_BELOW, 9_000_000 - slot);
        desk.leaf(0, Signal.TRAILING, Compare.AT_OR_BELOW, 50_000_000, 0, true);
        book.arm(slot, desk.spec);
        book.enter(slot, false);
      }
      book.onPrice(1, PriceSource.LAST, 1_000, 1_000);
      final long examined = book.examined();
      for (int tick = 0; tick < 1_000; tick++) {
        book.onPrice(1, PriceSource.LAST, 1_000 + tick % 10, 1_000 + tick % 10);
      }
      final long now = book.examined() - examined;
      assertTrue(now <= 6_500, now + " looked at in 1,000 prices");
      assertTrue(0 == before || now <= before + 100, now + " after " + before);
      before = now;
    }
  }

  private ReasonCode pair(final NodeOp op, final Compare first, final int firstTicks, final Compare second,
      final int secondTicks) {
    return desk.begin().op(op, -1).price(0, first, firstTicks).price(0, second, secondTicks).check(NOW);
  }

  private RuleSpec window(final long second) {
    desk.begin().leaf(-1, Signal.VOLATILITY, Compare.AT_OR_ABOVE, 5, second, false);
    return desk.spec;
  }
}
