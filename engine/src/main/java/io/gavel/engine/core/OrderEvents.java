package io.gavel.engine.core;

import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.OrderAcceptedEncoder;
import io.gavel.codecs.sbe.OrderAmendedEncoder;
import io.gavel.codecs.sbe.OrderClosedEncoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.TradeEncoder;
import io.gavel.engine.book.FillBuffer;
import io.gavel.engine.book.OrderPool;
import io.gavel.risk.FillSettlement;

/** Writes what happens to orders. */
final class OrderEvents {

  private final OrderAcceptedEncoder accepted = new OrderAcceptedEncoder();
  private final TradeEncoder trade = new TradeEncoder();
  private final OrderClosedEncoder closed = new OrderClosedEncoder();
  private final OrderAmendedEncoder amended = new OrderAmendedEncoder();
  private final Rooms rooms;
  private final EventWriter events;
  private final OrderPool pool;
  private final OrderTable orders;

  OrderEvents(final Rooms rooms) {
    this.rooms = rooms;
    events = rooms.events;
    pool = rooms.pool;
    orders = rooms.orders;
  }

  void accepted(final int slot) {
    accepted.wrap(events.buffer(), events.begin(OrderAcceptedEncoder.SCHEMA_ID, OrderAcceptedEncoder.TEMPLATE_ID,
        OrderAcceptedEncoder.SCHEMA_VERSION, OrderAcceptedEncoder.BLOCK_LENGTH));
    events.header(accepted.header(), pool.account(slot));
    accepted.orderId(pool.orderId(slot)).ruleId(ruleId(slot)).quantityLots(orders.quantityLots[slot])
        .quoteAmountUnits(orders.quoteAmountUnits[slot]).expireTimeNs(orders.expireTimesNs[slot])
        .instrumentId(orders.instrumentIds[slot]).limitPriceTicks(pool.priceTicks(slot)).side(pool.side(slot))
        .ordType(orders.ordType(slot)).timeInForce(orders.timeInForce(slot))
        .postOnly(orders.isPostOnly(slot) ? Flag.YES : Flag.NO).displayLots(pool.displayLots(slot))
        .hidden(pool.isHidden(slot) ? Flag.YES : Flag.NO)
        .reduceOnly(orders.isReduceOnly(slot) ? Flag.YES : Flag.NO);
    accepted.clOrdId().w0(orders.clientWord(slot, 0)).w1(orders.clientWord(slot, 1))
        .w2(orders.clientWord(slot, 2)).w3(orders.clientWord(slot, 3));
    events.end(accepted.encodedLength());
  }

  void trade(final FillBuffer fills, final int entry, final FillSettlement settlement, final Flag auction) {
    final int makerSlot = fills.makerSlot(entry);
    final int takerSlot = fills.takerSlot(entry);
    trade.wrap(events.buffer(), events.begin(TradeEncoder.SCHEMA_ID, TradeEncoder.TEMPLATE_ID,
        TradeEncoder.SCHEMA_VERSION, TradeEncoder.BLOCK_LENGTH));
    events.header(trade.header(), pool.account(takerSlot));
    trade.tradeId(rooms.ids.nextTrade()).quantityLots(fills.lots(entry)).notionalUnits(settlement.notionalUnits)
        .makerOrderId(pool.orderId(makerSlot)).takerOrderId(pool.orderId(takerSlot))
        .makerAccount(pool.account(makerSlot)).makerRuleId(ruleId(makerSlot)).takerRuleId(ruleId(takerSlot))
        .makerFeeUnits(settlement.makerFeeUnits).takerFeeUnits(settlement.takerFeeUnits)
        .makerOpenLots(fills.makerOpenLots(entry)).takerOpenLots(fills.takerOpenLots(entry))
        .instrumentId(orders.instrumentIds[takerSlot]).priceTicks(fills.priceTicks(entry))
        .takerSide(pool.side(takerSlot)).auction(auction);
    events.end(trade.encodedLength());
  }

  void closed(final int slot, final long cancelledLots, final ReasonCode reason) {
    final Side side = pool.side(slot);
    closed.wrap(events.buffer(), events.begin(OrderClosedEncoder.SCHEMA_ID, OrderClosedEncoder.TEMPLATE_ID,
        OrderClosedEncoder.SCHEMA_VERSION, OrderClosedEncoder.BLOCK_LENGTH));
    events.header(closed.header(), pool.account(slot));
    closed.orderId(pool.orderId(slot)).ruleId(ruleId(slot)).filledLots(orders.filledLots[slot])
        .cancelledLots(cancelledLots).filledNotionalUnits(orders.filledNotionalUnits[slot])
        .feeUnits(orders.feeUnits[slot]).instrumentId(orders.instrumentIds[slot]).side(side).reason(reason);
    closed.clOrdId().w0(orders.clientWord(slot, 0)).w1(orders.clientWord(slot, 1))
        .w2(orders.clientWord(slot, 2)).w3(orders.clientWord(slot, 3));
    events.end(closed.encodedLength());
  }

  void amended(final int slot, final long openLots, final int limitPriceTicks, final boolean keptPriority,
      final ReasonCode reason) {
    amended.wrap(events.buffer(), events.begin(OrderAmendedEncoder.SCHEMA_ID, OrderAmendedEncoder.TEMPLATE_ID,
        OrderAmendedEncoder.SCHEMA_VERSION, OrderAmendedEncoder.BLOCK_LENGTH));
    events.header(amended.header(), pool.account(slot));
    amended.orderId(pool.orderId(slot)).quantityLots(orders.quantityLots[slot]).openLots(openLots)
        .instrumentId(orders.instrumentIds[slot]).limitPriceTicks(limitPriceTicks)
        .keptPriority(keptPriority ? Flag.YES : Flag.NO).reason(reason);
    events.end(amended.encodedLength());
  }

  private long ruleId(final int slot) {
    final int ruleSlot = orders.ruleSlots[slot];
    return OrderTable.NULL_SLOT == ruleSlot ? 0 : rooms.rules.ruleId(ruleSlot);
  }
}
