package io.gavel.engine.ring;

import io.gavel.codecs.sbe.ReasonCode;

/** The negative answers of an offer, as numbers; Aeron's where the meaning is the same. {@code Codes} has the words. */
public final class OfferCodes {

  public static final long BACK_PRESSURED = -2;
  public static final long CLOSED = -4;
  public static final long HALTED = -6;
  /** A refusal at ingress is this minus the value of its reason. */
  public static final long REFUSED = -1_000;

  private OfferCodes() {
  }

  public static long refused(final ReasonCode reason) {
    return REFUSED - reason.value();
  }
}
