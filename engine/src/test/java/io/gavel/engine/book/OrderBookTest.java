package io.gavel.engine.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.InvariantViolation;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.StpMode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of the book one by one; whole lists of entries are compared. */
class OrderBookTest {

  private static final long ALICE = 11;
  private static final long BOB = 12;
  private static final long CAROL = 13;
  private static final long UNITS_PER_TICK_LOT = 10;

  private final OrderPool pool = new OrderPool(64);
  private final OrderBook book = new OrderBook(7, pool, UNITS_PER_TICK_LOT);
  private FillBuffer fills = new FillBuffer(64);
  private long nextOrderId = 1;

  @Test
  void shouldTradeBestPriceThenEarliestWhenTakerSweeps() {
    rest(ALICE, Side.SELL, 101, 5);
    rest(BOB, Side.SELL, 100, 3);
    rest(CAROL, Side.SELL, 100, 4);

    final int taker = claim(14, Side.BUY, 101, 10);

    assertEquals(List.of(
        "TRADE order=2 px=100 lots=3 makerOpen=0 takerOpen=7",
        "TRADE order=3 px=100 lots=4 makerOpen=0 takerOpen=3",
        "TRADE order=1 px=101 lots=3 makerOpen=2 takerOpen=0"), match(taker, 101, StpMode.NONE));
    assertEquals(101, book.bestAskTicks());
    assertEquals(2, book.depthLots(Side.SELL, 101));
    assertEquals(0, book.depthLots(Side.SELL, 100));
  }

  @Test
  void shouldStopAtItsLimitAndRestTheRemainder() {
    rest(ALICE, Side.BUY, 100, 5);
    rest(BOB, Side.BUY, 99, 5);

    final int taker = claim(CAROL, Side.SELL, 100, 8);

    assertEquals(List.of("TRADE order=1 px=100 lots=5 makerOpen=0 takerOpen=3"), match(taker, 100, StpMode.NONE));
    book.rest(taker);
    assertEquals(99, book.bestBidTicks());
    assertEquals(100, book.bestAskTicks());
    assertEquals(2, book.openOrders());
    assertTrue(pool.isResting(taker));
  }

  @Test
  void shouldKeepPriorityWhenReducedAndLoseItWhenPlacedAnew() {
    final int first = rest(ALICE, Side.SELL, 100, 5);
    rest(BOB, Side.SELL, 100, 5);

    book.reduce(first, 2);
    assertEquals(7, book.depthLots(Side.SELL, 100));
    assertEquals(List.of(1L, 2L), ordersOf(Side.SELL));

    book.remove(first);
    pool.reprice(first, 100, 9);
    book.rest(first);
    assertEquals(List.of(2L, 1L), ordersOf(Side.SELL));
    assertEquals(14, book.depthLots(Side.SELL, 100));
  }

  @Test
  void shouldShowLevelsBestFirst() {
    rest(ALICE, Side.BUY, 98, 1);
    rest(ALICE, Side.BUY, 100, 2);
    rest(BOB, Side.BUY, 100, 3);
    rest(ALICE, Side.SELL, 2_000_000_000, 4);

    assertEquals(100, book.nextLevel(Side.BUY, 0));
    assertEquals(98, book.nextLevel(Side.BUY, 100));
    assertEquals(0, book.nextLevel(Side.BUY, 98));
    assertEquals(5, book.depthLots(Side.BUY, 100));
    assertEquals(2, book.ordersAt(Side.BUY, 100));
    assertEquals(2_000_000_000, book.nextLevel(Side.SELL, 0));
    assertEquals(0, book.ordersAt(Side.SELL, 100));
    assertEquals(List.of(2L, 3L, 1L), ordersOf(Side.BUY));
  }

  @Test
  void shouldGoBackTowardsBetterPrices() {
    rest(ALICE, Side.BUY, 98, 1);
    rest(ALICE, Side.BUY, 100, 2);
    rest(ALICE, Side.SELL, 105, 4);
    rest(ALICE, Side.SELL, 107, 4);

    assertEquals(100, book.previousLevel(Side.BUY, 98));
    assertEquals(0, book.previousLevel(Side.BUY, 100));
    assertEquals(105, book.previousLevel(Side.SELL, 107));
    assertEquals(0, book.previousLevel(Side.SELL, 105));
  }

