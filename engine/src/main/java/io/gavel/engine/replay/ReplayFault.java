package io.gavel.engine.replay;

/** A sound journal that cannot be replayed: the core throws at a frame, or the first one is no configuration. */
public final class ReplayFault extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final long sequence;

  public ReplayFault(final long sequence, final String message, final Throwable cause) {
    super("sequence " + sequence + ": " + message, cause);
    this.sequence = sequence;
  }

  ReplayFault(final long sequence, final String message) {
    super("sequence " + sequence + ": " + message);
    this.sequence = sequence;
  }

  public long sequence() {
    return sequence;
  }
}
