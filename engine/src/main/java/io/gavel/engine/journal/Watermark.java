package io.gavel.engine.journal;

/**
 * What a host remembers, outside the directory, of how far an engine had come: tells an older copy, or the directory of
 * another engine, from the journal that is meant.
 */
public final class Watermark {

  private Watermark() {
  }

  /**
   * Returns when {@code journal} has the remembered place in it.
   *
   * @throws CorruptJournalException when it ends before it, begins behind it, or has another history there
   */
  public static void require(final Journal journal, final JournalPosition known) {
    try (JournalTailer tailer = journal.tailer(known)) {
      tailer.next();
    } catch (final CorruptJournalException ex) {
      throw new CorruptJournalException(ex.sequence(), ex.file(), ex.reason() + "; the host remembers sequence "
          + known.sequence() + " with chain " + Long.toHexString(known.chain())
          + ": an older copy was put back, or this is another engine's directory. Put the newest copy of the journal"
          + " in place; only who accepts the loss launches without the watermark");
    }
  }
}
