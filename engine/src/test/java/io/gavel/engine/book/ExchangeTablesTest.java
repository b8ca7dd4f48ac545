package io.gavel.engine.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.StpMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: the book agrees with the published tables of an exchange simulator: a book, one order or cancel, the book and
 * the trades expected. They are cases of continuous matching; those with a limit order are also held as a call, which
 * must leave the same book and trade as many lots. Orders with a least size of execution (MES) are left out, as no such
 * order is ours: the two cases that hold one expect it untouched. Stop orders are cancelled as what they are to a book,
 * orders with an id. Where the tables are not there (GAVEL_DATA, or shared/data above the project), the test says so.
 */
class ExchangeTablesTest {

  private static final int MARKET = 1;
  private static final int BUY_ANY_TICKS = 1_000_000;

  private final OrderPool pool = new OrderPool(16);
  private final OrderBook book = new OrderBook(1, pool, 1);
  private final FillBuffer fills = new FillBuffer(2);
  private final List<String> trades = new ArrayList<>();
  private long tradedLots;

  private record Row(boolean isBuy, long id, int type, boolean hasLeastSize, long lots, int ticks) {
    String text() {
      return (isBuy ? "B" : "O") + "," + id + "," + lots + "," + ticks;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void shouldMatchALimitOrderAsTheTableSays(final int number) throws IOException {
    final String table = "uncross/limitOrder/Test" + number + "_";
    rest(table);
    final Row input = rows(table + "Input").get(0);
    final int taker = claim(input);
    match(taker);
    finish(taker, true);
    assertOutcome(table);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void shouldUncrossALimitOrderToTheSameBook(final int number) throws IOException {
    final String table = "uncross/limitOrder/Test" + number + "_";
    rest(table);
    book.restInCall(claim(rows(table + "Input").get(0)));
    final AuctionUncross auction = new AuctionUncross();
    auction.evaluate(book, 0);
    boolean isDone = 0 == auction.priceTicks();
    while (!isDone) {
      isDone = book.uncross(auction.priceTicks(), fills);
      settle(true);
    }
    assertEquals(lotsOf(table), auction.volumeLots());
    assertEquals(lotsOf(table), tradedLots);
    assertEquals(expectedBook(table), actualBook());
    assertFalse(book.isCrossed());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void shouldMatchAMarketOrderAsTheTableSays(final int number) throws IOException {
    final String table = "uncross/marketOrder/Test" + number + "_";
    rest(table);
    final int taker = claim(rows(table + "Input").get(0));
    match(taker);
    finish(taker, false);
    assertOutcome(table);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void shouldCancelAsTheTableSays(final int number) throws IOException {
    final String table = "cancelOrder/Test" + number + "_";
    for (final Row row : rows(table + "Init")) {
      book.rest(claim(row));
    }
    final int slot = pool.slotOf(rows(table + "Input").get(0).id());
    assertEquals(number <= 2, OrderPool.NULL_SLOT == slot, "whether the cancel is refused");
    if (OrderPool.NULL_SLOT != slot) {
      book.remove(slot);
      pool.release(slot);
    }
    assertOutcome(table);
  }

  private void rest(final String table) throws IOException {
    for (final Row row : rows(table + "Init")) {
      if (!row.hasLeastSize()) {
        book.rest(claim(row));
      }
    }
  }

  private int claim(final Row row) {
    final int anyTicks = row.isBuy() ? BUY_ANY_TICKS : 1;
    return pool.claim(row.id(), row.id(), row.isBuy() ? Side.BUY : Side.SELL,
        MARKET == row.type() ? anyTicks : row.ticks(), row.lots());
  }

  private void match(final int taker) {
    boolean isDone = false;
    while (!isDone) {
      isDone = book.match(taker, pool.priceTicks(taker), StpMode.NONE, OrderBook.NO_BUDGET, fills);
      settle(false);
    }
  }

  private void settle(final boolean isUncrossing) {
    for (int i = 0; i < fills.size(); i++) {
      trades.add(fills.priceTicks(i) + "," + fills.lots(i));
      tradedLots += fills.lots(i);
      if (0 == fills.makerOpenLots(i)) {
        pool.release(fills.makerSlot(i));
      }
      if (isUncrossing && 0 == fills.takerOpenLots(i)) {
        pool.release(fills.takerSlot(i));
      }
    }
  }

  private void finish(final int taker, final boolean mayRest) {
    if (mayRest && pool.openLots(taker) > 0) {
      book.rest(taker);
    } else {
      pool.release(taker);
    }
  }

  private void assertOutcome(final String table) throws IOException {
    assertEquals(expectedBook(table), actualBook());
    final List<String> expected = new ArrayList<>();
    for (final String[] cells : cells(table + "Trades")) {
      expected.add(cells[1] + "," + cells[2]);
    }
    assertEquals(expected, trades);
  }

  private static Set<String> expectedBook(final String table) throws IOException {
    final Set<String> rows = new TreeSet<>();
    for (final Row row : rows(table + "Output")) {
      if (!row.hasLeastSize()) {
        rows.add(row.text());
      }
    }
    return rows;
  }

  private Set<String> actualBook() {
    final Set<String> rows = new TreeSet<>();
    for (final Side side : new Side[] {Side.BUY, Side.SELL}) {
      for (int slot = book.firstOrder(side); OrderPool.NULL_SLOT != slot; slot = book.nextOrder(slot)) {
        assertTrue(rows.add((Side.BUY == side ? "B" : "O") + "," + pool.orderId(slot) + "," + pool.openLots(slot) + ","
            + pool.priceTicks(slot)));
      }
    }
    return rows;
  }

  private static long lotsOf(final String table) throws IOException {
    long lots = 0;
    for (final String[] cells : cells(table + "Trades")) {
      lots += Long.parseLong(cells[2]);
    }
    return lots;
  }

  private static List<Row> rows(final String table) throws IOException {
    final List<Row> rows = new ArrayList<>();
    for (final String[] cells : cells(table)) {
      // The side of limit case 7 is printed "BO", an offer.
      rows.add(new Row("B".equals(cells[0]), Long.parseLong(cells[1]), Integer.parseInt(cells[2]),
          !cells[3].isEmpty(), number(cells[5]), (int) number(cells[6])));
    }
    return rows;
  }

  private static long number(final String cell) {
    return cell.isEmpty() ? 0 : Long.parseLong(cell);
  }

  /** Rows below the header; a table that an empty book has no need of may be absent. */
  private static List<String[]> cells(final String table) throws IOException {
    final Path folder = SampleData.folder("matching/cointossx");
    assumeTrue(Files.isDirectory(folder), SampleData.ABSENT);
    final Path file = folder.resolve(table + ".csv");
    final List<String[]> rows = new ArrayList<>();
    if (Files.exists(file) || !table.endsWith("_Init")) {
      Files.readAllLines(file).stream().skip(1).filter(line -> !line.isBlank())
          .forEach(line -> rows.add(line.trim().split(",", -1)));
    }
    return rows;
  }
}
