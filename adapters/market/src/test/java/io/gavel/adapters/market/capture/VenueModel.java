package io.gavel.adapters.market.capture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A venue in its most obvious form: two lists of orders sorted by price and time, and random traffic. Each step is an
 * event of one or more changes; each change carries all levels as they are behind it.
 */
final class VenueModel {

  private static final int MID = 10_000;

  private final Random random;
  private final boolean modifies;
  private final List<Order> orders = new ArrayList<>();
  private long nextId = 1;
  private long nextTime;

  enum Kind { ADD, CANCEL, EXECUTE, MODIFY }

  /** A resting order. */
  static final class Order {
    final long id;
    final boolean isBuy;
    int price;
    long size;
    long time;

    Order(final long id, final boolean isBuy, final int price, final long size, final long time) {
      this.id = id;
      this.isBuy = isBuy;
      this.price = price;
      this.size = size;
      this.time = time;
    }
  }

  /** Levels of one side, best first: price and size. */
  record Levels(List<long[]> bids, List<long[]> asks) {
  }

  /** What became of an order: {@code left} is open behind it. */
  record Change(Kind kind, long id, boolean isBuy, int price, long size, long left, Levels before, Levels after) {

    boolean gone() {
      return 0 == left;
    }
  }

  VenueModel(final Random random, final boolean modifies) {
    this.random = random;
    this.modifies = modifies;
  }

  /** One event. */
  List<Change> step() {
    final List<Change> changes = new ArrayList<>();
    final int dice = random.nextInt(10);
    if (dice < 6 || orders.isEmpty()) {
      enter(changes);
    } else if (dice < 9 || !modifies) {
      final Order order = orders.get(random.nextInt(orders.size()));
      take(changes, Kind.CANCEL, order, random.nextBoolean() ? order.size : 1 + random.nextInt((int) order.size));
    } else {
      modify(changes, orders.get(random.nextInt(orders.size())));
    }
    return changes;
  }

  Levels levels() {
    return new Levels(side(true), side(false));
  }

  private void enter(final List<Change> changes) {
    final boolean isBuy = random.nextBoolean();
    final int price = MID + (isBuy ? -1 : 1) * (random.nextInt(12) - 3);
    long size = 1L + random.nextInt(20);
    while (size > 0) {
      final Order maker = orders.stream().filter(order -> order.isBuy != isBuy)
          .filter(order -> isBuy ? order.price <= price : order.price >= price).min(priority()).orElse(null);
      if (null == maker) {
        break;
      }
      final long traded = Math.min(size, maker.size);
      size -= traded;
      take(changes, Kind.EXECUTE, maker, traded);
    }
    if (size > 0) {
      final Levels before = levels();
      final Order order = new Order(nextId++, isBuy, price, size, nextTime++);
      orders.add(order);
      changes.add(new Change(Kind.ADD, order.id, isBuy, price, size, size, before, levels()));
    }
  }

  private void take(final List<Change> changes, final Kind kind, final Order order, final long size) {
    final Levels before = levels();
    order.size -= size;
    if (0 == order.size) {
      orders.remove(order);
    }
    changes.add(new Change(kind, order.id, order.isBuy, order.price, size, order.size, before, levels()));
  }

  private void modify(final List<Change> changes, final Order order) {
    final int price = order.price + (order.isBuy ? -random.nextInt(2) : random.nextInt(2));
    final long size = Math.max(1, order.size + random.nextInt(5) - 2);
    final Levels before = levels();
    if (price != order.price || size > order.size) {
      order.time = nextTime++;
    }
    order.price = price;
    order.size = size;
    changes.add(new Change(Kind.MODIFY, order.id, order.isBuy, price, size, size, before, levels()));
  }

  private static Comparator<Order> priority() {
    return Comparator.<Order>comparingInt(order -> order.isBuy ? -order.price : order.price)
        .thenComparingLong(order -> order.time);
  }

  private List<long[]> side(final boolean isBuy) {
    final TreeMap<Integer, Long> sizes = new TreeMap<>();
    orders.stream().filter(order -> order.isBuy == isBuy)
        .forEach(order -> sizes.merge(order.price, order.size, Long::sum));
    final List<long[]> levels = new ArrayList<>();
    for (final Map.Entry<Integer, Long> level : (isBuy ? sizes.descendingMap() : sizes).entrySet()) {
      levels.add(new long[] {level.getKey(), level.getValue()});
    }
    return levels;
  }
}
