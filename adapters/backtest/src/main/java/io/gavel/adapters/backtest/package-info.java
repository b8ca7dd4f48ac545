/** The replay harness: tapes, scenario, venue, exports and the report. */
@NullMarked
package io.gavel.adapters.backtest;

import org.jspecify.annotations.NullMarked;
