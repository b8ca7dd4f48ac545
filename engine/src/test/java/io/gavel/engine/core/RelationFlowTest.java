package io.gavel.engine.core;

import static io.gavel.engine.core.Core.ALICE;
import static io.gavel.engine.core.Core.BOB;
import static io.gavel.engine.core.MarginDesk.PERP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.ArmRuleEncoder;
import io.gavel.codecs.sbe.ArmRuleEncoder.LegsEncoder;
import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.PositionMode;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReserveMode;
import io.gavel.codecs.sbe.RuleAttach;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.RuleState;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.TargetUnit;
import io.gavel.engine.core.Core.RuleDraft;
import io.gavel.engine.trigger.RuleBook;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules that belong to positions, to orders and to one another, by hand, through the core. */
class RelationFlowTest {

  private static final long MAKER = 7;

  private final LiquidationDesk desk = new LiquidationDesk(MarginDesk.open());
  private final Core core = desk.core;

  private static Consumer<LegsEncoder> leg(final RuleKind kind, final PriceSource source, final int levelTicks) {
    return l -> l.levelTicks(levelTicks).trailRatioE8(0).trailSpreadTicks(0).activationTicks(0).childLimitTicks(0)
        .protectionBps(0).kind(kind).source(source).target(0).ratchetTicks(0).targetUnit(TargetUnit.AMOUNT);
  }

  private static Consumer<LegsEncoder> target(final RuleKind kind, final long target, final TargetUnit unit) {
    return leg(kind, PriceSource.MARK, 0).andThen(l -> l.target(target).targetUnit(unit));
  }

  private static Consumer<LegsEncoder> stop(final int levelTicks) {
    return leg(RuleKind.STOP_LOSS, PriceSource.MARK, levelTicks);
  }

  @SafeVarargs
  private static RuleDraft rule(final Side side, final long lots, final int shareE8,
      final Consumer<ArmRuleEncoder> block, final Consumer<LegsEncoder>... legs) {
    final RuleDraft draft = new RuleDraft();
    draft.side = side;
    draft.lots = lots;
    draft.shareE8 = shareE8;
    draft.block = block;
    for (final Consumer<LegsEncoder> leg : legs) {
      draft.legs.add(leg);
    }
    return draft;
  }

  private static void onPosition(final ArmRuleEncoder c) {
    c.instrumentId(PERP).attach(RuleAttach.POSITION);
  }

  private void traders() {
    desk.trader(100, MarginMode.CROSS, PositionMode.ONE_WAY, 1_000_000);
    desk.trader(101, MarginMode.CROSS, PositionMode.ONE_WAY, 1_000_000);
  }

  private long armed(final long account, final RuleDraft draft) {
    core.events.clear();
    assertEquals(ReasonCode.OK, core.arm(account, draft));
    return core.events.stream().filter(e -> e.startsWith("armed ")).map(RelationFlowTest::id).findFirst()
        .orElseThrow();
  }

  private int slot(final long ruleId) {
    return core.machine.rules().slotOf(ruleId);
  }

  private long remaining(final long ruleId) {
    return core.machine.rules().remainingLots(slot(ruleId));
  }

  private int level(final long ruleId, final int leg) {
    return core.machine.rules().levelTicks(slot(ruleId), leg);
  }

  private List<String> told(final long ruleId) {
    return core.events.stream().filter(e -> e.startsWith("rule " + ruleId + " ")).toList();
  }

  @Test
  @DisplayName("R-08 VEGA-STOP-138: half of five is three, and shrinks with the position, and dies with it")
  void shouldFollowThePositionDownAndDieWithIt() {
    traders();
    desk.trade(100, 101, 100, 5);
    final long id = armed(100, rule(Side.SELL, 0, 50_000_000, RelationFlowTest::onPosition, stop(80)));
    assertEquals(3, remaining(id));
    desk.trade(100, 101, 100, 3);
    assertEquals(3, remaining(id), "it does not grow");
    desk.trade(101, 100, 100, 5);
    assertEquals(2, remaining(id), "1.5 rounds up");
    assertTrue(told(id).contains("rule " + id + " LIVE->LIVE POSITION_REDUCED remaining=2"), told(id).toString());
    core.restart();
    core.events.clear();
    desk.trade(101, 100, 100, 3);
    assertEquals(List.of("rule " + id + " LIVE->CANCELLED POSITION_CLOSED remaining=2"), told(id));
    desk.trade(100, 101, 100, 5);
    assertEquals(RuleBook.NULL_SLOT, slot(id), "the next position inherits nothing");
  }

