package io.gavel.engine.replay;

import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.OrderAcceptedDecoder;
import io.gavel.codecs.sbe.OrderAmendedDecoder;
import io.gavel.codecs.sbe.OrderClosedDecoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.TradeDecoder;

/** What the execution log says of orders and trades. One thread. */
final class OrderSentences {

  private final LogLine line;

  OrderSentences(final LogLine line) {
    this.line = line;
  }

  String accepted(final OrderAcceptedDecoder order) {
    final int instrumentId = order.instrumentId();
    final String price = line.price(instrumentId, order.limitPriceTicks());
    final String what;
    if (0 != order.quoteAmountUnits()) {
      what = line.say("terms.amount", line.word(order.side()), line.quote(instrumentId, order.quoteAmountUnits()),
          line.pair(instrumentId)) + line.say("noWorse", price);
    } else {
      final boolean market = OrdType.MARKET == order.ordType();
      what = line.say(market ? "terms.market" : "terms.limit", line.word(order.side()),
          line.size(instrumentId, order.quantityLots()), line.pair(instrumentId), price)
          + (market ? line.say("noWorse", price) : "");
    }
    final StringBuilder more = new StringBuilder(line.say("order.tif", line.word(order.timeInForce())));
    if (Flag.YES == order.postOnly()) {
      more.append(line.say("order.postOnly"));
    }
    if (0 != order.displayLots()) {
      more.append(line.say("order.display", line.size(instrumentId, order.displayLots())));
    }
    if (Flag.YES == order.hidden()) {
      more.append(line.say("order.hidden"));
    }
    if (Flag.YES == order.reduceOnly()) {
      more.append(line.say("order.reduceOnly"));
    }
    if (0 != order.expireTimeNs()) {
      more.append(line.say("order.until", line.time(order.expireTimeNs())));
    }
    if (0 != order.ruleId()) {
      more.append(line.say("order.byRule", order.ruleId()));
    }
    return line.say("order.accepted", label(order.orderId(), EventWords.text(order.clOrdId())), what, more);
  }

  String traded(final TradeDecoder trade) {
    final int instrumentId = trade.instrumentId();
    return line.say("trade", trade.tradeId(), line.word(trade.takerSide()),
        line.size(instrumentId, trade.quantityLots()), line.pair(instrumentId),
        line.price(instrumentId, trade.priceTicks()), line.quote(instrumentId, trade.notionalUnits()),
        side("trade.taker", instrumentId, trade.takerOrderId(), trade.takerRuleId(), trade.takerFeeUnits(),
            trade.takerOpenLots()),
        side("trade.maker", instrumentId, trade.makerOrderId(), trade.makerRuleId(), trade.makerFeeUnits(),
            trade.makerOpenLots()),
        line.names().accountName(trade.makerAccount()),
        Flag.YES == trade.auction() ? line.say("trade.auction") : "");
  }

  String closed(final OrderClosedDecoder order) {
    final int instrumentId = order.instrumentId();
    return line.say("order.closed", label(order.orderId(), EventWords.text(order.clOrdId())),
        line.word(order.side()), line.pair(instrumentId), line.size(instrumentId, order.filledLots()),
        line.quote(instrumentId, order.filledNotionalUnits()), line.fee(instrumentId, order.feeUnits()),
        line.size(instrumentId, order.cancelledLots()), line.reason(order.reason()),
        0 == order.ruleId() ? "" : line.say("order.ofRule", order.ruleId()));
  }

  String amended(final OrderAmendedDecoder order) {
    final int instrumentId = order.instrumentId();
    return line.say("order.amended", order.orderId(), line.size(instrumentId, order.quantityLots()),
        line.pair(instrumentId), line.price(instrumentId, order.limitPriceTicks()),
        line.size(instrumentId, order.openLots()),
        line.say(Flag.YES == order.keptPriority() ? "order.keptPriority" : "order.lostPriority"),
        ReasonCode.OK == order.reason() ? "" : line.say("order.why", line.reason(order.reason())));
  }

  private String side(
      final String key, final int instrumentId, final long orderId, final long ruleId, final long feeUnits,
      final long openLots) {
    return line.say(key, orderId, 0 == ruleId ? "" : line.say("order.ofRule", ruleId),
        line.fee(instrumentId, feeUnits), line.size(instrumentId, openLots));
  }

  private String label(final long orderId, final String clOrdId) {
    return clOrdId.isEmpty() ? Long.toString(orderId) : line.say("order.label", orderId, clOrdId);
  }
}
