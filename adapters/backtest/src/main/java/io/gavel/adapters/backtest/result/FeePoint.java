package io.gavel.adapters.backtest.result;

/** Fees paid by all user accounts up to and including this moment, in units of the fee asset. */
public record FeePoint(long timeNs, long cumulativeFeeUnits) {
}
