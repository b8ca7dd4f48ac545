package io.gavel.engine.core;

import static io.gavel.codecs.sbe.Side.BUY;
import static io.gavel.codecs.sbe.Side.SELL;
import static io.gavel.engine.core.Core.ALICE;
import static io.gavel.engine.core.Core.BOB;
import static io.gavel.engine.core.Core.BTC;
import static io.gavel.engine.core.Core.PAIR;
import static io.gavel.engine.core.Core.USD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.CancelScope;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.HaltScope;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.SessionState;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.TimeInForce;
import io.gavel.engine.core.Core.RuleDraft;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Markets that open, call auctions, halt and close, through the whole core: each list of events compared whole. */
class SessionFlowTest {

  private static final long SECOND = 1_000_000_000L;

  private final Core core = Core.spot();

  @Test
  void shouldCollectOrdersInACallAndUncrossAtOnePrice() {
    core.at(100).session(SessionState.AUCTION, 1_000, 0, SessionState.CONTINUOUS);
    core.limit(BOB, SELL, 100, 5);
    core.limit(ALICE, BUY, 110, 3);
    core.limit(BOB, SELL, 105, 2);
    core.limit(ALICE, BUY, 104, 4);
    assertEquals(List.of(
        "session CONTINUOUS->AUCTION SESSION_BY_OPERATOR until 1000",
        "accepted 1 SELL 5@100",
        "accepted 2 BUY 3@110", "indicative 3@100 surplus=-2",
        "accepted 3 SELL 2@105",
        "accepted 4 BUY 4@104", "indicative 5@100 surplus=2"), core.take());

    core.time(1_000);

    assertEquals(List.of(
        "trade 3@100 taker=2 maker=1 open=0/2", "closed 2 FILLED filled=3 cancelled=0",
        "trade 2@100 taker=4 maker=1 open=2/0", "closed 1 FILLED filled=5 cancelled=0",
        "uncrossed 5@100 surplus=2",
        "session AUCTION->CONTINUOUS SESSION_CALL_OVER"), core.take());
    assertEquals(1_000_000_000 - 2 * 104 - 5 * 100, core.free(ALICE, USD));
    assertEquals(1_000_005, core.free(ALICE, BTC));
    assertEquals(100, core.machine.risk().marks().floorTicks(PAIR, PriceSource.LAST));
  }

  @Test
  void shouldPreferThePriceNearestToTheReferenceOfTheCall() {
    core.session(SessionState.AUCTION, 0, 103, SessionState.CONTINUOUS);
    core.limit(BOB, SELL, 100, 5);
    core.limit(ALICE, BUY, 110, 5);
    core.take();

    core.session(SessionState.CONTINUOUS);

    assertEquals("trade 5@103 taker=2 maker=1 open=0/0", core.take().get(0));
  }

  @Test
  void shouldCancelWhatWasGoodForTheAuctionOnlyAndKeepTheRest() {
    core.session(SessionState.PRE_OPEN);
    core.order(ALICE, BUY, 90, 3, o -> o.timeInForce(TimeInForce.GFA));
    core.limit(ALICE, BUY, 80, 1);
    core.order(BOB, SELL, 90, 1, o -> o.timeInForce(TimeInForce.GFA));
    core.take();

    core.session(SessionState.CONTINUOUS);

    assertEquals(List.of(
        "trade 1@90 taker=3 maker=1 open=0/2", "closed 3 FILLED filled=1 cancelled=0",
        "closed 1 CANCELLED_AUCTION_OVER filled=1 cancelled=2",
        "uncrossed 1@90 surplus=2",
        "session PRE_OPEN->CONTINUOUS SESSION_BY_OPERATOR"), core.take());
    assertEquals(80, core.held(ALICE, USD));
  }

  @Test
  void shouldTakeAMarketOrderIntoTheAuctionAtItsProtectionPrice() {
    core.price(PriceSource.MARK, 1_000);
    core.session(SessionState.AUCTION);
    core.take();

    core.order(ALICE, BUY, 0, 2, o -> o.ordType(OrdType.MARKET).timeInForce(TimeInForce.GFA));

    assertEquals(List.of("accepted 1 BUY 2@110"), core.take());
  }

