package io.gavel.engine.book;

import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.StpMode;

/** One step of random traffic, in the words of the two books under comparison. */
record BookCommand(
    Kind kind, long orderId, long account, Side side, int ticks, long lots, long budgetUnits, StpMode stp) {

  enum Kind { REST, POST_ONLY, IOC, FOK, QUOTE_BUY, CANCEL, AMEND }
}
