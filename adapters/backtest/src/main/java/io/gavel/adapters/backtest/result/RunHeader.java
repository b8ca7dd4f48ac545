package io.gavel.adapters.backtest.result;

import org.jspecify.annotations.Nullable;

/**
 * What was run, on what, and the hashes that pin it.
 *
 * @param fromNs        engine time of the first row, nanoseconds since the epoch
 * @param toNs          engine time of the last row
 * @param rows          tape rows that became commands
 * @param skippedRows   rows of size zero left out by option
 * @param ambiguousBars bars that spanned both a take-profit and a stop level that were armed; 0 for trades
 * @param configHash    SHA-256 of the effective scenario, hexadecimal
 * @param dataHash      SHA-256 of the tapes' content in order, decompressed, hexadecimal
 * @param stateHash     the engine's state hash after the last row, as the engine prints it
 * @param eventHash     the running event hash after the last row, hexadecimal
 * @param sequence      of the last frame
 * @param wallMillis    from the first to the last tape row
 * @param journal       directory of the journal; null: the journal was kept in memory
 * @param jvm           for instance {@code OpenJDK 17.0.15+6, Linux amd64, 2 processors}
 */
public record RunHeader(
    String name,
    String description,
    long seed,
    InstrumentFacts instrument,
    long fromNs,
    long toNs,
    long rows,
    long skippedRows,
    long ambiguousBars,
    String configHash,
    String dataHash,
    String stateHash,
    String eventHash,
    long sequence,
    long wallMillis,
    long rowsPerSecond,
    @Nullable String journal,
    String jvm) {
}
