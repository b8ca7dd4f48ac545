package io.gavel.engine.core;

import static io.gavel.codecs.sbe.Side.BUY;
import static io.gavel.codecs.sbe.Side.SELL;
import static io.gavel.engine.core.Core.ALICE;
import static io.gavel.engine.core.Core.BOB;
import static io.gavel.engine.core.Core.BTC;
import static io.gavel.engine.core.Core.PAIR;
import static io.gavel.engine.core.Core.USD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.gavel.codecs.sbe.CancelScope;
import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.StpMode;
import io.gavel.codecs.sbe.TimeInForce;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Orders through the whole core: refusals, money, book and events, each list compared whole. */
class OrderFlowTest {

  private final Core core = Core.spot();

  @Test
  void shouldTradeAtTheMakersPriceAndMoveTheMoneyOnce() {
    core.limit(BOB, SELL, 100, 5);
    core.limit(ALICE, BUY, 110, 3);

    assertEquals(List.of(
        "accepted 1 SELL 5@100",
        "accepted 2 BUY 3@110",
        "trade 3@100 taker=2 maker=1 open=0/2",
        "closed 2 FILLED filled=3 cancelled=0"), core.take());
    assertEquals(1_000_003, core.free(ALICE, BTC));
    assertEquals(1_000_000_000 - 300, core.free(ALICE, USD));
    assertEquals(0, core.held(ALICE, USD));
    assertEquals(2, core.held(BOB, BTC));
  }

  @Test
  void shouldFillInTimeOrderWithinAPrice() {
    core.limit(BOB, SELL, 100, 1);
    core.limit(BOB, SELL, 100, 1);
    core.limit(BOB, SELL, 99, 1);
    core.take();

    core.limit(ALICE, BUY, 100, 3);

    assertEquals(List.of(
        "accepted 4 BUY 3@100",
        "trade 1@99 taker=4 maker=3 open=2/0", "closed 3 FILLED filled=1 cancelled=0",
        "trade 1@100 taker=4 maker=1 open=1/0", "closed 1 FILLED filled=1 cancelled=0",
        "trade 1@100 taker=4 maker=2 open=0/0", "closed 2 FILLED filled=1 cancelled=0",
        "closed 4 FILLED filled=3 cancelled=0"), core.take());
  }

  @Test
  void shouldRefuseAMarketOrderWithoutAReferenceAndBoundItWithOne() {
    core.limit(BOB, SELL, 100, 1);
    core.limit(BOB, SELL, 200, 5);
    assertEquals(ReasonCode.NO_REFERENCE_PRICE, core.market(ALICE, BUY, 3));

    core.price(PriceSource.MARK, 1_000);
    core.take();
    assertEquals(ReasonCode.OK, core.market(ALICE, BUY, 3));

    assertEquals(List.of(
        "accepted 3 BUY 3@110",
        "trade 1@100 taker=3 maker=1 open=2/0", "closed 1 FILLED filled=1 cancelled=0",
        "closed 3 CANCELLED_IOC_REST filled=1 cancelled=2"), core.take());
  }

  @Test
  void shouldSpendAQuoteAmountFeesIncludedAndNoMore() {
    final Core paid = Core.spot(Core.small(), 0, 1_000_000, FeeAsset.QUOTE);
    paid.limit(BOB, SELL, 100, 1_000);
    paid.print(100, 1);
    paid.take();

    final long before = paid.free(ALICE, USD);
    assertEquals(ReasonCode.OK, paid.order(ALICE, BUY, 0, 0,
        c -> c.ordType(OrdType.MARKET).timeInForce(TimeInForce.IOC).quoteAmountUnits(10_000)));

    final long spent = before - paid.free(ALICE, USD);
    assertEquals(98 * 100 + 98, spent);
    assertEquals(0, paid.held(ALICE, USD));
  }

  @Test
  void shouldKeepPriorityWhenReducedAndLoseItOtherwise() {
    core.limit(BOB, SELL, 100, 5);
    core.limit(ALICE, SELL, 100, 5);
    core.take();

    core.amend(BOB, 1, 3, 0);
    core.amend(ALICE, 2, 6, 0);
    core.amend(BOB, 1, 2, 0);
    assertEquals(List.of("amended 1 3@100 kept OK", "amended 2 6@100 lost OK", "amended 1 2@100 kept OK"),
        core.take());
    assertEquals(2, core.held(BOB, BTC));
    assertEquals(6, core.held(ALICE, BTC));

    core.amend(BOB, 1, 0, 101);
    core.amend(BOB, 1, 0, 100);
    core.take();
    core.limit(ALICE, BUY, 100, 1);
    assertEquals("closed 3 CANCELLED_SELF_TRADE filled=0 cancelled=1", last(core.take()));
  }

  @Test
  void shouldTradeAtOnceWhenARepricedOrderCrosses() {
    core.limit(BOB, SELL, 100, 2);
    core.limit(ALICE, BUY, 90, 5);
    core.take();

    core.amend(ALICE, 2, 0, 100);

    assertEquals(List.of("amended 2 5@100 lost OK", "trade 2@100 taker=2 maker=1 open=3/0",
        "closed 1 FILLED filled=2 cancelled=0"), core.take());
    assertEquals(300, core.held(ALICE, USD));
  }

  @Test
  void shouldLeaveEverythingAsItWasWhenAnAmendIsRefused() {
    core.limit(ALICE, BUY, 1_000, 10);
    final List<String> before = core.state();

    assertEquals(ReasonCode.INSUFFICIENT_BALANCE, core.amend(ALICE, 1, 2_000_000, 0));
    assertEquals(ReasonCode.AMEND_NOTHING, core.amend(ALICE, 1, 10, 1_000));
    assertEquals(ReasonCode.UNKNOWN_ORDER, core.amend(BOB, 1, 5, 0));

    assertEquals(before, core.state());
  }

