package io.gavel.engine.core;

import io.gavel.codecs.sbe.PositionMode;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Side;
import io.gavel.engine.book.OrderPool;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.position.Contracts;

/**
 * Keeps reduce-only orders from ever crossing zero: all open orders of the closing side together never have more lots
 * than the position while one of them is reduce-only. Every fill of that side takes as much from the position as from
 * the orders, so it stays so within a chunk; an order that comes in takes reduce-only ones back, oldest first.
 */
final class ReduceOnlyOrders {

  /** Reduce-only orders that one position may have open: taking them back is one step, whose events have room. */
  static final int ORDERS_MAX = 8;

  private final Rooms rooms;
  private final RiskEngine risk;
  private final OrderPool pool;
  private final OrderTable orders;
  private final Contracts contracts;
  private final OrderEvents events;
  private final OrderLife life;

  ReduceOnlyOrders(final Rooms rooms, final OrderEvents events, final OrderLife life) {
    this.rooms = rooms;
    risk = rooms.risk;
    pool = rooms.pool;
    orders = rooms.orders;
    contracts = rooms.risk.contracts();
    this.events = events;
    this.life = life;
  }

  /** The position that an order of the side closes, whatever it names: of an account in hedge mode the opposite. */
  PositionSide closedBy(final int accountSlot, final Side side) {
    if (PositionMode.ONE_WAY == risk.accountModes().position(accountSlot)) {
      return PositionSide.NET;
    }
    return Side.SELL == side ? PositionSide.LONG : PositionSide.SHORT;
  }

  /** Whether the account may have one more of them on a position. */
  ReasonCode checkCount(final int accountSlot, final int instrumentId, final PositionSide side) {
    int count = 0;
    for (int slot = orders.firstOf(accountSlot); OrderTable.NULL_SLOT != slot; slot = orders.nextOf(slot)) {
      count += isOn(slot, instrumentId, side) ? 1 : 0;
    }
    return count < ORDERS_MAX ? ReasonCode.OK : ReasonCode.OPEN_ORDERS_ABOVE_MAX;
  }

  private boolean isOn(final int slot, final int instrumentId, final PositionSide side) {
    return instrumentId == orders.instrumentId(slot) && orders.isReduceOnly(slot)
        && contracts.side(risk.positionOf(orders.reservation(slot))) == side;
  }

  /** An order of a contract that is not one of them came in or grew: they make room for it. */
  void makeRoomFor(final int slot) {
    if (rooms.instrument(orders.instrumentId(slot)).isContract() && !orders.isReduceOnly(slot)) {
      makeRoom(risk.positionOf(orders.reservation(slot)), Side.SELL == pool.side(slot), 0, slot);
    }
  }

  /** Takes back what reduce-only orders of a side have beyond the position, when so many more lots are to close it. */
  void makeRoom(final int position, final boolean sells, final long moreLots, final int sparedSlot) {
    if (Contracts.NULL_POSITION == position || 0 == contracts.reduceOnlyLots(position)) {
      return;
    }
    final int accountSlot = contracts.accountSlot(position);
    final int instrumentId = contracts.instrumentId(position);
    final PositionSide side = contracts.side(position);
    final long lots = Math.max(0, sells ? contracts.lots(position) : -contracts.lots(position));
    int slot = orders.firstOf(accountSlot);
    while (OrderTable.NULL_SLOT != slot) {
      final int next = orders.nextOf(slot);
      final long openLots = sells ? contracts.openSellLots(position) : contracts.openBuyLots(position);
      final long excessLots = openLots + moreLots - lots;
      if (excessLots <= 0) {
        return;
      }
      if (slot != sparedSlot && sells == (Side.SELL == pool.side(slot)) && isOn(slot, instrumentId, side)) {
        takeBack(slot, excessLots);
      }
      slot = next;
    }
  }

  private void takeBack(final int slot, final long excessLots) {
    final long openLots = pool.openLots(slot);
    if (excessLots >= openLots || orders.isRuleChild(slot) || 0 != pool.displayLots(slot)) {
      life.cancel(slot, ReasonCode.CANCELLED_REDUCE_ONLY);
      return;
    }
    final long leftLots = openLots - excessLots;
    rooms.book(orders.instrumentId(slot)).reduce(slot, leftLots);
    risk.reduce(orders.reservation(slot), leftLots);
    orders.quantityLots(slot, orders.quantityLots(slot) - excessLots);
    events.amended(slot, leftLots, pool.priceTicks(slot), true, ReasonCode.CANCELLED_REDUCE_ONLY);
  }
}
