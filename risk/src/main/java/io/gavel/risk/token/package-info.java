/** Tokens whose value follows another market with a leverage. Deterministic. Allocates nothing after start. */
@NullMarked
package io.gavel.risk.token;

import org.jspecify.annotations.NullMarked;
