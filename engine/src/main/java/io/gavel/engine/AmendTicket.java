package io.gavel.engine;

import org.jspecify.annotations.Nullable;

/** A change of a resting order; what is not said stays. */
public final class AmendTicket extends Ticket<AmendTicket> {

  @Nullable String instId;
  @Nullable String clOrdId;
  long ordId;
  @Nullable String newSz;
  @Nullable String newPx;

  AmendTicket() {
  }

  /** The instrument of the order: its tick and lot are what the new values are checked against. */
  public AmendTicket instId(final String symbol) {
    instId = symbol;
    return this;
  }

  public AmendTicket clOrdId(final String id) {
    clOrdId = id;
    return this;
  }

  /** The engine's id, instead of the host's. */
  public AmendTicket ordId(final long id) {
    ordId = id;
    return this;
  }

  /** The new total, what is filled included. */
  public AmendTicket newSz(final String decimal) {
    newSz = decimal;
    return this;
  }

  public AmendTicket newPx(final String decimal) {
    newPx = decimal;
    return this;
  }

  @Override
  AmendTicket self() {
    return this;
  }
}
