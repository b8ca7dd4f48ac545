package io.gavel.engine.book;

import static io.gavel.engine.book.BookTable.ALICE;
import static io.gavel.engine.book.BookTable.BOB;
import static io.gavel.engine.book.BookTable.CAROL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gavel.codecs.InvariantViolation;
import io.gavel.codecs.sbe.Side;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of the single-price auction one by one. */
class AuctionUncrossTest {

  private final BookTable table = new BookTable();
  private final AuctionUncross auction = new AuctionUncross();

  @Test
  void shouldFindNoPriceWhereNothingCrosses() {
    assertPrice(100, 0, 0, 0);
    table.call(ALICE, Side.BUY, 99, 5);
    assertPrice(100, 0, 0, 0);
    table.call(BOB, Side.SELL, 100, 5);
    assertPrice(100, 0, 0, 0);
    table.assertCrossed(false);
    table.call(BOB, Side.SELL, 99, 1);
    table.assertCrossed(true);
    assertPrice(0, 99, 1, 4);
  }

  @Test
  void shouldTradeTheMostLots() {
    table.call(ALICE, Side.BUY, 105, 10);
    table.call(ALICE, Side.BUY, 103, 10);
    table.call(BOB, Side.SELL, 101, 5);
    table.call(BOB, Side.SELL, 103, 20);

    assertPrice(0, 103, 20, -5);
  }

  @Test
  void shouldLeaveTheFewestLotsOver() {
    table.call(ALICE, Side.BUY, 105, 10);
    table.call(ALICE, Side.BUY, 103, 4);
    table.call(BOB, Side.SELL, 101, 10);

    assertPrice(0, 104, 10, 0);
    assertPrice(1, 104, 10, 0);
    assertPrice(200, 105, 10, 0);
  }

  @Test
  void shouldBeNearestToTheReferenceThenLowest() {
    table.call(ALICE, Side.BUY, 110, 10);
    table.call(BOB, Side.SELL, 100, 10);

    assertPrice(0, 100, 10, 0);
    assertPrice(107, 107, 10, 0);
    assertPrice(99, 100, 10, 0);
    assertPrice(111, 110, 10, 0);
  }

  @Test
  void shouldTakeTheSurplusOfThePriceItChooses() {
    table.call(ALICE, Side.BUY, 105, 10);
    table.call(ALICE, Side.BUY, 102, 3);
    table.call(BOB, Side.SELL, 101, 10);
    table.call(BOB, Side.SELL, 103, 3);

    assertPrice(0, 101, 10, 3);
    assertPrice(102, 102, 10, 3);
    assertPrice(103, 103, 10, -3);
  }

  @Test
  void shouldReachTheHighestTick() {
    table.call(ALICE, Side.BUY, Integer.MAX_VALUE, 10);
    table.call(BOB, Side.SELL, 1, 10);

    assertPrice(Integer.MAX_VALUE, Integer.MAX_VALUE, 10, 0);
    assertPrice(0, 1, 10, 0);
  }

  @Test
  void shouldTradeBestWithBestAtTheOnePriceTheLaterOrderBeingTheTaker() {
    table.call(ALICE, Side.SELL, 101, 5);
    table.call(ALICE, Side.BUY, 105, 4);
    table.call(BOB, Side.BUY, 103, 4);
    table.call(CAROL, Side.SELL, 100, 2);
    table.call(CAROL, Side.BUY, 99, 9);

    assertPrice(102, 102, 7, 1);
    assertEquals(List.of(
        "TRADE maker=2 taker=4 px=102 lots=2 open=2/0",
        "TRADE maker=1 taker=2 px=102 lots=2 open=3/0",
        "TRADE maker=1 taker=3 px=102 lots=3 open=0/1"), table.uncross(102));
    assertEquals("3:1/1 5:9/9", table.queue(Side.BUY));
    table.assertCrossed(false);
  }

  @Test
  void shouldCountReservesAndHiddenOrdersAndRefreshPeaks() {
    final int iceberg = table.claim(ALICE, Side.BUY, 100, 10);
    table.pool.display(iceberg, 4);
    table.book.restInCall(iceberg);
    table.call(BOB, Side.BUY, 100, 3);
    final int hidden = table.claim(CAROL, Side.BUY, 100, 2);
    table.pool.hide(hidden);
    table.book.restInCall(hidden);
    table.call(BOB, Side.SELL, 100, 14);

    assertPrice(0, 100, 14, 1);
    table.fills = new FillBuffer(1);
    assertEquals(List.of(
        "TRADE maker=1 taker=4 px=100 lots=4 open=6/10",
        "TRADE maker=2 taker=4 px=100 lots=3 open=0/7",
        "TRADE maker=1 taker=4 px=100 lots=4 open=2/3",
        "TRADE maker=1 taker=4 px=100 lots=2 open=0/1",
        "TRADE maker=3 taker=4 px=100 lots=1 open=1/0"), table.uncross(100));
  }

  @Test
  void shouldRefuseToUncrossAtNoPrice() {
    assertThrows(InvariantViolation.class, () -> table.book.uncross(0, table.fills));
    assertEquals(List.of(), table.uncross(100));
  }

  private void assertPrice(final int reference, final int priceTicks, final long volumeLots, final long surplusLots) {
    auction.evaluate(table.book, reference);
    assertEquals(priceTicks, auction.priceTicks());
    assertEquals(volumeLots, auction.volumeLots());
    assertEquals(surplusLots, auction.surplusLots());
  }
}
