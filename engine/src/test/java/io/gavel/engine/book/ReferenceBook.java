package io.gavel.engine.book;

import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.StpMode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A book that is slow and obvious: queues of orders in a tree of prices. Says the same as a driven OrderBook must. */
final class ReferenceBook {

  private static final class Order {
    final long id;
    final long account;
    final Side side;
    int ticks;
    long lots;

    Order(final long id, final long account, final Side side, final int ticks, final long lots) {
      this.id = id;
      this.account = account;
      this.side = side;
      this.ticks = ticks;
      this.lots = lots;
    }

    Order copy() {
      return new Order(id, account, side, ticks, lots);
    }
  }

  private final long unitsPerTickLot;
  private final Map<Side, TreeMap<Integer, ArrayDeque<Order>>> sides = new HashMap<>();
  private final Map<Long, Order> ordersById = new HashMap<>();

  ReferenceBook(final long unitsPerTickLot) {
    this.unitsPerTickLot = unitsPerTickLot;
    sides.put(Side.BUY, new TreeMap<>(Comparator.reverseOrder()));
    sides.put(Side.SELL, new TreeMap<>());
  }

  int openOrders() {
    return ordersById.size();
  }

  /** Price of a resting order, or 0. */
  int ticksOf(final long orderId) {
    final Order order = ordersById.get(orderId);
    return null == order ? 0 : order.ticks;
  }

  void apply(final BookCommand command, final EventLog log) {
    final Order resting = ordersById.get(command.orderId());
    switch (command.kind()) {
      case CANCEL -> {
        if (null == resting) {
          log.add(EventLog.REFUSED, 0, 0, 0, 0, 0);
        } else {
          remove(resting);
          log.add(EventLog.CANCELLED, resting.id, resting.ticks, resting.lots, 0, 0);
        }
      }
      case AMEND -> {
        if (null == resting) {
          log.add(EventLog.REFUSED, 0, 0, 0, 0, 0);
        } else if (resting.ticks == command.ticks() && command.lots() <= resting.lots) {
          resting.lots = command.lots();
          log.add(EventLog.REDUCED, resting.id, resting.ticks, resting.lots, 0, 0);
        } else {
          remove(resting);
          resting.ticks = command.ticks();
          resting.lots = command.lots();
          matchAndRest(resting, command.stp(), -1, true, log);
        }
      }
      default -> place(command, log);
    }
  }

  private void place(final BookCommand command, final EventLog log) {
    final Order order =
        new Order(command.orderId(), command.account(), command.side(), command.ticks(), command.lots());
    final boolean isRefused = switch (command.kind()) {
      case POST_ONLY -> null != bestAgainst(order);
      case FOK -> command.lots() != lotsTradedOnACopy(order, command.stp());
      default -> false;
    };
    if (isRefused) {
      log.add(EventLog.REFUSED, command.orderId(), command.ticks(), command.lots(), 0, 0);
    } else {
      final boolean mayRest =
          BookCommand.Kind.REST == command.kind() || BookCommand.Kind.POST_ONLY == command.kind();
      final boolean isBudget = BookCommand.Kind.QUOTE_BUY == command.kind();
      matchAndRest(order, command.stp(), isBudget ? command.budgetUnits() : -1, mayRest, log);
    }
  }

  private long lotsTradedOnACopy(final Order order, final StpMode stp) {
    final ReferenceBook copy = new ReferenceBook(unitsPerTickLot);
    sides.get(Side.BUY == order.side ? Side.SELL : Side.BUY).values()
        .forEach(queue -> queue.forEach(maker -> copy.add(maker.copy())));
    final EventLog log = new EventLog();
    final Order taker = order.copy();
    long traded = 0;
    while (taker.lots > 0 && null != copy.bestAgainst(taker)) {
      final long before = taker.lots;
      log.clear();
      copy.meet(taker, copy.bestAgainst(taker), taker.lots, stp, false, log);
      traded += EventLog.TRADE == log.kind(0) ? before - taker.lots : 0;
    }
    return traded;
  }

  private void matchAndRest(
      final Order taker, final StpMode stp, final long budgetUnits, final boolean mayRest, final EventLog log) {
    final boolean isBudget = budgetUnits >= 0;
    long budget = budgetUnits;
    boolean isCancelled = false;
    for (Order maker = bestAgainst(taker); null != maker && !isCancelled; maker = bestAgainst(taker)) {
      final long unitsPerLot = maker.ticks * unitsPerTickLot;
      final long wanted = isBudget ? budget / unitsPerLot : taker.lots;
      if (0 == wanted) {
        break;
      }
      final long left = meet(taker, maker, wanted, stp, isBudget, log);
      if (isBudget) {
        final int last = log.kind(log.size() - 1);
        budget -= EventLog.MAKER_CANCELLED == last ? 0 : (wanted - left) * unitsPerLot;
      }
      isCancelled = 0 == left;
    }
    final long left = isBudget ? budget : taker.lots;
    if (mayRest && left > 0) {
      add(taker);
      log.add(EventLog.RESTED, taker.id, taker.ticks, left, 0, 0);
    } else {
      log.add(EventLog.DROPPED, taker.id, taker.ticks, left, 0, 0);
    }
  }

