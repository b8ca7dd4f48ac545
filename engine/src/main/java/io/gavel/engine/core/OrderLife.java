package io.gavel.engine.core;

import io.gavel.codecs.Invariants;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.engine.book.OrderPool;
import io.gavel.engine.timer.DeadlineQueue;
import io.gavel.risk.RiskEngine;

/** Brings an order that passed every check into being, and closes it once. */
final class OrderLife {

  private final OrderPool pool;
  private final OrderTable orders;
  private final RiskEngine risk;
  private final ClientIds clientIds;
  private final DeadlineQueue deadlines;
  private final Rooms rooms;
  private final OrderEvents events;
  private final RuleLife ruleLife;
  private int accountOrders;

  OrderLife(final Rooms rooms, final OrderEvents events, final RuleLife ruleLife) {
    this.rooms = rooms;
    pool = rooms.pool;
    orders = rooms.orders;
    risk = rooms.risk;
    clientIds = rooms.clientIds;
    deadlines = rooms.deadlines;
    this.events = events;
    this.ruleLife = ruleLife;
  }

  /** Whether one more order of an account's own fits; children of rules and tape quotes have room of their own. */
  boolean hasRoom() {
    return accountOrders < rooms.ordersMax();
  }

  /** Takes the cancel path of an order that rests: out of the book, then closed. */
  void cancel(final int slot, final ReasonCode reason) {
    rooms.book(orders.instrumentId(slot)).remove(slot);
    close(slot, reason);
  }

  /** Whether an order rests, shows all it has, and has more than so many lots open. */
  boolean mayShrink(final int slot, final long openLots) {
    return OrdType.LIMIT == orders.ordType(slot) && 0 == pool.displayLots(slot) && openLots < pool.openLots(slot);
  }

  /** An order that rests loses lots where it stands. */
  void shrink(final int slot, final long openLots, final ReasonCode reason) {
    final long lessLots = pool.openLots(slot) - openLots;
    rooms.book(orders.instrumentId(slot)).reduce(slot, openLots);
    risk.reduce(orders.reservation(slot), openLots);
    orders.quantityLots(slot, orders.quantityLots(slot) - lessLots);
    events.amended(slot, openLots, pool.priceTicks(slot), true, reason);
  }

  /** Counts an order of an account's own. */
  void countOwn(final int slot) {
    accountOrders++;
    rooms.limits.countOrder(orders.accountSlot(slot), 1);
  }

  /** The order is in no book any more: tells it, frees its money and its names, and gives the slot back. */
  void close(final int slot, final ReasonCode reason) {
    final boolean isTape = orders.isTape(slot);
    final int ruleSlot = orders.ruleSlot(slot);
    final long filledLots = orders.filledLots(slot);
    // A buy by quote amount has no quantity of its own to be cancelled.
    final long unfilledLots = Math.max(0, orders.quantityLots(slot) - filledLots);
    if (!isTape) {
      events.closed(slot, unfilledLots, reason);
    }
    if (rooms.relations.hasAny(orders.accountSlot(slot))) {
      rooms.relations.parentClosed(orders.accountSlot(slot), pool.orderId(slot), rooms.netLots(slot));
    }
    if (OrderTable.NULL_SLOT != ruleSlot && rooms.instrument(orders.instrumentId(slot)).isContract()) {
      // The lots of a child are its position's, so they are not the rule's for longer than the child lives.
      risk.release(orders.reservation(slot));
      rooms.rules.reservation(ruleSlot, RiskEngine.NULL_RESERVATION);
    }
    if (OrderTable.NULL_SLOT == ruleSlot) {
      risk.release(orders.reservation(slot));
      if (!isTape) {
        accountOrders--;
        rooms.limits.countOrder(orders.accountSlot(slot), -1);
      }
    }
    if (OrderTable.NULL_SLOT != orders.expiryHandle(slot)) {
      deadlines.cancel(orders.expiryHandle(slot));
    }
    rooms.hedges.closed(slot, filledLots);
    clientIds.removeOrder(slot);
    rooms.auctionOrders.remove(slot);
    orders.close(slot);
    pool.release(slot);
    Invariants.check(accountOrders >= 0, "more orders closed than opened: left, capacity", accountOrders,
        rooms.ordersMax());
    if (OrderTable.NULL_SLOT != ruleSlot) {
      ruleLife.childClosed(ruleSlot, slot, filledLots, unfilledLots, reason);
    }
  }
}
