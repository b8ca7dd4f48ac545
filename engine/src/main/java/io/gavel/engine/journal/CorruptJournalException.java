package io.gavel.engine.journal;

/** A journal is not as it was written: names the first sequence that cannot be trusted, the file and the reason. */
public final class CorruptJournalException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final long sequence;
  private final String file;
  private final String reason;

  public CorruptJournalException(final long sequence, final String file, final String reason) {
    super("journal corrupt at sequence " + sequence + " in " + file + ": " + reason);
    this.sequence = sequence;
    this.file = file;
    this.reason = reason;
  }

  /** The first sequence that is damaged or missing. */
  public long sequence() {
    return sequence;
  }

  public String file() {
    return file;
  }

  public String reason() {
    return reason;
  }
}