  @Test
  void shouldLetAHaltedOrClosedMarketCancelButNotTrade() {
    core.limit(BOB, SELL, 100, 5);
    core.session(SessionState.HALTED);
    core.take();

    assertEquals(ReasonCode.SESSION_HALTED, core.limit(ALICE, BUY, 100, 5));
    assertEquals(ReasonCode.SESSION_HALTED, core.amend(BOB, 1, 6, 0));
    assertEquals(ReasonCode.OK, core.amend(BOB, 1, 4, 0));
    assertEquals(ReasonCode.OK, core.session(SessionState.CLOSED));
    assertEquals(ReasonCode.OK, core.cancel(BOB, 1));
    assertEquals(List.of(
        "amended 1 4@100 kept OK",
        "session HALTED->CLOSED SESSION_BY_OPERATOR",
        "closed 1 CANCELLED_BY_USER filled=0 cancelled=4"), core.take());
  }

  @Test
  void shouldOnlyReduceWhileTheMarketIsCloseOnly() {
    core.limit(ALICE, BUY, 90, 5);
    core.session(SessionState.CLOSE_ONLY);
    core.take();

    assertEquals(ReasonCode.SESSION_CLOSE_ONLY, core.limit(ALICE, BUY, 91, 1));
    assertEquals(ReasonCode.OK, core.order(BOB, SELL, 90, 2, o -> o.reduceOnly(Flag.YES)));
    assertEquals("trade 2@90 taker=2 maker=1 open=0/3", core.take().get(1));
  }

  @Test
  void shouldKeepABookThatCrossedInItsCallThroughAHaltAndUncrossItAfterwards() {
    core.session(SessionState.AUCTION);
    core.limit(BOB, SELL, 100, 5);
    core.limit(ALICE, BUY, 100, 5);
    core.session(SessionState.HALTED);
    core.take();
    core.restart();

    core.session(SessionState.CONTINUOUS);

    assertEquals(List.of(
        "trade 5@100 taker=2 maker=1 open=0/0",
        "closed 1 FILLED filled=5 cancelled=0", "closed 2 FILLED filled=5 cancelled=0",
        "uncrossed 5@100 surplus=0",
        "session HALTED->CONTINUOUS SESSION_BY_OPERATOR"), core.take());
  }

  @Test
  void shouldNotUncrossAMarketThatTheKillSwitchHolds() {
    core.at(100).session(SessionState.AUCTION, 1_000, 0, SessionState.CONTINUOUS);
    core.limit(BOB, SELL, 100, 5);
    core.limit(ALICE, BUY, 100, 5);
    core.halt(HaltScope.INSTRUMENT, 0, PAIR, true);
    core.take();

    core.time(1_000);

    assertEquals(List.of("session AUCTION->HALTED HALTED_INSTRUMENT"), core.take());
    assertEquals(ReasonCode.HALTED_INSTRUMENT, core.session(SessionState.CONTINUOUS));
    core.halt(HaltScope.INSTRUMENT, 0, PAIR, false);
    assertEquals(ReasonCode.OK, core.session(SessionState.CONTINUOUS));
  }

  @Test
  void shouldCallAnAuctionInsteadOfTradingOutsideTheBand() {
    core.price(PriceSource.MARK, 1_000);
    core.at(10).guard(500, 60 * SECOND, SECOND);
    core.limit(BOB, SELL, 104, 1);
    core.limit(BOB, SELL, 106, 4);
    core.take();

    core.limit(ALICE, BUY, 110, 3);

    assertEquals(List.of(
        "accepted 3 BUY 3@110",
        "trade 1@104 taker=3 maker=1 open=2/0", "closed 1 FILLED filled=1 cancelled=0",
        "session CONTINUOUS->AUCTION SESSION_VOLATILITY until " + (10 + 60 * SECOND),
        "indicative 2@106 surplus=-2"), core.take());
  }

  @Test
  void shouldExtendACallOnceWhenItsPriceLiesOutsideTheBand() {
    core.price(PriceSource.MARK, 1_000);
    core.at(10).guard(500, 60, SECOND);
    core.limit(BOB, SELL, 106, 4);
    core.limit(ALICE, BUY, 110, 3);
    core.take();

    core.time(70);
    assertEquals(List.of("session AUCTION->AUCTION SESSION_CALL_EXTENDED until 130",
        "indicative 3@106 surplus=-1"), core.take());
    core.time(130);
    assertEquals(List.of("trade 3@106 taker=2 maker=1 open=0/1", "closed 2 FILLED filled=3 cancelled=0",
        "uncrossed 3@106 surplus=-1", "session AUCTION->CONTINUOUS SESSION_CALL_OVER"), core.take());
  }

