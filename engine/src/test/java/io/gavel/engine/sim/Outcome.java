package io.gavel.engine.sim;

import io.gavel.engine.Gavel;
import io.gavel.engine.GavelContext;
import io.gavel.engine.GavelEvents;
import io.gavel.engine.journal.CorruptJournalException;
import io.gavel.engine.journal.JournalTailer;
import io.gavel.engine.journal.SimulatedDisk;
import io.gavel.engine.journal.SimulatedJournal;

/**
 * What a launch, or a reader, makes of a damaged journal.
 *
 * @param sequence to which it came; {@link #REFUSED} when it would not
 */
record Outcome(long sequence, String reason) {

  static final long REFUSED = -1;

  /** Launches an engine for a host that has seen {@code seen}. */
  static Outcome of(final SimulatedDisk disk, final long seen) {
    try (Gavel engine = Gavel.launch(new GavelContext().journal(new SimulatedJournal(disk)).deliverFrom(seen, 0),
        GavelEvents.NONE)) {
      return new Outcome(engine.sequence(), "");
    } catch (final CorruptJournalException refusal) {
      return new Outcome(REFUSED, refusal.getMessage());
    }
  }

  /** Reads to the end for somebody who has seen {@code seen}. */
  static Outcome read(final SimulatedDisk disk, final long seen) {
    try (JournalTailer tailer = new SimulatedJournal(disk).tailer()) {
      long last = 0;
      while (tailer.next()) {
        last = tailer.sequence();
      }
      return new Outcome(last < seen ? REFUSED : last, String.valueOf(tailer.tornTail()));
    } catch (final CorruptJournalException refusal) {
      return new Outcome(REFUSED, refusal.getMessage());
    }
  }
}