  @Test
  void shouldEndWhenThePositionTurnsRound() {
    traders();
    desk.trade(100, 101, 100, 5);
    final long id = armed(100, rule(Side.SELL, 5, 0, RelationFlowTest::onPosition, stop(80)));
    desk.trade(101, 100, 100, 9);
    assertEquals(RuleBook.NULL_SLOT, slot(id));
    assertEquals(-4, desk.margin.lots(100, PERP, PositionSide.NET));
  }

  @Test
  void shouldRefuseToProtectWhatIsNotThere() {
    traders();
    assertEquals(ReasonCode.NO_POSITION,
        core.arm(100, rule(Side.SELL, 1, 0, RelationFlowTest::onPosition, stop(80))));
    desk.trade(100, 101, 100, 5);
    assertEquals(ReasonCode.NO_POSITION, core.arm(100, rule(Side.BUY, 1, 0, RelationFlowTest::onPosition,
        stop(80).andThen(l -> l.childLimitTicks(90)))));
    assertEquals(ReasonCode.SIZE_ABOVE_MAX,
        core.arm(100, rule(Side.SELL, 6, 0, RelationFlowTest::onPosition, stop(80))));
    assertEquals(ReasonCode.ACCOUNT_MODE_WRONG, core.arm(100, rule(Side.SELL, 1, 0,
        c -> c.instrumentId(PERP).attach(RuleAttach.POSITION).posSide(PositionSide.LONG), stop(80))));
    assertEquals(ReasonCode.NOT_A_CONTRACT,
        core.arm(ALICE, rule(Side.SELL, 1, 0, c -> c.attach(RuleAttach.POSITION), stop(80))));
  }

  @Test
  @DisplayName("R-07: several exits fire on one price and never close more than the position")
  void shouldNeverSumAboveThePosition() {
    traders();
    desk.trade(100, 101, 100, 5);
    for (int i = 0; i < 3; i++) {
      armed(100, rule(Side.SELL, 0, 100_000_000, RelationFlowTest::onPosition,
          stop(90).andThen(l -> l.childLimitTicks(95))));
    }
    desk.margin.mark(PERP, 89);
    final int position = desk.margin.position(100, PERP, PositionSide.NET);
    assertTrue(core.machine.risk().contracts().openSellLots(position) <= 5);
    assertEquals(ReasonCode.OK, desk.order(101, Side.BUY, 95, 20));
    assertEquals(0, desk.margin.lots(100, PERP, PositionSide.NET), "flat, not short");
  }

  @Test
  @DisplayName("A-02: a profit in money, in percent of the entry and of the margin is a price, and moves with the cost")
  void shouldTurnTargetsIntoPricesAndMoveThem() {
    traders();
    desk.trade(100, 101, 100, 10);
    final long id = armed(100, rule(Side.SELL, 0, 100_000_000, RelationFlowTest::onPosition,
        target(RuleKind.PROFIT, 105, TargetUnit.AMOUNT), target(RuleKind.LOSS, 5_000_000, TargetUnit.ENTRY_RATIO),
        target(RuleKind.PROFIT, 200_000_000, TargetUnit.MARGIN_RATIO)));
    assertEquals(111, level(id, 0), "105 over 10 lots, rounded for the owner");
    assertEquals(95, level(id, 1));
    assertEquals(120, level(id, 2), "twice a tenth");
    desk.margin.mark(PERP, 110);
    desk.trade(100, 101, 110, 10);
    assertEquals(111, level(id, 0), "cost 2,100 over 20: 105 + 5.25");
    assertEquals(100, level(id, 1), "99.75");
    core.restart();
    core.events.clear();
    desk.order(101, Side.BUY, 111, 20);
    desk.margin.mark(PERP, 111);
    assertTrue(core.events.stream().anyMatch(e -> e.startsWith("triggered " + id + " v1 leg=0 PROFIT MARK 111")),
        core.events.toString());
    assertEquals(10, desk.margin.lots(100, PERP, PositionSide.NET), "it was armed for 10, and does not grow");
  }

