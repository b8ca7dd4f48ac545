package io.gavel.engine.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.InvariantViolation;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.StpMode;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The rules on which order books fail most often, each by name, for makers of either side. Prices are written as steps
 * away from the taker: 1 is the best price of the makers, 2 the next.
 */
class BookInvariantsTest {

  private static final long MAKER = 11;
  private static final long TAKER = 12;
  private static final int BASE_TICKS = 1_000;

  private final BookTable table = new BookTable();
  private final OrderPool pool = table.pool;
  private final OrderBook book = table.book;

  @ParameterizedTest
  @EnumSource(value = Side.class, names = {"BUY", "SELL"})
  void shouldSweepALevelWhoseMiddleWasCancelled(final Side makers) {
    rest(makers, 1, 5);
    cancel(rest(makers, 1, 6));
    rest(makers, 1, 7);

    assertEquals(List.of(trade(1, 4, makers, 1, 5, 0, 7), trade(3, 4, makers, 1, 7, 0, 0)), take(makers, 1, 12));
    assertEmpty(makers);
  }

  @ParameterizedTest
  @EnumSource(value = Side.class, names = {"BUY", "SELL"})
  void shouldSweepALevelWhoseHeadWasCancelled(final Side makers) {
    cancel(rest(makers, 1, 5));
    rest(makers, 1, 6);
    rest(makers, 1, 7);

    assertEquals(List.of(trade(2, 4, makers, 1, 6, 0, 7), trade(3, 4, makers, 1, 7, 0, 0)), take(makers, 1, 13));
    assertEmpty(makers);
  }

  @ParameterizedTest
  @EnumSource(value = Side.class, names = {"BUY", "SELL"})
  void shouldQueueBehindTheRestOfALevelWhoseTailWasCancelled(final Side makers) {
    rest(makers, 1, 5);
    cancel(rest(makers, 1, 6));
    rest(makers, 1, 7);

    assertEquals("1:5/5 3:7/7", table.queue(makers));
    assertDepth(makers, 1, 12, 2);
  }

  @ParameterizedTest
  @EnumSource(value = Side.class, names = {"BUY", "SELL"})
  void shouldStopExactlyWhereALevelEnds(final Side makers) {
    rest(makers, 1, 5);
    rest(makers, 2, 6);
    rest(makers, 3, 7);

    assertEquals(List.of(trade(1, 4, makers, 1, 5, 0, 6), trade(2, 4, makers, 2, 6, 0, 0)), take(makers, 3, 11));
    assertEquals(ticks(makers, 3), best(makers));
    assertDepth(makers, 1, 0, 0);
    assertDepth(makers, 2, 0, 0);
    assertDepth(makers, 3, 7, 1);
  }

  @ParameterizedTest
  @EnumSource(value = Side.class, names = {"BUY", "SELL"})
  void shouldMakeTheResidualOfASweepTheBestPrice(final Side makers) {
    rest(makers, 1, 5);
    rest(makers, 3, 6);

    final int taker = table.claim(TAKER, opposite(makers), ticks(makers, 2), 9);
    assertEquals(List.of(trade(1, 3, makers, 1, 5, 0, 4)), table.match(taker, StpMode.NONE));
    book.rest(taker);

    assertEquals(ticks(makers, 2), best(opposite(makers)));
    assertEquals(4, book.depthLots(opposite(makers), ticks(makers, 2)));
    assertEquals(ticks(makers, 3), best(makers));
    assertFalse(book.isCrossed());
  }

  @ParameterizedTest
  @EnumSource(value = Side.class, names = {"BUY", "SELL"})
  void shouldFillAModifyThatCrossesAtTheRestingPrice(final Side makers) {
    rest(makers, 2, 5);
    final int mover = table.rest(TAKER, opposite(makers), ticks(makers, 1), 8);

    assertEquals(List.of(trade(1, 2, makers, 2, 5, 0, 3)), modify(mover, ticks(makers, 4), 8));

    book.rest(mover);
    assertEquals(ticks(makers, 4), best(opposite(makers)));
    assertEquals(3, pool.openLots(mover));
    assertEmpty(makers);
  }

