/** What the holdings cost and what they have earned. Deterministic. Allocates nothing after start. */
@NullMarked
package io.gavel.risk.position;

import org.jspecify.annotations.NullMarked;
