package io.gavel.adapters.backtest.result;

import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.Side;

/**
 * Evidence of one firing: every field the engine recorded.
 *
 * @param kind                what fired: AT_TIME also when the end of a window submitted the rule
 * @param referencePriceUnits in 1/markUnitsPerTick of a tick; 0: fired by time without a price
 * @param referenceTicks      the reference rounded against firing
 * @param extremumTicks       trailing legs only, else 0
 */
public record TriggerRow(
    long timeNs,
    long sequence,
    int index,
    long ruleId,
    String clRuleId,
    String account,
    int version,
    int legIndex,
    RuleKind kind,
    PriceSource source,
    Side side,
    long referencePriceUnits,
    int referenceTicks,
    int extremumTicks,
    int levelTicks,
    int protectionTicks,
    long remainingLots,
    long causeSequence) {
}
