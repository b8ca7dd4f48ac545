package io.gavel.engine.core;

import static io.gavel.codecs.sbe.PriceSource.ASK;
import static io.gavel.codecs.sbe.PriceSource.BID;
import static io.gavel.codecs.sbe.PriceSource.INDEX;
import static io.gavel.codecs.sbe.PriceSource.LAST;
import static io.gavel.codecs.sbe.PriceSource.MARK;
import static io.gavel.codecs.sbe.Side.BUY;
import static io.gavel.codecs.sbe.Side.SELL;
import static io.gavel.engine.core.Core.ALICE;
import static io.gavel.engine.core.Core.BOB;
import static io.gavel.engine.core.Core.BTC;
import static io.gavel.engine.core.Core.PAIR;
import static io.gavel.engine.core.Core.TAPE;
import static io.gavel.engine.core.Core.USD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.ArmPolicy;
import io.gavel.codecs.sbe.ArmRuleEncoder.LegsEncoder;
import io.gavel.codecs.sbe.ExpiryAction;
import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.HaltScope;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReserveMode;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.engine.core.Core.RuleDraft;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Auto-sell rules through the whole core, named after the requirement that each one holds. */
class RuleFlowTest {

  private final Core core = Core.spot();

  private static Consumer<LegsEncoder> leg(final RuleKind kind, final PriceSource source, final int levelTicks) {
    return l -> l.levelTicks(levelTicks).trailRatioE8(0).trailSpreadTicks(0).activationTicks(0).childLimitTicks(0)
        .protectionBps(0).kind(kind).source(source);
  }

  private static Consumer<LegsEncoder> stop(final int levelTicks) {
    return leg(RuleKind.STOP_LOSS, LAST, levelTicks);
  }

  private static Consumer<LegsEncoder> profit(final int levelTicks) {
    return leg(RuleKind.TAKE_PROFIT, LAST, levelTicks);
  }

  private static Consumer<LegsEncoder> trail(final int spreadTicks, final int activationTicks) {
    return leg(RuleKind.TRAILING_STOP, LAST, 0)
        .andThen(l -> l.trailSpreadTicks(spreadTicks).activationTicks(activationTicks));
  }

  private static RuleDraft rule(final long lots, final Consumer<LegsEncoder> leg) {
    final RuleDraft draft = new RuleDraft();
    draft.lots = lots;
    draft.legs.add(leg);
    return draft;
  }

  private static RuleDraft rule(final long lots, final Consumer<LegsEncoder> leg, final Consumer<LegsEncoder> other) {
    final RuleDraft draft = rule(lots, leg);
    draft.legs.add(other);
    return draft;
  }

  private static List<String> without(final String start, final List<String> events) {
    return events.stream().filter(e -> !e.startsWith(start)).toList();
  }

  @Test
  @DisplayName("A-01 R-22: a stop sells on the print that touches it, and leaves evidence of why")
  void shouldSellWhenTouchedAndSayWhy() {
    core.print(100, 50);
    core.arm(ALICE, rule(10, stop(95)));
    core.print(96, 50);
    core.take();

    core.print(95, 50);

    assertEquals(List.of(
        "triggered 3 v1 leg=0 STOP_LOSS LAST 95 level=95 protection=86 cause=17",
        "rule 3 LIVE->TRIGGERING TRIGGER_CROSSED remaining=10",
        "rule 3 TRIGGERING->TRIGGERED CHILD_SENT remaining=10",
        "accepted 8 SELL 10@86 rule=3",
        "trade 10@95 taker=8 maker=6 open=0/40",
        "closed 8 FILLED filled=10 cancelled=0",
        "rule 3 TRIGGERED->FINISHED CHILD_FILLED remaining=0"), without("price", core.take()));
    assertEquals(0, core.machine.rules().size());
    assertEquals(0, core.held(ALICE, BTC));
    assertEquals(1_000_000_000 + 950, core.free(ALICE, USD));
  }

