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

  /** An amended order is told most often by far: written by its fields' offsets. */
  private static final int AMENDED_ORDER_ID = OrderAmendedEncoder.orderIdEncodingOffset();
  private static final int AMENDED_QUANTITY = OrderAmendedEncoder.quantityLotsEncodingOffset();
  private static final int AMENDED_OPEN = OrderAmendedEncoder.openLotsEncodingOffset();
  private static final int AMENDED_INSTRUMENT = OrderAmendedEncoder.instrumentIdEncodingOffset();
  private static final int AMENDED_LIMIT = OrderAmendedEncoder.limitPriceTicksEncodingOffset();
  private static final int AMENDED_KEPT_PRIORITY = OrderAmendedEncoder.keptPriorityEncodingOffset();
  private static final int AMENDED_REASON = OrderAmendedEncoder.reasonEncodingOffset();

  private final OrderAcceptedEncoder accepted = new OrderAcceptedEncoder();
  private final TradeEncoder trade = new TradeEncoder();
  private final OrderClosedEncoder closed = new OrderClosedEncoder();
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
    accepted.orderId(pool.orderId(slot)).ruleId(ruleId(slot)).quantityLots(orders.quantityLots(slot))
        .quoteAmountUnits(orders.quoteAmountUnits(slot)).expireTimeNs(orders.expireTimeNs(slot))
        .instrumentId(orders.instrumentId(slot)).limitPriceTicks(pool.priceTicks(slot)).side(pool.side(slot))
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
        .instrumentId(orders.instrumentId(takerSlot)).priceTicks(fills.priceTicks(entry))
        .takerSide(pool.side(takerSlot)).auction(auction);
    events.end(trade.encodedLength());
  }

  void closed(final int slot, final long cancelledLots, final ReasonCode reason) {
    final Side side = pool.side(slot);
    closed.wrap(events.buffer(), events.begin(OrderClosedEncoder.SCHEMA_ID, OrderClosedEncoder.TEMPLATE_ID,
        OrderClosedEncoder.SCHEMA_VERSION, OrderClosedEncoder.BLOCK_LENGTH));
    events.header(closed.header(), pool.account(slot));
    closed.orderId(pool.orderId(slot)).ruleId(ruleId(slot)).filledLots(orders.filledLots(slot))
        .cancelledLots(cancelledLots).filledNotionalUnits(orders.filledNotionalUnits(slot))
        .feeUnits(orders.feeUnits(slot)).instrumentId(orders.instrumentId(slot)).side(side).reason(reason);
    closed.clOrdId().w0(orders.clientWord(slot, 0)).w1(orders.clientWord(slot, 1))
        .w2(orders.clientWord(slot, 2)).w3(orders.clientWord(slot, 3));
    events.end(closed.encodedLength());
  }

  void amended(final int slot, final long openLots, final int limitPriceTicks, final boolean keptPriority,
      final ReasonCode reason) {
    final int body = events.begin(OrderAmendedEncoder.SCHEMA_ID, OrderAmendedEncoder.TEMPLATE_ID,
        OrderAmendedEncoder.SCHEMA_VERSION, OrderAmendedEncoder.BLOCK_LENGTH);
    events.header(body, pool.account(slot));
    events.putLong(body + AMENDED_ORDER_ID, pool.orderId(slot));
    events.putLong(body + AMENDED_QUANTITY, orders.quantityLots(slot));
    events.putLong(body + AMENDED_OPEN, openLots);
    events.putInt(body + AMENDED_INSTRUMENT, orders.instrumentId(slot));
    events.putInt(body + AMENDED_LIMIT, limitPriceTicks);
    events.putByte(body + AMENDED_KEPT_PRIORITY, keptPriority ? Flag.YES.value() : Flag.NO.value());
    events.putByte(body + AMENDED_REASON, reason.value());
    events.end();
  }

  private long ruleId(final int slot) {
    final int ruleSlot = orders.ruleSlot(slot);
    return OrderTable.NULL_SLOT == ruleSlot ? 0 : rooms.rules.ruleId(ruleSlot);
  }
}
