package io.gavel.engine.replay;

/** The same frames led to another state than before: this build does not compute what the one before did. */
public final class StateDivergence extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final long sequence;

  public StateDivergence(final long sequence, final String expected, final String actual) {
    super("state differs at sequence " + sequence + ": stored " + expected + ", replayed " + actual);
    this.sequence = sequence;
  }

  public long sequence() {
    return sequence;
  }
}
