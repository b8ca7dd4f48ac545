/** How much an account must have for what it wants to do. Deterministic. Allocates nothing. */
@NullMarked
package io.gavel.risk.margin;

import org.jspecify.annotations.NullMarked;