  @Test
  void shouldMoveInOneStepWhereTheNewPriceDoesNotCross() {
    final int mover = rest(ALICE, Side.SELL, 101, 5);
    rest(BOB, Side.SELL, 102, 5);
    rest(BOB, Side.BUY, 99, 5);

    assertTrue(book.move(mover, 102, 6));
    assertEquals(List.of(2L, 1L), ordersOf(Side.SELL));
    assertEquals(11, book.depthLots(Side.SELL, 102));
    assertFalse(book.move(mover, 99, 7));
    assertFalse(pool.isResting(mover));
    assertEquals(7, pool.openLots(mover));
    assertThrows(InvariantViolation.class, () -> book.move(mover, 100, 1));
    book.reduce(pool.slotOf(2), 4);
    assertThrows(InvariantViolation.class, () -> book.move(pool.slotOf(2), 100, 0));
  }

  @Test
  void shouldSayWhatWouldCross() {
    assertFalse(book.wouldCross(Side.BUY, Integer.MAX_VALUE));
    assertFalse(book.wouldCross(Side.SELL, 1));
    rest(ALICE, Side.SELL, 101, 1);
    rest(ALICE, Side.BUY, 99, 1);

    assertTrue(book.wouldCross(Side.BUY, 101));
    assertFalse(book.wouldCross(Side.BUY, 100));
    assertTrue(book.wouldCross(Side.SELL, 99));
    assertFalse(book.wouldCross(Side.SELL, 100));
  }

  @Test
  void shouldTradeWithItselfWhenPreventionIsOff() {
    rest(ALICE, Side.SELL, 100, 5);

    assertEquals(List.of("TRADE order=1 px=100 lots=5 makerOpen=0 takerOpen=0"),
        match(claim(ALICE, Side.BUY, 100, 5), 100, StpMode.NONE));
  }

  @Test
  void shouldCancelTheTakersRestUnderCancelTaker() {
    rest(BOB, Side.SELL, 100, 2);
    final int own = rest(ALICE, Side.SELL, 100, 5);

    final int taker = claim(ALICE, Side.BUY, 100, 9);

    assertEquals(List.of(
        "TRADE order=1 px=100 lots=2 makerOpen=0 takerOpen=7",
        "TAKER_CANCELLED order=2 px=100 lots=7 makerOpen=5 takerOpen=0"), match(taker, 100, StpMode.CANCEL_TAKER));
    assertEquals(0, pool.openLots(taker));
    assertTrue(pool.isResting(own));
  }

  @Test
  void shouldCancelOwnMakersAndGoOnUnderCancelMaker() {
    rest(ALICE, Side.SELL, 99, 5);
    rest(BOB, Side.SELL, 100, 2);
    rest(ALICE, Side.SELL, 100, 1);

    assertEquals(List.of(
        "MAKER_CANCELLED order=1 px=99 lots=5 makerOpen=0 takerOpen=9",
        "TRADE order=2 px=100 lots=2 makerOpen=0 takerOpen=7",
        "MAKER_CANCELLED order=3 px=100 lots=1 makerOpen=0 takerOpen=7"),
        match(claim(ALICE, Side.BUY, 100, 9), 100, StpMode.CANCEL_MAKER));
    assertEquals(0, book.openOrders());
  }

  @Test
  void shouldCancelBothUnderCancelBoth() {
    rest(ALICE, Side.SELL, 99, 5);
    rest(BOB, Side.SELL, 100, 2);

    assertEquals(List.of(
        "MAKER_CANCELLED order=1 px=99 lots=5 makerOpen=0 takerOpen=9",
        "TAKER_CANCELLED order=1 px=99 lots=9 makerOpen=0 takerOpen=0"),
        match(claim(ALICE, Side.BUY, 100, 9), 100, StpMode.CANCEL_BOTH));
    assertEquals(1, book.openOrders());
  }

