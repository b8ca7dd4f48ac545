package io.gavel.engine.algo;

/** Why a slice is what it is: every answer of {@link AlgoTable#next} can be explained. */
public enum SliceReason {
  /** A child goes out as the schedule says. */
  SCHEDULED,
  /** The schedule asks for nothing before the wake time, or for nothing until the market moves. */
  NOTHING_DUE,
  /** The window has not begun. */
  NOT_STARTED,
  /** All that is unfilled is already working. */
  ALL_WORKING,
  /** No reference price, and a tolerance or collar is measured from one. */
  NO_REFERENCE,
  /** The side of the book to stand beside is empty. */
  NO_TOUCH,
  /** Nothing is visible within the collar: waiting instead of sweeping. */
  COLLAR,
  /** This interval's share of the visible depth is used up. */
  DEPTH,
  /** The share of the market's volume is used up. */
  PARTICIPATION,
  /** What is due is smaller than the smallest slice; it joins the next. */
  BELOW_MINIMUM,
  /** Every retry is spent. */
  RETRIES_SPENT,
  /** Every leg was sent and none is open. */
  LEGS_SPENT,
  /** All is filled. */
  FILLED,
  /** The window is over. */
  ENDED
}
