package io.gavel.adapters.backtest.result;

import io.gavel.codecs.sbe.Side;

/**
 * One fill of a user account.
 *
 * @param ruleId         0: not the child of a rule
 * @param slippageBpsE2  how much worse than the trigger's reference price, in 1/100 of 1/10,000 (positive: worse,
 *                       rounded towards worse); {@link #NO_SLIPPAGE} when there was no trigger price
 */
public record FillRow(
    long timeNs,
    long sequence,
    long orderId,
    long ruleId,
    String account,
    Side side,
    int priceTicks,
    long lots,
    long notionalUnits,
    long feeUnits,
    Liquidity liquidity,
    long slippageBpsE2) {

  public static final long NO_SLIPPAGE = Long.MIN_VALUE;

  /** Which side of the book the fill was on. */
  public enum Liquidity {
    /** The order was resting. */
    MAKER,
    /** The order came in and took. */
    TAKER
  }
}
