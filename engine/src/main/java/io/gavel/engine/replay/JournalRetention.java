package io.gavel.engine.replay;

import io.gavel.engine.journal.ConsumerPositions;
import io.gavel.engine.journal.JournalPosition;
import io.gavel.engine.journal.JournalTailer;
import io.gavel.engine.journal.Retention;
import io.gavel.engine.snapshot.DamagedSnapshotException;
import io.gavel.engine.snapshot.DirectorySnapshotStore;
import io.gavel.engine.snapshot.SnapshotFacts;
import io.gavel.engine.snapshot.SnapshotReader;
import io.gavel.engine.snapshot.SnapshotStore;
import java.nio.file.Path;

/**
 * Drops what nobody needs of the journal in a directory: what lies in front of the oldest snapshot from which the
 * engine can still be brought back, and what every registered consumer has read. Beside a running engine, or without.
 */
public final class JournalRetention {

  private JournalRetention() {
  }

  /**
   * Drops it. A snapshot counts when every byte of it is sound and the journal goes on where it ends; without one
   * nothing is dropped.
   *
   * @throws io.gavel.engine.journal.CorruptJournalException when what would go is damaged: then nothing goes
   */
  public static Retention.Result drop(final Path dir) {
    return new Retention(() -> oldestSound(dir), new ConsumerPositions(dir)::slowest).drop(dir);
  }

  private static long oldestSound(final Path dir) {
    final SnapshotStore store = new DirectorySnapshotStore(dir);
    final long[] newestFirst = store.list();
    for (int i = newestFirst.length - 1; i >= 0; i--) {
      try (SnapshotReader reader = SnapshotReader.open(store, newestFirst[i])) {
        reader.verify();
        final SnapshotFacts facts = reader.facts();
        final JournalPosition position = new JournalPosition(facts.sequence(), facts.engineTimeNs(), facts.chain());
        try (JournalTailer tailer = EventLog.follow(dir, position)) {
          tailer.next();
        }
        return facts.sequence();
      } catch (final DamagedSnapshotException ex) {
        // One that cannot be restored keeps nothing, and nothing is dropped for its sake: the next one is asked.
      }
    }
    return 0;
  }
}
