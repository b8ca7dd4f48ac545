/** Measures everything; nothing depends on it. */
@NullMarked
package io.gavel.benchmarks;

import org.jspecify.annotations.NullMarked;
