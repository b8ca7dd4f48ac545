/** What trading costs: cumulative fees, and the money that must be set aside for them. Deterministic. */
@NullMarked
package io.gavel.risk.fee;

import org.jspecify.annotations.NullMarked;