  @Test
  @DisplayName("A-02: with depth at the level what is left of a profit, fees paid, is the target less a tick at least")
  void shouldLeaveTheTargetWhenItFires() {
    for (int seed = 1; seed <= 60; seed++) {
      final Random random = new Random(seed);
      final LiquidationDesk fees = new LiquidationDesk(MarginDesk.on(Core.spot()));
      fees.margin.contract(3, InstrumentKind.LINEAR_PERPETUAL, c -> c.takerFeeE8(50_000).makerFeeE8(20_000));
      fees.margin.margin(3, 10_000_000, 5_000_000);
      fees.margin.mark(3, 10_000);
      fees.trader(100, MarginMode.CROSS, PositionMode.ONE_WAY, 100_000_000);
      fees.trader(101, MarginMode.CROSS, PositionMode.ONE_WAY, 100_000_000);
      final long before = fees.core.free(100, Core.USD);
      final Side entry = random.nextBoolean() ? Side.BUY : Side.SELL;
      final Side exit = Side.BUY == entry ? Side.SELL : Side.BUY;
      long lots = 0;
      for (int fill = 0; fill < 3; fill++) {
        final int ticks = 9_900 + random.nextInt(200);
        final long each = 1L + random.nextInt(5);
        fees.core.order(101, exit, ticks, each, c -> c.instrumentId(3));
        fees.core.order(100, entry, ticks, each, c -> c.instrumentId(3));
        lots += each;
      }
      final long target = 2_500L + random.nextInt(5_000);
      final int limit = Side.SELL == exit ? 0 : 20_000;
      fees.core.events.clear();
      assertEquals(ReasonCode.OK, fees.core.arm(100, rule(exit, 0, 100_000_000,
          c -> c.instrumentId(3).attach(RuleAttach.POSITION),
          target(RuleKind.PROFIT, target, TargetUnit.AMOUNT).andThen(l -> l.childLimitTicks(limit)))));
      final String armed = fees.core.events.stream().filter(e -> e.startsWith("armed ")).findFirst().orElseThrow();
      final int level = Integer.parseInt(armed.substring(armed.indexOf('@') + 1));
      fees.core.order(101, entry, level, lots, c -> c.instrumentId(3));
      fees.margin.mark(3, level);
      assertEquals(0, fees.margin.lots(100, 3, PositionSide.NET), "seed " + seed + " " + fees.core.events);
      final long made = fees.core.free(100, Core.USD) - before;
      assertTrue(made >= target - lots, "seed " + seed + " made " + made + " of " + target);
    }
  }

  @Test
  void shouldMirrorTargetsOfAShort() {
    traders();
    desk.trade(101, 100, 100, 10);
    final long id = armed(100, rule(Side.BUY, 10, 0, RelationFlowTest::onPosition,
        target(RuleKind.PROFIT, 105, TargetUnit.AMOUNT).andThen(l -> l.childLimitTicks(99)),
        target(RuleKind.LOSS, 105, TargetUnit.AMOUNT).andThen(l -> l.childLimitTicks(120))));
    assertEquals(89, level(id, 0));
    assertEquals(110, level(id, 1));
    assertEquals(ReasonCode.TARGET_UNREACHABLE, core.arm(100, rule(Side.BUY, 10, 0, RelationFlowTest::onPosition,
        target(RuleKind.PROFIT, 1_000, TargetUnit.AMOUNT).andThen(l -> l.childLimitTicks(99)))));
  }

