/**
 * The whole engine on one thread and one seed: the real pipeline and core over a disk, a clock, an egress and an
 * outside party that misbehave, every event held against the oracle. Margin, rules of more kinds and real adapters join
 * as further {@code Step}s of {@code Traffic}, further methods of the oracle, and further parties beside {@code Bank}.
 */
@NullMarked
package io.gavel.engine.sim;

import org.jspecify.annotations.NullMarked;
