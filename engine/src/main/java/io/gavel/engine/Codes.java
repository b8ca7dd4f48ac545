package io.gavel.engine;

import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.engine.ring.OfferCodes;

/**
 * The negative answers of an offer. Zero and above is a position: the command is in the ring. Numbers agree with
 * Aeron's where the meaning does.
 */
public final class Codes {

  /** The ring is full: drive the engine (INVOKER) or offer again later. */
  public static final long BACK_PRESSURED = OfferCodes.BACK_PRESSURED;
  /** The engine is closed. */
  public static final long CLOSED = OfferCodes.CLOSED;
  /** The engine met a fault of its own or of a handler and takes nothing more. */
  public static final long HALTED = OfferCodes.HALTED;
  /** At or below this number the command was refused before it got a sequence; {@link #reason} says why. */
  public static final long REFUSED = OfferCodes.REFUSED;

  private Codes() {
  }

  /** Whether {@code code} is a refusal with a reason. */
  public static boolean isRefused(final long code) {
    return code <= REFUSED;
  }

  /** The number that an offer answers when a command is refused for {@code reason}. */
  public static long refused(final ReasonCode reason) {
    return OfferCodes.refused(reason);
  }

  /** Why a command was refused; OK when {@code code} is no refusal. */
  public static ReasonCode reason(final long code) {
    return isRefused(code) ? ReasonCode.get((short) (REFUSED - code)) : ReasonCode.OK;
  }

  public static String describe(final long code) {
    if (code >= 0) {
      return "ACCEPTED: position " + code;
    }
    if (isRefused(code)) {
      return "REFUSED: " + reason(code);
    }
    if (BACK_PRESSURED == code) {
      return "BACK_PRESSURED: the ring is full; call doWork() or offer again later";
    }
    if (CLOSED == code) {
      return "CLOSED: the engine is closed";
    }
    if (HALTED == code) {
      return "HALTED: the engine met a fault and takes nothing more; see onHalt";
    }
    return "UNKNOWN: " + code;
  }
}
