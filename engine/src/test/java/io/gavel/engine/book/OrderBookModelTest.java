package io.gavel.engine.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.StpMode;
import java.util.Random;
import org.agrona.collections.LongArrayList;
import org.junit.jupiter.api.Test;

/**
 * Goal: the book does what an obvious book does, however matching is cut into chunks and whichever slots orders get.
 * Method: the same seeded traffic, a million commands, on a {@link ReferenceBook} and three books that match in chunks
 * of 1, 2 and 64, icebergs, hidden orders, call phases and uncrossings among it. Two of the books share a pool, the
 * third is saved and loaded into a fresh one again and again. Events are compared at each command; state, depth and
 * best prices every so often.
 */
class OrderBookModelTest {

  private static final long SEED = Long.getLong("gavel.seed", 20_240_808L);
  private static final int COMMANDS = Integer.getInteger("gavel.commands", 1_000_000);
  private static final int SCENARIO_LENGTH = Math.min(100_000, COMMANDS / 12);
  private static final int STATE_INTERVAL = 500;
  private static final int RELOAD_INTERVAL = Math.min(20_000, COMMANDS / 50);
  private static final int ORDERS_MAX = 4_096;
  private static final int ID_FACTOR = 2;
  private static final long UNITS_PER_TICK_LOT = 3;
  private static final StpMode[] MODES =
      {StpMode.NONE, StpMode.CANCEL_TAKER, StpMode.CANCEL_MAKER, StpMode.CANCEL_BOTH, StpMode.DECREMENT};

  private final Random random = new Random(SEED);
  private final long[] seen = new long[EventLog.PRICED + 1];
  private final LongArrayList rested = new LongArrayList();
  private long nextOrderId = 1;
  private int midTicks = 1_000_000;

  @Test
  void shouldDoWhatTheReferenceDoesOverAMillionCommands() {
    System.out.println("OrderBookModelTest seed=" + SEED + " commands=" + COMMANDS);
    final ReferenceBook reference = new ReferenceBook(UNITS_PER_TICK_LOT);
    final OrderPool sharedPool = new OrderPool(2 * ORDERS_MAX);
    final BookDriver[] drivers = {
        driver(sharedPool, 1, 0), driver(sharedPool, 64, 1), driver(new OrderPool(ORDERS_MAX), 2, 0)
    };
    final EventLog expected = new EventLog();
    final EventLog actual = new EventLog();
    for (int step = 1; step <= COMMANDS; step++) {
      final BookCommand command = nextCommand(step, reference);
      expected.clear();
      reference.apply(command, expected);
      for (final BookDriver driver : drivers) {
        actual.clear();
        driver.apply(command, actual);
        if (!expected.isSameAs(actual)) {
          fail("step " + step + " " + command + "\nexpected\n" + expected + "but\n" + actual);
        }
      }
      for (int row = 0; row < expected.size(); row++) {
        seen[expected.kind(row)]++;
      }
      if (0 == step % STATE_INTERVAL) {
        for (int i = 0; i < drivers.length; i++) {
          assertSameState(reference, drivers[i].book(), i & 1);
          assertSameDepth(reference, drivers[i]);
        }
      }
      if (0 == step % RELOAD_INTERVAL) {
        drivers[2] = reloaded(drivers[2].book(), reference.isCall());
        assertSameState(reference, drivers[2].book(), 0);
      }
    }
    for (int kind = EventLog.TRADE; kind < seen.length; kind++) {
      assertTrue(seen[kind] > COMMANDS / 2_500, "too few events of kind " + kind + ": " + seen[kind]);
    }
  }

  private static BookDriver driver(final OrderPool pool, final int fillsPerChunk, final int idOffset) {
    return new BookDriver(pool, new OrderBook(1 + idOffset, pool, UNITS_PER_TICK_LOT), fillsPerChunk, ID_FACTOR,
        idOffset);
  }

  private static BookDriver reloaded(final OrderBook book, final boolean isCall) {
    final StateCells cells = new StateCells();
    book.save(cells);
    final OrderPool pool = new OrderPool(ORDERS_MAX);
    final BookDriver driver = driver(pool, 2, 0);
    driver.resume(isCall);
    if (cells.length() > 0) {
      driver.book().load(cells);
    }
    assertTrue(cells.isReadToTheEnd());
    assertEquals(book.openOrders(), pool.size());
    return driver;
  }

  private static void assertSameState(final ReferenceBook reference, final OrderBook book, final int idOffset) {
    final StateCells expected = new StateCells();
    reference.save(expected, ID_FACTOR, idOffset);
    final StateCells actual = new StateCells();
    book.save(actual);
    assertEquals(expected.length(), actual.length());
    assertEquals(expected.digest(), actual.digest());
    assertEquals(reference.openOrders(), book.openOrders());
  }

