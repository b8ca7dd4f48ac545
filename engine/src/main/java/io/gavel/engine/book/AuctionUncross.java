package io.gavel.engine.book;

import io.gavel.codecs.sbe.Side;

/**
 * The one price at which a crossed book would trade. Reserves and hidden orders count with their full size. Of all
 * ticks, those between two levels as well, it is the one
 *
 * <ol>
 *   <li>at which the most lots trade; of several
 *   <li>the one that leaves the fewest lots of the larger side over; of several
 *   <li>the nearest to the reference, if there is one; of several
 *   <li>the lowest.
 * </ol>
 *
 * <p>Between best ask and best bid the demand at or above a tick only falls and the supply at or below it only rises.
 * So both the ticks of most volume and those of least surplus among them are one range without gaps, and the nearest
 * to the reference in it is unique: the lowest decides where there is no reference. Reads the book and allocates
 * nothing; takes as long as there are levels in the crossing range. One thread.
 */
public final class AuctionUncross {

  private int priceTicks;
  private long volumeLots;
  private long surplusLots;

  /**
   * Looks for the price anew.
   *
   * @param referenceTicks the price that is preferred among equals; 0: none
   */
  public void evaluate(final OrderBook book, final int referenceTicks) {
    priceTicks = 0;
    volumeLots = 0;
    surplusLots = 0;
    if (book.isCrossed()) {
      search(book, referenceTicks);
    }
  }

  /** The price, or 0 when the book is not crossed. */
  public int priceTicks() {
    return priceTicks;
  }

  /** Lots that would change hands. */
  public long volumeLots() {
    return volumeLots;
  }

  /** Lots left over at this price or better: of buyers above 0, of sellers below. */
  public long surplusLots() {
    return surplusLots;
  }

  /** Goes up from the best ask, from one stretch of ticks without a change of demand or supply to the next. */
  private void search(final OrderBook book, final int referenceTicks) {
    final int bestBid = book.bestBidTicks();
    final int bestAsk = book.bestAskTicks();
    long demand = demandAt(book, bestAsk);
    long supply = 0;
    int to = bestAsk - 1;
    while (to < bestBid) {
      final int from = to + 1;
      supply = Math.addExact(supply, book.depthLots(Side.SELL, from));
      final int nextBid = 0 == book.depthLots(Side.BUY, from) ? book.previousLevel(Side.BUY, from) : from;
      final int nextAsk = book.nextLevel(Side.SELL, from);
      to = 0 == nextAsk ? nextBid : Math.min(nextBid, nextAsk - 1);
      offer(from, to, demand, supply, referenceTicks);
      demand -= book.depthLots(Side.BUY, to);
    }
  }

  private static long demandAt(final OrderBook book, final int priceTicks) {
    long lots = 0;
    int ticks = book.bestBidTicks();
    while (ticks >= priceTicks) {
      lots = Math.addExact(lots, book.depthLots(Side.BUY, ticks));
      ticks = book.nextLevel(Side.BUY, ticks);
    }
    return lots;
  }

  /** Keeps a stretch of ticks if its best one beats what was found before. */
  private void offer(final int from, final int to, final long demand, final long supply, final int referenceTicks) {
    final long volume = Math.min(demand, supply);
    final long surplus = demand - supply;
    final int ticks = Math.max(from, Math.min(to, referenceTicks));
    final int order = volume != volumeLots ? Long.compare(volume, volumeLots)
        : Math.abs(surplus) != Math.abs(surplusLots) ? Long.compare(Math.abs(surplusLots), Math.abs(surplus))
        : Integer.compare(distance(priceTicks, referenceTicks), distance(ticks, referenceTicks));
    if (order > 0) {
      priceTicks = ticks;
      volumeLots = volume;
      surplusLots = surplus;
    }
  }

  /** Without a reference no tick is nearer than another, and the lower one was found first. */
  private static int distance(final int ticks, final int referenceTicks) {
    return 0 == referenceTicks ? 0 : Math.abs(ticks - referenceTicks);
  }
}
