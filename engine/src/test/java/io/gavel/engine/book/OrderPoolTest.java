package io.gavel.engine.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.InvariantViolation;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.StpMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Goal: a pool that grows changes nothing but its room. Method: books that share one, compared before and after. */
class OrderPoolTest {

  private static final long SEED = 0x6A0BL;
  private static final int SMALL = 64;
  private static final int LARGE = 500;

  private final Random random = new Random(SEED);

  @Test
  void shouldChangeNothingButItsRoomWhenItGrows() {
    System.out.println("OrderPoolTest seed=" + SEED);
    final OrderPool pool = new OrderPool(SMALL);
    final OrderBook book = new OrderBook(1, pool, 1);
    final OrderBook other = new OrderBook(2, pool, 1);
    for (int id = 1; id <= SMALL; id++) {
      rest(pool, 0 == id % 3 ? other : book, id);
    }
    assertEquals(OrderPool.NULL_SLOT, pool.claim(SMALL + 1, 1, Side.BUY, 1, 1));
    final long digest = digest(book);
    final long otherDigest = digest(other);
    final int slotOfSeven = pool.slotOf(7);

    pool.grow(LARGE);

    assertEquals(LARGE, pool.capacity());
    assertEquals(SMALL, pool.size());
    assertEquals(digest, digest(book));
    assertEquals(otherDigest, digest(other));
    assertEquals(slotOfSeven, pool.slotOf(7));
    final Set<Integer> slots = new HashSet<>();
    for (int id = SMALL + 1; id <= LARGE; id++) {
      slots.add(rest(pool, 0 == id % 3 ? other : book, id));
    }
    assertEquals(LARGE - SMALL, slots.size());
    assertTrue(slots.stream().allMatch(slot -> slot >= SMALL && slot < LARGE));
    assertEquals(OrderPool.NULL_SLOT, pool.claim(LARGE + 1, 1, Side.BUY, 1, 1));
    final OrderPool fresh = new OrderPool(LARGE);
    final OrderBook copy = new OrderBook(1, fresh, 1);
    copy.load(saved(book));
    assertEquals(digest(book), digest(copy));
    assertEquals(sweep(copy, fresh), sweep(book, pool));
  }

  @Test
  void shouldRefuseToShrinkOrToBeTooLarge() {
    final OrderPool pool = new OrderPool(8);

    assertThrows(IllegalArgumentException.class, () -> pool.grow(7));
    assertThrows(IllegalArgumentException.class, () -> pool.grow(OrderPool.ORDERS_MAX + 1));
    pool.grow(8);
    assertEquals(8, pool.capacity());
  }

  @Test
  void shouldKeepTheOrdersOfAGroupFromTradingWithOneAnother() {
    final OrderPool pool = new OrderPool(8);
    final OrderBook book = new OrderBook(1, pool, 1);
    final FillBuffer fills = new FillBuffer(4);
    final int maker = pool.claim(1, 11, Side.SELL, 100, 5);
    pool.group(maker, 3);
    book.rest(maker);
    final int loner = pool.claim(2, 3, Side.BUY, 100, 2);
    final int friend = pool.claim(3, 12, Side.BUY, 100, 2);
    pool.group(friend, 3);
    final int left = pool.claim(4, 12, Side.BUY, 100, 2);
    pool.group(left, 3);
    pool.group(left, 0);

    assertEquals(0, book.fillableLots(Side.BUY, 100, OrderPool.owner(12, 3), StpMode.CANCEL_TAKER, 9));
    assertEquals(5, book.fillableLots(Side.BUY, 100, OrderPool.owner(12, 0), StpMode.CANCEL_TAKER, 9));
    assertEquals(FillBuffer.Kind.TRADE, met(book, loner, fills));
    assertEquals(FillBuffer.Kind.TAKER_CANCELLED, met(book, friend, fills));
    assertEquals(FillBuffer.Kind.TRADE, met(book, left, fills));
    assertThrows(InvariantViolation.class, () -> pool.group(left, -1));
    pool.release(left);
    assertThrows(InvariantViolation.class, () -> pool.group(left, 1));
  }

  private static FillBuffer.Kind met(final OrderBook book, final int taker, final FillBuffer fills) {
    assertTrue(book.match(taker, 100, StpMode.CANCEL_TAKER, OrderBook.NO_BUDGET, fills));
    assertEquals(1, fills.size());
    return fills.kind(0);
  }

  @Test
  void shouldStayWithinTheMemoryPromisedForAnOrder() {
    final OrderPool pool = new OrderPool(1 << 16);

    assertEquals(64, pool.hotBytesPerOrder());
    assertEquals(8, pool.indexBytesPerOrder());
    assertEquals(8 + 24 + pool.pages().bytes() / (1 << 16), pool.coldBytesPerOrder());
    assertEquals(10, new OrderPool(100_000).indexBytesPerOrder());
  }

  @Test
  void shouldKeepItsSideWhenItIsRepriced() {
    final OrderPool pool = new OrderPool(2);
    final int sell = pool.claim(1, 1, Side.SELL, 7, 3);

    pool.reprice(sell, 9, 0);

    assertEquals(9, pool.priceTicks(sell));
    assertEquals(0, pool.openLots(sell));
    assertEquals(Side.SELL, pool.side(sell));
  }

  private int rest(final OrderPool pool, final OrderBook book, final int id) {
    final Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
    final int away = 1 + random.nextInt(0 == id % 5 ? 100_000 : 10);
    final int slot = pool.claim(id, id % 4, side, 1_000_000 + (Side.BUY == side ? -away : away), 1L + id % 9);
    if (0 == id % 4) {
      pool.hide(slot);
    } else if (0 == id % 7) {
      pool.display(slot, 2);
    }
    book.rest(slot);
    return slot;
  }

  /** Takes the whole ask side; the orders it met, in the order in which it met them. */
  private static List<Long> sweep(final OrderBook book, final OrderPool pool) {
    pool.release(removed(book, book.firstOrder(Side.BUY)));
    final int taker = pool.claim(Long.MAX_VALUE, 99, Side.BUY, Integer.MAX_VALUE, 1_000_000);
    final FillBuffer fills = new FillBuffer(16);
    final List<Long> met = new ArrayList<>();
    boolean isDone = false;
    while (!isDone) {
      isDone = book.match(taker, Integer.MAX_VALUE, StpMode.NONE, OrderBook.NO_BUDGET, fills);
      for (int i = 0; i < fills.size(); i++) {
        met.add(pool.orderId(fills.makerSlot(i)));
        met.add(fills.lots(i));
      }
    }
    assertEquals(0, book.bestAskTicks());
    return met;
  }

  private static int removed(final OrderBook book, final int slot) {
    book.remove(slot);
    return slot;
  }

  private static long digest(final OrderBook book) {
    return saved(book).digest();
  }

  private static StateCells saved(final OrderBook book) {
    final StateCells cells = new StateCells();
    book.save(cells);
    return cells;
  }
}
