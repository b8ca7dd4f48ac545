package io.gavel.adapters.cli.pipe;

import io.gavel.engine.journal.DurabilityLevel;
import java.nio.file.Path;

/**
 * How a pipe is run.
 *
 * @param dir          where the journal lives
 * @param durability   what a command has survived before it is acknowledged
 * @param systemClock  engine time is the machine's; else it moves by the lines alone
 * @param fromSequence redeliver events behind this one; -1: none
 * @param fromIndex    of the last event that was seen
 */
public record PipeOptions(
    Path dir, DurabilityLevel durability, boolean systemClock, long fromSequence, int fromIndex) {
}