  @Test
  void shouldCancelTheSmallerAndReduceTheLargerUnderDecrement() {
    rest(ALICE, Side.SELL, 99, 5);
    rest(BOB, Side.SELL, 100, 2);
    final int large = rest(ALICE, Side.SELL, 100, 6);

    assertEquals(List.of(
        "MAKER_CANCELLED order=1 px=99 lots=5 makerOpen=0 takerOpen=9",
        "TAKER_REDUCED order=1 px=99 lots=5 makerOpen=0 takerOpen=4",
        "TRADE order=2 px=100 lots=2 makerOpen=0 takerOpen=2",
        "MAKER_REDUCED order=3 px=100 lots=2 makerOpen=4 takerOpen=2",
        "TAKER_CANCELLED order=3 px=100 lots=2 makerOpen=4 takerOpen=0"),
        match(claim(ALICE, Side.BUY, 100, 9), 100, StpMode.DECREMENT));
    assertEquals(4, pool.openLots(large));
    assertEquals(4, book.depthLots(Side.SELL, 100));
  }

  @Test
  void shouldCancelBothUnderDecrementWhenEqual() {
    rest(ALICE, Side.SELL, 100, 5);

    assertEquals(List.of(
        "MAKER_CANCELLED order=1 px=100 lots=5 makerOpen=0 takerOpen=5",
        "TAKER_CANCELLED order=1 px=100 lots=5 makerOpen=0 takerOpen=0"),
        match(claim(ALICE, Side.BUY, 100, 5), 100, StpMode.DECREMENT));
    assertEquals(0, book.openOrders());
  }

  @Test
  void shouldResumeWhereTheChunkEnded() {
    fills = new FillBuffer(2);
    for (int i = 0; i < 5; i++) {
      rest(BOB, Side.SELL, 100 + i, 1);
    }
    final int taker = claim(ALICE, Side.BUY, 200, 5);

    assertFalse(book.match(taker, 200, StpMode.NONE, OrderBook.NO_BUDGET, fills));
    assertEquals(2, fills.size());
    assertFalse(book.match(taker, 200, StpMode.NONE, OrderBook.NO_BUDGET, fills));
    assertTrue(book.match(taker, 200, StpMode.NONE, OrderBook.NO_BUDGET, fills));
    assertEquals(List.of("TRADE order=5 px=104 lots=1 makerOpen=0 takerOpen=0"), entries());
    assertTrue(book.match(taker, 200, StpMode.NONE, OrderBook.NO_BUDGET, fills));
    assertEquals(0, fills.size());
  }

  @Test
  void shouldBeDoneAtOnceWhenTheChunkEndsWithTheTaker() {
    fills = new FillBuffer(2);
    rest(BOB, Side.SELL, 100, 1);
    rest(BOB, Side.SELL, 101, 1);
    rest(BOB, Side.SELL, 102, 1);

    assertTrue(book.match(claim(ALICE, Side.BUY, 101, 5), 101, StpMode.NONE, OrderBook.NO_BUDGET, fills));
    assertTrue(book.match(claim(ALICE, Side.BUY, 102, 1), 102, StpMode.NONE, OrderBook.NO_BUDGET, fills));
  }

  @Test
  void shouldNotCutASelfTradeInTwoWhenTheChunkIsOneLong() {
    fills = new FillBuffer(1);
    rest(ALICE, Side.SELL, 100, 5);
    rest(BOB, Side.SELL, 100, 5);
    final int taker = claim(ALICE, Side.BUY, 100, 9);

    assertFalse(book.match(taker, 100, StpMode.DECREMENT, OrderBook.NO_BUDGET, fills));
    assertEquals(fills.capacity(), fills.size());
    assertTrue(book.match(taker, 100, StpMode.DECREMENT, OrderBook.NO_BUDGET, fills));
    assertEquals(List.of("TRADE order=2 px=100 lots=4 makerOpen=1 takerOpen=0"), entries());
  }

  @Test
  void shouldSpendABudgetOnWholeLotsOnly() {
    rest(BOB, Side.SELL, 100, 2);
    rest(BOB, Side.SELL, 101, 5);
    final int taker = claim(ALICE, Side.BUY, 1_000, 0);

    assertTrue(book.match(taker, 1_000, StpMode.NONE, 2 * 1_000 + 3 * 1_010 + 1_009, fills));

    assertEquals(List.of(
        "TRADE order=1 px=100 lots=2 makerOpen=0 takerOpen=0",
        "TRADE order=2 px=101 lots=3 makerOpen=2 takerOpen=0"), entries());
    assertEquals(1_009, fills.notionalLeftUnits());
  }

