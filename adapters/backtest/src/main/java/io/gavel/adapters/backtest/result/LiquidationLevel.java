package io.gavel.adapters.backtest.result;

/**
 * The mark at which a position would be liquidated from this moment on, all else equal.
 *
 * @param levelTicks 0: there is no position, or no mark above zero that does it
 */
public record LiquidationLevel(long timeNs, String account, String instId, int levelTicks) {
}
