package io.gavel.engine.journal;

/** The journal could not keep what it was given; the engine halts. */
public final class JournalFault extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public JournalFault(final String message) {
    super(message);
  }
}
