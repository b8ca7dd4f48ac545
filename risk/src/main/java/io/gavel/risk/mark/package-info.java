/** The prices in force: last, bid, ask, mark and index. Deterministic. Allocates nothing after start. */
@NullMarked
package io.gavel.risk.mark;

import org.jspecify.annotations.NullMarked;
