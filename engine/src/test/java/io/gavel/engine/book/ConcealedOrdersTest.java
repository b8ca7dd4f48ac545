package io.gavel.engine.book;

import static io.gavel.engine.book.BookTable.ALICE;
import static io.gavel.engine.book.BookTable.BOB;
import static io.gavel.engine.book.BookTable.CAROL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.InvariantViolation;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.StpMode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of icebergs and hidden orders one by one. */
class ConcealedOrdersTest {

  private final BookTable table = new BookTable();
  private final OrderPool pool = table.pool;
  private final OrderBook book = table.book;

  @Test
  void shouldShowAPeakAndStandBehindAllWhenItIsUsedUp() {
    table.iceberg(ALICE, Side.SELL, 100, 25, 10);
    table.rest(BOB, Side.SELL, 100, 5);
    table.assertDepth(Side.SELL, 100, 15, 30, 2);

    assertEquals(List.of("TRADE maker=1 taker=3 px=100 lots=4 open=21/0"),
        table.take(CAROL, Side.BUY, 100, 4, StpMode.NONE));
    assertEquals("1:6/21 2:5/5", table.queue(Side.SELL));

    assertEquals(List.of("TRADE maker=1 taker=4 px=100 lots=6 open=15/0"),
        table.take(CAROL, Side.BUY, 100, 6, StpMode.NONE));
    assertEquals("2:5/5 1:10/15", table.queue(Side.SELL));
    table.assertDepth(Side.SELL, 100, 15, 20, 2);

    assertEquals(List.of(
        "TRADE maker=2 taker=5 px=100 lots=5 open=0/15",
        "TRADE maker=1 taker=5 px=100 lots=10 open=5/5",
        "TRADE maker=1 taker=5 px=100 lots=5 open=0/0"), table.take(CAROL, Side.BUY, 100, 20, StpMode.NONE));
    assertEquals(0, book.openOrders());
  }

  @Test
  void shouldTakeWithItsWholeSizeAndThenShowAPeak() {
    table.rest(BOB, Side.SELL, 100, 30);
    final int iceberg = table.claim(ALICE, Side.BUY, 100, 50);
    pool.display(iceberg, 7);
    assertEquals(0, pool.shownLots(iceberg));

    assertEquals(List.of("TRADE maker=1 taker=2 px=100 lots=30 open=0/20"), table.match(iceberg, StpMode.NONE));
    book.rest(iceberg);

    assertEquals(7, pool.displayLots(iceberg));
    assertEquals("2:7/20", table.queue(Side.BUY));
  }

  @Test
  void shouldLoseItsReserveFirstAndKeepItsPlaceWhenReduced() {
    final int iceberg = table.iceberg(ALICE, Side.BUY, 100, 25, 10);
    table.rest(BOB, Side.BUY, 100, 1);

    book.reduce(iceberg, 12);
    assertEquals("1:10/12 2:1/1", table.queue(Side.BUY));
    table.assertDepth(Side.BUY, 100, 11, 13, 2);
    book.reduce(iceberg, 4);
    assertEquals("1:4/4 2:1/1", table.queue(Side.BUY));
    table.assertDepth(Side.BUY, 100, 5, 5, 2);
  }

  @Test
  void shouldLetAHiddenOrderYieldToEveryShownOneAtItsPrice() {
    table.hidden(ALICE, Side.SELL, 100, 8);
    table.rest(BOB, Side.SELL, 100, 5);
    table.hidden(ALICE, Side.SELL, 100, 9);
    table.iceberg(CAROL, Side.SELL, 100, 6, 3);

    assertEquals("2:5/5 4:3/6 1:0/8 3:0/9", table.queue(Side.SELL));
    table.assertDepth(Side.SELL, 100, 8, 28, 4);
    assertEquals(List.of(
        "TRADE maker=2 taker=5 px=100 lots=5 open=0/8",
        "TRADE maker=4 taker=5 px=100 lots=3 open=3/5",
        "TRADE maker=4 taker=5 px=100 lots=3 open=0/2",
        "TRADE maker=1 taker=5 px=100 lots=2 open=6/0"), table.take(14, Side.BUY, 100, 13, StpMode.NONE));
    table.assertDepth(Side.SELL, 100, 0, 15, 2);
    assertTrue(book.wouldCross(Side.BUY, 100));
  }