  @Test
  @DisplayName("R-01: every print is evaluated, also one inside a sweep that ends elsewhere")
  void shouldSeeEveryPrintOfASweep() {
    core.print(100, 1);
    core.limit(BOB, SELL, 110, 1);
    core.limit(BOB, SELL, 120, 1);
    core.arm(ALICE, rule(1, profit(109)));
    core.take();

    core.order(ALICE, BUY, 120, 3, c -> { });

    final List<String> events = core.take();
    assertTrue(events.stream().anyMatch(e -> e.contains("TAKE_PROFIT LAST 110 level=109")), events::toString);
  }

  @Test
  @DisplayName("R-02: a rule looks at its own source and at no other, and its ack echoes it")
  void shouldListenToItsOwnSource() {
    core.print(100, 5);
    core.price(MARK, 1_000);
    core.arm(ALICE, rule(1, leg(RuleKind.STOP_LOSS, MARK, 90)));
    core.arm(ALICE, rule(1, leg(RuleKind.STOP_LOSS, INDEX, 90)));
    assertTrue(core.take().toString().contains("STOP_LOSS:MARK@90"));

    core.print(80, 5);
    assertTrue(core.take().stream().noneMatch(e -> e.startsWith("triggered")));
    core.price(MARK, 905);
    assertTrue(core.take().stream().noneMatch(e -> e.startsWith("triggered")), "90.5 is above 90");
    core.price(MARK, 900);
    assertTrue(core.take().get(1).startsWith("triggered 3 v1 leg=0 STOP_LOSS MARK 90"));
    core.price(INDEX, 900);
    assertTrue(core.take().get(1).startsWith("triggered 4 v1 leg=0 STOP_LOSS INDEX 90"));
  }

  @Test
  @DisplayName("R-02: bid and ask fire on what the book shows after the step")
  void shouldFireOnBidAndAsk() {
    core.print(100, 1);
    core.arm(ALICE, rule(1, leg(RuleKind.TAKE_PROFIT, BID, 105)));
    core.arm(ALICE, rule(1, leg(RuleKind.TAKE_PROFIT, ASK, 120)));
    core.take();

    core.limit(BOB, BUY, 100, 1);
    core.print(110, 1);

    final List<String> events = core.take();
    assertTrue(events.stream().anyMatch(e -> e.contains("TAKE_PROFIT BID 110 level=105")), events::toString);
    assertTrue(events.stream().noneMatch(e -> e.contains("TAKE_PROFIT ASK")), events::toString);
  }

  @Test
  @DisplayName("R-03: already crossed is refused, fired or made to wait, also on equality")
  void shouldFollowTheArmPolicy() {
    core.print(100, 5);
    final RuleDraft draft = rule(1, stop(100));
    assertEquals(ReasonCode.ALREADY_CROSSED, core.arm(ALICE, draft));

    draft.armPolicy = ArmPolicy.FIRE;
    core.take();
    assertEquals(ReasonCode.OK, core.arm(ALICE, draft));
    assertTrue(core.take().stream().anyMatch(e -> e.startsWith("triggered")));

    draft.armPolicy = ArmPolicy.WAIT_RECROSS;
    assertEquals(ReasonCode.OK, core.arm(ALICE, draft));
    core.print(99, 5);
    assertTrue(core.take().stream().noneMatch(e -> e.startsWith("triggered")));
    core.print(101, 5);
    core.print(100, 5);
    assertTrue(core.take().stream().anyMatch(e -> e.startsWith("triggered")));
  }

  @Test
  @DisplayName("R-04: an undefined price fires nothing, and arming is allowed")
  void shouldArmWithoutAPrice() {
    assertEquals(ReasonCode.OK, core.arm(ALICE, rule(1, stop(100))));
    assertEquals(ReasonCode.OK, core.arm(ALICE, rule(1, leg(RuleKind.STOP_LOSS, BID, 100))));
    assertEquals(List.of("armed 1 v1 LIVE SELL 1 STOP_LOSS:LAST@100", "armed 2 v1 LIVE SELL 1 STOP_LOSS:BID@100"),
        core.take());

    core.limit(ALICE, BUY, 90, 1);

    final List<String> fired = core.take().stream().filter(e -> e.startsWith("triggered")).toList();
    assertEquals(1, fired.size(), "there is a bid now, but still no last: " + fired);
    assertTrue(fired.get(0).contains("triggered 2 v1 leg=0 STOP_LOSS BID 90"), fired::toString);
  }

