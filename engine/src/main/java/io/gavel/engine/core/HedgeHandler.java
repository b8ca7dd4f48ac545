package io.gavel.engine.core;

import io.gavel.codecs.sbe.AlgoReason;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.StpMode;
import io.gavel.codecs.sbe.TimeInForce;
import io.gavel.risk.OrderRequest;

/**
 * Hedges the fills of rules: what a rule has sold is bought in another instrument, ratio times as many lots, and the
 * other way round. Once the order that traded is done, an order, immediate or cancel and protected like any market
 * order, goes out for the whole lots that are owed. It passes every check that an order of the account's own passes.
 * What it does not find is said and tried again with the next fill; what is left when the rule is over is said last.
 */
final class HedgeHandler {

  private final Rooms rooms;
  private final Hedges hedges;
  private final OrderEvents orderEvents;
  private final AlgoEvents events;
  private final OrderLife life;
  private final Matching matching;
  private final ReduceOnlyOrders reduceOnly;
  private final OrderRequest request = new OrderRequest();

  HedgeHandler(final Rooms rooms, final OrderEvents orderEvents, final OrderLife life, final Matching matching,
      final ReduceOnlyOrders reduceOnly) {
    this.rooms = rooms;
    hedges = rooms.hedges;
    this.orderEvents = orderEvents;
    events = new AlgoEvents(rooms);
    this.life = life;
    this.matching = matching;
    this.reduceOnly = reduceOnly;
  }

  /** Sends what is owed, or says what of it could not be had. */
  void step(final int row) {
    hedges.dequeued(row);
    final long lots = hedges.sendableLots(row);
    if (0 == lots) {
      hedges.settle(row);
    } else if (hedges.isTried(row) || ReasonCode.OK != send(row, lots)) {
      events.hedge(hedges, row, 0, Math.abs(lots), 0, AlgoReason.HEDGE_REFUSED);
      hedges.settle(row);
    }
  }

  private ReasonCode send(final int row, final long lots) {
    request.clear();
    request.account = hedges.account(row);
    request.instrumentId = hedges.instrumentId(row);
    request.side = lots > 0 ? Side.BUY : Side.SELL;
    request.market = true;
    request.quantityLots = Math.abs(lots);
    request.rests = false;
    ReasonCode code = rooms.risk.controls().isAutoSellHalted() ? ReasonCode.HELD_BY_HALT : check();
    if (ReasonCode.OK == code) {
      code = rooms.risk.reserve(request);
    }
    if (ReasonCode.OK == code) {
      open(row);
    }
    return code;
  }

  private ReasonCode check() {
    final ReasonCode code = rooms.risk.checkOrder(request);
    return ReasonCode.OK != code ? code : rooms.sessions.check(request.instrumentId, TimeInForce.IOC, false,
        rooms.risk.reduces(request.account, request.instrumentId, request.positionSide, request.side,
            request.quantityLots));
  }

  private void open(final int row) {
    final int limitTicks = request.effectiveLimitTicks;
    final int slot =
        rooms.pool.claim(rooms.ids.next(), request.account, request.side, limitTicks, request.quantityLots);
    rooms.orders.open(slot, rooms.risk.accountSlot(request.account), request.instrumentId, request.reservation);
    rooms.orders.quantityLots(slot, request.quantityLots);
    rooms.orders.kind(slot, OrdType.MARKET, TimeInForce.IOC, StpMode.CANCEL_MAKER, false, false);
    rooms.orders.reduceOnly(slot, rooms.risk.isReduceOnly(request.reservation));
    rooms.group(slot);
    life.countOwn(slot);
    hedges.sent(row, slot);
    rooms.guard.accountChanged(request.account);
    orderEvents.accepted(slot);
    events.hedge(hedges, row, rooms.pool.orderId(slot), request.quantityLots, limitTicks, AlgoReason.SCHEDULED);
    reduceOnly.makeRoomFor(slot);
    matching.begin(slot, limitTicks, Matching.NO_BUDGET, false);
  }
}
