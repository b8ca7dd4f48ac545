package io.gavel.engine.core;

import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SessionState;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.StpMode;
import io.gavel.codecs.sbe.TimeInForce;
import io.gavel.engine.book.OrderPool;
import io.gavel.risk.OrderRequest;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.liquidation.LiquidationTerms;
import io.gavel.risk.position.Contracts;

/**
 * Orders of the house on behalf of an account in breach: immediate or cancel, reduce-only, within the collar around the
 * mark, and no more than a share of the lots that others show there. What does not find that waits; it never sweeps.
 */
final class LiquidationOrders {

  private final Rooms rooms;
  private final LiquidationSize size;
  private final RiskEngine risk;
  private final Contracts contracts;
  private final OrderPool pool;
  private final OrderTable orders;
  private final LiquidationTerms terms;
  private final OrderEvents events;
  private final OrderLife life;
  private final Matching matching;
  private final OrderRequest request = new OrderRequest();

  LiquidationOrders(final Rooms rooms, final OrderEvents events, final OrderLife life, final Matching matching) {
    this.life = life;
    this.rooms = rooms;
    size = new LiquidationSize(rooms);
    risk = rooms.risk;
    contracts = rooms.risk.contracts();
    pool = rooms.pool;
    orders = rooms.orders;
    terms = rooms.liquidationTerms;
    this.events = events;
    this.matching = matching;
  }

  /** Whether orders are sent for positions in this instrument, now. */
  boolean areSent(final int instrumentId) {
    return terms.depthShareBps(instrumentId) > 0 && terms.attemptsMax(instrumentId) > 0
        && SessionState.CONTINUOUS == rooms.sessions.state(instrumentId);
  }

  /** Lots that an order may close now; 0: others show too little within the collar. */
  long lots(final int position) {
    return size.lots(position);
  }

  /** Sends an order that closes so many lots; what it does is done when matching is. */
  ReasonCode send(final int position, final long lots) {
    final int instrumentId = contracts.instrumentId(position);
    final int accountSlot = contracts.accountSlot(position);
    final Side side = contracts.lots(position) > 0 ? Side.SELL : Side.BUY;
    final int limitTicks = size.limitTicks(position);
    request.clear();
    request.account = risk.accountAt(accountSlot);
    request.instrumentId = instrumentId;
    request.side = side;
    request.positionSide = contracts.side(position);
    request.limitPriceTicks = limitTicks;
    request.effectiveLimitTicks = limitTicks;
    request.quantityLots = lots;
    request.reduceOnly = true;
    final ReasonCode code = risk.reserve(request);
    if (ReasonCode.OK != code) {
      return code;
    }
    final int slot = pool.claim(rooms.ids.next(), request.account, side, limitTicks, lots);
    orders.open(slot, accountSlot, instrumentId, request.reservation);
    orders.quantityLots(slot, lots);
    orders.kind(slot, OrdType.LIMIT, TimeInForce.IOC, StpMode.CANCEL_MAKER, false, false);
    orders.reduceOnly(slot, true);
    rooms.group(slot);
    life.countOwn(slot);
    events.accepted(slot);
    matching.begin(slot, limitTicks, Matching.NO_BUDGET, false);
    return ReasonCode.OK;
  }
}
