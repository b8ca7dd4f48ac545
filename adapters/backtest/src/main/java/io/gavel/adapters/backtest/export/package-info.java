/**
 * The tables of a finished run as CSV and JSON files: decimals as text, times as ISO 8601 in UTC, never a NaN.
 */
@NullMarked
package io.gavel.adapters.backtest.export;

import org.jspecify.annotations.NullMarked;
