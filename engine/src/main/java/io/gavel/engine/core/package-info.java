/**
 * The one room with doors to all: dispatch, and the order of operations. Deterministic. Allocates nothing after start.
 */
@NullMarked
package io.gavel.engine.core;

import org.jspecify.annotations.NullMarked;
