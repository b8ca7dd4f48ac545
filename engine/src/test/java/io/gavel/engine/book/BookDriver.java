package io.gavel.engine.book;

import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.StpMode;
import io.gavel.engine.book.FillBuffer.Kind;

/** Drives a book as the core does: refuse, match chunk by chunk, settle, rest or drop. */
final class BookDriver {

  private final OrderPool pool;
  private final OrderBook book;
  private final FillBuffer fills;
  private final long idFactor;
  private final long idOffset;
  private final AuctionUncross auction = new AuctionUncross();
  private EventLog log = new EventLog();
  private boolean isCall;

  /** Order ids are spread out, so that drivers of several books can share a pool. */
  BookDriver(final OrderPool pool, final OrderBook book, final int fillsPerChunk, final int idFactor,
      final int idOffset) {
    this.pool = pool;
    this.book = book;
    this.fills = new FillBuffer(fillsPerChunk);
    this.idFactor = idFactor;
    this.idOffset = idOffset;
  }

  OrderBook book() {
    return book;
  }

  void apply(final BookCommand command, final EventLog events) {
    log = events;
    switch (command.kind()) {
      case CANCEL -> cancel(pool.slotOf(idFactor * command.orderId() + idOffset));
      case AMEND -> amend(command, pool.slotOf(idFactor * command.orderId() + idOffset));
      case CALL -> isCall = true;
      case INDICATE -> evaluate(command.ticks());
      case UNCROSS -> uncross(command.ticks());
      default -> place(command);
    }
  }

  /** A book that was saved in a call phase goes on in it. */
  void resume(final boolean inCall) {
    isCall = inCall;
  }

  private void evaluate(final int referenceTicks) {
    auction.evaluate(book, referenceTicks);
    log.add(EventLog.PRICED, 0, 0, auction.priceTicks(), auction.volumeLots(), auction.surplusLots(), 0);
  }

  private void uncross(final int referenceTicks) {
    evaluate(referenceTicks);
    boolean isDone = 0 == auction.priceTicks();
    while (!isDone) {
      isDone = book.uncross(auction.priceTicks(), fills);
      settle(true);
    }
    isCall = false;
  }

  private void place(final BookCommand command) {
    final boolean isRefused = switch (command.kind()) {
      case POST_ONLY -> book.wouldCross(command.side(), command.ticks());
      case FOK -> command.lots() != book.fillableLots(
          command.side(), command.ticks(), command.account(), command.stp(), command.lots());
      default -> false;
    };
    if (isRefused) {
      log.add(EventLog.REFUSED, command.orderId(), 0, command.ticks(), command.lots(), 0, 0);
      return;
    }
    final boolean isBudget = BookCommand.Kind.QUOTE_BUY == command.kind();
    final int slot = pool.claim(idFactor * command.orderId() + idOffset, command.account(), command.side(),
        command.ticks(), isBudget ? 0 : command.lots());
    if (BookCommand.HIDDEN == command.displayLots()) {
      pool.hide(slot);
    } else if (command.displayLots() > 0) {
      pool.display(slot, command.displayLots());
    }
    matchAndRest(slot, command.stp(), isBudget ? command.budgetUnits() : OrderBook.NO_BUDGET, command.mayRest());
  }

  private void cancel(final int slot) {
    if (OrderPool.NULL_SLOT == slot) {
      log.add(EventLog.REFUSED, 0, 0, 0, 0, 0, 0);
      return;
    }
    book.remove(slot);
    log.add(EventLog.CANCELLED, id(slot), 0, pool.priceTicks(slot), pool.openLots(slot), 0, 0);
    pool.release(slot);
  }

  private void amend(final BookCommand command, final int slot) {
    if (OrderPool.NULL_SLOT == slot) {
      log.add(EventLog.REFUSED, 0, 0, 0, 0, 0, 0);
    } else if (command.ticks() == pool.priceTicks(slot) && command.lots() <= pool.openLots(slot)) {
      if (command.lots() < pool.openLots(slot)) {
        book.reduce(slot, command.lots());
      }
      log.add(EventLog.REDUCED, id(slot), 0, pool.priceTicks(slot), pool.openLots(slot), pool.shownLots(slot), 0);
    } else if (isCall) {
      book.remove(slot);
      pool.reprice(slot, command.ticks(), command.lots());
      matchAndRest(slot, command.stp(), OrderBook.NO_BUDGET, true);
    } else if (book.move(slot, command.ticks(), command.lots())) {
      log.add(EventLog.RESTED, id(slot), 0, command.ticks(), command.lots(), pool.shownLots(slot), 0);
    } else {
      matchAndRest(slot, command.stp(), OrderBook.NO_BUDGET, true);
    }
  }

  private void matchAndRest(final int slot, final StpMode stp, final long budgetUnits, final boolean mayRest) {
    if (!isCall && mayRest && OrderBook.NO_BUDGET == budgetUnits && 0 == (id(slot) & 1)
        && book.restUnlessCrossing(slot)) {
      log.add(EventLog.RESTED, id(slot), 0, pool.priceTicks(slot), pool.openLots(slot), pool.shownLots(slot), 0);
      return;
    }
    long budget = budgetUnits;
    boolean isDone = isCall;
    while (!isDone) {
      isDone = book.match(slot, pool.priceTicks(slot), stp, budget, fills);
      budget = fills.notionalLeftUnits();
      settle(false);
    }
    final long left = OrderBook.NO_BUDGET == budgetUnits ? pool.openLots(slot) : budget;
    if (mayRest && left > 0) {
      if (isCall) {
        book.restInCall(slot);
      } else {
        book.rest(slot);
      }
      log.add(EventLog.RESTED, id(slot), 0, pool.priceTicks(slot), left, pool.shownLots(slot), 0);
    } else {
      log.add(EventLog.DROPPED, id(slot), 0, pool.priceTicks(slot), left, 0, 0);
      pool.release(slot);
    }
  }

  private void settle(final boolean isUncrossing) {
    for (int i = 0; i < fills.size(); i++) {
      log.add(codeOf(fills.kind(i)), id(fills.makerSlot(i)), id(fills.takerSlot(i)), fills.priceTicks(i), fills.lots(i),
          fills.makerOpenLots(i), fills.takerOpenLots(i));
    }
    for (int i = 0; i < fills.size(); i++) {
      final Kind kind = fills.kind(i);
      if (0 == fills.makerOpenLots(i) && (Kind.TRADE == kind || Kind.MAKER_CANCELLED == kind)) {
        pool.release(fills.makerSlot(i));
      }
      if (isUncrossing && 0 == fills.takerOpenLots(i)) {
        pool.release(fills.takerSlot(i));
      }
    }
  }

  private static int codeOf(final Kind kind) {
    return switch (kind) {
      case TRADE -> EventLog.TRADE;
      case MAKER_CANCELLED -> EventLog.MAKER_CANCELLED;
      case MAKER_REDUCED -> EventLog.MAKER_REDUCED;
      case TAKER_CANCELLED -> EventLog.TAKER_CANCELLED;
      case TAKER_REDUCED -> EventLog.TAKER_REDUCED;
    };
  }

  private long id(final int slot) {
    return (pool.orderId(slot) - idOffset) / idFactor;
  }

  /** Depth of a side as price, lots, orders and shown lots, best first. */
  void depth(final Side side, final EventLog events) {
    for (int ticks = book.nextLevel(side, 0); 0 != ticks; ticks = book.nextLevel(side, ticks)) {
      events.add(0, 0, 0, ticks, book.depthLots(side, ticks), book.ordersAt(side, ticks),
          book.shownLots(side, ticks));
    }
  }
}
