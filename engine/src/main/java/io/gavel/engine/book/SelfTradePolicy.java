package io.gavel.engine.book;

import io.gavel.codecs.InvariantViolation;
import io.gavel.codecs.sbe.StpMode;

/** What is left of two orders of one owner when they meet. The incoming order's mode counts, the maker's does not. */
final class SelfTradePolicy {

  private SelfTradePolicy() {
  }

  static boolean applies(final StpMode mode, final long takerOwner, final long makerOwner) {
    return takerOwner == makerOwner && StpMode.NONE != mode;
  }

  /** Under DECREMENT the smaller order dies and the larger is reduced by it; of two equal ones both die. */
  static long makerLotsLeft(final StpMode mode, final long makerLots, final long takerLots) {
    return switch (mode) {
      case CANCEL_TAKER -> makerLots;
      case CANCEL_MAKER, CANCEL_BOTH -> 0;
      case DECREMENT -> Math.max(0, makerLots - takerLots);
      default -> throw new InvariantViolation("no self-trade policy: " + mode);
    };
  }

  static long takerLotsLeft(final StpMode mode, final long makerLots, final long takerLots) {
    return switch (mode) {
      case CANCEL_TAKER, CANCEL_BOTH -> 0;
      case CANCEL_MAKER -> takerLots;
      case DECREMENT -> Math.max(0, takerLots - makerLots);
      default -> throw new InvariantViolation("no self-trade policy: " + mode);
    };
  }
}