  @ParameterizedTest
  @EnumSource(value = Side.class, names = {"BUY", "SELL"})
  void shouldLeaveTheSiblingsOfAModifiedOrderInTheirPlaces(final Side makers) {
    rest(makers, 1, 5);
    final int moved = rest(makers, 1, 6);
    rest(makers, 1, 7);

    assertEquals(List.of(), modify(moved, ticks(makers, 2), 6));
    book.rest(moved);
    assertEquals("1:5/5 3:7/7 2:6/6", table.queue(makers));
    assertEquals(List.of(), modify(moved, ticks(makers, 1), 6));
    book.rest(moved);
    assertEquals("1:5/5 3:7/7 2:6/6", table.queue(makers));
    assertDepth(makers, 1, 18, 3);
    assertDepth(makers, 2, 0, 0);
  }

  @ParameterizedTest
  @EnumSource(value = Side.class, names = {"BUY", "SELL"})
  void shouldCancelWhatAPartialFillLeft(final Side makers) {
    final int maker = rest(makers, 1, 5);
    rest(makers, 2, 1);
    take(makers, 1, 3);

    assertEquals(2, pool.openLots(maker));
    cancel(maker);

    assertEquals(ticks(makers, 2), best(makers));
    assertDepth(makers, 1, 0, 0);
    assertEquals(List.of(trade(2, 4, makers, 2, 1, 0, 9)), take(makers, 9, 10));
  }

  @ParameterizedTest
  @EnumSource(value = Side.class, names = {"BUY", "SELL"})
  void shouldModifyWhatAPartialFillLeft(final Side makers) {
    final int maker = rest(makers, 1, 5);
    rest(makers, 1, 4);
    take(makers, 1, 3);

    book.reduce(maker, 1);
    assertEquals("1:1/1 2:4/4", table.queue(makers));
    assertDepth(makers, 1, 5, 2);
    modify(maker, ticks(makers, 1), 9);
    book.rest(maker);
    assertEquals("2:4/4 1:9/9", table.queue(makers));
    assertDepth(makers, 1, 13, 2);
  }

  @ParameterizedTest
  @EnumSource(value = Side.class, names = {"BUY", "SELL"})
  void shouldNotKnowAnOrderThatWasFilled(final Side makers) {
    final int filled = rest(makers, 1, 5);
    take(makers, 1, 5);

    assertEquals(OrderPool.NULL_SLOT, pool.slotOf(1));
    assertFalse(pool.isClaimed(filled));
    assertThrows(InvariantViolation.class, () -> book.remove(filled));
    assertThrows(InvariantViolation.class, () -> book.reduce(filled, 1));
    assertThrows(InvariantViolation.class, () -> pool.reprice(filled, 1, 1));
    assertEmpty(makers);
  }

