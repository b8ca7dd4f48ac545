package io.gavel.risk.option;

/** Why a number was not taken. What is refused has changed nothing. */
public enum InputFault {
  /** It was taken. */
  NONE,
  /** A price that is negative, beyond {@link Inputs#PRICE_MAX} or no number; a strike or stable price of zero. */
  PRICE,
  /** A volatility that is negative, beyond {@link Inputs#VOLATILITY_MAX} or no number. */
  VOLATILITY,
  /** A rate beyond plus or minus {@link Inputs#RATE_MAX}, or no number. */
  RATE,
  /** An expiry beyond {@link Inputs#SECONDS_MAX} from now. */
  EXPIRY,
  /** A confidence or haircut outside 0 to 1, or no number. */
  CONFIDENCE,
  /** An amount beyond plus or minus {@link Inputs#AMOUNT_MAX}, or no number. */
  AMOUNT,
  /** No such expiry or strike. */
  UNKNOWN,
  /** No room for one more. */
  CAPACITY
}
