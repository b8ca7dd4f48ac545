package io.gavel.engine.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.StpMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Goal: growing changes nothing but the room there is. Method: the same seeded traffic into a pool that is large from
 * the start and into one that is grown whenever it is full; every event, the state and the depth must be the same,
 * right before and right after each growth as well. Also holds the memory of an order to its limits.
 */
class OrderPoolGrowthTest {

  private static final long SEED = Long.getLong("gavel.seed", 0x6120L);
  private static final int ORDERS_MAX = 6_000;
  private static final StpMode[] MODES = {StpMode.NONE, StpMode.CANCEL_TAKER, StpMode.CANCEL_MAKER, StpMode.DECREMENT};

  private final Random random = new Random(SEED);
  private final OrderPool large = new OrderPool(ORDERS_MAX);
  private final OrderPool growing = new OrderPool(1);
  private final BookDriver expected = new BookDriver(large, new OrderBook(1, large, 1), 4, 1, 0);
  private final BookDriver actual = new BookDriver(growing, new OrderBook(1, growing, 1), 4, 1, 0);

  @Test
  void shouldChangeNothingWhenGrownInTheMiddle() {
    System.out.println("OrderPoolGrowthTest seed=" + SEED);
    final EventLog expectedEvents = new EventLog();
    final EventLog actualEvents = new EventLog();
    int growths = 0;
    for (long id = 1; large.size() < ORDERS_MAX; id++) {
      if (growing.size() == growing.capacity()) {
        final long before = digest(actual);
        growing.grow(Math.min(ORDERS_MAX, growing.capacity() + 1 + growing.capacity() / 3));
        growths++;
        assertEquals(before, digest(actual));
        assertSameBooks();
      }
      final BookCommand command = nextCommand(id);
      expectedEvents.clear();
      actualEvents.clear();
      expected.apply(command, expectedEvents);
      actual.apply(command, actualEvents);
      assertTrue(expectedEvents.isSameAs(actualEvents), () -> "after " + command);
    }
    assertSameBooks();
    assertTrue(growths > 20, "grown too seldom: " + growths);
  }

  @Test
  void shouldHaveRoomForNoMoreThanItWasGrownFor() {
    final OrderPool pool = new OrderPool(2);
    pool.grow(3);

    for (int id = 1; id <= 3; id++) {
      assertTrue(OrderPool.NULL_SLOT != pool.claim(id, 1, Side.BUY, id, 1));
    }
    assertEquals(OrderPool.NULL_SLOT, pool.claim(4, 1, Side.BUY, 4, 1));
    assertEquals(3, pool.capacity());
    pool.release(pool.slotOf(2));
    assertEquals(2, pool.size());
    assertThrows(IllegalArgumentException.class, () -> pool.grow(2));
    assertThrows(IllegalArgumentException.class, () -> pool.grow(OrderPool.ORDERS_MAX + 1));
  }

  @Test
  void shouldTakeNoMoreMemoryForAnOrderThanPromised() {
    for (final int ordersMax : new int[] {1_000, 4_097, 87_382, 100_000, 699_051, 1_000_000}) {
      final OrderPool pool = new OrderPool(ordersMax);
      assertTrue(pool.hotBytesPerOrder() <= 64, "hot: " + pool.hotBytesPerOrder());
      assertTrue(pool.indexBytesPerOrder() <= 12, "index: " + pool.indexBytesPerOrder());
      assertTrue(pool.coldBytesPerOrder() > 0);
    }
  }

  private BookCommand nextCommand(final long id) {
    final Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
    final int distance = 0 == random.nextInt(10) ? random.nextInt(500_000) : random.nextInt(200) - 3;
    final int ticks = 1_000_000 + (Side.BUY == side ? -distance : distance);
    final BookCommand.Kind kind = switch (random.nextInt(8)) {
      case 0 -> BookCommand.Kind.IOC;
      case 1 -> BookCommand.Kind.CANCEL;
      case 2, 3 -> BookCommand.Kind.AMEND;
      default -> BookCommand.Kind.REST;
    };
    final boolean isOld = BookCommand.Kind.CANCEL == kind || BookCommand.Kind.AMEND == kind;
    return new BookCommand(kind, isOld ? 1 + (long) (random.nextDouble() * id) : id, random.nextInt(20), side, ticks,
        1L + random.nextInt(40), displayLots(kind), 0, MODES[random.nextInt(MODES.length)]);
  }

  private long displayLots(final BookCommand.Kind kind) {
    return BookCommand.Kind.REST != kind ? BookCommand.PLAIN : random.nextInt(6) - 1L;
  }

  private void assertSameBooks() {
    assertEquals(digest(expected), digest(actual));
    assertEquals(expected.book().openOrders(), actual.book().openOrders());
    for (final Side side : new Side[] {Side.BUY, Side.SELL}) {
      final EventLog expectedDepth = new EventLog();
      final EventLog actualDepth = new EventLog();
      expected.depth(side, expectedDepth);
      actual.depth(side, actualDepth);
      assertTrue(expectedDepth.isSameAs(actualDepth));
    }
  }

  private static long digest(final BookDriver driver) {
    final StateCells cells = new StateCells();
    driver.book().save(cells);
    return cells.digest();
  }
}