  @Test
  void shouldTakeTheAverageCostOfAHoldingInSpot() {
    final Core spot = Core.spot(Core.small(), 0, 0, FeeAsset.QUOTE);
    final RuleDraft draft = rule(Side.SELL, 10, 0, c -> { }, leg(RuleKind.PROFIT, PriceSource.LAST, 0)
        .andThen(l -> l.target(10_000_000).targetUnit(TargetUnit.ENTRY_RATIO)));
    assertEquals(ReasonCode.NO_POSITION, spot.arm(ALICE, draft), "what was deposited has no cost");
    spot.limit(BOB, Side.SELL, 100, 10);
    spot.limit(ALICE, Side.BUY, 100, 10);
    spot.events.clear();
    assertEquals(ReasonCode.OK, spot.arm(ALICE, draft));
    assertTrue(spot.events.stream().anyMatch(e -> e.endsWith("PROFIT:LAST@110")), spot.events.toString());
    spot.limit(BOB, Side.SELL, 90, 10);
    spot.events.clear();
    spot.limit(ALICE, Side.BUY, 90, 10);
    assertTrue(spot.events.stream().anyMatch(e -> e.endsWith("PROFIT:LAST@105")), "95 and a tenth");
  }

  private RuleDraft ofOrder(final RuleAttach attach, final long parentId, final int shareE8) {
    return rule(Side.SELL, 0, shareE8, c -> c.attach(attach).parentId(parentId),
        leg(RuleKind.TAKE_PROFIT, PriceSource.LAST, 120), leg(RuleKind.STOP_LOSS, PriceSource.LAST, 80));
  }

  private long orderId(final Core of) {
    return of.events.stream().filter(e -> e.startsWith("accepted ")).map(RelationFlowTest::id)
        .reduce((first, second) -> second).orElseThrow();
  }

  /** The number behind an event's name. */
  private static long id(final String event) {
    final int from = event.indexOf(' ') + 1;
    return Long.parseLong(event.substring(from, event.indexOf(' ', from)));
  }

  @Test
  @DisplayName("R-10: a bracket is as large as what its order has brought, and grows with it, less the fee in base")
  void shouldGrowWithTheFillsOfItsOrder() {
    core.limit(ALICE, Side.BUY, 100, 10);
    final long parent = orderId(core);
    final long id = armed(ALICE, ofOrder(RuleAttach.ORDER_INCREMENTAL, parent, 100_000_000));
    assertEquals(RuleState.PENDING, core.machine.rules().state(slot(id)));
    core.restart();
    core.events.clear();
    core.limit(BOB, Side.SELL, 100, 4);
    assertEquals(List.of("rule " + id + " PENDING->LIVE PARENT_FILLED remaining=4"), told(id));
    core.restart();
    core.limit(BOB, Side.SELL, 100, 3);
    assertEquals(7, remaining(id));
    core.cancel(ALICE, parent);
    assertEquals(7, remaining(id), "what was bought stays protected");
    core.limit(BOB, Side.BUY, 79, 20);
    core.events.clear();
    core.print(80, 1);
    assertTrue(told(id).contains("rule " + id + " TRIGGERED->FINISHED CHILD_FILLED remaining=0"), told(id).toString());
  }

  @Test
  void shouldTakeTheFeeInBaseOff() {
    final Core spot = Core.spot(Core.small(), 10_000_000, 10_000_000, FeeAsset.BASE);
    spot.limit(ALICE, Side.BUY, 100, 100);
    final long parent = orderId(spot);
    assertEquals(ReasonCode.OK, spot.arm(ALICE, ofOrder(RuleAttach.ORDER_INCREMENTAL, parent, 100_000_000)));
    spot.events.clear();
    spot.limit(BOB, Side.SELL, 100, 100);
    assertTrue(spot.events.stream().anyMatch(e -> e.endsWith("PENDING->LIVE PARENT_FILLED remaining=90")),
        spot.events.toString());
  }

  @Test
  void shouldWaitForTheWholeOrderOrTakeTheFirstFill() {
    core.limit(ALICE, Side.BUY, 100, 10);
    final long parent = orderId(core);
    final long whole = armed(ALICE, ofOrder(RuleAttach.ORDER_COMPLETE, parent, 100_000_000));
    final long first = armed(ALICE, ofOrder(RuleAttach.ORDER_FIRST_FILL, parent, 50_000_000));
    core.limit(BOB, Side.SELL, 100, 4);
    assertEquals(RuleState.PENDING, core.machine.rules().state(slot(whole)));
    assertEquals(2, remaining(first));
    core.limit(BOB, Side.SELL, 100, 6);
    assertEquals(10, remaining(whole));
    assertEquals(2, remaining(first), "the first fill only");
  }