  @Test
  void shouldNotFillAFillOrKillOrderBeyondTheBand() {
    core.price(PriceSource.MARK, 1_000);
    core.guard(500, 60, SECOND);
    core.limit(BOB, SELL, 104, 1);
    core.limit(BOB, SELL, 106, 4);

    assertEquals(ReasonCode.FOK_NOT_FILLABLE,
        core.order(ALICE, BUY, 110, 2, o -> o.timeInForce(TimeInForce.FOK)));
    assertEquals(SessionState.CONTINUOUS, core.machine.session(PAIR));
  }

  @Test
  void shouldRenewTheReferenceOfTheBandOnceItIsOld() {
    core.price(PriceSource.MARK, 1_000);
    core.at(10).guard(500, 60, SECOND);
    core.limit(BOB, SELL, 104, 2);
    core.limit(ALICE, BUY, 104, 1);
    core.limit(BOB, SELL, 108, 2);

    core.at(10 + SECOND).limit(ALICE, BUY, 104, 1);
    core.take();
    core.limit(ALICE, BUY, 108, 1);

    assertEquals("trade 1@108 taker=5 maker=3 open=0/1", core.take().get(1));
  }

  @Test
  void shouldHoldARuleThatFiresWhileAnAuctionCallsAndSendItAfterwards() {
    final RuleDraft stop = new RuleDraft();
    stop.side = Side.SELL;
    stop.lots = 5;
    stop.legs.add(l -> l.levelTicks(95).trailRatioE8(0).trailSpreadTicks(0).activationTicks(0).childLimitTicks(0)
        .protectionBps(0).kind(RuleKind.STOP_LOSS).source(PriceSource.MARK));
    core.arm(ALICE, stop);
    core.limit(BOB, BUY, 94, 9);
    core.session(SessionState.AUCTION);
    core.take();

    core.price(PriceSource.MARK, 950);
    assertTrue(core.take().contains("rule 1 TRIGGERING->HELD HELD_BY_SESSION remaining=5"));
    core.session(SessionState.CONTINUOUS);

    final List<String> events = core.take();
    assertTrue(events.contains("rule 1 HELD->TRIGGERING SESSION_RESUMED remaining=5"), events.toString());
    assertTrue(events.contains("rule 1 TRIGGERED->FINISHED CHILD_FILLED remaining=0"), events.toString());
  }

  @Test
  void shouldShowAnIcebergPieceByPieceAndAHiddenOrderNotAtAll() {
    core.order(BOB, SELL, 100, 10, o -> o.displayLots(4));
    core.limit(BOB, SELL, 100, 1);
    core.order(BOB, SELL, 100, 2, o -> o.hidden(Flag.YES));
    core.take();

    core.limit(ALICE, BUY, 100, 10);

    assertEquals(List.of("accepted 4 BUY 10@100",
        "trade 4@100 taker=4 maker=1 open=6/6",
        "trade 1@100 taker=4 maker=2 open=5/0", "closed 2 FILLED filled=1 cancelled=0",
        "trade 4@100 taker=4 maker=1 open=1/2",
        "trade 1@100 taker=4 maker=1 open=0/1", "closed 4 FILLED filled=10 cancelled=0"), core.take());
    core.restart();
    core.take();
    core.limit(ALICE, BUY, 100, 3);
    assertEquals(List.of("accepted 5 BUY 3@100",
        "trade 1@100 taker=5 maker=1 open=2/0", "closed 1 FILLED filled=10 cancelled=0",
        "trade 2@100 taker=5 maker=3 open=0/0", "closed 3 FILLED filled=2 cancelled=0",
        "closed 5 FILLED filled=3 cancelled=0"), core.take());
  }

  @Test
  void shouldNotGiveAHiddenOrderAwayInTheBestPrices() {
    core.limit(BOB, SELL, 110, 1);
    core.order(BOB, SELL, 100, 2, o -> o.hidden(Flag.YES));
    core.order(BOB, SELL, 105, 9, o -> o.displayLots(1));

    assertEquals(105, core.machine.risk().marks().floorTicks(PAIR, PriceSource.ASK));
    core.cancel(BOB, 3);
    assertEquals(110, core.machine.risk().marks().floorTicks(PAIR, PriceSource.ASK));
    core.cancel(BOB, 2);
    assertEquals(110, core.machine.risk().marks().floorTicks(PAIR, PriceSource.ASK));
  }

  @Test
  void shouldUncrossMoreOrdersThanAChunkHolds() {
    core.session(SessionState.AUCTION);
    for (int i = 0; i < 50; i++) {
      core.limit(BOB, SELL, 100 - i % 7, 1);
      core.limit(ALICE, BUY, 100 + i % 5, 1);
    }
    core.take();

    core.session(SessionState.CONTINUOUS);

    final List<String> events = core.take();
    assertEquals(50, events.stream().filter(line -> line.startsWith("trade 1@100 ")).count());
    assertEquals(100, events.stream().filter(line -> line.startsWith("closed ")).count());
    assertFalse(core.machine.book(PAIR).isCrossed());
  }