  @Test
  @DisplayName("R-06 R-12: what a market child leaves stays in the rule and is sent again until done")
  void shouldSendTheRestAgain() {
    core.print(100, 5);
    core.arm(ALICE, rule(10, stop(95)));
    core.print(95, 4);
    core.print(96, 4);
    core.take();

    core.print(94, 4);

    assertEquals(List.of("accepted 12 SELL 2@86 rule=3", "trade 2@94 taker=12 maker=10 open=0/2",
        "closed 12 FILLED filled=2 cancelled=0", "rule 3 PARTLY_EFFECTIVE->FINISHED CHILD_FILLED remaining=0"),
        without("price", core.take()));
  }

  @Test
  @DisplayName("R-06: a rest whose price is past its protection ends with that reason and frees the money")
  void shouldStopAtItsProtection() {
    core.print(100, 5);
    core.arm(ALICE, rule(10, stop(95)));
    core.print(95, 4);
    core.take();

    core.print(80, 40);

    assertEquals(List.of("rule 3 PARTLY_EFFECTIVE->CANCELLED PROTECTION_PASSED remaining=6"),
        without("price", core.take()));
    assertEquals(0, core.held(ALICE, BTC));
  }

  @Test
  @DisplayName("A-08 R-09: of an OCO exactly one leg fires, the stop on a tie, over one quantity reserved once")
  void shouldFireOneLegOnly() {
    core.print(100, 5);
    core.arm(ALICE, rule(10, profit(110), stop(90)));
    assertEquals(10, core.held(ALICE, BTC));

    core.print(110, 50);
    core.print(90, 50);

    final List<String> events = core.take();
    assertEquals(1, events.stream().filter(e -> e.startsWith("triggered")).count());
    assertEquals(1_000_000 - 10, core.free(ALICE, BTC));
  }

  @Test
  @DisplayName("R-10: the child sells what is there, a share resolved again downward at firing")
  void shouldResolveAShareDownward() {
    core.print(100, 50);
    final RuleDraft draft = rule(0, stop(90));
    draft.shareE8 = 50_000_000;
    core.arm(ALICE, draft);
    assertEquals(500_000, core.held(ALICE, BTC));
    core.limit(BOB, BUY, 100, 500_000);
    core.limit(ALICE, SELL, 100, 400_000);
    core.take();

    core.print(90, 1_000_000);

    assertTrue(core.take().stream().anyMatch(e -> e.contains("SELL 300000@")), "half of 600,000 is left to sell");
  }

  @Test
  @DisplayName("R-11: replay gives a firing the same key, and a second delivery has no second effect")
  void shouldFireOnceWhateverIsDeliveredTwice() {
    final Core replay = Core.spot();
    for (final Core each : List.of(core, replay)) {
      each.print(100, 5);
      each.arm(ALICE, rule(10, stop(95)));
      each.print(95, 50);
    }
    final List<String> first = core.take();
    assertEquals(1, first.stream().filter(e -> e.startsWith("triggered")).count());
    assertEquals(first, replay.take());
    assertEquals(core.machine.eventHash(), replay.machine.eventHash(), "the hash covers the keys");

    core.restart();
    core.print(95, 50);
    assertTrue(core.take().stream().noneMatch(e -> e.startsWith("triggered")));
  }

  @Test
  @DisplayName("R-13 R-16: trailing starts at its activation, survives a restart, and falls only from its high")
  void shouldTrailFromActivation() {
    core.print(100, 5);
    core.arm(ALICE, rule(5, trail(5, 110)));
    core.print(104, 5);
    core.print(98, 5);
    core.print(111, 5);
    core.print(120, 5);
    core.restart();
    core.print(116, 5);
    assertTrue(core.take().stream().noneMatch(e -> e.startsWith("triggered")));

    core.print(115, 5);

    assertTrue(core.take().stream().anyMatch(e -> e.contains("LAST 115 level=115 extremum=120")));
  }

