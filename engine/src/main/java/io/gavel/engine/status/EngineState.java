package io.gavel.engine.status;

/** Where an engine is in its life; other processes read the code. */
public enum EngineState {
  /** Replaying its journal. */
  RECOVERING(0),
  /** Takes commands. */
  RUNNING(1),
  /** Closed in good order. */
  CLOSED(2),
  /** Stopped for good by a fault. */
  HALTED(3),
  /** Written by a newer build. */
  UNKNOWN(-1);

  private final int code;

  EngineState(final int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  public static EngineState ofCode(final long code) {
    for (final EngineState state : values()) {
      if (state.code == code) {
        return state;
      }
    }
    return UNKNOWN;
  }
}
