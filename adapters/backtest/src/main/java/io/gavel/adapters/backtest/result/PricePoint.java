package io.gavel.adapters.backtest.result;

/** One print of the tape that the thinning kept. */
public record PricePoint(long timeNs, int priceTicks) {
}
