package io.gavel.adapters.backtest.result;

/**
 * One user account at the end of the run. Amounts are quote units but for the two base balances and the fees.
 *
 * @param startEquityUnits at the first price of the tape
 * @param endEquityUnits   at the last price of the tape
 * @param realisedUnits    profit of what was sold, at average cost, fees not deducted
 * @param unrealisedUnits  of what is left, at the last price
 * @param feeUnits         in units of the fee asset
 */
public record AccountRow(
    long account,
    String name,
    long startEquityUnits,
    long endEquityUnits,
    long baseFreeUnits,
    long baseHeldUnits,
    long quoteFreeUnits,
    long quoteHeldUnits,
    long realisedUnits,
    long unrealisedUnits,
    long feeUnits) {
}