  private static void assertSameDepth(final ReferenceBook reference, final BookDriver driver) {
    final EventLog expected = new EventLog();
    final EventLog actual = new EventLog();
    for (final Side side : new Side[] {Side.BUY, Side.SELL}) {
      reference.depth(side, expected);
      driver.depth(side, actual);
    }
    assertTrue(expected.isSameAs(actual), () -> "expected depth\n" + expected + "but\n" + actual);
    final int bid = driver.book().bestBidTicks();
    final int ask = driver.book().bestAskTicks();
    assertEquals(reference.bestShownTicks(Side.BUY), driver.book().bestShownTicks(Side.BUY));
    assertEquals(reference.bestShownTicks(Side.SELL), driver.book().bestShownTicks(Side.SELL));
    assertEquals(0 != bid && 0 != ask && bid >= ask, driver.book().isCrossed());
    assertTrue(reference.isCall() || !driver.book().isCrossed(), () -> "crossed: " + bid + ", " + ask);
  }

  /** Scenarios follow one another: a dense book, a sparse one, a thin one full of self-trades. */
  private BookCommand nextCommand(final int step, final ReferenceBook reference) {
    final int scenario = step / SCENARIO_LENGTH % 3;
    if (0 == random.nextInt(50)) {
      midTicks = Math.max(900_000, midTicks + random.nextInt(41) - 20);
    }
    if (0 == random.nextInt(reference.isCall() ? 20 : 400)) {
      return auctionCommand(reference);
    }
    final int width = 1 == scenario ? 500_000 : 30;
    final Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
    final int away = random.nextInt(width) - width / 6;
    final int ticks = Math.max(1, Side.BUY == side ? midTicks - away : midTicks + away);
    final long lots = 1L + random.nextInt(0 == random.nextInt(20) ? 500 : 20);
    final long account = 1L + random.nextInt(2 == scenario ? 2 : 6);
    final StpMode stp = MODES[random.nextInt(MODES.length)];
    final int dice = random.nextInt(100);
    if (dice < (reference.openOrders() > (2 == scenario ? 60 : 250) ? 60 : 20)) {
      final long recent = someOrderId(reference);
      final BookCommand.Kind kind = dice % 3 == 0 ? BookCommand.Kind.AMEND : BookCommand.Kind.CANCEL;
      final int sameTicks = reference.ticksOf(recent);
      final int amendTicks = 0 == sameTicks || random.nextBoolean() ? ticks : sameTicks;
      return new BookCommand(kind, recent, account, side, amendTicks, lots, BookCommand.PLAIN, 0, stp);
    }
    final BookCommand.Kind kind = dice < 80 || reference.isCall() ? BookCommand.Kind.REST
        : dice < 86 ? BookCommand.Kind.POST_ONLY
        : dice < 92 ? BookCommand.Kind.IOC
        : dice < 96 ? BookCommand.Kind.FOK : BookCommand.Kind.QUOTE_BUY;
    final boolean isBudget = BookCommand.Kind.QUOTE_BUY == kind;
    rested.addLong(nextOrderId);
    return new BookCommand(kind, nextOrderId++, account, isBudget ? Side.BUY : side, ticks, lots,
        displayLots(step, lots), lots * midTicks * UNITS_PER_TICK_LOT + random.nextInt(1_000), stp);
  }

  private BookCommand auctionCommand(final ReferenceBook reference) {
    final int ticks = random.nextBoolean() ? 0 : midTicks + random.nextInt(21) - 10;
    return BookCommand.auction(!reference.isCall() ? BookCommand.Kind.CALL
        : random.nextBoolean() ? BookCommand.Kind.INDICATE : BookCommand.Kind.UNCROSS, ticks);
  }

  /** Some scenarios know plain orders only. */
  private long displayLots(final int step, final long lots) {
    final int dice = random.nextInt(100);
    return 3 == step / SCENARIO_LENGTH % 4 || dice >= 25 ? BookCommand.PLAIN
        : dice >= 15 ? BookCommand.HIDDEN : 1 + random.nextInt((int) lots);
  }

  /** Mostly an order that rests, now and then one that is gone. */
  private long someOrderId(final ReferenceBook reference) {
    while (!rested.isEmpty()) {
      final int index = random.nextInt(rested.size());
      final long orderId = rested.getLong(index);
      if (0 != reference.ticksOf(orderId)) {
        return orderId;
      }
      rested.fastUnorderedRemove(index);
      if (0 == random.nextInt(8)) {
        return orderId;
      }
    }
    return nextOrderId;
  }
}
