package io.gavel.engine;

import org.jspecify.annotations.Nullable;

/** Names one order or one rule by the host's id or by the engine's. */
public final class CancelTicket extends Ticket<CancelTicket> {

  @Nullable String clientId;
  long engineId;

  CancelTicket() {
  }

  public CancelTicket clOrdId(final String id) {
    clientId = id;
    return this;
  }

  public CancelTicket ordId(final long id) {
    engineId = id;
    return this;
  }

  public CancelTicket algoClOrdId(final String id) {
    clientId = id;
    return this;
  }

  public CancelTicket algoId(final long id) {
    engineId = id;
    return this;
  }

  @Override
  CancelTicket self() {
    return this;
  }
}
