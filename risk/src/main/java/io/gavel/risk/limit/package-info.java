/**
 * What new risk may be taken: the limits of one order, the kill switch, and the risk table. The table holds up to 64
 * rows that commands put in, each a predicate over integers about whom it names; it is compiled when it changes and
 * looked at in one bounded loop. Around it stand what it counts (open lots, stop-outs, losses, how far a price moved)
 * and what it lets happen (pauses of accounts and markets, slices of a cascade). What reduces a risk is never asked.
 * Times are engine time. Deterministic. Allocates nothing after start.
 */
@NullMarked
package io.gavel.risk.limit;

import org.jspecify.annotations.NullMarked;
