package io.gavel.engine;

import org.jspecify.annotations.Nullable;

/** A change of one leg of an armed rule, in one step; what is not said stays. */
public final class RuleAmendTicket extends Ticket<RuleAmendTicket> {

  @Nullable String instId;
  @Nullable String algoClOrdId;
  long algoId;
  int legIndex;
  @Nullable String newSz;
  @Nullable String newTriggerPx;
  @Nullable String newOrdPx;
  @Nullable String newCallbackRatio;
  @Nullable String newCallbackSpread;

  RuleAmendTicket() {
  }

  /** The instrument of the rule: its tick and lot are what the new values are checked against. */
  public RuleAmendTicket instId(final String symbol) {
    instId = symbol;
    return this;
  }

  public RuleAmendTicket algoClOrdId(final String id) {
    algoClOrdId = id;
    return this;
  }

  /** The engine's id, instead of the host's. */
  public RuleAmendTicket algoId(final long id) {
    algoId = id;
    return this;
  }

  /** Which leg, in the order take-profit, stop-loss, trailing stop, point in time of those that were armed. */
  public RuleAmendTicket leg(final int index) {
    legIndex = index;
    return this;
  }

  public RuleAmendTicket newSz(final String decimal) {
    newSz = decimal;
    return this;
  }

  public RuleAmendTicket newTriggerPx(final String decimal) {
    newTriggerPx = decimal;
    return this;
  }

  public RuleAmendTicket newOrdPx(final String decimal) {
    newOrdPx = decimal;
    return this;
  }

  /** "0.01" is 1 %. */
  public RuleAmendTicket newCallbackRatio(final String ratio) {
    newCallbackRatio = ratio;
    return this;
  }

  public RuleAmendTicket newCallbackSpread(final String decimal) {
    newCallbackSpread = decimal;
    return this;
  }

  @Override
  RuleAmendTicket self() {
    return this;
  }
}
