package io.gavel.adapters.cli;

import io.gavel.engine.journal.ChronicleJournal;
import io.gavel.engine.journal.CorruptJournalException;
import io.gavel.engine.journal.JournalFault;
import io.gavel.engine.replay.ReplayFault;
import io.gavel.engine.replay.StateDivergence;
import io.gavel.engine.snapshot.DamagedSnapshotException;
import io.gavel.engine.snapshot.ForeignSnapshotException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Turns what can be wrong with a directory into one sentence and an exit code. */
final class Journals {

  private Journals() {
  }

  /** The directory to read, when there is one: that of an engine, or of a backtest, which has an engine's in it. */
  static Path existing(final Terminal terminal, final Path dir) {
    if (!Files.exists(dir)) {
      throw UserError.unusable(terminal.text("journal.missing", dir));
    }
    if (!Files.isDirectory(dir) || !Files.isReadable(dir)) {
      throw UserError.unusable(terminal.text("journal.noDirectory", dir));
    }
    final Path inside = dir.resolve(ChronicleJournal.FOLDER);
    return Files.isDirectory(inside.resolve(ChronicleJournal.FOLDER)) ? inside : dir;
  }

  /** Launches on a directory that may be new. */
  static <T> T launching(final Terminal terminal, final Path dir, final Supplier<T> launch) {
    if (Files.exists(dir) && !Files.isDirectory(dir)) {
      throw UserError.unusable(terminal.text("journal.noDirectory", dir));
    }
    try {
      return reading(terminal, launch);
    } catch (final IllegalStateException e) {
      throw UserError.unusable(terminal.text("journal.notLaunched", dir, String.valueOf(e.getMessage())));
    }
  }

  /** Reads a journal: damage is a finding that names the sequence, what cannot be read at all is unusable. */
  static <T> T reading(final Terminal terminal, final Supplier<T> read) {
    try {
      return read.get();
    } catch (final CorruptJournalException e) {
      throw new UserError(ExitCode.FINDING,
          terminal.text("journal.corrupt", e.sequence(), e.file(), e.reason()));
    } catch (final StateDivergence e) {
      throw new UserError(ExitCode.HASH_DIFFERS, String.valueOf(e.getMessage()));
    } catch (final ReplayFault | JournalFault | DamagedSnapshotException | ForeignSnapshotException e) {
      throw UserError.unusable(terminal.text("journal.unreadable", String.valueOf(e.getMessage())));
    } catch (final UncheckedIOException e) {
      throw UserError.unusable(terminal.text("journal.unreadable", reason(e)));
    }
  }

  private static String reason(final UncheckedIOException e) {
    final IOException cause = e.getCause();
    return e.getMessage() + (null == cause ? "" : ": " + cause.getMessage());
  }
}
