package io.gavel.adapters.backtest.result;

import io.gavel.codecs.sbe.PriceSource;

/**
 * A mark or an index counts for more or for less from this moment on, or its sources changed.
 *
 * @param fromState       name of the schema's state: what the price was good for
 * @param toState         what it is good for now
 * @param priceTicks      the price in force, rounded down to a tick
 * @param countedSources  bit n-1: source n has a part in it
 * @param excludedSources bit n-1: source n is excluded
 */
public record PriceStateRow(
    long timeNs,
    long sequence,
    String instId,
    PriceSource source,
    String fromState,
    String toState,
    int priceTicks,
    int countedSources,
    int excludedSources) {
}
