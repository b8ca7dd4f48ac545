/**
 * What a book shows to the world, derived from the events alone: market by price and market by order, each as a
 * snapshot and what changed since, with a checksum that tells a subscriber whether it still has the same book. The
 * reserves of icebergs and hidden orders cannot leak from here: the rows of the view hold only what is shown.
 *
 * <p>{@link io.gavel.engine.marketdata.MarketDataFeed} stands where events pass, {@code MarketByPriceView} and
 * {@code MarketByOrderView} where market data arrives, in this process or in another.
 */
@NullMarked
package io.gavel.engine.marketdata;

import org.jspecify.annotations.NullMarked;
