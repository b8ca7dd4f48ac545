package io.gavel.codecs;

/** Thrown when the engine finds itself in a state that must not exist; the engine halts. */
public final class InvariantViolation extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public InvariantViolation(final String message) {
    super(message);
  }
}
