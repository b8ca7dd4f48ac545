/**
 * One run of a scenario: the engine behind its embedding face, its clock set by the tape, and the ears that turn events
 * into the rows of a result.
 */
@NullMarked
package io.gavel.adapters.backtest.run;

import org.jspecify.annotations.NullMarked;