  /** Lets two orders meet; returns what the taker still wants, 0 when it is filled or cancelled. */
  private long meet(final Order taker, final Order maker, final long wanted, final StpMode stp,
      final boolean isBudget, final EventLog log) {
    if (taker.account != maker.account || StpMode.NONE == stp) {
      final long lots = Math.min(wanted, maker.lots);
      lessMaker(maker, lots);
      return lessTaker(EventLog.TRADE, taker, maker, wanted, lots, isBudget, log);
    }
    final long makerLots = maker.lots;
    return switch (stp) {
      case CANCEL_TAKER -> lessTaker(EventLog.TAKER_CANCELLED, taker, maker, wanted, wanted, isBudget, log);
      case CANCEL_MAKER -> {
        cancelMaker(maker, taker, isBudget, log);
        yield wanted;
      }
      case CANCEL_BOTH -> {
        cancelMaker(maker, taker, isBudget, log);
        yield lessTaker(EventLog.TAKER_CANCELLED, taker, maker, wanted, wanted, isBudget, log);
      }
      case DECREMENT -> {
        if (makerLots <= wanted) {
          cancelMaker(maker, taker, isBudget, log);
        } else {
          lessMaker(maker, wanted);
          log.add(EventLog.MAKER_REDUCED, maker.id, maker.ticks, wanted, maker.lots, isBudget ? 0 : taker.lots);
        }
        final int kind = makerLots < wanted ? EventLog.TAKER_REDUCED : EventLog.TAKER_CANCELLED;
        yield lessTaker(kind, taker, maker, wanted, Math.min(wanted, makerLots), isBudget, log);
      }
      default -> throw new IllegalArgumentException("mode " + stp);
    };
  }

  private static long lessTaker(final int kind, final Order taker, final Order maker, final long wanted,
      final long lots, final boolean isBudget, final EventLog log) {
    taker.lots -= isBudget ? 0 : lots;
    log.add(kind, maker.id, maker.ticks, lots, maker.lots, isBudget ? 0 : taker.lots);
    return wanted - lots;
  }

  private void cancelMaker(final Order maker, final Order taker, final boolean isBudget, final EventLog log) {
    final long lots = maker.lots;
    lessMaker(maker, lots);
    log.add(EventLog.MAKER_CANCELLED, maker.id, maker.ticks, lots, 0, isBudget ? 0 : taker.lots);
  }

  private void lessMaker(final Order maker, final long lots) {
    maker.lots -= lots;
    if (0 == maker.lots) {
      remove(maker);
    }
  }

  private Order bestAgainst(final Order taker) {
    final TreeMap<Integer, ArrayDeque<Order>> makers = sides.get(Side.BUY == taker.side ? Side.SELL : Side.BUY);
    if (makers.isEmpty()) {
      return null;
    }
    final int best = makers.firstKey();
    final boolean isWithin = Side.BUY == taker.side ? best <= taker.ticks : best >= taker.ticks;
    return isWithin ? makers.firstEntry().getValue().peekFirst() : null;
  }

  private void add(final Order order) {
    sides.get(order.side).computeIfAbsent(order.ticks, ticks -> new ArrayDeque<>()).addLast(order);
    ordersById.put(order.id, order);
  }

  private void remove(final Order order) {
    final ArrayDeque<Order> queue = sides.get(order.side).get(order.ticks);
    queue.removeIf(other -> other == order);
    if (queue.isEmpty()) {
      sides.get(order.side).remove(order.ticks);
    }
    ordersById.remove(order.id);
  }

  /** Depth of a side as price, lots and orders, best first. */
  void depth(final Side side, final EventLog log) {
    sides.get(side).forEach((ticks, queue) ->
        log.add(0, 0, ticks, queue.stream().mapToLong(order -> order.lots).sum(), queue.size(), 0));
  }

  /** What a book saves of the same orders: bids then asks, best first, first come first. */
  void save(final StateCells cells, final long idFactor, final long idOffset) {
    final List<Order> orders = new ArrayList<>();
    sides.get(Side.BUY).values().forEach(orders::addAll);
    sides.get(Side.SELL).values().forEach(orders::addAll);
    if (orders.isEmpty()) {
      return;
    }
    cells.putLong(orders.size());
    for (final Order order : orders) {
      cells.putLong(idFactor * order.id + idOffset);
      cells.putLong(order.account);
      cells.putInt(order.side.value());
      cells.putInt(order.ticks);
      cells.putLong(order.lots);
    }
  }
}