  @Test
  void shouldBuyExactlyWhatABudgetPays() {
    rest(BOB, Side.SELL, 100, 2);
    final int taker = claim(ALICE, Side.BUY, 1_000, 0);

    assertTrue(book.match(taker, 1_000, StpMode.NONE, 999, fills));
    assertEquals(List.of(), entries());
    assertTrue(book.match(taker, 1_000, StpMode.NONE, 1_000, fills));
    assertEquals(List.of("TRADE order=1 px=100 lots=1 makerOpen=1 takerOpen=0"), entries());
    assertEquals(0, fills.notionalLeftUnits());
  }

  @Test
  void shouldCarryABudgetFromChunkToChunk() {
    fills = new FillBuffer(1);
    rest(BOB, Side.SELL, 100, 1);
    rest(BOB, Side.SELL, 110, 1);
    rest(BOB, Side.SELL, 120, 1);
    final int taker = claim(ALICE, Side.BUY, 115, 0);

    assertFalse(book.match(taker, 115, StpMode.NONE, 9_000, fills));
    assertTrue(book.match(taker, 115, StpMode.NONE, fills.notionalLeftUnits(), fills));

    assertEquals(List.of("TRADE order=2 px=110 lots=1 makerOpen=0 takerOpen=0"), entries());
    assertEquals(9_000 - 1_000 - 1_100, fills.notionalLeftUnits());
  }

  @Test
  void shouldChargeABudgetForADecrement() {
    rest(ALICE, Side.SELL, 100, 2);
    rest(BOB, Side.SELL, 101, 9);

    assertTrue(book.match(claim(ALICE, Side.BUY, 200, 0), 200, StpMode.DECREMENT, 5_000, fills));

    assertEquals(List.of(
        "MAKER_CANCELLED order=1 px=100 lots=2 makerOpen=0 takerOpen=0",
        "TAKER_REDUCED order=1 px=100 lots=2 makerOpen=0 takerOpen=0",
        "TRADE order=2 px=101 lots=2 makerOpen=7 takerOpen=0"), entries());
    assertEquals(5_000 - 2_000 - 2_020, fills.notionalLeftUnits());
  }

  @Test
  void shouldBuyNothingWhenOneLotCannotBeWrittenAsALong() {
    final OrderBook coarse = new OrderBook(8, pool, Long.MAX_VALUE / 100);
    final int maker = claim(BOB, Side.SELL, 101, 1);
    coarse.rest(maker);

    assertTrue(coarse.match(claim(ALICE, Side.BUY, 200, 0), 200, StpMode.NONE, Long.MAX_VALUE - 1, fills));

    assertEquals(0, fills.size());
  }

  @Test
  void shouldCountExactlyWhatFillOrKillWouldGet() {
    rest(BOB, Side.SELL, 100, 2);
    rest(ALICE, Side.SELL, 101, 3);
    rest(BOB, Side.SELL, 102, 4);
    rest(BOB, Side.SELL, 110, 100);

    assertEquals(9, book.fillableLots(Side.BUY, 102, ALICE, StpMode.NONE, 10));
    assertEquals(9, book.fillableLots(Side.BUY, 102, ALICE, StpMode.NONE, 9));
    assertEquals(8, book.fillableLots(Side.BUY, 102, ALICE, StpMode.NONE, 8));
    assertEquals(9, book.fillableLots(Side.BUY, 102, CAROL, StpMode.CANCEL_BOTH, 10));
    assertEquals(2, book.fillableLots(Side.BUY, 102, ALICE, StpMode.CANCEL_TAKER, 8));
    assertEquals(2, book.fillableLots(Side.BUY, 102, ALICE, StpMode.CANCEL_BOTH, 8));
    assertEquals(6, book.fillableLots(Side.BUY, 102, ALICE, StpMode.CANCEL_MAKER, 8));
    assertEquals(6, book.fillableLots(Side.BUY, 102, ALICE, StpMode.CANCEL_MAKER, 6));
    assertEquals(5, book.fillableLots(Side.BUY, 102, ALICE, StpMode.DECREMENT, 8));
    assertEquals(2, book.fillableLots(Side.BUY, 102, ALICE, StpMode.DECREMENT, 5));
    assertEquals(2, book.fillableLots(Side.BUY, 102, ALICE, StpMode.DECREMENT, 2));
    assertEquals(0, book.fillableLots(Side.BUY, 99, ALICE, StpMode.NONE, 1));
    assertEquals(0, book.fillableLots(Side.SELL, 1, ALICE, StpMode.NONE, 1));
  }

