/**
 * The report of a finished run: one HTML file that opens offline, and the tables of the terminal. Both only read
 * {@link io.gavel.adapters.backtest.result.RunResult} and draw what is in it: long series are thinned to their
 * extremes, events (orders, fills, armings, firings) never are. All words come from two bundles, English and Chinese,
 * beside the page's style sheet and script in this package's resources.
 */
@NullMarked
package io.gavel.adapters.backtest.report;

import org.jspecify.annotations.NullMarked;
