package io.gavel.engine.replay;

import io.gavel.engine.journal.JournalScan;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Says whether a journal is as it was written, without replaying it: every frame's checksum, gaps, chain, the seals of
 * finished segments, and that it reaches the sequence at which the engine was closed. Survives whatever it finds.
 */
public final class ReplayVerifier {

  private ReplayVerifier() {
  }

  /** Verifies the journal of {@code dir}. */
  public static JournalScan.Result verify(final Path dir) {
    final StoredHash stored;
    try {
      stored = StoredHash.read(dir);
    } catch (final UncheckedIOException ex) {
      final JournalScan.Result scan = JournalScan.scan(dir, 0);
      return JournalScan.Status.CLEAN != scan.status() ? scan : new JournalScan.Result(
          JournalScan.Status.CORRUPT, scan.lastSequence(), scan.lastSequence(), dir.toString(),
          "the stored hash is damaged: " + ex.getMessage());
    }
    return JournalScan.scan(dir, null == stored ? 0 : stored.sequence());
  }
}