  @Test
  void shouldRestoreTheSameStateWhenLoaded() {
    rest(ALICE, Side.SELL, 101, 5);
    rest(BOB, Side.SELL, 101, 4);
    book.remove(rest(CAROL, Side.BUY, 100, 3));
    rest(CAROL, Side.BUY, 99, 7);
    final StateCells saved = new StateCells();
    book.save(saved);

    final OrderPool otherPool = new OrderPool(8);
    final OrderBook other = new OrderBook(7, otherPool, UNITS_PER_TICK_LOT);
    other.load(saved);

    final StateCells again = new StateCells();
    other.save(again);
    assertEquals(saved.digest(), again.digest());
    assertEquals(3, otherPool.size());
    assertEquals(BOB, otherPool.account(otherPool.slotOf(2)));
    assertEquals(1007, other.componentId());
  }

  @Test
  void shouldHaltWhenItIsLoadedOverOrdersOrBeyondThePool() {
    rest(ALICE, Side.SELL, 101, 5);
    rest(BOB, Side.BUY, 100, 4);
    final StateCells saved = new StateCells();
    book.save(saved);
    book.save(saved);

    final OrderBook tooSmall = new OrderBook(7, new OrderPool(1), UNITS_PER_TICK_LOT);
    assertEquals("more orders than the pool holds",
        assertThrows(InvariantViolation.class, () -> tooSmall.load(saved)).getMessage());
    final OrderPool otherPool = new OrderPool(8);
    final OrderBook other = new OrderBook(7, otherPool, UNITS_PER_TICK_LOT);
    other.rest(otherPool.claim(99, BOB, Side.BUY, 1, 1));
    assertEquals("book is not empty",
        assertThrows(InvariantViolation.class, () -> other.load(saved)).getMessage());
  }

  @Test
  void shouldBuyForTheLargestBudgetWhatOneLotCostsExactly() {
    final OrderBook coarse = new OrderBook(8, pool, Long.MAX_VALUE / 100);
    coarse.rest(claim(BOB, Side.SELL, 100, 1));

    assertTrue(coarse.match(claim(ALICE, Side.BUY, 100, 0), 100, StpMode.NONE, Long.MAX_VALUE - 1, fills));

    assertEquals(1, fills.size());
    assertEquals(Long.MAX_VALUE - 1 - Long.MAX_VALUE / 100 * 100, fills.notionalLeftUnits());
  }

  @Test
  void shouldTakeNothingForABudgetOfNothing() {
    rest(BOB, Side.SELL, 100, 2);

    assertTrue(book.match(claim(ALICE, Side.BUY, 100, 0), 100, StpMode.NONE, 0, fills));
    assertEquals(0, fills.size());
  }

  @Test
  void shouldRefuseNumbersOutOfRangeWhenMade() {
    assertThrows(IllegalArgumentException.class, () -> new OrderBook(7, pool, 0));
    assertThrows(IllegalArgumentException.class, () -> new OrderPool(0));
    assertThrows(IllegalArgumentException.class, () -> new OrderPool((1 << 24) + 1));
    assertThrows(IllegalArgumentException.class, () -> new FillBuffer(0));
    assertEquals(0, new OrderBook(7, new OrderPool(1), 1).openOrders());
  }

  @Test
  void shouldNameItselfByItsInstrument() {
    assertEquals(7, book.instrumentId());
    assertEquals("book-7", book.componentName());
    assertEquals(64, pool.capacity());
    assertEquals(65, fills.capacity());
  }

  @Test
  void shouldRefuseALiveIdEvenWhenThePoolIsFull() {
    final OrderPool small = new OrderPool(1);
    small.claim(1, ALICE, Side.BUY, 5, 1);

    assertEquals(OrderPool.NULL_SLOT, small.claim(2, ALICE, Side.BUY, 5, 1));
    assertThrows(InvariantViolation.class, () -> small.claim(1, ALICE, Side.BUY, 5, 1));
  }

  @Test
  void shouldForgetAChunkWhenCleared() {
    rest(BOB, Side.SELL, 100, 2);
    match(claim(ALICE, Side.BUY, 100, 2), 100, StpMode.NONE);
    fills.clear();

    assertEquals(0, fills.size());
  }

