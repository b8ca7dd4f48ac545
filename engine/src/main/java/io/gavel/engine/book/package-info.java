/**
 * The order book: price-time priority over whole ticks and lots, matching in chunks. Deterministic. Allocates nothing
 * after start.
 *
 * <p>An order is a slot of {@link io.gavel.engine.book.OrderPool}: half a cache line in a flat array, no object. The
 * orders of a level stand in a ring of links through a node of the level itself ({@code OrderQueues}), so that coming
 * and going asks no question. Each side ranks its prices, 1 the best, and runs as the other does; its levels stand in a
 * {@code PriceLadder}: 32,768 ranks about the best in an array under three floors of bitmaps, all others in a
 * {@link io.gavel.risk.price.TickMap}. Placing, cancelling and filling cost the same however deep the book is. All
 * books share the pool, its level rows and its tick pages: memory follows the orders allowed, and no book can run out
 * of levels. A plain order takes 32 bytes of facts and 8 of links, a level 16 and 8: at most 64 hot bytes an order, a
 * level of its own included, and at most 12 in the index by id. {@link io.gavel.engine.book.OrderPool#grow} is the
 * only thing that allocates.
 *
 * <p>An iceberg trades a peak at a time and queues behind all shown orders with the next one; a hidden order trades
 * when no shown one is left at its price. Both count with their full size for fill-or-kill, for post-only and in an
 * auction, and self-trade prevention acts on the whole order. What they need lies in arrays of their own
 * ({@code HiddenLots}), which plain orders never touch. In a call phase the book may be crossed:
 * {@link io.gavel.engine.book.AuctionUncross} finds the price, {@link io.gavel.engine.book.OrderBook#uncross} trades.
 *
 * <p>Tried, under the mix of the benchmarks (2 shared cores of an AMD EPYC, JDK 17, least processor time; 1,000 and
 * 1,000,000 resting orders, ns a message):
 *
 * <ul>
 *   <li>before: facts and links in two arrays, every price in a map of bitmaps by page: 55 and 307;
 *   <li>window, ranks and rings instead, and a move in one step ({@link io.gavel.engine.book.OrderBook#move}): 36 and
 *       264. This is what is here. Finding an order and reading its row at random takes 23 of these at a million: such
 *       misses overlap. The rest, we take it, is how few messages fit into the processor's window at once;
 *   <li>a window of 4,096 ranks that followed the best price at once: an order at a new best and its cancel dragged it
 *       to and fro, 214 on a flash crash where patience and 16,384 ranks take 50; 32,768 take
 *       33 and 264 KB a book, 65,536 no less time;
 *   <li>branches that ask whether a word of the bitmaps became empty, and a second look at the other side when an order
 *       rests: 35 on the flash crash, 30 without them ({@link io.gavel.engine.book.OrderBook#restUnlessCrossing});
 *   <li>memory alone is not what a million orders cost: the same loads and stores in a bare loop take 90, whether links
 *       stand beside the rows or in them, and whether an entry of the index has four bytes or eight;
 *   <li>rejected: the first and last order of a level in arrays of their own, found by a branch (no gain at 100,000).
 * </ul>
 *
 * <p>The book calls nobody: {@link io.gavel.engine.book.OrderBook#match} writes what happened into a
 * {@link io.gavel.engine.book.FillBuffer}. Slot numbers are keys, never an input: no outcome depends on them.
 */
@NullMarked
package io.gavel.engine.book;

import org.jspecify.annotations.NullMarked;