  @Test
  @DisplayName("the order is closed unfilled: its rule is cancelled with that reason; a dead parent is refused")
  void shouldEndWithAnOrderThatWasNotFilled() {
    core.limit(ALICE, Side.BUY, 100, 10);
    final long parent = orderId(core);
    final long id = armed(ALICE, ofOrder(RuleAttach.ORDER_INCREMENTAL, parent, 100_000_000));
    core.events.clear();
    core.cancel(ALICE, parent);
    assertEquals(List.of("rule " + id + " PENDING->CANCELLED PARENT_CANCELLED remaining=0"), told(id));
    assertEquals(ReasonCode.RULE_PARENT_INVALID,
        core.arm(ALICE, ofOrder(RuleAttach.ORDER_COMPLETE, parent, 100_000_000)));
    core.limit(BOB, Side.BUY, 90, 1);
    assertEquals(ReasonCode.RULE_PARENT_INVALID,
        core.arm(ALICE, ofOrder(RuleAttach.ORDER_COMPLETE, orderId(core), 100_000_000)), "somebody else's");
  }

  @Test
  void shouldBindABracketToThePositionItsOrderOpened() {
    traders();
    desk.order(100, Side.BUY, 100, 6);
    final long parent = orderId(core);
    final long id = armed(100, rule(Side.SELL, 0, 100_000_000,
        c -> c.instrumentId(PERP).attach(RuleAttach.ORDER_INCREMENTAL).parentId(parent),
        target(RuleKind.PROFIT, 60, TargetUnit.AMOUNT), stop(80)));
    desk.order(101, Side.SELL, 100, 4);
    assertEquals(4, remaining(id));
    assertEquals(115, level(id, 0), "60 over 4");
    desk.order(101, Side.SELL, 100, 2);
    assertEquals(6, remaining(id));
    assertEquals(110, level(id, 0), "60 over 6");
    desk.trade(101, 100, 100, 6);
    assertEquals(RuleBook.NULL_SLOT, slot(id));
  }

  @Test
  @DisplayName("one updates other: the stop goes to the entry when the first target fires")
  void shouldMoveTheOtherRulesLevelWhenItFires() {
    core.print(100, 1);
    final long stop = armed(ALICE, rule(Side.SELL, 10, 0, c -> { }, leg(RuleKind.STOP_LOSS, PriceSource.LAST, 80)));
    final long first = armed(ALICE, rule(Side.SELL, 5, 0, c -> c.updatesRuleId(stop).updatesLevelTicks(100),
        leg(RuleKind.TAKE_PROFIT, PriceSource.LAST, 110)));
    assertEquals(ReasonCode.UNKNOWN_RULE, core.arm(BOB, rule(Side.SELL, 5, 0,
        c -> c.updatesRuleId(stop).updatesLevelTicks(100), leg(RuleKind.TAKE_PROFIT, PriceSource.LAST, 110))));
    core.restart();
    core.events.clear();
    core.print(110, 1);
    assertEquals(100, level(stop, 0));
    final int told = core.events.indexOf("armed " + stop + " v2 LIVE SELL 10 STOP_LOSS:LAST@100");
    assertTrue(told > 0 && core.events.get(told - 1).startsWith("rule " + first + " LIVE->TRIGGERING"),
        core.events.toString());
    core.events.clear();
    core.print(99, 1);
    assertTrue(told(stop).get(0).contains("LIVE->TRIGGERING"), told(stop).toString());
  }

