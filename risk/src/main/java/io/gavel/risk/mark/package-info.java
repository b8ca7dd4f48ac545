/**
 * The prices in force: last, bid, ask, mark and index; how sources make an index, an index a mark, and what each is
 * good for. Deterministic. Allocates nothing after start, the first price rule of an instrument excepted.
 */
@NullMarked
package io.gavel.risk.mark;

import org.jspecify.annotations.NullMarked;
