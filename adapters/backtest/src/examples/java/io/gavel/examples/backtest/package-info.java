/** Compiled examples of the backtest; the README shows the first one. */
package io.gavel.examples.backtest;
