package io.gavel.engine.replay;

import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.OrderAcceptedDecoder;
import io.gavel.codecs.sbe.OrderClosedDecoder;
import io.gavel.codecs.sbe.PlaceOrderDecoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.TradeDecoder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known so far of one order. */
final class OrderNotes {

  private final long orderId;
  private final long ruleId;
  private final String clOrdId;
  private final long account;
  private final int instrumentId;
  private final Side side;
  private final OrdType ordType;
  private final int limitTicks;
  private final long quantityLots;
  private final long quoteAmountUnits;
  private final long sequence;
  private final long timeNs;
  private final @Nullable ReasonCode refusal;
  private final List<Explanation.FillStory> fills = new ArrayList<>();
  private @Nullable ReasonCode closeReason;
  private long closeSequence;
  private long closeTimeNs;
  private long filledLots;
  private long cancelledLots;
  private long filledNotionalUnits;
  private long feeUnits;

  /** An order that was accepted. */
  OrderNotes(final OrderAcceptedDecoder order) {
    orderId = order.orderId();
    ruleId = order.ruleId();
    clOrdId = EventWords.text(order.clOrdId());
    account = order.header().account();
    instrumentId = order.instrumentId();
    side = order.side();
    ordType = order.ordType();
    limitTicks = order.limitPriceTicks();
    quantityLots = order.quantityLots();
    quoteAmountUnits = order.quoteAmountUnits();
    sequence = order.header().sequence();
    timeNs = order.header().engineTimeNs();
    refusal = null;
  }

  /** An order that was refused. */
  OrderNotes(final PlaceOrderDecoder order, final long atSequence, final long atTimeNs, final ReasonCode code) {
    orderId = 0;
    ruleId = 0;
    clOrdId = EventWords.text(order.clOrdId());
    account = order.header().account();
    instrumentId = order.instrumentId();
    side = order.side();
    ordType = order.ordType();
    limitTicks = order.limitPriceTicks();
    quantityLots = order.quantityLots();
    quoteAmountUnits = order.quoteAmountUnits();
    sequence = atSequence;
    timeNs = atTimeNs;
    refusal = code;
  }

  long orderId() {
    return orderId;
  }

  long ruleId() {
    return ruleId;
  }

  void fill(final TradeDecoder trade, final boolean isMaker) {
    fills.add(new Explanation.FillStory(trade.header().sequence(), trade.header().engineTimeNs(), trade.priceTicks(),
        trade.quantityLots(), trade.notionalUnits(), isMaker ? trade.makerFeeUnits() : trade.takerFeeUnits(), isMaker,
        isMaker ? trade.header().account() : trade.makerAccount()));
    filledLots += trade.quantityLots();
    filledNotionalUnits += trade.notionalUnits();
    feeUnits += isMaker ? trade.makerFeeUnits() : trade.takerFeeUnits();
  }

  void close(final OrderClosedDecoder closed) {
    closeReason = closed.reason();
    closeSequence = closed.header().sequence();
    closeTimeNs = closed.header().engineTimeNs();
    filledLots = closed.filledLots();
    cancelledLots = closed.cancelledLots();
    filledNotionalUnits = closed.filledNotionalUnits();
    feeUnits = closed.feeUnits();
  }

  Explanation.OrderStory story() {
    return new Explanation.OrderStory(orderId, ruleId, clOrdId, account, instrumentId, side, ordType, limitTicks,
        quantityLots, quoteAmountUnits, sequence, timeNs, refusal, List.copyOf(fills), closeReason, closeSequence,
        closeTimeNs, filledLots, cancelledLots, filledNotionalUnits, feeUnits);
  }
}
