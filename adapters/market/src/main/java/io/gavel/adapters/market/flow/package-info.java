/**
 * Order flows: a tape of new orders, cancels and modifies, read, made by a seeded generator, and replayed through the
 * engine's book into reports that can be compared byte for byte.
 */
@NullMarked
package io.gavel.adapters.market.flow;

import org.jspecify.annotations.NullMarked;