  @Test
  @DisplayName("R-15 R-25: an amended distance counts at once from the same high, and a refused one changes nothing")
  void shouldAmendAtomically() {
    core.print(100, 5);
    core.arm(ALICE, rule(5, trail(20, 0)));
    core.print(120, 5);
    core.print(110, 5);
    final List<String> before = core.state();
    assertEquals(ReasonCode.ALREADY_CROSSED, core.amendRule(ALICE, 3, c -> c.newTrailSpreadTicks(10)));
    assertEquals(before, core.state());
    core.take();

    assertEquals(ReasonCode.OK, core.amendRule(ALICE, 3, c -> c.newTrailSpreadTicks(15).newQuantityLots(7)));

    assertEquals(List.of("armed 3 v2 LIVE SELL 7 TRAILING_STOP:LAST@105"), core.take());
    assertEquals(7, core.held(ALICE, BTC));
  }

  @Test
  @DisplayName("R-25: a smaller size leaves the order of a rule its place, and nothing else of it can change")
  void shouldKeepThePlaceOfARestingChildThatShrinks() {
    core.print(100, 5);
    core.arm(ALICE, rule(5, stop(95).andThen(l -> l.childLimitTicks(110))));
    core.print(94, 5);
    core.limit(BOB, SELL, 110, 3);
    core.take();
    assertEquals(ReasonCode.RULE_NOT_LIVE, core.amendRule(ALICE, 3, c -> c.newQuantityLots(9)));
    assertEquals(ReasonCode.RULE_NOT_LIVE, core.amendRule(ALICE, 3, c -> c.newQuantityLots(4).newChildLimitTicks(1)));
    assertEquals(ReasonCode.OK, core.amendRule(ALICE, 3, c -> c.newQuantityLots(2)));
    assertEquals(2, core.held(ALICE, BTC));
    assertTrue(core.take().contains("rule 3 TRIGGERED->TRIGGERED RULE_AMENDED remaining=2"));
    core.restart();

    core.limit(BOB, BUY, 110, 7);

    final List<String> told = core.take();
    assertTrue(told.contains("rule 3 TRIGGERED->FINISHED CHILD_FILLED remaining=0"), told.toString());
  }

  @Test
  @DisplayName("R-17: every order and every rule reaches exactly one terminal event")
  void shouldEndOnce() {
    core.print(100, 5);
    core.arm(ALICE, rule(5, stop(95)));
    core.arm(ALICE, rule(5, profit(120)));
    core.print(95, 2);
    core.print(94, 20);
    core.cancelRule(ALICE, 4);
    final List<String> events = core.take();

    assertEquals(events.stream().filter(e -> e.startsWith("accepted")).count(),
        events.stream().filter(e -> e.startsWith("closed")).count());
    assertEquals(2, events.stream().filter(e -> e.contains("->FINISHED") || e.contains("->CANCELLED")).count());
    assertEquals(ReasonCode.UNKNOWN_RULE, core.cancelRule(ALICE, 4));
  }

  @Test
  @DisplayName("R-26: an armed sale has its base reserved, once for all legs, and gives it back")
  void shouldReserveOnce() {
    core.arm(ALICE, rule(1_000_000, profit(110), stop(90)));
    assertEquals(0, core.free(ALICE, BTC));
    assertEquals(ReasonCode.INSUFFICIENT_BALANCE, core.arm(ALICE, rule(1, stop(80))));
    core.cancelRule(ALICE, 1);
    assertEquals(1_000_000, core.free(ALICE, BTC));
  }

