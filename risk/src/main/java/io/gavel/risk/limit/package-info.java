/** What an order may be: size, notional and price limits, and the kill switch. Deterministic. Allocates nothing. */
@NullMarked
package io.gavel.risk.limit;

import org.jspecify.annotations.NullMarked;
