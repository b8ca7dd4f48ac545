package io.gavel.benchmarks.peers.exchangecore;

import exchange.core2.collections.objpool.ObjectsPool;
import exchange.core2.core.common.CoreSymbolSpecification;
import exchange.core2.core.common.MatcherEventType;
import exchange.core2.core.common.MatcherTradeEvent;
import exchange.core2.core.common.OrderAction;
import exchange.core2.core.common.OrderType;
import exchange.core2.core.common.SymbolType;
import exchange.core2.core.common.cmd.CommandResultCode;
import exchange.core2.core.common.cmd.OrderCommand;
import exchange.core2.core.common.config.LoggingConfiguration;
import exchange.core2.core.orderbook.IOrderBook;
import exchange.core2.core.orderbook.OrderBookDirectImpl;
import exchange.core2.core.orderbook.OrderBookEventsHelper;
import io.gavel.benchmarks.peers.PeerBook;
import io.gavel.benchmarks.peers.Reports;
import java.util.EnumSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * exchange-core's direct book as its matching engine drives it: object pools of the sizes that it sets, one command
 * object, events from a pool (a chain is taken back once it has been read). Its own move keeps what is open and
 * loses priority: a modify that changes the price alone is that, any other is cancel and new.
 */
final class ExchangeCoreBook implements PeerBook {

  private static final long USER = 1;

  private final Reports reports;
  private final IOrderBook book;
  private final OrderCommand command = new OrderCommand();
  private @Nullable MatcherTradeEvent free;

  ExchangeCoreBook(final Reports reports) {
    this.reports = reports;
    final CoreSymbolSpecification symbol = CoreSymbolSpecification.builder().symbolId(1)
        .type(SymbolType.FUTURES_CONTRACT).baseScaleK(1).quoteScaleK(1).build();
    this.book = new OrderBookDirectImpl(symbol, pool(), new OrderBookEventsHelper(this::event),
        LoggingConfiguration.builder().loggingLevels(EnumSet.noneOf(LoggingConfiguration.LoggingLevel.class)).build());
    command.symbol = 1;
    command.uid = USER;
  }

  @Override
  public void place(final long sequence, final long orderId, final boolean isBuy, final boolean isIoc,
      final long lots, final long ticks) {
    reports.accepted(sequence, isBuy, orderId, ticks, lots);
    enter(sequence, orderId, isBuy, isIoc, lots, ticks);
  }

  @Override
  public void cancel(final long sequence, final long orderId, final boolean isBuy) {
    command.orderId = orderId;
    if (CommandResultCode.SUCCESS != book.cancelOrder(command)) {
      reports.cancelRejected(sequence, orderId);
      return;
    }
    final MatcherTradeEvent event = command.matcherEvent;
    reports.cancelled(sequence, OrderAction.BID == command.action, orderId, event.price);
    recycle(event);
  }

  @Override
  public void modify(final long sequence, final long orderId, final boolean isBuy, final long lots,
      final long ticks) {
    command.orderId = orderId;
    if (CommandResultCode.SUCCESS != book.cancelOrder(command)) {
      reports.modifyRejected(sequence, orderId);
      return;
    }
    recycle(command.matcherEvent);
    enter(sequence, orderId, isBuy, false, lots, ticks);
    reports.modified(sequence, isBuy, orderId, ticks, lots);
  }

  private void enter(final long sequence, final long orderId, final boolean isBuy, final boolean isIoc,
      final long lots, final long ticks) {
    command.orderId = orderId;
    command.action = isBuy ? OrderAction.BID : OrderAction.ASK;
    command.orderType = isIoc ? OrderType.IOC : OrderType.GTC;
    command.size = lots;
    command.price = ticks;
    command.reserveBidPrice = ticks;
    book.newOrder(command);
    report(sequence, orderId, isBuy, ticks);
  }

  @Override
  public void move(final long sequence, final long orderId, final boolean isBuy, final long lots, final long ticks) {
    command.orderId = orderId;
    command.price = ticks;
    if (CommandResultCode.SUCCESS != book.moveOrder(command)) {
      reports.modifyRejected(sequence, orderId);
      return;
    }
    report(sequence, orderId, isBuy, ticks);
    reports.modified(sequence, isBuy, orderId, ticks, lots);
  }

  private void report(final long sequence, final long orderId, final boolean isBuy, final long ticks) {
    MatcherTradeEvent event = command.matcherEvent;
    final MatcherTradeEvent first = event;
    // What is left of an order that would not wait is the chain's first event, before the trades.
    final boolean hasRest = null != event && MatcherEventType.REJECT == event.eventType;
    if (hasRest) {
      event = event.nextEvent;
    }
    while (null != event) {
      reports.traded(sequence, event.price, event.size, event.matchedOrderId, orderId);
      event = event.nextEvent;
    }
    if (hasRest) {
      reports.cancelled(sequence, isBuy, orderId, ticks);
    }
    recycle(first);
  }

  private MatcherTradeEvent event() {
    final MatcherTradeEvent event = free;
    if (null == event) {
      return new MatcherTradeEvent();
    }
    free = event.nextEvent;
    event.nextEvent = null;
    return event;
  }

  private void recycle(final @Nullable MatcherTradeEvent chain) {
    command.matcherEvent = null;
    MatcherTradeEvent event = chain;
    while (null != event) {
      final MatcherTradeEvent next = event.nextEvent;
      event.nextEvent = free;
      free = event;
      event = next;
    }
  }

  private static ObjectsPool pool() {
    return new ObjectsPool(Map.of(
        ObjectsPool.DIRECT_ORDER, 1 << 20,
        ObjectsPool.DIRECT_BUCKET, 1 << 16,
        ObjectsPool.ART_NODE_4, 1 << 15,
        ObjectsPool.ART_NODE_16, 1 << 14,
        ObjectsPool.ART_NODE_48, 1 << 13,
        ObjectsPool.ART_NODE_256, 1 << 12));
  }
}
