/** What may be done, and what it costs. Deterministic. Allocates nothing after start. */
@NullMarked
package io.gavel.risk;

import org.jspecify.annotations.NullMarked;
