package io.gavel.engine.trigger;

import io.gavel.codecs.Invariants;

/** Where a leg of a rule stands. A leg that left its index keeps the phase in which it left. */
enum LegPhase {

  /** Not armed: the window of its rule has not opened. */
  OFF(0),
  /** A level that fires when the price reaches it. */
  LIVE(1),
  /** Was already crossed when armed: becomes live once the price is on the other side. */
  WAITING(2),
  /** A trailing stop whose activation price was not reached. */
  DORMANT(3),
  /** A trailing stop that follows the extremum. */
  TRACKING(4),
  /** Fires by the clock, no price concerns it. */
  TIMED(5),
  /** Its tree decides, in the room of conditions. */
  TREE(6);

  private static final LegPhase[] VALUES = values();

  static {
    for (int code = 0; code < VALUES.length; code++) {
      Invariants.check(VALUES[code].code == code, "leg phase has another code than place", code, VALUES[code].code);
    }
  }

  private final int code;

  LegPhase(final int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static LegPhase get(final int code) {
    Invariants.check(code >= 0 && code < VALUES.length, "leg phase out of range", code, VALUES.length);
    return VALUES[code];
  }
}