  @Test
  void shouldNameTheBestPriceThatIsShown() {
    assertEquals(0, book.bestShownTicks(Side.SELL));
    table.hidden(ALICE, Side.SELL, 99, 8);
    assertEquals(0, book.bestShownTicks(Side.SELL));
    table.iceberg(BOB, Side.SELL, 101, 5, 1);
    table.hidden(ALICE, Side.SELL, 100, 8);

    final int first = table.iceberg(CAROL, Side.SELL, 102, 5, 1);
    removed(first);
    assertEquals(99, book.bestAskTicks());
    assertEquals(101, book.bestShownTicks(Side.SELL));
  }

  @Test
  void shouldFindItsPlaceBeforeTheHiddenOnesWhicheverOfThemLeft() {
    final int first = table.hidden(ALICE, Side.BUY, 100, 1);
    final int second = table.hidden(ALICE, Side.BUY, 100, 2);
    final int third = table.hidden(ALICE, Side.BUY, 100, 3);
    book.remove(second);
    table.rest(BOB, Side.BUY, 100, 4);
    book.remove(first);
    table.rest(BOB, Side.BUY, 100, 5);
    assertEquals("4:4/4 5:5/5 3:0/3", table.queue(Side.BUY));

    book.remove(third);
    table.rest(BOB, Side.BUY, 100, 6);
    table.hidden(ALICE, Side.BUY, 100, 7);
    table.rest(BOB, Side.BUY, 100, 8);
    assertEquals("4:4/4 5:5/5 6:6/6 8:8/8 7:0/7", table.queue(Side.BUY));
    table.assertDepth(Side.BUY, 100, 23, 30, 5);
  }

  @Test
  void shouldCountReservesAndHiddenOrdersForFillOrKill() {
    table.iceberg(BOB, Side.SELL, 100, 20, 5);
    table.rest(ALICE, Side.SELL, 100, 3);
    table.hidden(BOB, Side.SELL, 100, 7);

    assertEquals(30, book.fillableLots(Side.BUY, 100, ALICE, StpMode.NONE, 99));
    assertEquals(27, book.fillableLots(Side.BUY, 100, ALICE, StpMode.CANCEL_MAKER, 99));
    assertEquals(5, book.fillableLots(Side.BUY, 100, ALICE, StpMode.CANCEL_TAKER, 99));
    assertEquals(27, book.fillableLots(Side.BUY, 100, CAROL + 1, StpMode.CANCEL_MAKER, 27));
    assertEquals(21, book.fillableLots(Side.BUY, 100, ALICE, StpMode.DECREMENT, 24));
  }

  @Test
  void shouldCountReservesBeforeTheHiddenOrdersForFillOrKill() {
    table.iceberg(BOB, Side.SELL, 100, 20, 5);
    assertEquals(20, book.fillableLots(Side.BUY, 100, ALICE, StpMode.CANCEL_TAKER, 99));
    assertEquals(19, book.fillableLots(Side.BUY, 100, ALICE, StpMode.CANCEL_TAKER, 19));

    table.hidden(ALICE, Side.SELL, 100, 4);
    table.hidden(BOB, Side.SELL, 100, 3);
    assertEquals(20, book.fillableLots(Side.BUY, 100, ALICE, StpMode.CANCEL_TAKER, 99));
    assertEquals(20, book.fillableLots(Side.BUY, 100, ALICE, StpMode.DECREMENT, 22));
    assertEquals(22, book.fillableLots(Side.BUY, 100, ALICE, StpMode.DECREMENT, 26));
    assertEquals(23, book.fillableLots(Side.BUY, 100, ALICE, StpMode.CANCEL_MAKER, 99));
  }

  @Test
  void shouldActOnTheWholeOrderWhenAnAccountMeetsItself() {
    final int iceberg = table.iceberg(ALICE, Side.SELL, 100, 20, 5);

    assertEquals(List.of(
        "MAKER_REDUCED maker=1 taker=2 px=100 lots=12 open=8/12",
        "TAKER_CANCELLED maker=1 taker=2 px=100 lots=12 open=8/0"),
        table.take(ALICE, Side.BUY, 100, 12, StpMode.DECREMENT));
    assertEquals("1:5/8", table.queue(Side.SELL));
    assertEquals(List.of("MAKER_CANCELLED maker=1 taker=3 px=100 lots=8 open=0/2"),
        table.take(ALICE, Side.BUY, 100, 2, StpMode.CANCEL_MAKER));
    assertFalse(pool.isResting(iceberg));
  }