  @ParameterizedTest
  @EnumSource(value = Side.class, names = {"BUY", "SELL"})
  void shouldTakeAnIdAgainAfterItsOrderWasCancelledOrFilled(final Side makers) {
    cancel(rest(makers, 1, 5));
    rest(makers, 2, 6);
    take(makers, 2, 6);

    for (final long id : new long[] {1, 2}) {
      final int slot = pool.claim(id, MAKER, makers, ticks(makers, 3), 4);
      book.rest(slot);
      assertEquals(slot, pool.slotOf(id));
    }
    assertEquals("1:4/4 2:4/4", table.queue(makers));
    assertThrows(InvariantViolation.class, () -> pool.claim(2, MAKER, makers, 1, 1));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 2, 4_000_000_001L, Long.MAX_VALUE, Long.MIN_VALUE})
  void shouldNotKnowAnIdThatWasNeverIssued(final long id) {
    rest(Side.BUY, 1, 5);

    assertEquals(OrderPool.NULL_SLOT, pool.slotOf(id));
  }

  @ParameterizedTest
  @EnumSource(value = Side.class, names = {"BUY", "SELL"})
  void shouldShowNoBestPriceAtWhichNobodyStands(final Side makers) {
    final int best = rest(makers, 1, 5);
    rest(makers, 2, 6);
    final int last = rest(makers, 4, 7);

    cancel(best);
    assertEquals(ticks(makers, 2), best(makers));
    take(makers, 3, 6);
    assertEquals(ticks(makers, 4), best(makers));
    modify(last, ticks(makers, 6), 7);
    assertEmpty(makers);
    book.rest(last);
    assertEquals(ticks(makers, 6), best(makers));
    cancel(last);
    assertEmpty(makers);
    assertEquals(List.of(), take(makers, 99, 1));
  }

  @ParameterizedTest
  @EnumSource(value = Side.class, names = {"BUY", "SELL"})
  void shouldServeADeepQueueInOrderAcrossCalls(final Side makers) {
    for (int i = 0; i < 1_000; i++) {
      rest(makers, 1, 2);
    }
    for (int i = 0; i < 2_000; i++) {
      final List<String> entries = take(makers, 1, 1);
      final int expected = 1 + i / 2;
      assertEquals(List.of(trade(expected, 1_001 + i, makers, 1, 1, 1 - i % 2, 0)), entries);
    }
    assertEmpty(makers);
  }

  @ParameterizedTest
  @EnumSource(value = Side.class, names = {"BUY", "SELL"})
  void shouldSweepFiveThousandOrdersAtOnePrice(final Side makers) {
    for (int i = 0; i < 5_000; i++) {
      rest(makers, 1, 1 + i % 3);
    }
    final long lots = book.depthLots(makers, ticks(makers, 1));

    final List<String> entries = take(makers, 1, lots + 10);

    assertEquals(5_000, entries.size());
    long left = lots + 10;
    for (int i = 0; i < 5_000; i++) {
      left -= 1 + i % 3;
      assertEquals(trade(1 + i, 5_001, makers, 1, 1 + i % 3, 0, left), entries.get(i));
    }
    assertEmpty(makers);
    assertEquals(1, pool.size());
  }

  private void assertEmpty(final Side side) {
    assertEquals(0, best(side));
    assertEquals(0, book.nextLevel(side, 0));
    assertEquals(OrderPool.NULL_SLOT, book.firstOrder(side));
    assertEquals(0, book.depthLots(side, ticks(side, 1)));
    assertFalse(book.wouldCross(opposite(side), Side.BUY == side ? 1 : Integer.MAX_VALUE));
    assertTrue(book.openOrders() <= 1);
  }

  private void assertDepth(final Side side, final int steps, final long lots, final int orders) {
    table.assertDepth(side, ticks(side, steps), lots, lots, orders);
  }

  private int rest(final Side side, final int steps, final long lots) {
    return table.rest(MAKER, side, ticks(side, steps), lots);
  }

  private List<String> take(final Side makers, final int steps, final long lots) {
    return table.take(TAKER, opposite(makers), ticks(makers, steps), lots, StpMode.NONE);
  }

  private void cancel(final int slot) {
    book.remove(slot);
    pool.release(slot);
  }

  private List<String> modify(final int slot, final int ticks, final long lots) {
    book.remove(slot);
    pool.reprice(slot, ticks, lots);
    return table.match(slot, StpMode.NONE);
  }

  private int best(final Side side) {
    return Side.BUY == side ? book.bestBidTicks() : book.bestAskTicks();
  }

  private static String trade(final long maker, final long taker, final Side makers, final int steps, final long lots,
      final long makerOpen, final long takerOpen) {
    return "TRADE maker=" + maker + " taker=" + taker + " px=" + ticks(makers, steps) + " lots=" + lots + " open="
        + makerOpen + "/" + takerOpen;
  }

  private static int ticks(final Side makers, final int steps) {
    return Side.BUY == makers ? BASE_TICKS - steps : BASE_TICKS + steps;
  }

  private static Side opposite(final Side side) {
    return Side.BUY == side ? Side.SELL : Side.BUY;
  }
}
