/**
 * What is to happen when: deadlines in event time, in one total order. Deterministic. Allocates nothing after start.
 *
 * <p>{@link io.gavel.engine.timer.DeadlineQueue} is a bounded binary heap whose entries have handles, so that an order
 * that is cancelled takes its deadline along. It reads no clock: whoever owns the time asks what is due.
 */
@NullMarked
package io.gavel.engine.timer;

import org.jspecify.annotations.NullMarked;
