package io.gavel.engine.book;

import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.StpMode;

/** One step of random traffic, in the words of the two books under comparison. */
record BookCommand(Kind kind, long orderId, long account, Side side, int ticks, long lots, long displayLots,
    long budgetUnits, StpMode stp) {

  /** In place of the lots that an order displays. */
  static final long PLAIN = 0;
  static final long HIDDEN = -1;

  enum Kind { REST, POST_ONLY, IOC, FOK, QUOTE_BUY, CANCEL, AMEND, CALL, INDICATE, UNCROSS }

  /** What concerns the whole book: a call phase begins, or says its price, or ends; {@code ticks}: the reference. */
  static BookCommand auction(final Kind kind, final int referenceTicks) {
    return new BookCommand(kind, 0, 0, Side.BUY, referenceTicks, 0, PLAIN, 0, StpMode.NONE);
  }

  boolean mayRest() {
    return Kind.REST == kind || Kind.POST_ONLY == kind;
  }
}
