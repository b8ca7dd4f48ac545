/**
 * What is learnt of rules before they are armed, and of tapes before they are believed: an audit of the data, previews,
 * sweeps over parameters with walk-forward figures, and bars held against the trades they were built from. Each runs
 * the engine as a backtest does, on tapes that are read once and shared.
 */
@NullMarked
package io.gavel.adapters.backtest.study;

import org.jspecify.annotations.NullMarked;
