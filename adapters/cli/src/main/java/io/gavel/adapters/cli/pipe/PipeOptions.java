package io.gavel.adapters.cli.pipe;

import io.gavel.engine.journal.DurabilityLevel;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;

/**
 * How a pipe is run.
 *
 * @param dir          where the journal lives
 * @param durability   what a command has survived before it is acknowledged
 * @param systemClock  engine time is the machine's; else it moves by the lines alone
 * @param fromSequence redeliver events behind this one; -1: none
 * @param fromIndex    of the last event that was seen
 * @param quarantineKeys of operators who may sign that a frame is passed over
 */
public record PipeOptions(
    Path dir, DurabilityLevel durability, boolean systemClock, long fromSequence, int fromIndex,
    List<PublicKey> quarantineKeys) {

  public PipeOptions {
    quarantineKeys = List.copyOf(quarantineKeys);
  }

  /** Nobody may sign. */
  public PipeOptions(
      final Path dir, final DurabilityLevel durability, final boolean systemClock, final long fromSequence,
      final int fromIndex) {
    this(dir, durability, systemClock, fromSequence, fromIndex, List.of());
  }
}