  @Test
  @DisplayName("R-26: without a reservation the sale takes what is there, or says that nothing is")
  void shouldSellWhatIsThereWithoutAReservation() {
    core.print(100, 5);
    final RuleDraft draft = rule(1_000_000, stop(90));
    draft.reserveMode = ReserveMode.NONE;
    core.arm(ALICE, draft);
    core.hold(ALICE, BTC, 1_000_000);
    core.take();

    core.print(90, 5);

    assertTrue(core.take().stream().anyMatch(e -> e.endsWith("->SUPPRESSED BALANCE_GONE remaining=1000000")));
  }

  @Test
  @DisplayName("A-04: a window includes its start and excludes its end")
  void shouldHonourTheWindow() {
    core.at(5).print(100, 50);
    final RuleDraft draft = rule(1, stop(95));
    draft.startTimeNs = 10;
    draft.endTimeNs = 20;
    core.arm(ALICE, draft);
    core.arm(ALICE, draft);
    core.at(9).print(95, 50);
    core.at(9).print(99, 50);
    assertTrue(core.take().stream().noneMatch(e -> e.startsWith("triggered")));

    core.at(10).print(94, 50);
    assertEquals(2, core.take().stream().filter(e -> e.startsWith("triggered")).count());

    draft.startTimeNs = 0;
    draft.legs.clear();
    draft.legs.add(stop(90));
    core.arm(ALICE, draft);
    core.take();
    core.at(20).print(90, 50);
    final List<String> events = core.take();
    assertTrue(events.get(0).endsWith("LIVE->EXPIRED WINDOW_ENDED remaining=1"), events::toString);
  }

  @Test
  @DisplayName("A-04: at its end a rule may sell instead of lapse")
  void shouldSubmitAtTheEnd() {
    core.print(100, 50);
    final RuleDraft draft = rule(1, stop(50));
    draft.endTimeNs = 20;
    draft.expiryAction = ExpiryAction.SUBMIT;
    core.arm(ALICE, draft);
    core.take();

    core.time(25);

    final List<String> events = core.take();
    assertEquals("triggered 3 v1 leg=0 AT_TIME LAST 100 level=0 protection=90 cause=16", events.get(0));
    assertTrue(events.get(1).endsWith("TRIGGERING TRIGGER_AT_TIME remaining=1"), events::toString);
    assertEquals(1_000_000 - 1, core.free(ALICE, BTC));
  }

  @Test
  @DisplayName("An activated child waits its delay in engine time")
  void shouldWaitItsActivationDelay() {
    final Core slow = Core.spot(Core.small().withActivationDelayNs(100), 0, 0, FeeAsset.QUOTE);
    slow.at(1_000).print(100, 50);
    slow.arm(ALICE, rule(1, stop(95)));
    slow.at(2_000).print(95, 50);
    slow.take();
    assertEquals(2_100, slow.machine.nextDeadlineNs());
    slow.restart();

    slow.at(2_050).print(96, 50);
    assertTrue(slow.take().stream().noneMatch(e -> e.startsWith("accepted")));
    slow.at(2_200).print(97, 50);

    assertTrue(slow.take().get(2).startsWith("trade 1@96"));
  }

  @Test
  @DisplayName("A halt holds what fires, and lifting it lets the sale go on")
  void shouldHoldDuringAHalt() {
    core.print(100, 50);
    core.arm(ALICE, rule(1, stop(95)));
    core.halt(HaltScope.ACCOUNT, ALICE, 0, true);
    core.print(95, 50);
    assertTrue(core.take().stream().anyMatch(e -> e.contains("TRIGGERING->HELD HELD_BY_HALT")));
    assertEquals(ReasonCode.HALTED_ACCOUNT, core.limit(ALICE, BUY, 1, 1));
    core.restart();

    core.halt(HaltScope.ACCOUNT, ALICE, 0, false);

    final List<String> events = core.take();
    assertTrue(events.get(events.size() - 1).endsWith("FINISHED CHILD_FILLED remaining=0"), events::toString);
  }

