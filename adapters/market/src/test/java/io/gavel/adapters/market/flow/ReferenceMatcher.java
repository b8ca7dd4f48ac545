package io.gavel.adapters.market.flow;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The obvious matcher: a sorted map of queues on each side, an order an object, a report a line of text. */
final class ReferenceMatcher {

  private static final class Order {
    private final long id;
    private final boolean isBuy;
    private long ticks;
    private long lots;

    Order(final long id, final boolean isBuy) {
      this.id = id;
      this.isBuy = isBuy;
    }
  }

  private final TreeMap<Long, Deque<Order>> bids = new TreeMap<>(Comparator.reverseOrder());
  private final TreeMap<Long, Deque<Order>> asks = new TreeMap<>();
  private final Map<Long, Order> resting = new HashMap<>();
  private final StringBuilder text = new StringBuilder();
  private int restingMax;

  static String reports(final FlowTape tape) {
    return new ReferenceMatcher().replay(tape);
  }

  String replay(final FlowTape tape) {
    for (int i = 0; i < tape.messages(); i++) {
      apply(tape, i);
    }
    return text.toString();
  }

  void apply(final FlowTape tape, final int i) {
    switch (tape.type(i)) {
      case FlowTape.NEW -> enter(tape, i);
      case FlowTape.CANCEL -> cancel(tape.sequence(i), tape.orderId(i));
      default -> modify(tape, i);
    }
    restingMax = Math.max(restingMax, resting.size());
  }

  boolean isLive(final long orderId) {
    return resting.containsKey(orderId);
  }

  boolean isBuy(final long orderId) {
    return resting.get(orderId).isBuy;
  }

  int restingMax() {
    return restingMax;
  }

  int resting() {
    return resting.size();
  }

  private void enter(final FlowTape tape, final int i) {
    final Order order = new Order(tape.orderId(i), tape.isBuy(i));
    order.ticks = tape.priceTicks(i);
    order.lots = tape.quantityLots(i);
    line(0, tape.sequence(i), side(order), order.id, order.ticks, order.lots);
    match(order, tape.sequence(i));
    if (order.lots > 0 && tape.isIoc(i)) {
      line(2, tape.sequence(i), side(order), order.id, order.ticks);
    } else if (order.lots > 0) {
      rest(order);
    }
  }

  private void cancel(final long sequence, final long orderId) {
    final Order order = resting.get(orderId);
    if (null == order) {
      line(4, sequence, orderId);
      return;
    }
    remove(order);
    line(2, sequence, side(order), orderId, order.ticks);
  }

  private void modify(final FlowTape tape, final int i) {
    final Order order = resting.get(tape.orderId(i));
    if (null == order) {
      line(5, tape.sequence(i), tape.orderId(i));
      return;
    }
    remove(order);
    order.ticks = tape.priceTicks(i);
    order.lots = tape.quantityLots(i);
    final long lots = order.lots;
    match(order, tape.sequence(i));
    if (order.lots > 0) {
      rest(order);
    }
    line(3, tape.sequence(i), side(order), order.id, order.ticks, lots);
  }

  private void match(final Order taker, final long sequence) {
    final TreeMap<Long, Deque<Order>> makers = taker.isBuy ? asks : bids;
    while (taker.lots > 0 && !makers.isEmpty()) {
      final long best = makers.firstKey();
      if (taker.isBuy ? best > taker.ticks : best < taker.ticks) {
        return;
      }
      final Order maker = makers.get(best).getFirst();
      final long lots = Math.min(taker.lots, maker.lots);
      line(1, sequence, best, lots, maker.id, taker.id);
      taker.lots -= lots;
      maker.lots -= lots;
      if (0 == maker.lots) {
        remove(maker);
      }
    }
  }

  private void rest(final Order order) {
    (order.isBuy ? bids : asks).computeIfAbsent(order.ticks, ticks -> new ArrayDeque<>()).addLast(order);
    resting.put(order.id, order);
  }

  private void remove(final Order order) {
    final TreeMap<Long, Deque<Order>> side = order.isBuy ? bids : asks;
    final Deque<Order> queue = side.get(order.ticks);
    queue.remove(order);
    if (queue.isEmpty()) {
      side.remove(order.ticks);
    }
    resting.remove(order.id);
  }

  private static long side(final Order order) {
    return order.isBuy ? 0 : 1;
  }

  private void line(final long... values) {
    if (!text.isEmpty()) {
      text.append('\n');
    }
    for (int i = 0; i < values.length; i++) {
      text.append(0 == i ? "" : ",").append(Long.toUnsignedString(values[i]));
    }
  }
}
