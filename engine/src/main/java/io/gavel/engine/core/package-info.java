/**
 * The one room with doors to all: dispatch, and the order of operations. Deterministic. Allocates nothing after start.
 *
 * <p>While commands need keys, the order is: who asks (key, expiry, signature), the session's number, the command's own
 * expiry, what it may ask (scope, account, instrument, amount, window, rate), whether a second person is needed, and
 * only then the business ladder. Commands that the shell makes itself skip the first, fourth and fifth step.
 */
@NullMarked
package io.gavel.engine.core;

import org.jspecify.annotations.NullMarked;
