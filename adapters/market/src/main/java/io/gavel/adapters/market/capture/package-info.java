/**
 * Captures of venues, order by order or level by level, replayed and compared with the truth that each carries: levels
 * beside the messages, a checksum, a second channel. Feeds of orders drive the engine's own book as it is shipped;
 * feeds of levels, which know no orders, drive a small sorted one. For the edge: allocates, one thread a check.
 */
@NullMarked
package io.gavel.adapters.market.capture;

import org.jspecify.annotations.NullMarked;
