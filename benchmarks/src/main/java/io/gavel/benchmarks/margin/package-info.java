/** What the margin watch costs: accounts examined per tick, and the time of a tick that concerns nobody. */
@NullMarked
package io.gavel.benchmarks.margin;

import org.jspecify.annotations.NullMarked;
