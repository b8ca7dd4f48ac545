package io.gavel.codecs;

/** Checks that are always on. A broken invariant is a fault of ours: it throws, and whoever hosts the core halts. */
public final class Invariants {

  private Invariants() {
  }

  public static void check(final boolean condition, final String message) {
    if (!condition) {
      throw new InvariantViolation(message);
    }
  }

  /** As {@link #check(boolean, String)}, with two values in the message; builds no text while the condition holds. */
  public static void check(final boolean condition, final String message, final long first, final long second) {
    if (!condition) {
      throw new InvariantViolation(message + ": " + first + ", " + second);
    }
  }
}
