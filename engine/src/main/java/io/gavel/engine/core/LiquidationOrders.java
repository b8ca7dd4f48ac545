package io.gavel.engine.core;

import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SessionState;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.StpMode;
import io.gavel.codecs.sbe.TimeInForce;
import io.gavel.engine.book.OrderBook;
import io.gavel.engine.book.OrderPool;
import io.gavel.risk.OrderRequest;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.liquidation.LiquidationTerms;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;
import io.gavel.risk.position.Contracts;

/**
 * Orders of the house on behalf of an account in breach: immediate or cancel, reduce-only, within the collar around the
 * mark, and no more than a share of the lots that others show there. What does not find that waits; it never sweeps.
 */
final class LiquidationOrders {

  /** Levels of the book that are looked at for visible lots: nearer ones come first, so farther ones only add. */
  private static final int LEVELS_MAX = 64;
  private static final int ONE_BPS = 10_000;

  private final Rooms rooms;
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
    final int instrumentId = contracts.instrumentId(position);
    final long size = Math.abs(contracts.lots(position));
    final int partialBps = terms.partialBps(instrumentId);
    final long part = 0 == partialBps ? size : FixedPoint.mulDiv(size, partialBps, ONE_BPS, Rounding.UP);
    final long depth = FixedPoint.mulDiv(
        visibleLots(position), terms.depthShareBps(instrumentId), ONE_BPS, Rounding.DOWN);
    return Math.min(part, depth);
  }

  private long visibleLots(final int position) {
    final OrderBook book = rooms.book(contracts.instrumentId(position));
    final Side takenFrom = contracts.lots(position) > 0 ? Side.BUY : Side.SELL;
    final int limitTicks = limitTicks(position);
    long lots = 0;
    int ticks = book.bestShownTicks(takenFrom);
    for (int level = 0; level < LEVELS_MAX && 0 != ticks; level++) {
      if (Side.BUY == takenFrom ? ticks < limitTicks : ticks > limitTicks) {
        break;
      }
      lots = FixedPoint.addSaturating(lots, book.shownLots(takenFrom, ticks));
      ticks = book.nextLevel(takenFrom, ticks);
    }
    return lots;
  }

  /** The worst price of an order that closes: the collar, rounded towards the mark. */
  private int limitTicks(final int position) {
    final int instrumentId = contracts.instrumentId(position);
    final Instrument instrument = rooms.instrument(instrumentId);
    final long markUnits = risk.marks().priceUnits(instrumentId, PriceSource.MARK);
    final boolean sells = contracts.lots(position) > 0;
    final int bps = ONE_BPS + (sells ? -1 : 1) * terms.collarBps(instrumentId);
    final long units = FixedPoint.mulDiv(markUnits, bps, ONE_BPS, sells ? Rounding.UP : Rounding.DOWN);
    final long ticks = FixedPoint.divide(units, instrument.markUnitsPerTick(), sells ? Rounding.UP : Rounding.DOWN);
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, ticks));
  }

  /** Sends an order that closes so many lots; what it does is done when matching is. */
  ReasonCode send(final int position, final long lots) {
    final int instrumentId = contracts.instrumentId(position);
    final int accountSlot = contracts.accountSlot(position);
    final Side side = contracts.lots(position) > 0 ? Side.SELL : Side.BUY;
    final int limitTicks = limitTicks(position);
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
