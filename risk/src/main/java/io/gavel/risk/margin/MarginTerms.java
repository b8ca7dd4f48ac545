package io.gavel.risk.margin;

/**
 * What positions of an instrument need, and whether their unrealised profit counts for opening more. It counts against
 * liquidation in any case, and is never paid out.
 */
public record MarginTerms(MarginSchedule schedule, boolean profitCounts) {
}
