/** What can be owned and what can be traded: assets and instruments, and their registries. Deterministic. */
@NullMarked
package io.gavel.risk.instrument;

import org.jspecify.annotations.NullMarked;
