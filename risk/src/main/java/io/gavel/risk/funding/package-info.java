/** What positions and loans pay each other over time. Deterministic. Allocates nothing after start. */
@NullMarked
package io.gavel.risk.funding;

import org.jspecify.annotations.NullMarked;
