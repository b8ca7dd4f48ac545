package io.gavel.engine.core.oracle;

import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReserveMode;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.RuleState;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.StpMode;
import io.gavel.codecs.sbe.TimeInForce;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What follows from commands: trades, closings, firings, children; what is owed is worked off first in, first out. */
final class Story {

  final Told told = new Told();
  final Money money = new Money();
  final TreeMap<Integer, Pair> pairs = new TreeMap<>();
  final TreeMap<Long, Order> orders = new TreeMap<>();
  final TreeMap<Long, Rule> rules = new TreeMap<>();
  final Triggers triggers = new Triggers(rules.values());
  final ArrayDeque<Runnable> owed = new ArrayDeque<>();
  final Set<Rule> working = new LinkedHashSet<>();
  final Set<Rule> held = new LinkedHashSet<>();
  final Set<Long> haltedAccounts = new LinkedHashSet<>();
  final long activationDelayNs;
  boolean engineHalted;
  long sequence;
  long nowNs;
  private long lastId;
  private int lastFillTicks;

  Story(final long activationDelayNs) {
    this.activationDelayNs = activationDelayNs;
  }

  void now(final long timeNs) {
    nowNs = timeNs;
    told.tale.at(timeNs);
  }

  long nextId() {
    return ++lastId;
  }

  ReasonCode halt(final long account, final Pair pair) {
    if (engineHalted) {
      return ReasonCode.HALTED_ENGINE;
    }
    if (pair.halted) {
      return ReasonCode.HALTED_INSTRUMENT;
    }
    return haltedAccounts.contains(account) ? ReasonCode.HALTED_ACCOUNT : ReasonCode.OK;
  }

  void drain() {
    while (!owed.isEmpty()) {
      owed.removeFirst().run();
    }
  }

  // ---- prices

  void printed(final Pair pair, final int ticks) {
    pair.prices.put(PriceSource.LAST, (long) ticks * pair.markUnitsPerTick);
    triggers.onPrice(pair, PriceSource.LAST);
    for (final Rule rule : List.copyOf(working)) {
      if (rule.pair == pair && rule.attempt != sequence) {
        rule.attempt = sequence;
        owed.add(() -> send(rule));
      }
    }
  }

  /** A step that touched the book is over: now people see its best prices, the bid first. */
  void bookChanged(final Pair pair) {
    final int bid = pair.best(Side.BUY);
    final int ask = pair.best(Side.SELL);
    final boolean bidMoved = bid != pair.floorTicks(PriceSource.BID);
    final boolean askMoved = ask != pair.floorTicks(PriceSource.ASK);
    pair.prices.put(PriceSource.BID, (long) bid * pair.markUnitsPerTick);
    pair.prices.put(PriceSource.ASK, (long) ask * pair.markUnitsPerTick);
    if (bidMoved) {
      triggers.onPrice(pair, PriceSource.BID);
    }
    if (askMoved) {
      triggers.onPrice(pair, PriceSource.ASK);
    }
  }

  void endStep() {
    for (final Triggers.Firing firing : triggers.fired) {
      owed.add(() -> fired(firing));
    }
    triggers.fired.clear();
  }

  // ---- orders

  void take(final Order taker, final int limitTicks, final @Nullable BigInteger amount, final boolean quiet) {
    final Pair pair = taker.pair;
    lastFillTicks = 0;
    BigInteger budget = amount;
    ReasonCode end = ReasonCode.OK;
    while (ReasonCode.OK == end && !pair.against(taker.side).isEmpty()) {
      final int ticks = pair.against(taker.side).firstKey();
      final long lots = null == budget ? taker.open : budget.divide(pair.notional(ticks, 1)).longValueExact();
      if (0 == lots || !Pair.reaches(taker.side, limitTicks, ticks)) {
        break;
      }
      final Order maker = pair.against(taker.side).get(ticks).getFirst();
      final boolean own = StpMode.NONE != taker.stpMode && maker.account == taker.account;
      final long met = Math.min(lots, maker.open);
      long spent = met;
      if (!own) {
        trade(taker, maker, met, null != budget);
      } else {
        spent = StpMode.DECREMENT == taker.stpMode ? met : 0;
        end = meetOwn(taker, maker, lots, met, null != budget);
      }
      if (null != budget) {
        budget = budget.subtract(pair.notional(ticks, spent));
      }
    }
    finish(taker, limitTicks, budget, end);
    if (!quiet) {
      bookChanged(pair);
    }
    endStep();
  }

