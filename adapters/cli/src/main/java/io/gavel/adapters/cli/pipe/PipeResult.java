package io.gavel.adapters.cli.pipe;

/**
 * What came of a pipe.
 *
 * @param lines    lines that were not blank
 * @param unusable lines that never became a command
 * @param halted   the engine halted before the input ended
 */
public record PipeResult(long lines, long unusable, boolean halted) {
}
