package io.gavel.risk.option;

/** What a scenario does to the volatilities of an expiry. */
public enum VolatilityShift {
  /** All up, the more the nearer the expiry, and to a floor. */
  UP,
  /** All down, the more the nearer the expiry. */
  DOWN,
  /** As marked. */
  NONE,
  /** Skewed: in proportion to the logarithm of strike over forward. The forward itself is not shocked. */
  LINEAR,
  /** Both wings: in proportion to the size of that logarithm. The forward itself is not shocked. */
  ABS;

  /** Whether strikes are shifted by where they stand, and each expiry counts at its loss whichever way it turns. */
  public boolean isSkew() {
    return LINEAR == this || ABS == this;
  }
}