  @Test
  void shouldWriteNothingWhenEmpty() {
    final StateCells cells = new StateCells();
    book.save(cells);
    assertEquals(0, cells.length());
  }

  @Test
  void shouldSayFullAndReuseSlotsAndIds() {
    final OrderPool small = new OrderPool(2);
    final int first = small.claim(1, ALICE, Side.BUY, 5, 1);
    small.claim(2, ALICE, Side.SELL, 6, 1);

    assertEquals(OrderPool.NULL_SLOT, small.claim(3, ALICE, Side.BUY, 5, 1));
    assertEquals(OrderPool.NULL_SLOT, small.slotOf(3));
    small.release(first);
    assertEquals(OrderPool.NULL_SLOT, small.slotOf(1));
    assertEquals(first, small.claim(1, BOB, Side.SELL, 9, 4));
    assertEquals(Side.SELL, small.side(first));
    assertEquals(9, small.priceTicks(first));
    assertEquals(2, small.size());
  }

  @Test
  void shouldHaltWhenItsRulesAreBroken() {
    final int resting = rest(ALICE, Side.SELL, 100, 5);
    final int loose = claim(BOB, Side.BUY, 100, 5);

    assertThrows(InvariantViolation.class, () -> book.rest(loose));
    assertThrows(InvariantViolation.class, () -> book.rest(resting));
    assertThrows(InvariantViolation.class, () -> book.remove(loose));
    assertThrows(InvariantViolation.class, () -> book.reduce(resting, 5));
    assertThrows(InvariantViolation.class, () -> book.reduce(resting, 0));
    assertThrows(InvariantViolation.class, () -> book.reduce(loose, 1));
    assertThrows(InvariantViolation.class, () -> book.restInCall(claim(BOB, Side.BUY, 1, 0)));
    assertThrows(InvariantViolation.class, () -> book.restInCall(resting));
    assertThrows(InvariantViolation.class, () -> book.match(resting, 1, StpMode.NONE, OrderBook.NO_BUDGET, fills));
    assertThrows(InvariantViolation.class, () -> book.match(loose, 1, StpMode.NONE, -1, fills));
    assertThrows(InvariantViolation.class, () -> pool.reprice(resting, 100, 1));
    assertThrows(InvariantViolation.class, () -> pool.reprice(loose, 0, 1));
    assertThrows(InvariantViolation.class, () -> pool.reprice(loose, 1, -1));
    assertThrows(InvariantViolation.class, () -> pool.claim(99, BOB, Side.BUY, 1, -1));
    pool.release(loose);
    assertThrows(InvariantViolation.class, () -> pool.release(loose));
    assertThrows(InvariantViolation.class, () -> book.rest(loose));
    assertThrows(InvariantViolation.class, () -> pool.release(resting));
    assertThrows(InvariantViolation.class, () -> pool.claim(1, BOB, Side.BUY, 1, 1));
    assertThrows(InvariantViolation.class, () -> pool.claim(99, BOB, Side.BUY, 0, 1));
  }

  private int claim(final long account, final Side side, final int ticks, final long lots) {
    return pool.claim(nextOrderId++, account, side, ticks, lots);
  }

  private int rest(final long account, final Side side, final int ticks, final long lots) {
    final int slot = claim(account, side, ticks, lots);
    book.rest(slot);
    return slot;
  }

  private List<String> match(final int taker, final int ticks, final StpMode stp) {
    assertTrue(book.match(taker, ticks, stp, OrderBook.NO_BUDGET, fills));
    return entries();
  }

  private List<String> entries() {
    final List<String> entries = new ArrayList<>();
    for (int i = 0; i < fills.size(); i++) {
      entries.add(fills.kind(i) + " order=" + pool.orderId(fills.makerSlot(i)) + " px=" + fills.priceTicks(i)
          + " lots=" + fills.lots(i) + " makerOpen=" + fills.makerOpenLots(i)
          + " takerOpen=" + fills.takerOpenLots(i));
    }
    return entries;
  }

  private List<Long> ordersOf(final Side side) {
    final List<Long> ids = new ArrayList<>();
    for (int slot = book.firstOrder(side); OrderPool.NULL_SLOT != slot; slot = book.nextOrder(slot)) {
      ids.add(pool.orderId(slot));
    }
    return ids;
  }
}