  private ReasonCode meetOwn(final Order taker, final Order maker, final long takerLots, final long met,
      final boolean byAmount) {
    final StpMode mode = taker.stpMode;
    if (StpMode.CANCEL_MAKER == mode || StpMode.CANCEL_BOTH == mode
        || (StpMode.DECREMENT == mode && met == maker.open)) {
      taker.pair.unrest(maker);
      close(maker, ReasonCode.CANCELLED_SELF_TRADE);
    } else if (StpMode.DECREMENT == mode) {
      decrement(maker, met);
    }
    if (StpMode.CANCEL_TAKER == mode || StpMode.CANCEL_BOTH == mode
        || (StpMode.DECREMENT == mode && met == takerLots)) {
      return ReasonCode.CANCELLED_SELF_TRADE;
    }
    if (StpMode.DECREMENT == mode && !byAmount) {
      decrement(taker, met);
    }
    return ReasonCode.OK;
  }

  private void decrement(final Order order, final long lots) {
    order.open -= lots;
    order.quantity -= lots;
    if (null == order.rule) {
      money.resize(order.reservation, order.reservation.limitTicks, order.open);
    }
    told.amended(order, true, ReasonCode.CANCELLED_SELF_TRADE);
  }

  private void trade(final Order taker, final Order maker, final long lots, final boolean byAmount) {
    final int ticks = maker.limitTicks;
    final BigInteger[] fees = money.fill(maker.reservation, taker.reservation, ticks, lots);
    maker.open -= lots;
    taker.open -= byAmount ? 0 : lots;
    told.trade(taker, maker, ticks, lots, fees);
    filled(maker, lots);
    filled(taker, lots);
    if (0 == maker.open) {
      maker.pair.unrest(maker);
      close(maker, ReasonCode.FILLED);
    }
    if (ticks != lastFillTicks) {
      lastFillTicks = ticks;
      printed(taker.pair, ticks);
    }
  }

  private void filled(final Order order, final long lots) {
    order.filled += lots;
    final Rule rule = order.rule;
    if (null != rule) {
      rule.remaining -= lots;
      rule.filled += lots;
      if (OrdType.LIMIT == order.ordType && rule.remaining > 0 && RuleState.TRIGGERED == rule.state) {
        state(rule, RuleState.PARTLY_EFFECTIVE, ReasonCode.CHILD_PARTLY_FILLED);
      }
    }
  }

  private void finish(final Order taker, final int limitTicks, final @Nullable BigInteger budget,
      final ReasonCode end) {
    if (ReasonCode.OK != end) {
      close(taker, end);
    } else if (null != budget) {
      final int ask = taker.pair.best(Side.SELL);
      final boolean spent = taker.filled > 0 && ((0 != ask && ask <= limitTicks)
          || budget.compareTo(taker.pair.notional(lastFillTicks, 1)) < 0);
      close(taker, spent ? ReasonCode.FILLED : ReasonCode.CANCELLED_IOC_REST);
    } else if (0 == taker.open) {
      close(taker, ReasonCode.FILLED);
    } else if (TimeInForce.GTC == taker.timeInForce || TimeInForce.GTD == taker.timeInForce) {
      taker.pair.rest(taker);
    } else {
      close(taker, ReasonCode.CANCELLED_IOC_REST);
    }
  }

