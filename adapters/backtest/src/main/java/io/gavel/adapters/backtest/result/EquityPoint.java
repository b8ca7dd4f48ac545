package io.gavel.adapters.backtest.result;

/**
 * Worth of all user accounts at one moment.
 *
 * @param equityUnits quote units: quote balances plus base balances at the last price
 * @param drawdownBps how far below the highest equity so far, in 1/10,000, never negative
 */
public record EquityPoint(long timeNs, long equityUnits, int drawdownBps) {
}