  @Test
  void shouldRestorePeaksAndPlacesWhenLoaded() {
    table.iceberg(ALICE, Side.SELL, 100, 25, 10);
    table.rest(BOB, Side.SELL, 100, 5);
    table.hidden(CAROL, Side.SELL, 100, 4);
    table.take(CAROL, Side.BUY, 100, 13, StpMode.NONE);
    assertEquals("2:2/2 1:10/15 3:0/4", table.queue(Side.SELL));
    table.take(CAROL, Side.BUY, 100, 5, StpMode.NONE);
    assertEquals("1:7/12 3:0/4", table.queue(Side.SELL));
    final StateCells saved = new StateCells();
    book.save(saved);

    final BookTable other = new BookTable();
    other.book.load(saved);

    assertTrue(saved.isReadToTheEnd());
    assertEquals("1:7/12 3:0/4", other.queue(Side.SELL));
    assertEquals(10, other.pool.displayLots(other.book.firstOrder(Side.SELL)));
    other.assertDepth(Side.SELL, 100, 7, 16, 2);
  }

  @Test
  void shouldForgetWhatAnOrderWasWhenItsSlotIsTakenAnew() {
    pool.release(removed(table.hidden(ALICE, Side.BUY, 100, 5)));
    pool.release(removed(table.iceberg(ALICE, Side.BUY, 100, 5, 1)));
    final int plain = table.rest(ALICE, Side.BUY, 100, 5);

    assertFalse(pool.isHidden(plain));
    assertEquals(0, pool.displayLots(plain));
    assertEquals(5, pool.shownLots(plain));
  }

  @Test
  void shouldRefreshAPeakAlsoWhereTheChunkEnds() {
    table.fills = new FillBuffer(1);
    table.iceberg(ALICE, Side.BUY, 100, 5, 2);
    table.rest(BOB, Side.BUY, 100, 1);
    final int taker = table.claim(CAROL, Side.SELL, 100, 4);

    assertFalse(book.match(taker, 100, StpMode.NONE, OrderBook.NO_BUDGET, table.fills));
    assertEquals("2:1/1 1:2/3", table.queue(Side.BUY));
    assertEquals(List.of(
        "TRADE maker=2 taker=3 px=100 lots=1 open=0/1",
        "TRADE maker=1 taker=3 px=100 lots=1 open=2/0"), table.match(taker, StpMode.NONE));
    assertEquals("1:1/2", table.queue(Side.BUY));
  }

  @Test
  void shouldShowANewPeakWhenItIsPlacedAnew() {
    final int iceberg = table.iceberg(ALICE, Side.SELL, 100, 25, 10);
    table.take(BOB, Side.BUY, 100, 8, StpMode.NONE);
    table.rest(BOB, Side.SELL, 100, 1);
    assertEquals("1:2/17 3:1/1", table.queue(Side.SELL));

    book.remove(iceberg);
    pool.reprice(iceberg, 100, 30);
    book.rest(iceberg);
    assertEquals("3:1/1 1:10/30", table.queue(Side.SELL));

    book.remove(iceberg);
    pool.display(iceberg, 4);
    book.rest(iceberg);
    assertEquals("3:1/1 1:4/30", table.queue(Side.SELL));
    table.assertDepth(Side.SELL, 100, 5, 31, 2);
  }

  @Test
  void shouldShowNothingOfALevelThatOnceHeldReserves() {
    removed(table.iceberg(ALICE, Side.SELL, 100, 25, 10));
    removed(table.hidden(ALICE, Side.SELL, 100, 25));
    table.hidden(ALICE, Side.SELL, 100, 3);
    table.take(BOB, Side.BUY, 100, 3, StpMode.NONE);

    table.rest(BOB, Side.SELL, 100, 2);
    table.assertDepth(Side.SELL, 100, 2, 2, 1);
  }

  @Test
  void shouldRefuseAPeakThatCannotBe() {
    for (final long peak : new long[] {0, 11}) {
      final StateCells cells = new StateCells();
      cells.putLong(1);
      cells.putLong(5);
      cells.putLong(ALICE);
      cells.putInt(Side.SELL.value() | 2);
      cells.putInt(100);
      cells.putLong(25);
      cells.putLong(10);
      cells.putLong(peak);
      assertThrows(InvariantViolation.class, () -> new BookTable().book.load(cells));
    }
  }

  @Test
  void shouldHaltWhenItsRulesAreBroken() {
    final int resting = table.rest(ALICE, Side.SELL, 100, 5);
    final int loose = table.claim(BOB, Side.BUY, 100, 5);

    assertThrows(InvariantViolation.class, () -> pool.display(resting, 1));
    assertThrows(InvariantViolation.class, () -> pool.hide(resting));
    assertThrows(InvariantViolation.class, () -> pool.display(loose, 0));
    pool.hide(loose);
    assertThrows(InvariantViolation.class, () -> pool.hide(loose));
    assertThrows(InvariantViolation.class, () -> pool.display(loose, 1));
  }

  private int removed(final int slot) {
    book.remove(slot);
    return slot;
  }
}
