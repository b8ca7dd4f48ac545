package io.gavel.adapters.backtest.run;

import io.gavel.adapters.backtest.result.FeePoint;
import io.gavel.adapters.backtest.result.FillRow;
import io.gavel.adapters.backtest.result.OrderRow;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.OrderAcceptedDecoder;
import io.gavel.codecs.sbe.OrderAmendedDecoder;
import io.gavel.codecs.sbe.OrderClosedDecoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.TimeInForce;
import io.gavel.codecs.sbe.TradeDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Orders of user accounts and their fills, gathered from events. */
final class OrderLog {

  private static final long BPS_E2 = 1_000_000;

  private final Names names;
  private final RuleLog rules;
  private final Map<Long, Order> orders = new LinkedHashMap<>();
  private final Map<Long, Long> feesByAccount = new LinkedHashMap<>();
  private final List<FillRow> fills = new ArrayList<>();
  private final List<FeePoint> fees = new ArrayList<>();
  private long feeUnits;

  /** What becomes of one order. */
  private static final class Order {
    private long ruleId;
    private String clOrdId = "";
    private String account = "";
    private Side side = Side.SELL;
    private OrdType ordType = OrdType.LIMIT;
    private TimeInForce timeInForce = TimeInForce.GTC;
    private int limitTicks;
    private long quantityLots;
    private long filledLots;
    private long filledNotionalUnits;
    private long feeUnits;
    private long acceptedTimeNs;
    private long acceptedSequence;
    private long closedTimeNs;
    private long closedSequence;
    private @Nullable ReasonCode closeReason;
  }

  OrderLog(final Names names, final RuleLog rules) {
    this.names = names;
    this.rules = rules;
  }

  void onAccepted(final OrderAcceptedDecoder event) {
    final Order order = new Order();
    order.ruleId = event.ruleId();
    order.clOrdId = Names.text(event.clOrdId());
    order.account = names.account(event.header().account());
    order.side = event.side();
    order.ordType = event.ordType();
    order.timeInForce = event.timeInForce();
    order.limitTicks = event.limitPriceTicks();
    order.quantityLots = event.quantityLots();
    order.acceptedTimeNs = event.header().engineTimeNs();
    order.acceptedSequence = event.header().sequence();
    orders.put(event.orderId(), order);
  }

  void onAmended(final OrderAmendedDecoder event) {
    final Order order = orders.get(event.orderId());
    if (null != order) {
      order.quantityLots = event.quantityLots();
      order.limitTicks = event.limitPriceTicks();
    }
  }

  void onClosed(final OrderClosedDecoder event) {
    final Order order = orders.get(event.orderId());
    if (null != order) {
      order.closedTimeNs = event.header().engineTimeNs();
      order.closedSequence = event.header().sequence();
      order.closeReason = event.reason();
    }
  }

  void onTrade(final TradeDecoder event) {
    final boolean sells = Side.SELL == event.takerSide();
    if (names.isUser(event.header().account())) {
      fill(event, event.header().account(), event.takerOrderId(), event.takerRuleId(),
          sells ? Side.SELL : Side.BUY, event.takerFeeUnits(), FillRow.Liquidity.TAKER);
    }
    if (names.isUser(event.makerAccount())) {
      fill(event, event.makerAccount(), event.makerOrderId(), event.makerRuleId(),
          sells ? Side.BUY : Side.SELL, event.makerFeeUnits(), FillRow.Liquidity.MAKER);
    }
  }

  List<OrderRow> orders() {
    final List<OrderRow> rows = new ArrayList<>(orders.size());
    orders.forEach((orderId, order) -> rows.add(new OrderRow(orderId, order.ruleId, order.clOrdId, order.account,
        order.side, order.ordType, order.timeInForce, order.limitTicks, order.quantityLots, order.filledLots,
        order.filledNotionalUnits, order.feeUnits, order.acceptedTimeNs, order.acceptedSequence, order.closedTimeNs,
        order.closedSequence, order.closeReason)));
    return rows;
  }

  List<FillRow> fills() {
    return fills;
  }

  List<FeePoint> fees() {
    return fees;
  }

  long feeUnits(final long account) {
    return feesByAccount.getOrDefault(account, 0L);
  }

  private void fill(final TradeDecoder event, final long account, final long orderId, final long ruleId,
      final Side side, final long fillFeeUnits, final FillRow.Liquidity liquidity) {
    final long timeNs = event.header().engineTimeNs();
    fills.add(new FillRow(timeNs, event.header().sequence(), orderId, ruleId, names.account(account), side,
        event.priceTicks(), event.quantityLots(), event.notionalUnits(), fillFeeUnits, liquidity,
        slippageBpsE2(side, rules.referenceTicks(ruleId), event.priceTicks())));
    rules.onFill(ruleId, event.quantityLots());
    final Order order = orders.get(orderId);
    if (null != order) {
      order.filledLots += event.quantityLots();
      order.filledNotionalUnits += event.notionalUnits();
      order.feeUnits += fillFeeUnits;
    }
    if (0 != fillFeeUnits) {
      feeUnits += fillFeeUnits;
      feesByAccount.merge(account, fillFeeUnits, Long::sum);
      fees.add(new FeePoint(timeNs, feeUnits));
    }
  }

  /** How much worse than the reference, rounded towards worse. */
  static long slippageBpsE2(final Side side, final int referenceTicks, final int priceTicks) {
    if (0 == referenceTicks) {
      return FillRow.NO_SLIPPAGE;
    }
    final long worse = Side.SELL == side ? (long) referenceTicks - priceTicks : (long) priceTicks - referenceTicks;
    return -Math.floorDiv(-worse * BPS_E2, (long) referenceTicks);
  }
}
