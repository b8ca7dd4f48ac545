/** What assets are worth as collateral. Deterministic. Allocates nothing after start. */
@NullMarked
package io.gavel.risk.collateral;

import org.jspecify.annotations.NullMarked;
