package io.gavel.adapters.backtest.result;

import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.TimeInForce;
import org.jspecify.annotations.Nullable;

/**
 * One order of a user account from acceptance to its terminal event.
 *
 * @param ruleId         0: placed by the account itself
 * @param limitTicks     a market order's protection price
 * @param closeReason    null: still open at the end; the closed time and sequence are then 0
 */
public record OrderRow(
    long orderId,
    long ruleId,
    String clOrdId,
    String account,
    Side side,
    OrdType ordType,
    TimeInForce timeInForce,
    int limitTicks,
    long quantityLots,
    long filledLots,
    long filledNotionalUnits,
    long feeUnits,
    long acceptedTimeNs,
    long acceptedSequence,
    long closedTimeNs,
    long closedSequence,
    @Nullable ReasonCode closeReason) {
}