  @Test
  void shouldCancelAnAccountsOrdersWhenItsCountdownRunsOutAndSpareItsRules() {
    core.arm(ALICE, protective());
    core.limit(ALICE, BUY, 90, 5);
    core.limit(BOB, BUY, 80, 5);
    core.at(100).cancelAllAfter(ALICE, SECOND, CancelScope.ORDERS);
    core.at(200).cancelAllAfter(ALICE, SECOND, CancelScope.ORDERS);
    core.take();
    core.restart();

    core.time(100 + SECOND);
    assertEquals(List.of(), core.take());
    core.time(200 + SECOND);

    assertEquals(List.of("closed 2 CANCELLED_COUNTDOWN filled=0 cancelled=5"), core.take());
    core.limit(ALICE, BUY, 90, 5);
    core.take();
    core.time(10 * SECOND);
    assertEquals(List.of(), core.take());
  }

  @Test
  void shouldCancelRulesTooWhenTheCountdownSaysSo() {
    core.arm(ALICE, protective());
    core.limit(ALICE, BUY, 90, 5);
    core.at(100).cancelAllAfter(ALICE, SECOND, CancelScope.ALL);
    core.take();

    core.time(100 + SECOND);

    assertEquals(List.of("closed 2 CANCELLED_COUNTDOWN filled=0 cancelled=5",
        "rule 1 LIVE->CANCELLED CANCELLED_COUNTDOWN remaining=5"), core.take());
  }

  @Test
  void shouldSpareTheOrderOfARuleThatHasFiredAlready() {
    final RuleDraft draft = new RuleDraft();
    draft.side = Side.SELL;
    draft.lots = 5;
    draft.legs.add(l -> l.levelTicks(95).trailRatioE8(0).trailSpreadTicks(0).activationTicks(0).childLimitTicks(94)
        .protectionBps(0).kind(RuleKind.STOP_LOSS).source(PriceSource.MARK));
    core.arm(ALICE, draft);
    core.price(PriceSource.MARK, 950);
    core.cancelOnDisconnect(ALICE, 7, CancelScope.ORDERS);
    core.take();

    core.disconnect(7);

    assertEquals(List.of(), core.take());
    assertEquals(5, core.machine.book(PAIR).depthLots(SELL, 94));
  }

  @Test
  void shouldCancelWhatIsBoundToALostSessionAndNothingElse() {
    core.limit(ALICE, BUY, 90, 5);
    core.limit(BOB, BUY, 80, 5);
    core.arm(BOB, protective());
    core.cancelOnDisconnect(BOB, 7, CancelScope.ALL);
    core.cancelOnDisconnect(ALICE, 8, CancelScope.ORDERS);
    core.take();
    core.restart();

    core.disconnect(9);
    assertEquals(List.of(), core.take());
    core.disconnect(7);
    assertEquals(List.of("closed 2 CANCELLED_DISCONNECT filled=0 cancelled=5",
        "rule 3 LIVE->CANCELLED CANCELLED_DISCONNECT remaining=5"), core.take());
    core.cancelOnDisconnect(ALICE, 0, CancelScope.ORDERS);
    core.disconnect(8);
    assertEquals(List.of(), core.take());
  }

  @Test
  void shouldCancelForEveryAccountOfTheSession() {
    core.limit(ALICE, BUY, 90, 5);
    core.limit(BOB, BUY, 80, 5);
    core.cancelOnDisconnect(BOB, 7, CancelScope.ORDERS);
    core.cancelOnDisconnect(ALICE, 7, CancelScope.ORDERS);
    core.take();

    core.disconnect(7);

    assertEquals(List.of("closed 2 CANCELLED_DISCONNECT filled=0 cancelled=5",
        "closed 1 CANCELLED_DISCONNECT filled=0 cancelled=5"), core.take());
  }

  private static RuleDraft protective() {
    final RuleDraft draft = new RuleDraft();
    draft.side = Side.SELL;
    draft.lots = 5;
    draft.legs.add(l -> l.levelTicks(50).trailRatioE8(0).trailSpreadTicks(0).activationTicks(0).childLimitTicks(0)
        .protectionBps(0).kind(RuleKind.STOP_LOSS).source(PriceSource.LAST));
    return draft;
  }
}
