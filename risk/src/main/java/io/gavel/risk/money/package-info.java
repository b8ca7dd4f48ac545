/** Fixed-point money: 128-bit products, rounding by name, sums that cannot wrap. Deterministic. Allocates nothing. */
@NullMarked
package io.gavel.risk.money;

import org.jspecify.annotations.NullMarked;
