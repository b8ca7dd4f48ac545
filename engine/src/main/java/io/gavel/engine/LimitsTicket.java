package io.gavel.engine;

import org.jspecify.annotations.Nullable;

/** The order limits of an instrument, all of them at once; what is not said is no limit. */
public final class LimitsTicket {

  @Nullable String minSz;
  @Nullable String maxSz;
  @Nullable String minNotional;
  @Nullable String maxNotional;
  int collarBps;

  LimitsTicket() {
  }

  public LimitsTicket minSz(final String decimal) {
    minSz = decimal;
    return this;
  }

  public LimitsTicket maxSz(final String decimal) {
    maxSz = decimal;
    return this;
  }

  /** In quote. */
  public LimitsTicket minNotional(final String decimal) {
    minNotional = decimal;
    return this;
  }

  public LimitsTicket maxNotional(final String decimal) {
    maxNotional = decimal;
    return this;
  }

  /** How far a limit price may be from the reference, in 1/10,000; 0: anywhere. */
  public LimitsTicket collarBps(final int bps) {
    collarBps = bps;
    return this;
  }
}