  @Test
  void shouldLeaveALevelThatWouldBeCrossedAndBoundTheChain() {
    core.print(100, 1);
    long last = armed(ALICE, rule(Side.SELL, 1, 0, c -> { }, leg(RuleKind.STOP_LOSS, PriceSource.LAST, 80)));
    final long stop = last;
    for (int i = 0; i < RelationGate.CHAIN_MAX; i++) {
      final long named = last;
      last = armed(ALICE, rule(Side.SELL, 1, 0, c -> c.updatesRuleId(named).updatesLevelTicks(120),
          leg(RuleKind.TAKE_PROFIT, PriceSource.LAST, 110 + i)));
    }
    final long end = last;
    assertEquals(ReasonCode.RULE_LINK_INVALID, core.arm(ALICE, rule(Side.SELL, 1, 0,
        c -> c.updatesRuleId(end).updatesLevelTicks(120), leg(RuleKind.TAKE_PROFIT, PriceSource.LAST, 130))));
    core.events.clear();
    core.print(110, 1);
    assertEquals(80, level(stop, 0), "120 is crossed already: the stop stays where it was");
    assertTrue(told(stop).contains("rule " + stop + " LIVE->LIVE ALREADY_CROSSED remaining=1"), told(stop).toString());
  }

  @Test
  @DisplayName("R-21: after one rule fired the other pauses, and then looks once")
  void shouldCoolDown() {
    core.print(100, 1);
    final Consumer<ArmRuleEncoder> cool = c -> c.coolDownNs(1_000_000);
    final long first = armed(ALICE, rule(Side.SELL, 1, 0, cool, leg(RuleKind.STOP_LOSS, PriceSource.LAST, 95)));
    final long second = armed(ALICE, rule(Side.SELL, 1, 0, cool, leg(RuleKind.STOP_LOSS, PriceSource.LAST, 94)));
    final long third = armed(ALICE, rule(Side.SELL, 1, 0, cool, leg(RuleKind.STOP_LOSS, PriceSource.LAST, 90)));
    core.limit(BOB, Side.BUY, 90, 50);
    core.events.clear();
    core.print(90, 1);
    assertTrue(told(first).get(0).contains("LIVE->TRIGGERING"));
    assertEquals(List.of("rule " + second + " LIVE->LIVE COOLING_DOWN remaining=1"), told(second));
    assertEquals(List.of("rule " + third + " LIVE->LIVE COOLING_DOWN remaining=1"), told(third));
    core.restart();
    core.print(93, 1);
    core.print(92, 1);
    assertEquals(1, told(second).size(), "deaf");
    core.events.clear();
    core.time(core.timeNs() + 2_000_000);
    assertTrue(told(second).get(0).contains("LIVE->TRIGGERING"), "92 is below 94");
    assertEquals(List.of(), told(third), "listens again");
    core.time(core.timeNs() + 2_000_000);
    core.print(90, 1);
    assertTrue(told(third).get(0).contains("LIVE->TRIGGERING"), core.events.toString());
  }

  @Test
  void shouldRefuseFieldsThatDoNotGoTogether() {
    final Consumer<LegsEncoder> stop = leg(RuleKind.STOP_LOSS, PriceSource.LAST, 50);
    for (final Consumer<ArmRuleEncoder> wrong : List.<Consumer<ArmRuleEncoder>>of(c -> c.parentId(3),
        c -> c.attach(RuleAttach.ORDER_COMPLETE), c -> c.updatesRuleId(3), c -> c.updatesLevelTicks(3),
        c -> c.posSide(PositionSide.LONG))) {
      final ReasonCode code = core.arm(ALICE, rule(Side.SELL, 1, 0, wrong, stop));
      assertTrue(ReasonCode.RULE_FIELD_NOT_ALLOWED == code || ReasonCode.RULE_PARENT_INVALID == code
          || ReasonCode.UNKNOWN_RULE == code, code.toString());
    }
    assertEquals(ReasonCode.RULE_FIELD_NOT_ALLOWED, core.arm(ALICE, rule(Side.SELL, 1, 0, c -> { },
        stop.andThen(l -> l.target(5)))));
    final RuleDraft unreserved = rule(Side.SELL, 1, 0, c -> c.priority(3), stop);
    unreserved.reserveMode = ReserveMode.NONE;
    assertEquals(ReasonCode.OK, core.arm(ALICE, unreserved));
    assertEquals(ReasonCode.UNKNOWN_ACCOUNT, core.arm(MAKER, unreserved));
  }
}