  void cancel(final Order order, final ReasonCode reason) {
    order.pair.unrest(order);
    close(order, reason);
  }

  private void close(final Order order, final ReasonCode reason) {
    orders.remove(order.id);
    if (!order.tape) {
      told.closed(order, reason);
    }
    if (null == order.rule) {
      money.release(order.reservation);
    } else {
      childClosed(order.rule, order.filled, reason);
    }
  }

  void accepted(final Order order) {
    orders.put(order.id, order);
    told.accepted(order);
  }

  /** The venue's own order: funded or left out, without events. */
  long quote(final Pair pair, final long account, final Side side, final long ticks, final long lots) {
    if (ticks > 0 && ticks < Integer.MAX_VALUE && lots > 0 && ReasonCode.OK == halt(account, pair)) {
      final Money.Reservation reservation = money.reserve(account, pair, side, (int) ticks, lots);
      if (null != reservation) {
        final Order order = new Order(nextId(), account, pair, side, (int) ticks, lots, reservation);
        order.tape = true;
        orders.put(order.id, order);
        take(order, (int) ticks, null, Side.BUY == side);
        return order.id;
      }
    }
    if (Side.SELL == side) {
      bookChanged(pair);
      endStep();
    }
    return 0;
  }

  // ---- rules

  void state(final Rule rule, final RuleState to, final ReasonCode reason) {
    told.state(rule, to, reason);
    rule.state = to;
  }

  void end(final Rule rule, final RuleState to, final ReasonCode reason) {
    rule.armed = false;
    if (null != rule.reservation) {
      money.release(rule.reservation);
      rule.reservation = null;
    }
    rules.remove(rule.id);
    working.remove(rule);
    held.remove(rule);
    state(rule, to, reason);
  }

  private void childClosed(final Rule rule, final long childFilled, final ReasonCode reason) {
    rule.child = null;
    if (0 == rule.remaining) {
      end(rule, RuleState.FINISHED, ReasonCode.CHILD_FILLED);
    } else if (ReasonCode.CANCELLED_WITH_RULE == reason) {
      end(rule, RuleState.CANCELLED, ReasonCode.CANCELLED_BY_USER);
    } else if (ReasonCode.CANCELLED_MASS == reason) {
      end(rule, RuleState.CANCELLED, ReasonCode.CANCELLED_MASS);
    } else if (rule.isMarketChild() && ReasonCode.CANCELLED_IOC_REST == reason) {
      if (RuleState.PARTLY_EFFECTIVE != rule.state) {
        state(rule, RuleState.PARTLY_EFFECTIVE, childFilled > 0 ? ReasonCode.CHILD_PARTLY_FILLED : reason);
      }
      working.add(rule);
    } else {
      end(rule, RuleState.CANCELLED, ReasonCode.CHILD_CANCELLED);
    }
  }

  private void fired(final Triggers.Firing firing) {
    final Rule rule = firing.rule();
    final boolean atTime = 0 == firing.reference();
    final int reference = atTime ? rule.pair.reference() : firing.reference();
    rule.protectionTicks = protection(rule, firing.leg(), reference);
    told.triggered(rule, firing, atTime ? RuleKind.AT_TIME : firing.leg().kind, reference, sequence);
    rule.state = RuleState.LIVE;
    state(rule, RuleState.TRIGGERING, atTime ? ReasonCode.TRIGGER_AT_TIME : ReasonCode.TRIGGER_CROSSED);
    if (rule.isMarketChild() && 0 == reference) {
      end(rule, RuleState.SUPPRESSED, ReasonCode.NO_REFERENCE_PRICE);
    } else if (activationDelayNs > 0) {
      rule.dueTimeNs = nowNs + activationDelayNs;
    } else {
      owed.add(() -> send(rule));
    }
  }

  private static int protection(final Rule rule, final Rule.Leg leg, final int reference) {
    return 0 == reference ? 0 : Gate.protection(rule.pair, rule.spec.side(), leg.protectionBps, reference);
  }