  @Test
  void shouldPreventSelfTradesByTheIncomingOrdersMode() {
    core.limit(ALICE, SELL, 100, 5);
    core.order(ALICE, BUY, 100, 2, c -> c.stpMode(StpMode.DECREMENT));
    core.order(ALICE, BUY, 100, 1, c -> c.stpMode(StpMode.CANCEL_BOTH));

    assertEquals(List.of(
        "accepted 1 SELL 5@100",
        "accepted 2 BUY 2@100", "amended 1 3@100 kept CANCELLED_SELF_TRADE",
        "closed 2 CANCELLED_SELF_TRADE filled=0 cancelled=2",
        "accepted 3 BUY 1@100", "closed 1 CANCELLED_SELF_TRADE filled=0 cancelled=3",
        "closed 3 CANCELLED_SELF_TRADE filled=0 cancelled=1"), core.take());
    assertEquals(0, core.held(ALICE, BTC) + core.held(ALICE, USD));
  }

  @Test
  void shouldTellWhatADecrementLeftAndNotWhatTheSweepLeft() {
    core.limit(ALICE, SELL, 100, 2);
    core.limit(BOB, SELL, 101, 5);
    core.take();

    core.order(ALICE, BUY, 101, 6, c -> c.stpMode(StpMode.DECREMENT));

    assertEquals(List.of(
        "accepted 3 BUY 6@101", "closed 1 CANCELLED_SELF_TRADE filled=0 cancelled=2",
        "amended 3 4@101 kept CANCELLED_SELF_TRADE",
        "trade 4@101 taker=3 maker=2 open=0/1", "closed 3 FILLED filled=4 cancelled=0"), core.take());
  }

  @Test
  void shouldExpireAtItsTimeBeforeTheCommandThatBringsTheTime() {
    core.at(10).order(ALICE, BUY, 100, 1, c -> c.timeInForce(TimeInForce.GTD).expireTimeNs(20));
    core.take();

    core.at(30).limit(BOB, SELL, 100, 1);

    assertEquals(List.of("closed 1 EXPIRED_GTD filled=0 cancelled=1", "accepted 2 SELL 1@100"), core.take());
    assertEquals(Long.MAX_VALUE, core.machine.nextDeadlineNs());
  }

  @Test
  void shouldRefuseFokPostOnlyAndDuplicatesBeforeAnyEffect() {
    core.limit(BOB, SELL, 100, 5, "x");
    final List<String> before = core.state();

    assertEquals(ReasonCode.FOK_NOT_FILLABLE,
        core.order(ALICE, BUY, 100, 6, c -> c.timeInForce(TimeInForce.FOK)));
    assertEquals(ReasonCode.POST_ONLY_WOULD_CROSS, core.order(ALICE, BUY, 100, 1, c -> c.postOnly(Flag.YES)));
    assertEquals(ReasonCode.DUPLICATE_CLIENT_ID, core.limit(BOB, SELL, 101, 1, "x"));

    assertEquals(before, core.state());
    assertEquals(ReasonCode.OK, core.limit(ALICE, SELL, 101, 1, "x"));
    assertEquals(ReasonCode.OK, core.cancel(BOB, "x"));
    assertEquals(ReasonCode.OK, core.limit(BOB, SELL, 101, 1, "x"));
  }

  @Test
  void shouldCancelEverythingOfOneAccountAndNothingElse() {
    core.instrument(2, 0, 0, FeeAsset.QUOTE);
    core.limit(ALICE, BUY, 90, 1);
    core.limit(BOB, BUY, 90, 1);
    core.order(ALICE, BUY, 80, 1, c -> c.instrumentId(2));
    core.limit(ALICE, BUY, 70, 1);
    core.take();

    core.massCancel(ALICE, PAIR, CancelScope.ORDERS);
    assertEquals(List.of("closed 1 CANCELLED_MASS filled=0 cancelled=1",
        "closed 4 CANCELLED_MASS filled=0 cancelled=1"), core.take());
    core.massCancel(ALICE, 0, CancelScope.ALL);
    assertEquals(List.of("closed 3 CANCELLED_MASS filled=0 cancelled=1"), core.take());
    assertEquals(90, core.held(BOB, USD));
  }

  @Test
  void shouldCarryASweepOverManyOutboxesWithoutChangingItsStory() {
    final CoreConfig wide = Core.small();
    final Core chunked = Core.spot(new CoreConfig(1, 0, Long.MAX_VALUE, 64, 64, 64, 8_192, 256, 256, 64, 8, 8, 1),
        0, 0, FeeAsset.QUOTE);
    final Core whole = Core.spot(new CoreConfig(1, 0, Long.MAX_VALUE, 64, 64, 64, 8_192, 256, 256, 64, 8, 8, 1_024),
        0, 0, FeeAsset.QUOTE);
    assertNotEquals(wide, chunked.config);
    for (final Core each : List.of(chunked, whole)) {
      for (int i = 0; i < 5_000; i++) {
        each.limit(BOB, SELL, 100 + i % 7, 1);
      }
      each.take();
      each.limit(ALICE, BUY, 200, 6_000);
    }

    assertEquals(whole.take(), chunked.take());
    assertEquals(whole.state(), chunked.state());
    assertEquals(whole.machine.eventHash(), chunked.machine.eventHash());
  }

  private static String last(final List<String> events) {
    return events.get(events.size() - 1);
  }
}
