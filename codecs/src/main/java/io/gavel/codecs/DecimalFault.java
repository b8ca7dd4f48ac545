package io.gavel.codecs;

/** Why a decimal text is refused. */
public enum DecimalFault {
  /** Nothing there. */
  EMPTY,
  /** Anything but an optional minus, digits, and optionally a point with digits behind it. */
  NOT_A_NUMBER,
  /** Behind the last decimal of the scale stands something other than zero; it would have to be rounded. */
  TOO_MANY_DECIMALS,
  /** A number, but no whole count of the step (tick or lot) that was asked for. */
  OFF_STEP,
  /** Beyond what fits. */
  OVERFLOW
}
