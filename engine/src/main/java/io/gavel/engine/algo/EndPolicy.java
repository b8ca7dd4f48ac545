package io.gavel.engine.algo;

/** What happens with the part that is unfilled when the schedule is through; code equals ordinal. */
public enum EndPolicy {
  /** Nothing more is sent: the rest is the user's again. */
  CANCEL,
  /** The last leg takes all there is, without the catch-up cap, and tries again until the end of the window. */
  FINISH
}
