package io.gavel.engine.replay;

import io.gavel.engine.egress.EventSink;
import io.gavel.engine.egress.NamingHook;
import io.gavel.engine.journal.ChronicleJournal;
import io.gavel.engine.journal.DirectoryLock;
import io.gavel.engine.journal.Journal;
import io.gavel.engine.journal.Quarantine;
import io.gavel.engine.journal.QuarantineWriter;
import io.gavel.engine.snapshot.DirectorySnapshotStore;
import io.gavel.engine.snapshot.SnapshotStore;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * Puts an operator's word on the record that a frame at which the core throws is passed over. It is only taken for the
 * very frame at which a replay by this build stops: what can be applied is never skipped, and damage never is.
 */
public final class QuarantineRecorder {

  private static final int BLOCK_BYTES = 1 << 20;
  private static final long SEGMENT_BYTES = 1L << 30;
  private static final long NO_EVENTS = -1;

  private QuarantineRecorder() {
  }

  /**
   * Records that {@code sequence} of the journal in {@code dir} is passed over; no engine may have the directory.
   *
   * @param incident where the operator keeps the story; 0: nowhere
   * @param secret   an Ed25519 key, {@code trusted} its public half, which launches must be given from now on
   * @throws IllegalArgumentException when a replay does not stop at {@code sequence}
   * @throws IllegalStateException    when the directory is in use
   */
  public static Quarantine record(
      final Path dir, final long sequence, final long incident, final PrivateKey secret, final PublicKey trusted) {
    final DirectoryLock lock = DirectoryLock.acquire(dir);
    try (lock) {
      final ReplayFault fault;
      try (Journal journal = journal(dir)) {
        fault = firstFault(journal, new DirectorySnapshotStore(dir));
      }
      requireAt(sequence, fault);
      try (Journal journal = journal(dir)) {
        return QuarantineWriter.append(journal, sequence, incident, secret, trusted);
      }
    }
  }

  /** As the other, for a journal that is not in a directory and may be resumed once more. */
  public static Quarantine record(
      final Journal journal, final long sequence, final long incident, final PrivateKey secret,
      final PublicKey trusted) {
    requireAt(sequence, firstFault(journal, null));
    return QuarantineWriter.append(journal, sequence, incident, secret, trusted);
  }

  private static Journal journal(final Path dir) {
    return new ChronicleJournal(dir, BLOCK_BYTES, SEGMENT_BYTES);
  }

  private static @Nullable ReplayFault firstFault(final Journal journal, final @Nullable SnapshotStore snapshots) {
    try {
      Recovery.open(journal, null, snapshots, NO_EVENTS, false, RecoveryListener.NONE)
          .run(journal, null, EventSink.NONE, NamingHook.NONE, NO_EVENTS, 0);
      return null;
    } catch (final ReplayFault ex) {
      return ex;
    }
  }

  private static void requireAt(final long sequence, final @Nullable ReplayFault fault) {
    if (null == fault) {
      throw new IllegalArgumentException(
          "nothing is passed over: every frame can be applied, sequence " + sequence + " too");
    }
    if (sequence != fault.sequence()) {
      throw new IllegalArgumentException("nothing is passed over: asked for sequence " + sequence
          + ", the frame that cannot be applied is another: " + fault.getMessage());
    }
  }
}
