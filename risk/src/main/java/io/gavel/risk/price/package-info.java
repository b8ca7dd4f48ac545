/**
 * Prices as ticks, and who stands at which tick. Deterministic. Allocates nothing after start.
 *
 * <p>{@link io.gavel.risk.price.TickMap} is a sorted map from tick to value over 64-ary bitmaps, for those who walk
 * from level to level. Its words live in {@link io.gavel.risk.price.TickPages}, which many maps share, so that memory
 * follows the ticks in use and not the number of maps.
 *
 * <p>{@link io.gavel.risk.price.PriceWatch} answers "does this price concern anybody?" with one comparison, however
 * many wait: it keeps the nearest level at hand. Its members live in a {@link io.gavel.risk.price.MeldHeap}, one set of
 * nodes in flat arrays that any number of watches share, so that a thousand quiet instruments cost nothing.
 */
@NullMarked
package io.gavel.risk.price;

import org.jspecify.annotations.NullMarked;
