/**
 * The one room with doors to all: dispatch, and the order of operations. Deterministic. Allocates nothing after start.
 *
 * <p>While commands need keys, the order is: who asks (key, expiry, signature), the session's number, the command's own
 * expiry, what it may ask (scope, account, instrument, amount, window, rate), whether a second person is needed, and
 * only then the business ladder. Commands that the shell makes itself skip the first, fourth and fifth step.
 *
 * <p>Rules can be tied, see {@link io.gavel.engine.core.Relations}. An account whose positions, holdings or orders
 * changed is noted, and its tied rules are looked at one a step, within the frame, behind everything else that it owes:
 * <ul>
 * <li>To a position: bound to its epoch; the size follows it down, a share half up and never below a lot; it ends
 * POSITION_CLOSED when that is flat or turns round. Exits that have fired share the position: together they never have
 * more open than there is of it.
 * <li>To a profit or a loss: the tick at which closing all of it leaves at least that, fees of both ends at the worst
 * rate; another cost or size gives it another level, and one that the price in force has reached fires. In spot it is
 * the lots whose cost is known; without any NO_POSITION.
 * <li>To an order: PENDING until that is filled. ORDER_INCREMENTAL grows with each fill until the rule fires itself,
 * ORDER_FIRST_FILL takes what the first fills of one step bring, ORDER_COMPLETE waits until the order is closed; all
 * less a fee in the base asset. Closed without a fill it takes the rule along: PARENT_CANCELLED. What was bought stays
 * protected when the rest is cancelled. On a contract such a rule is then bound to the position.
 * <li>To another rule: once it has fired and that is told, the other's first level is amended; where that is gone, or
 * would be crossed under REJECT, it stays as it was and says why. At most eight hang on one another, and since the
 * named one must be armed already there is no cycle.
 * <li>To a pause: after a firing in the instrument those of the account with a cool-down are deaf for that long from
 * their next firing on, which is put off; then the price in force is looked at once. Trailing stops and conditions have
 * none, for they would lose what they have seen; the clock is not kept waiting.
 * </ul>
 */
@NullMarked
package io.gavel.engine.core;

import org.jspecify.annotations.NullMarked;
