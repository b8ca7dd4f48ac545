/** What the benchmarks play: seeded traffic, made beforehand, so that no figure contains its making. */
@NullMarked
package io.gavel.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
