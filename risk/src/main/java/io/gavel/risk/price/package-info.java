/**
 * Prices as ticks, and who stands at which tick: a sorted map from tick to value over 64-ary bitmaps.
 * {@link io.gavel.risk.price.TickMap} is the one sorted structure of books, rules and margin watches. Its words live in
 * {@link io.gavel.risk.price.TickPages}, which many maps share, so that memory follows the ticks in use and not the
 * number of maps. Deterministic. Allocates nothing after start.
 */
@NullMarked
package io.gavel.risk.price;

import org.jspecify.annotations.NullMarked;
