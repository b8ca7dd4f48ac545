package io.gavel.adapters.backtest.result;

/** Funding of all user accounts up to and including this moment, in units of the equity asset; above zero: received. */
public record FundingPoint(long timeNs, long cumulativeUnits) {
}
