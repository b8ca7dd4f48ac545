/** Digests of state from its one canonical encoding. */
@NullMarked
package io.gavel.engine.snapshot;

import org.jspecify.annotations.NullMarked;
