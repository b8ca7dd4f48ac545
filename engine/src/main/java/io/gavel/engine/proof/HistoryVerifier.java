package io.gavel.engine.proof;

import io.gavel.engine.journal.ChronicleJournal;
import io.gavel.engine.journal.CorruptJournalException;
import io.gavel.engine.journal.JournalTailer;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds a journal against signed checkpoints: the signatures, that each names the one before, every frame, and that
 * none is missing. Needs no core and runs no frame. Never throws for what the files say. One thread.
 */
public final class HistoryVerifier {

  /** Outcome of a verification. */
  public enum Status {
    /** Every frame up to the last checkpoint is what was signed. */
    PROVED,
    /** Something is not what was signed, from the named sequence on. */
    BROKEN,
    /** There are no checkpoints, or no frames that one covers. */
    UNPROVED
  }

  /**
   * What was found.
   *
   * @param sequence       BROKEN: the first sequence that is not what was signed, or is gone
   * @param provedSequence last sequence in front of it that is covered and as it was
   * @param lastSequence   last frame that was read
   * @param reason         why, with the file; of what is PROVED a remark, or empty
   */
  public record Verdict(Status status, long sequence, long provedSequence, long lastSequence, String reason) {
  }

  /** Ends a verification where it stands. */
  private static final class Found extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final long sequence;

    Found(final long sequence, final String reason) {
      super(reason, null, false, false);
      this.sequence = sequence;
    }
  }

  private final CheckpointStore store;
  private final PublicKey key;
  private final long[] sequences;
  private final List<byte[]> leaves = new ArrayList<>();
  private Checkpoint.@Nullable Sealed current;
  private @Nullable Checkpoint previous;
  private int nextCheckpoint;
  private long proved;
  private long lastRead;
  private long begun;

  private HistoryVerifier(final CheckpointStore store, final PublicKey key) {
    this.store = store;
    this.key = key;
    sequences = store.list();
  }

  /** Verifies the journal in {@code dir} against what {@code key} signed. */
  public static Verdict verify(final Path dir, final CheckpointStore store, final PublicKey key) {
    try {
      return new HistoryVerifier(store, key).run(dir);
    } catch (final UncheckedIOException ex) {
      return new Verdict(Status.UNPROVED, 0, 0, 0, String.valueOf(ex.getMessage()));
    }
  }

  /** The last checkpoint of a store, if {@code key} signed it; null: there is none, or another key did. */
  public static @Nullable Checkpoint lastSigned(final CheckpointStore store, final PublicKey key) {
    final long[] sequences = store.list();
    if (0 == sequences.length) {
      return null;
    }
    try {
      final Checkpoint.Sealed sealed = store.read(sequences[sequences.length - 1]);
      return sealed.isSignedBy(key) ? sealed.checkpoint() : null;
    } catch (final IllegalArgumentException ex) {
      return null;
    }
  }

  private Verdict run(final Path dir) {
    if (0 == sequences.length) {
      return new Verdict(Status.UNPROVED, 0, 0, 0, "no checkpoint");
    }
    try (JournalTailer reader = ChronicleJournal.follow(dir)) {
      if (null == reader) {
        throw new Found(1, "no journal in " + dir);
      }
      while (reader.next()) {
        lastRead = reader.sequence();
        take(reader);
      }
      return judge(reader);
    } catch (final CorruptJournalException ex) {
      return broken(ex.sequence(), ex.file() + ": " + ex.reason());
    } catch (final Found ex) {
      return broken(ex.sequence, String.valueOf(ex.getMessage()));
    } catch (final RuntimeException ex) {
      return new Verdict(Status.UNPROVED, 0, 0, lastRead, "the journal cannot be read: " + ex);
    }
  }

  private Verdict broken(final long sequence, final String reason) {
    return new Verdict(Status.BROKEN, sequence, Math.min(proved, sequence - 1), lastRead, reason);
  }

  private Verdict judge(final JournalTailer reader) {
    final long signed = sequences[sequences.length - 1];
    if (lastRead < signed) {
      throw new Found(lastRead + 1, "sequences " + (lastRead + 1) + " to " + signed + " were signed and are gone"
          + (null == reader.tornTail() ? "" : ": " + reader.tornTail()));
    }
    if (0 == proved) {
      return new Verdict(Status.UNPROVED, 0, 0, lastRead, "no checkpoint covers what the journal still holds");
    }
    final String from = 1 == begun ? "" : "the journal begins at " + begun + ", what lies before was not looked at";
    return new Verdict(Status.PROVED, 0, proved, lastRead, from);
  }

  private void take(final JournalTailer reader) {
    final long sequence = reader.sequence();
    if (0 == begun) {
      begun = sequence;
      while (nextCheckpoint < sequences.length && sequences[nextCheckpoint] < sequence) {
        open();
      }
    }
    if (null == current && nextCheckpoint < sequences.length) {
      open();
    }
    final Checkpoint.Sealed sealed = current;
    if (null == sealed || sequence < sealed.checkpoint().firstSequence()) {
      return;
    }
    final Checkpoint checkpoint = sealed.checkpoint();
    final byte[] leaf = HistoryFollower.leafOf(reader);
    if (1 == sequence && !checkpoint.engine().equals(Checkpoint.Hash.of(leaf))) {
      throw new Found(1, "the checkpoints are of another engine, or record 1 was changed");
    }
    if (!sealed.isAt((int) (sequence - checkpoint.firstSequence()), leaf)) {
      throw new Found(sequence, reader.place() + ": the frame is sound in itself and not the one that was signed");
    }
    leaves.add(leaf);
    if (sequence == checkpoint.lastSequence()) {
      close(sealed);
    }
  }

  private void close(final Checkpoint.Sealed sealed) {
    final Checkpoint checkpoint = sealed.checkpoint();
    // A journal that begins within a range has no leaves for the first of it.
    if (leaves.size() == sealed.frames()) {
      if (!checkpoint.framesRoot().equals(Checkpoint.Hash.of(MerkleTree.root(leaves)))) {
        throw new Found(checkpoint.firstSequence(), "the frames of " + checkpoint.firstSequence() + " to "
            + checkpoint.lastSequence() + " are not those that were signed");
      }
      proved = checkpoint.lastSequence();
    }
    leaves.clear();
    current = null;
  }

  /** Checks the next checkpoint by itself and against the one before. */
  private void open() {
    final long expected = null == previous ? 1 : previous.lastSequence() + 1;
    final long lastSequence = sequences[nextCheckpoint++];
    final Checkpoint.Sealed sealed;
    try {
      sealed = store.read(lastSequence);
    } catch (final IllegalArgumentException ex) {
      throw new Found(expected, store.file(lastSequence) + ": " + ex.getMessage());
    }
    final Checkpoint checkpoint = sealed.checkpoint();
    final String wrong = !sealed.isSignedBy(key) ? "the signature is not of the key that is trusted"
        : !sealed.hasItsLocators() ? "what names its frames was changed"
        : checkpoint.firstSequence() != expected ? "it begins at " + checkpoint.firstSequence() + ", expected "
            + expected + ": a checkpoint is missing"
        : !checkpoint.before().equals(null == previous ? Checkpoint.Hash.ZERO : previous.digest())
            ? "it does not name the checkpoint before it"
        : null != previous && !previous.engine().equals(checkpoint.engine()) ? "it is of another engine" : null;
    if (null != wrong) {
      throw new Found(expected, store.file(lastSequence) + ": " + wrong);
    }
    previous = checkpoint;
    current = lastRead > lastSequence ? null : sealed;
  }
}
