package io.gavel.engine;

import io.gavel.codecs.sbe.SessionState;
import org.jspecify.annotations.Nullable;

/** A call phase: orders are collected, then traded at a single price. What is not said is left to the engine. */
public final class AuctionTicket {

  SessionState next = SessionState.CONTINUOUS;
  @Nullable String referencePx;
  long untilTimeNs;
  long reqId;

  AuctionTicket() {
  }

  /** Engine time at which it uncrosses; 0, the default: when {@link Markets#session} says so. */
  public AuctionTicket until(final long timeNs) {
    untilTimeNs = timeNs;
    return this;
  }

  /** Of several prices that are equally good the one nearest to this; else to the mark, or the last price. */
  public AuctionTicket referencePx(final String decimal) {
    referencePx = decimal;
    return this;
  }

  /** What follows the uncrossing; continuous trading unless said otherwise. */
  public AuctionTicket next(final SessionState state) {
    next = state;
    return this;
  }

  /** Echoed in the answer as its correlation id. */
  public AuctionTicket reqId(final long id) {
    reqId = id;
    return this;
  }
}
