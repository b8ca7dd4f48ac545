package io.gavel.engine;

import org.jspecify.annotations.Nullable;

/**
 * What every command can say besides its own fields: who repeats it, who asked, and until when it is wanted. A ticket
 * is filled in a lambda and read once; it is not kept.
 *
 * @param <T> the ticket itself
 */
public abstract sealed class Ticket<T extends Ticket<T>>
    permits OrderTicket, AmendTicket, CancelTicket, RuleTicket, RuleAmendTicket {

  long reqId;
  long sessionId;
  long sessionSequence;
  long expTimeNs;
  long intendedTimeNs;
  @Nullable String acct;

  Ticket() {
  }

  /** The account that asks, by name. Mandatory. */
  public final T acct(final String name) {
    acct = name;
    return self();
  }

  /** Echoed in the answer as its correlation id. */
  public final T reqId(final long id) {
    reqId = id;
    return self();
  }

  /** Makes the command safe to repeat: within the answer window the same pair gets the stored answer. */
  public final T session(final long id, final long sequence) {
    sessionId = id;
    sessionSequence = sequence;
    return self();
  }

  /** Engine time from which the command is no longer wanted; 0: always wanted. */
  public final T expTime(final long timeNs) {
    expTimeNs = timeNs;
    return self();
  }

  /** When the caller meant to send it, for latency measurements; changes nothing. */
  public final T intendedTime(final long timeNs) {
    intendedTimeNs = timeNs;
    return self();
  }

  abstract T self();
}
