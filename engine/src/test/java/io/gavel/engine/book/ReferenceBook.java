package io.gavel.engine.book;

import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.StpMode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * A book that is slow and obvious: each side is a sorted set of orders, by price, then shown before hidden, then by a
 * stamp that an order gets when it queues. Says the same as a driven OrderBook must.
 */
final class ReferenceBook {

  private static final Comparator<Order> PRIORITY =
      Comparator.<Order>comparingInt(order -> Side.BUY == order.side ? -order.ticks : order.ticks)
          .thenComparing(order -> order.isHidden).thenComparingLong(order -> order.stamp);

  private static final class Order {
    final long id;
    final long account;
    final Side side;
    final boolean isHidden;
    final long displayLots;
    int ticks;
    long lots;
    long peakLots;
    long stamp;

    Order(final long id, final long account, final Side side, final int ticks, final long lots,
        final long displayLots) {
      this.id = id;
      this.account = account;
      this.side = side;
      this.ticks = ticks;
      this.lots = lots;
      this.isHidden = BookCommand.HIDDEN == displayLots;
      this.displayLots = Math.max(0, displayLots);
    }

    Order copy() {
      final Order copy =
          new Order(id, account, side, ticks, lots, isHidden ? BookCommand.HIDDEN : displayLots);
      copy.peakLots = peakLots;
      copy.stamp = stamp;
      return copy;
    }

    boolean isIceberg() {
      return displayLots > 0;
    }

    long lotsInTurn() {
      return isIceberg() ? peakLots : lots;
    }

    long shownLots() {
      return isHidden ? 0 : lotsInTurn();
    }
  }

  private final long unitsPerTickLot;
  private final Map<Side, TreeSet<Order>> sides = new HashMap<>();
  private final Map<Long, Order> ordersById = new HashMap<>();
  private long nextStamp = 1;
  private boolean isCall;

  ReferenceBook(final long unitsPerTickLot) {
    this.unitsPerTickLot = unitsPerTickLot;
    sides.put(Side.BUY, new TreeSet<>(PRIORITY));
    sides.put(Side.SELL, new TreeSet<>(PRIORITY));
  }

  int openOrders() {
    return ordersById.size();
  }

  boolean isCall() {
    return isCall;
  }

  /** Price of a resting order, or 0. */
  int ticksOf(final long orderId) {
    final Order order = ordersById.get(orderId);
    return null == order ? 0 : order.ticks;
  }

  /** Price of the best order that shows something, or 0. */
  int bestShownTicks(final Side side) {
    return sides.get(side).stream().filter(order -> !order.isHidden).findFirst().map(order -> order.ticks).orElse(0);
  }

  void apply(final BookCommand command, final EventLog log) {
    switch (command.kind()) {
      case CANCEL -> cancel(ordersById.get(command.orderId()), log);
      case AMEND -> amend(ordersById.get(command.orderId()), command, log);
      case CALL -> isCall = true;
      case INDICATE -> evaluate(command.ticks(), log);
      case UNCROSS -> {
        uncross(evaluate(command.ticks(), log), log);
        isCall = false;
      }
      default -> place(command, log);
    }
  }

  private void cancel(final Order order, final EventLog log) {
    if (null == order) {
      log.add(EventLog.REFUSED, 0, 0, 0, 0, 0, 0);
    } else {
      remove(order);
      log.add(EventLog.CANCELLED, order.id, 0, order.ticks, order.lots, 0, 0);
    }
  }

  private void amend(final Order order, final BookCommand command, final EventLog log) {
    if (null == order) {
      log.add(EventLog.REFUSED, 0, 0, 0, 0, 0, 0);
    } else if (order.ticks == command.ticks() && command.lots() <= order.lots) {
      reduce(order, order.lots - command.lots());
      log.add(EventLog.REDUCED, order.id, 0, order.ticks, order.lots, order.shownLots(), 0);
    } else {
      remove(order);
      order.ticks = command.ticks();
      order.lots = command.lots();
      matchAndRest(order, command.stp(), -1, true, log);
    }
  }

  private void place(final BookCommand command, final EventLog log) {
    final Order order = new Order(command.orderId(), command.account(), command.side(), command.ticks(),
        command.lots(), command.displayLots());
    final boolean isRefused = switch (command.kind()) {
      case POST_ONLY -> null != bestAgainst(order);
      case FOK -> command.lots() != lotsTradedOnACopy(order, command.stp());
      default -> false;
    };
    if (isRefused) {
      log.add(EventLog.REFUSED, command.orderId(), 0, command.ticks(), command.lots(), 0, 0);
    } else {
      final boolean isBudget = BookCommand.Kind.QUOTE_BUY == command.kind();
      matchAndRest(order, command.stp(), isBudget ? command.budgetUnits() : -1, command.mayRest(), log);
    }
  }

