package io.gavel.risk.money;

/** Which way a quotient goes when it is not whole. Each division names its own. */
public enum Rounding {
  /** Away from zero. */
  UP,
  /** Towards zero. */
  DOWN,
  /** Towards minus infinity. */
  FLOOR,
  /** Towards plus infinity. */
  CEILING
}
