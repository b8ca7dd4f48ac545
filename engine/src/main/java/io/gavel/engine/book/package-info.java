/**
 * The order book: price-time priority over whole ticks and lots, matching in chunks. Deterministic. Allocates nothing
 * after start.
 *
 * <p>An order is a slot of {@link io.gavel.engine.book.OrderPool}: a row in flat arrays, no object. A price level is a
 * row too, with the head and the tail of the first-in-first-out list of its orders, linked through the slots in both
 * directions so that a cancel needs no search. The levels of a side stand in a {@link io.gavel.risk.price.TickMap};
 * the best of each side is at hand. Placing, cancelling and filling therefore cost the same however deep the book is:
 * one probe into the index of levels or orders and a few array cells. All books share the pool, its level rows and its
 * tick pages: memory follows the orders allowed, not orders times instruments, and no book can run out of levels.
 *
 * <p>An iceberg trades a peak at a time and queues behind all shown orders with the next one; a hidden order trades
 * when no shown one is left at its price. Both count with their full size for fill-or-kill, for post-only and in an
 * auction, and self-trade prevention acts on the whole order. What they need lies in arrays of their own
 * ({@code HiddenLots}), which plain orders never touch. In a call phase the book may be crossed:
 * {@link io.gavel.engine.book.AuctionUncross} finds the price, {@link io.gavel.engine.book.OrderBook#uncross} trades.
 *
 * <p>The book calls nobody: {@link io.gavel.engine.book.OrderBook#match} writes what happened into a
 * {@link io.gavel.engine.book.FillBuffer}. Slot numbers are keys, never an input: no outcome depends on them.
 */
@NullMarked
package io.gavel.engine.book;

import org.jspecify.annotations.NullMarked;
