package io.gavel.engine.replay;

import io.gavel.engine.core.StateMachine;
import io.gavel.engine.journal.CorruptJournalException;
import io.gavel.engine.journal.JournalPosition;
import io.gavel.engine.journal.JournalTailer;
import io.gavel.engine.snapshot.DamagedSnapshotException;
import io.gavel.engine.snapshot.SnapshotFacts;
import io.gavel.engine.snapshot.SnapshotReader;
import io.gavel.engine.snapshot.SnapshotStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where a replay begins: with the newest snapshot that is sound, behind which the journal is read on, or with the first
 * frame. A damaged snapshot is passed over with a notice; one of another version is not, for what its build knew and
 * this one does not cannot be guessed. One thread.
 */
final class Beginning {

  /** Every snapshot will do. */
  static final long ANY = Long.MAX_VALUE;

  private static final Logger LOGGER = System.getLogger("io.gavel.engine.replay");

  private final @Nullable SnapshotStore store;
  private final Function<JournalPosition, JournalTailer> journal;
  private final long before;
  private final boolean compareHashes;
  private final List<String> notices = new ArrayList<>();
  private @Nullable StateMachine machine;
  private @Nullable SnapshotFacts snapshot;
  private boolean hasFrame;

  /**
   * Nothing is read before {@link #find}.
   *
   * @param store         null: there are no snapshots
   * @param journal       gives a reader behind a position
   * @param before        only a snapshot of a smaller sequence will do: events from there on are asked for
   * @param compareHashes whether a restored state is held against the hashes in its snapshot too
   */
  Beginning(
      final @Nullable SnapshotStore store, final Function<JournalPosition, JournalTailer> journal, final long before,
      final boolean compareHashes) {
    this.store = store;
    this.journal = journal;
    this.before = before;
    this.compareHashes = compareHashes;
  }

  /**
   * Finds it, and answers a reader that stands on the first frame to apply, if there is one.
   *
   * @throws CorruptJournalException when the journal does not go on where the snapshot ends, or begins later
   */
  JournalTailer find() {
    if (null != store) {
      for (final long sequence : store.list()) {
        if (sequence < before && restore(store, sequence)) {
          return behindSnapshot();
        }
      }
    }
    return atTheStart();
  }

  /** The restored core; null: there is none yet, for nothing was restored. */
  @Nullable StateMachine machine() {
    return machine;
  }

  /** What was loaded; null: the journal is read from its first frame. */
  @Nullable SnapshotFacts snapshot() {
    return snapshot;
  }

  boolean hasFrame() {
    return hasFrame;
  }

  /** Snapshots that were passed over, and why. */
  List<String> notices() {
    return List.copyOf(notices);
  }

  private boolean restore(final SnapshotStore from, final long sequence) {
    try (SnapshotReader reader = SnapshotReader.open(from, sequence)) {
      machine = reader.restore(compareHashes);
      snapshot = reader.facts();
      return true;
    } catch (final DamagedSnapshotException ex) {
      notices.add(ex.getMessage());
      LOGGER.log(Level.WARNING, "a snapshot is damaged and was passed over: " + ex.getMessage());
      return false;
    }
  }

  private JournalTailer behindSnapshot() {
    final SnapshotFacts facts = snapshot;
    if (null == facts) {
      throw new IllegalStateException("nothing was restored");
    }
    final JournalTailer tailer =
        journal.apply(new JournalPosition(facts.sequence(), facts.engineTimeNs(), facts.chain()));
    hasFrame = tailer.next();
    return tailer;
  }

  private JournalTailer atTheStart() {
    final JournalTailer tailer = journal.apply(JournalPosition.START);
    try {
      hasFrame = tailer.next();
    } catch (final CorruptJournalException ex) {
      if (1 != ex.sequence()) {
        throw ex;
      }
      throw new CorruptJournalException(ex.sequence(), ex.file(), ex.reason() + "; "
          + why() + ". Put a sound snapshot, or the missing segments, back from a backup");
    }
    return tailer;
  }

  private String why() {
    if (!notices.isEmpty()) {
      return "no snapshot is sound: " + String.join("; ", notices);
    }
    return ANY == before || null == store || 0 == store.list().length ? "no snapshot leads into what is left"
        : "events from sequence " + before + " on were asked for, and no snapshot is older than that";
  }
}