  @Test
  @DisplayName("While degraded, new orders are refused and auto-sell goes on")
  void shouldStillSellWhileDegraded() {
    core.print(100, 50);
    core.arm(ALICE, rule(1, stop(95)));
    core.degraded(true);
    assertEquals(ReasonCode.DEGRADED, core.limit(ALICE, BUY, 90, 1));
    core.take();

    core.print(95, 50);

    assertTrue(core.take().stream().anyMatch(e -> e.contains("FINISHED")));
  }

  @Test
  @DisplayName("A-03 R-05: a stop-limit child rests at its limit and the rule ends with it")
  void shouldRestALimitChild() {
    core.print(100, 50);
    core.arm(ALICE, rule(10, stop(95).andThen(l -> l.childLimitTicks(97))));
    core.print(95, 50);
    assertTrue(core.take().stream().anyMatch(e -> e.startsWith("accepted") && e.contains("SELL 10@97")));

    core.print(97, 4);
    assertTrue(core.take().stream().anyMatch(e -> e.contains("TRIGGERED->PARTLY_EFFECTIVE")));
    core.print(98, 50);
    assertTrue(core.take().stream().anyMatch(e -> e.contains("PARTLY_EFFECTIVE->FINISHED")));
  }

  @Test
  @DisplayName("A sale of one's own rule takes one's own bid away rather than stop")
  void shouldCancelTheOwnBidFirst() {
    core.print(100, 50);
    core.limit(ALICE, BUY, 99, 5);
    core.limit(BOB, BUY, 98, 5);
    core.arm(ALICE, rule(5, stop(95)));
    core.send(new io.gavel.codecs.sbe.TapePrintEncoder(), TAPE,
        c -> c.instrumentId(PAIR).priceTicks(95).sizeLots(1).shareE8(0).slippageTicks(0));

    final List<String> events = core.take();
    assertTrue(events.stream().anyMatch(e -> e.contains("CANCELLED_SELF_TRADE")), events::toString);
    assertTrue(events.stream().anyMatch(e -> e.startsWith("trade 5@98")), events::toString);
  }

  @Test
  @DisplayName("R-26: a sale without a reservation leaves what its own fee in base needs, rather than be refused")
  void shouldLeaveRoomForAFeeInBase() {
    final Core paid = Core.spot(Core.small(), 0, 1_000_000, FeeAsset.BASE);
    paid.print(100, 50);
    paid.hold(ALICE, BTC, 1_000_000 - 100);
    final RuleDraft draft = rule(100, stop(95));
    draft.reserveMode = ReserveMode.NONE;
    paid.arm(ALICE, draft);
    paid.take();

    paid.print(95, 200);

    final List<String> events = paid.take();
    assertTrue(events.contains("trade 97@95 taker=7 maker=5 open=0/103 fees=1/0"), events::toString);
    assertTrue(events.get(events.size() - 1).endsWith("->FINISHED CHILD_FILLED remaining=0"), events::toString);
  }

  @Test
  @DisplayName("R-26: all of the balance can be sold also where the fee is taken in base")
  void shouldReserveAllOfTheBalanceWithItsFeeInBase() {
    final Core paid = Core.spot(Core.small(), 0, 1_000_000, FeeAsset.BASE);
    final RuleDraft draft = rule(0, stop(95));
    draft.shareE8 = 100_000_000;

    assertEquals(ReasonCode.OK, paid.arm(ALICE, draft));

    assertEquals(List.of("armed 1 v1 LIVE SELL 990097 STOP_LOSS:LAST@95"), paid.take());
    assertEquals(1_000_000, paid.held(ALICE, BTC));
  }

  @Test
  @DisplayName("R-06: a stop on the mark sells into the book of now, whatever an old last price says")
  void shouldSellAtLeastOnceWhateverLastSays() {
    core.print(50, 1);
    core.price(MARK, 1_000);
    core.limit(BOB, BUY, 94, 11);
    core.arm(ALICE, rule(10, leg(RuleKind.STOP_LOSS, MARK, 95)));
    core.take();

    core.price(MARK, 950);

    assertTrue(core.take().stream().anyMatch(e -> e.endsWith("->FINISHED CHILD_FILLED remaining=0")));
  }
}
