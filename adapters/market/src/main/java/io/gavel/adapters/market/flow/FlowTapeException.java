package io.gavel.adapters.market.flow;

/** A tape that is not an order flow, or breaks its rules; says the place, the value and what was expected. */
public final class FlowTapeException extends RuntimeException {

  /** The fault lies in the header or in the length of the file, not in a record. */
  public static final long NULL_RECORD = 0;

  private static final long serialVersionUID = 1L;

  private final long record;

  FlowTapeException(final long record, final String message) {
    super(NULL_RECORD == record ? message : "record " + record + ": " + message);
    this.record = record;
  }

  /** The record at fault, counted from 1; {@link #NULL_RECORD} when it is none of them. */
  public long record() {
    return record;
  }
}