  /** Sends the child, or the rest once more. */
  void send(final Rule rule) {
    if ((RuleState.TRIGGERING != rule.state && RuleState.PARTLY_EFFECTIVE != rule.state) || null != rule.child) {
      return;
    }
    rule.attempt = sequence;
    working.remove(rule);
    final int last = rule.pair.floorTicks(PriceSource.LAST);
    if (ReasonCode.OK != halt(rule.spec.account(), rule.pair)) {
      state(rule, RuleState.HELD, ReasonCode.HELD_BY_HALT);
      held.add(rule);
    } else if (RuleState.PARTLY_EFFECTIVE == rule.state && rule.isMarketChild() && 0 != last
        && (rule.sells() ? last < rule.protectionTicks : last > rule.protectionTicks)) {
      end(rule, RuleState.CANCELLED, ReasonCode.PROTECTION_PASSED);
    } else if (resolve(rule)) {
      place(rule);
    }
  }

  void lift(final Rule rule) {
    if (RuleState.HELD == rule.state && ReasonCode.OK == halt(rule.spec.account(), rule.pair)) {
      held.remove(rule);
      state(rule, RuleState.TRIGGERING, ReasonCode.HALT_LIFTED);
      owed.add(() -> send(rule));
    }
  }

  private boolean resolve(final Rule rule) {
    final Pair pair = rule.pair;
    final long account = rule.spec.account();
    long lots = rule.remaining;
    if (rule.sells() && 0 != rule.spec.shareE8() && 0 == rule.filled) {
      lots = Math.min(lots, shareLots(account, pair, rule.spec.shareE8()));
    }
    if (rule.sells() && ReserveMode.NONE == rule.spec.reserveMode() && null == rule.reservation) {
      lots = money.affordable(account, pair, lots, money.free(account, pair.baseAsset));
    }
    if (0 == lots) {
      end(rule, RuleState.SUPPRESSED, ReasonCode.BALANCE_GONE);
      return false;
    }
    rule.remaining = lots;
    if (null != rule.reservation) {
      return money.resize(rule.reservation, rule.reservation.limitTicks, lots);
    }
    rule.reservation = money.reserve(account, pair, rule.spec.side(), childLimit(rule), lots);
    if (null == rule.reservation) {
      told.childRefused(rule, ReasonCode.INSUFFICIENT_BALANCE);
      end(rule, RuleState.REJECTED, ReasonCode.CHILD_REFUSED);
      return false;
    }
    return true;
  }

  long shareLots(final long account, final Pair pair, final int shareE8) {
    final BigInteger total = money.free(account, pair.baseAsset).add(money.held(account, pair.baseAsset));
    return money.affordable(account, pair, total.multiply(BigInteger.valueOf(shareE8)).divide(Money.E8)
        .divide(pair.baseUnitsPerLot).longValueExact(), total);
  }

  private static int childLimit(final Rule rule) {
    return rule.isMarketChild() ? rule.protectionTicks : rule.fired.childLimit;
  }

  /** The child trades on the rule's money, and takes the account's own order away rather than stop. */
  private void place(final Rule rule) {
    final Order child = new Order(nextId(), rule.spec.account(), rule.pair, rule.spec.side(), childLimit(rule),
        rule.remaining, Objects.requireNonNull(rule.reservation));
    child.rule = rule;
    child.stpMode = StpMode.CANCEL_MAKER;
    child.ordType = rule.isMarketChild() ? OrdType.MARKET : OrdType.LIMIT;
    child.timeInForce = rule.isMarketChild() ? TimeInForce.IOC : TimeInForce.GTC;
    rule.child = child;
    if (RuleState.TRIGGERING == rule.state) {
      state(rule, RuleState.TRIGGERED, ReasonCode.CHILD_SENT);
    }
    accepted(child);
    take(child, child.limitTicks, null, false);
  }
}
