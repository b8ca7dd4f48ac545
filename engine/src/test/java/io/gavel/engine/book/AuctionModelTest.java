package io.gavel.engine.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Goal: the auction finds the price that trying every tick finds, and trades what it promised. Method: random books in
 * ranges so small that every kind of tie is frequent, icebergs and hidden orders among them; then the uncrossing is
 * held against what must be true of any: the volume, nobody beyond the price, priority, a book no longer crossed.
 */
class AuctionModelTest {

  private static final long SEED = Long.getLong("gavel.seed", 20_240_809L);
  private static final int BOOKS = Integer.getInteger("gavel.books", 200_000);
  private static final int ORDERS_MAX = 24;

  private final Random random = new Random(SEED);
  private final OrderPool pool = new OrderPool(ORDERS_MAX);
  private final OrderBook book = new OrderBook(1, pool, 1);
  private final AuctionUncross auction = new AuctionUncross();
  private final List<Integer> slots = new ArrayList<>();
  private final List<Long> lotsBefore = new ArrayList<>();
  private AuctionPrices expected = new AuctionPrices();
  private int withoutReference;
  private int crossed;
  private int tied;
  private int betweenLevels;

  @Test
  void shouldFindThePriceThatTryingEveryTickFindsAndTradeItsVolume() {
    System.out.println("AuctionModelTest seed=" + SEED + " books=" + BOOKS);
    for (int i = 1; i <= BOOKS; i++) {
      fillBook();
      final int reference = random.nextInt(3) > 0 ? 1 + random.nextInt(16) : 0;
      final String place = "book " + i + " reference " + reference;
      expected.choose(reference);
      auction.evaluate(book, reference);
      assertEquals(expected.priceTicks(), auction.priceTicks(), place);
      assertEquals(expected.volumeLots(), auction.volumeLots(), place);
      assertEquals(expected.surplusLots(), auction.surplusLots(), place);
      assertEquals(0 != auction.priceTicks(), book.isCrossed(), place);
      count(reference);
      if (0 != auction.priceTicks()) {
        uncross(place);
      }
      empty();
    }
    assertTrue(crossed > BOOKS / 2 && tied > BOOKS / 10 && betweenLevels > BOOKS / 100 && withoutReference > BOOKS / 9,
        () -> "traffic too tame: " + crossed + ", " + tied + ", " + betweenLevels + ", " + withoutReference);
  }

  private void fillBook() {
    expected = new AuctionPrices();
    slots.clear();
    lotsBefore.clear();
    final int orders = random.nextInt(ORDERS_MAX + 1);
    final int ticksMax = 2 + random.nextInt(14);
    final int lotsMax = 1 + random.nextInt(12);
    for (int id = 1; id <= orders; id++) {
      final Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
      final int ticks = 1 + random.nextInt(ticksMax);
      final long lots = 1L + random.nextInt(lotsMax);
      final int slot = pool.claim(id, 1, side, ticks, lots);
      switch (random.nextInt(5)) {
        case 0 -> pool.hide(slot);
        case 1 -> pool.display(slot, 1L + random.nextInt(lotsMax));
        default -> { }
      }
      book.restInCall(slot);
      slots.add(slot);
      lotsBefore.add(lots);
      if (Side.BUY == side) {
        expected.bid(ticks, lots);
      } else {
        expected.ask(ticks, lots);
      }
    }
  }

  private void count(final int reference) {
    crossed += 0 != auction.priceTicks() ? 1 : 0;
    withoutReference += 0 == reference && 0 != auction.priceTicks() ? 1 : 0;
    tied += 0 != auction.surplusLots() ? 1 : 0;
    betweenLevels += 0 != auction.priceTicks() && 0 == book.depthLots(Side.BUY, auction.priceTicks())
        && 0 == book.depthLots(Side.SELL, auction.priceTicks()) ? 1 : 0;
  }

  private void uncross(final String place) {
    final FillBuffer fills = new FillBuffer(1 + random.nextInt(4));
    long traded = 0;
    boolean isDone = false;
    while (!isDone) {
      isDone = book.uncross(auction.priceTicks(), fills);
      for (int i = 0; i < fills.size(); i++) {
        final int maker = fills.makerSlot(i);
        final int taker = fills.takerSlot(i);
        assertTrue(pool.orderId(maker) < pool.orderId(taker) && pool.side(maker) != pool.side(taker), place);
        assertEquals(auction.priceTicks(), fills.priceTicks(i), place);
        traded += fills.lots(i);
      }
    }
    assertEquals(auction.volumeLots(), traded, place);
    assertFalse(book.isCrossed(), place);
    for (final Side side : new Side[] {Side.BUY, Side.SELL}) {
      long leftAtPrice = 0;
      for (int slot = book.firstOrder(side); OrderPool.NULL_SLOT != slot; slot = book.nextOrder(slot)) {
        leftAtPrice += isAtOrBetter(slot, auction.priceTicks()) ? pool.openLots(slot) : 0;
      }
      final long surplus = Side.BUY == side ? auction.surplusLots() : -auction.surplusLots();
      assertEquals(Math.max(0, surplus), leftAtPrice, place);
      assertPriority(side, place);
    }
  }

  /** Whoever stands behind a price at which there are lots left has not traded at all. */
  private void assertPriority(final Side side, final String place) {
    final int best = Side.BUY == side ? book.bestBidTicks() : book.bestAskTicks();
    for (int i = 0; i < slots.size(); i++) {
      final int slot = slots.get(i);
      final boolean isWorse =
          0 != best && (Side.BUY == side ? pool.priceTicks(slot) < best : pool.priceTicks(slot) > best);
      if (pool.side(slot) == side && (isWorse || !isAtOrBetter(slot, auction.priceTicks()))) {
        assertEquals(lotsBefore.get(i), pool.openLots(slot), place);
      }
    }
  }

  private boolean isAtOrBetter(final int slot, final int ticks) {
    return Side.BUY == pool.side(slot) ? pool.priceTicks(slot) >= ticks : pool.priceTicks(slot) <= ticks;
  }

  private void empty() {
    for (final int slot : slots) {
      if (pool.isResting(slot)) {
        book.remove(slot);
      }
      pool.release(slot);
    }
    assertEquals(0, pool.size());
  }
}
