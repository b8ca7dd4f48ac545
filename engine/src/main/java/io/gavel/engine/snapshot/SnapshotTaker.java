package io.gavel.engine.snapshot;

import io.gavel.engine.core.StateMachine;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Takes snapshots and keeps the last few: one is read back whole before an older one may go. One thread at a time.
 */
public final class SnapshotTaker {

  /** Two: should the newest be damaged, there is one more. */
  public static final int KEPT = 2;

  private static final Logger LOGGER = System.getLogger("io.gavel.engine.snapshot");

  private final SnapshotStore store;
  private final int kept;
  private final Runnable syncJournal;

  /**
   * Writes nothing yet.
   *
   * @param kept        how many stay, at least 1
   * @param syncJournal has the disk confirm the journal: no snapshot may outlive frames in it
   */
  public SnapshotTaker(final SnapshotStore store, final int kept, final Runnable syncJournal) {
    if (kept < 1) {
      throw new IllegalArgumentException("at least one snapshot is kept: " + kept);
    }
    this.store = store;
    this.kept = kept;
    this.syncJournal = syncJournal;
  }

  /** Takes one of a core that stands between two frames; {@code chain} is the journal's behind the last of them. */
  public synchronized SnapshotSummary take(final StateMachine machine, final long chain) {
    syncJournal.run();
    final SnapshotSummary summary = SnapshotWriter.write(machine, chain, store);
    try (SnapshotReader reader = SnapshotReader.open(store, summary.sequence())) {
      reader.verify();
    } catch (final DamagedSnapshotException ex) {
      // What cannot be read back is no snapshot, and must not push a good one out.
      store.delete(summary.sequence());
      throw ex;
    }
    final long[] sequences = store.list();
    for (int i = kept; i < sequences.length; i++) {
      store.delete(sequences[i]);
    }
    LOGGER.log(Level.DEBUG, "snapshot {0}, {1} bytes", summary.place(), Long.toString(summary.length()));
    return summary;
  }

  /** Sequence of the oldest snapshot that is kept, behind which a journal is needed; 0: there is none. */
  public static long oldest(final SnapshotStore store) {
    final long[] sequences = store.list();
    return 0 == sequences.length ? 0 : sequences[sequences.length - 1];
  }
}
