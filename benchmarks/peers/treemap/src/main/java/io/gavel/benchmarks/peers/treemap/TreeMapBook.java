package io.gavel.benchmarks.peers.treemap;

import io.gavel.benchmarks.peers.PeerBook;
import io.gavel.benchmarks.peers.Reports;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The textbook's book: a tree of prices, a linked map of orders at each, a hash map of all orders. */
final class TreeMapBook implements PeerBook {

  private final Reports reports;
  private final TreeMap<Long, Map<Long, Order>> bids = new TreeMap<>(Comparator.reverseOrder());
  private final TreeMap<Long, Map<Long, Order>> asks = new TreeMap<>();
  private final Map<Long, Order> orders = new HashMap<>();

  /** A resting order. */
  private static final class Order {
    private final long id;
    private final boolean isBuy;
    private final long ticks;
    private long lots;

    Order(final long id, final boolean isBuy, final long ticks, final long lots) {
      this.id = id;
      this.isBuy = isBuy;
      this.ticks = ticks;
      this.lots = lots;
    }
  }

  TreeMapBook(final Reports reports) {
    this.reports = reports;
  }

  @Override
  public void place(final long sequence, final long orderId, final boolean isBuy, final boolean isIoc,
      final long lots, final long ticks) {
    reports.accepted(sequence, isBuy, orderId, ticks, lots);
    final long left = match(sequence, orderId, isBuy, lots, ticks);
    if (left > 0 && isIoc) {
      reports.cancelled(sequence, isBuy, orderId, ticks);
    } else if (left > 0) {
      rest(new Order(orderId, isBuy, ticks, left));
    }
  }

  @Override
  public void cancel(final long sequence, final long orderId, final boolean isBuy) {
    final Order order = remove(orderId);
    if (null == order) {
      reports.cancelRejected(sequence, orderId);
    } else {
      reports.cancelled(sequence, order.isBuy, orderId, order.ticks);
    }
  }

  @Override
  public void modify(final long sequence, final long orderId, final boolean isBuy, final long lots,
      final long ticks) {
    final Order order = remove(orderId);
    if (null == order) {
      reports.modifyRejected(sequence, orderId);
      return;
    }
    final long left = match(sequence, orderId, order.isBuy, lots, ticks);
    if (left > 0) {
      rest(new Order(orderId, order.isBuy, ticks, left));
    }
    reports.modified(sequence, order.isBuy, orderId, ticks, lots);
  }

  private long match(final long sequence, final long takerId, final boolean isBuy, final long lots,
      final long limitTicks) {
    final TreeMap<Long, Map<Long, Order>> makers = isBuy ? asks : bids;
    long left = lots;
    while (left > 0 && !makers.isEmpty()) {
      final Map.Entry<Long, Map<Long, Order>> best = makers.firstEntry();
      if (isBuy ? best.getKey() > limitTicks : best.getKey() < limitTicks) {
        return left;
      }
      final Order maker = best.getValue().values().iterator().next();
      final long traded = Math.min(left, maker.lots);
      left -= traded;
      maker.lots -= traded;
      reports.traded(sequence, maker.ticks, traded, maker.id, takerId);
      if (0 == maker.lots) {
        remove(maker.id);
      }
    }
    return left;
  }

  private void rest(final Order order) {
    (order.isBuy ? bids : asks).computeIfAbsent(order.ticks, ticks -> new LinkedHashMap<>()).put(order.id, order);
    orders.put(order.id, order);
  }

  private @Nullable Order remove(final long orderId) {
    final Order order = orders.remove(orderId);
    if (null != order) {
      final TreeMap<Long, Map<Long, Order>> side = order.isBuy ? bids : asks;
      final Map<Long, Order> level = side.get(order.ticks);
      level.remove(orderId);
      if (level.isEmpty()) {
        side.remove(order.ticks);
      }
    }
    return order;
  }
}
