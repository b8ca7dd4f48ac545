/**
 * What assets are worth as collateral, and in one another by way of a reference. Deterministic. Allocates nothing after
 * start.
 */
@NullMarked
package io.gavel.risk.collateral;

import org.jspecify.annotations.NullMarked;