  private long lotsTradedOnACopy(final Order order, final StpMode stp) {
    final ReferenceBook copy = new ReferenceBook(unitsPerTickLot);
    copy.nextStamp = nextStamp;
    for (final Order maker : sides.get(opposite(order.side))) {
      final Order makerCopy = maker.copy();
      copy.sides.get(maker.side).add(makerCopy);
      copy.ordersById.put(maker.id, makerCopy);
    }
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
    boolean isCancelled = isCall;
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
      queue(taker);
      log.add(EventLog.RESTED, taker.id, 0, taker.ticks, left, taker.shownLots(), 0);
    } else {
      log.add(EventLog.DROPPED, taker.id, 0, taker.ticks, left, 0, 0);
    }
  }

  /** Lets two orders meet; returns what the taker still wants, 0 when it is filled or cancelled. */
  private long meet(final Order taker, final Order maker, final long wanted, final StpMode stp,
      final boolean isBudget, final EventLog log) {
    if (taker.account != maker.account || StpMode.NONE == stp) {
      final long lots = Math.min(wanted, maker.lotsInTurn());
      trade(maker, lots);
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
          reduce(maker, wanted);
          log.add(EventLog.MAKER_REDUCED, maker.id, taker.id, maker.ticks, wanted, maker.lots,
              isBudget ? 0 : taker.lots);
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
    log.add(kind, maker.id, taker.id, maker.ticks, lots, maker.lots, isBudget ? 0 : taker.lots);
    return wanted - lots;
  }

  private void cancelMaker(final Order maker, final Order taker, final boolean isBudget, final EventLog log) {
    final long lots = maker.lots;
    reduce(maker, lots);
    log.add(EventLog.MAKER_CANCELLED, maker.id, taker.id, maker.ticks, lots, 0, isBudget ? 0 : taker.lots);
  }

  /** Says and returns the price of the auction: every candidate is tried. */
  private int evaluate(final int referenceTicks, final EventLog log) {
    final AuctionPrices prices = new AuctionPrices();
    sides.get(Side.BUY).forEach(order -> prices.bid(order.ticks, order.lots));
    sides.get(Side.SELL).forEach(order -> prices.ask(order.ticks, order.lots));
    prices.choose(referenceTicks);
    log.add(EventLog.PRICED, 0, 0, prices.priceTicks(), prices.volumeLots(), prices.surplusLots(), 0);
    return prices.priceTicks();
  }

  private void uncross(final int ticks, final EventLog log) {
    final TreeSet<Order> bids = sides.get(Side.BUY);
    final TreeSet<Order> asks = sides.get(Side.SELL);
    while (0 != ticks && !bids.isEmpty() && !asks.isEmpty()
        && bids.first().ticks >= ticks && asks.first().ticks <= ticks) {
      final Order bid = bids.first();
      final Order ask = asks.first();
      final long lots = Math.min(bid.lotsInTurn(), ask.lotsInTurn());
      trade(bid, lots);
      trade(ask, lots);
      final Order older = bid.id < ask.id ? bid : ask;
      final Order younger = older == bid ? ask : bid;
      log.add(EventLog.TRADE, older.id, younger.id, ticks, lots, older.lots, younger.lots);
    }
  }

  private void trade(final Order order, final long lots) {
    remove(order);
    order.lots -= lots;
    order.peakLots -= lots;
    if (order.lots > 0 && order.isIceberg() && 0 == order.peakLots) {
      queue(order);
    } else if (order.lots > 0) {
      add(order);
    }
  }

  /** Takes lots off an order that keeps its place: what it shows goes last. */
  private void reduce(final Order order, final long lots) {
    remove(order);
    order.lots -= lots;
    order.peakLots = Math.min(order.peakLots, order.lots);
    if (order.lots > 0) {
      add(order);
    }
  }

  private void queue(final Order order) {
    order.stamp = nextStamp++;
    order.peakLots = Math.min(order.displayLots, order.lots);
    add(order);
  }

  private void add(final Order order) {
    sides.get(order.side).add(order);
    ordersById.put(order.id, order);
  }

  private void remove(final Order order) {
    sides.get(order.side).remove(order);
    ordersById.remove(order.id);
  }

  private Order bestAgainst(final Order taker) {
    final TreeSet<Order> makers = sides.get(opposite(taker.side));
    if (makers.isEmpty()) {
      return null;
    }
    final int best = makers.first().ticks;
    final boolean isWithin = Side.BUY == taker.side ? best <= taker.ticks : best >= taker.ticks;
    return isWithin ? makers.first() : null;
  }

  private static Side opposite(final Side side) {
    return Side.BUY == side ? Side.SELL : Side.BUY;
  }

  /** Depth of a side as price, lots, orders and shown lots, best first. */
  void depth(final Side side, final EventLog log) {
    int ticks = 0;
    long lots = 0;
    long orders = 0;
    long shownLots = 0;
    for (final Order order : sides.get(side)) {
      if (order.ticks != ticks && 0 != ticks) {
        log.add(0, 0, 0, ticks, lots, orders, shownLots);
        lots = 0;
        orders = 0;
        shownLots = 0;
      }
      ticks = order.ticks;
      lots += order.lots;
      orders++;
      shownLots += order.shownLots();
    }
    if (0 != ticks) {
      log.add(0, 0, 0, ticks, lots, orders, shownLots);
    }
  }

  /** What a book saves of the same orders: bids then asks, in priority; displayed and shown lots of icebergs only. */
  void save(final StateCells cells, final long idFactor, final long idOffset) {
    if (ordersById.isEmpty()) {
      return;
    }
    cells.putLong(ordersById.size());
    for (final Side side : new Side[] {Side.BUY, Side.SELL}) {
      for (final Order order : sides.get(side)) {
        cells.putLong(idFactor * order.id + idOffset);
        cells.putLong(order.account);
        cells.putInt(side.value() + (order.isIceberg() ? 2 : 0) + (order.isHidden ? 4 : 0));
        cells.putInt(order.ticks);
        cells.putLong(order.lots);
        if (order.isIceberg()) {
          cells.putLong(order.displayLots);
          cells.putLong(order.peakLots);
        }
      }
    }
  }
}
