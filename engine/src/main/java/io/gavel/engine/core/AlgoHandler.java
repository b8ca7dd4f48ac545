package io.gavel.engine.core;

import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleState;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.StpMode;
import io.gavel.codecs.sbe.TimeInForce;
import io.gavel.engine.algo.AlgoSpec;
import io.gavel.engine.algo.AlgoTable;
import io.gavel.engine.algo.ChildSlice;
import io.gavel.engine.algo.SliceReason;
import io.gavel.engine.algo.SliceType;
import io.gavel.engine.book.OrderBook;
import io.gavel.engine.book.OrderPool;
import io.gavel.engine.trigger.RuleBook;
import io.gavel.risk.RiskEngine;

/**
 * Works the order of a fired rule over time: opens its parent on the rule's own reservation, does what the parent says,
 * one order a step, and ends the rule once. The orders together are never more than what the rule may trade.
 *
 * <p>While a halt or the market keeps the rule from trading it is HELD: what rests stays, nothing new is sent, and its
 * time runs on. An order that a person or a sweep takes away ends the rule, as it ends one that sends a single order.
 */
final class AlgoHandler {

  private final Rooms rooms;
  private final CoreClock clock;
  private final RuleBook rules;
  private final RuleTable ruleTable;
  private final RuleActions actions;
  private final Algos algos;
  private final AlgoTable table;
  private final OrderPool pool;
  private final OrderTable orders;
  private final RuleEvents ruleEvents;
  private final OrderEvents orderEvents;
  private final AlgoEvents events;
  private final RuleLife life;
  private final OrderLife orderLife;
  private final Matching matching;
  private final PriceFlow prices;
  private final RuleSender sender;
  private final AlgoPlan plan;
  private final AlgoSpec spec = new AlgoSpec();
  private final ChildSlice slice = new ChildSlice();

  AlgoHandler(final Rooms rooms, final RuleEvents ruleEvents, final OrderEvents orderEvents, final RuleLife life,
      final OrderLife orderLife, final Matching matching, final PriceFlow prices, final RuleSender sender) {
    this.rooms = rooms;
    clock = rooms.clock;
    rules = rooms.rules;
    ruleTable = rooms.ruleTable;
    actions = rooms.actions;
    algos = rooms.algos;
    table = rooms.algos.table;
    pool = rooms.pool;
    orders = rooms.orders;
    events = new AlgoEvents(rooms);
    this.ruleEvents = ruleEvents;
    this.orderEvents = orderEvents;
    this.life = life;
    this.orderLife = orderLife;
    this.matching = matching;
    this.prices = prices;
    this.sender = sender;
    plan = new AlgoPlan(rooms.actions);
  }

  /** Why a rule that is to be armed with what was asked may not be, or OK. No effect. */
  ReasonCode check(final Side side, final int instrumentId, final long lots, final int limitTicks) {
    if (algos.capacity() == actions.worked()
        || algos.capacity() - actions.moreChildren() < actions.askedMoreChildren()) {
      return ReasonCode.ALGO_NO_ROOM;
    }
    return checkPlan(side, instrumentId, lots, limitTicks);
  }

  /** As {@link #check}, for a rule that is armed and is to have other lots or another limit. */
  ReasonCode checkAmend(final int slot, final int leg, final int newLimitTicks, final long newLots) {
    actions.recall(slot);
    final int limitTicks = 0 != newLimitTicks ? newLimitTicks : rules.childLimitTicks(slot, leg);
    return checkPlan(rules.side(slot), rules.instrumentId(slot), newLots, limitTicks);
  }

  private ReasonCode checkPlan(final Side side, final int instrumentId, final long lots, final int limitTicks) {
    plan.fill(spec, side, instrumentId, 0, lots, rooms.instrument(instrumentId).minLots(), limitTicks,
        rooms.risk.marks().referenceTicks(instrumentId), clock.timeNs());
    final ReasonCode code = AlgoPlan.reason(AlgoTable.check(spec, clock.timeNs()));
    return ReasonCode.OK == code ? AlgoPlan.check(spec) : code;
  }

  /** The first step: the rule may trade, its lots are known and, in spot, set aside. */
  void begin(final int slot) {
    final int instrumentId = rules.instrumentId(slot);
    actions.recall(slot);
    plan.fill(spec, rules.side(slot), instrumentId, rules.ruleId(slot), rules.remainingLots(slot),
        rooms.instrument(instrumentId).minLots(), rules.childLimitTicks(slot, rules.firedLeg(slot)),
        rooms.risk.marks().referenceTicks(instrumentId), clock.timeNs());
    final int algo = table.open(spec, clock.timeNs());
    if (AlgoTable.NULL_SLOT == algo) {
      ruleEvents.childRefused(slot, AlgoPlan.reason(table.refusal()));
      life.end(slot, RuleState.REJECTED, ReasonCode.CHILD_REFUSED);
      return;
    }
    algos.start(slot, algo);
    life.state(slot, RuleState.TRIGGERED, ReasonCode.ALGO_STARTED);
    algos.queue(algo);
  }

  /** A halt was lifted, or a market trades again. */
  void lift(final int slot, final ReasonCode reason) {
    life.state(slot, ruleTable.filledLots[slot] > 0 ? RuleState.PARTLY_EFFECTIVE : RuleState.TRIGGERED, reason);
    algos.queue(actions.algoSlot(slot));
  }

  /** The parent of a rule looks at what is to be done; a rule that has ended since was taken out with it. */
  void step(final int slot) {
    if (!algos.isRunning(slot)) {
      return;
    }
    final int instrumentId = rules.instrumentId(slot);
    work(slot, instrumentId);
    if (!matching.isActive()) {
      prices.bookChanged(rooms.book(instrumentId), instrumentId);
      prices.queueFired();
    }
  }

  private void work(final int slot, final int instrumentId) {
    final int algo = actions.algoSlot(slot);
    algos.dequeued(algo);
    final ReasonCode ends = algos.endReason(algo);
    if (ReasonCode.OK != ends) {
      end(slot, RuleState.CANCELLED, endReason(ends), ReasonCode.CANCELLED_WITH_RULE);
      return;
    }
    final long nowNs = clock.timeNs();
    if (isKept(slot, instrumentId) && table.filledLots(algo) < table.totalLots(algo) && nowNs < table.endNs(algo)) {
      algos.wakeAt(algo, table.endNs(algo));
      return;
    }
    table.next(algo, nowNs, rooms.algos.market, slice);
    switch (slice.action()) {
      case WAIT -> pause(slot, algo, nowNs);
      case PLACE -> place(slot, algo, instrumentId);
      case REPLACE -> {
        closeChildren(algo, ReasonCode.CHILD_REPLACED);
        place(slot, algo, instrumentId);
      }
      default -> finish(slot, algo);
    }
  }

  /** Whether the rule may not send anything now; it is HELD then, and told so once. */
  private boolean isKept(final int slot, final int instrumentId) {
    final boolean halted = sender.isHalted(slot, instrumentId);
    final boolean kept = halted || !sender.mayTrade(slot, instrumentId);
    if (kept && RuleState.HELD != rules.state(slot)) {
      life.state(slot, RuleState.HELD, halted ? ReasonCode.HELD_BY_HALT : ReasonCode.HELD_BY_SESSION);
      ruleTable.held.append(0, slot);
    }
    return kept;
  }

  private void pause(final int slot, final int algo, final long nowNs) {
    final SliceReason why = slice.reason();
    final boolean guarded = SliceReason.NO_REFERENCE == why || SliceReason.NO_TOUCH == why
        || SliceReason.COLLAR == why || SliceReason.DEPTH == why || SliceReason.PARTICIPATION == why
        || SliceReason.BELOW_MINIMUM == why || SliceReason.RETRIES_SPENT == why;
    if (guarded && table.waitsAnew(algo, why)) {
      events.step(slot, algo, slice, 0, 0, 0, slice.wakeNs());
    }
    algos.nextAt(algo, Math.max(slice.wakeNs(), nowNs + 1));
  }

  private void finish(final int slot, final int algo) {
    events.step(slot, algo, slice, 0, 0, 0, ChildSlice.NEVER_NS);
    if (SliceReason.FILLED == slice.reason()) {
      end(slot, RuleState.FINISHED, ReasonCode.CHILD_FILLED, ReasonCode.CANCELLED_WITH_RULE);
    } else {
      end(slot, RuleState.CANCELLED, ReasonCode.ALGO_ENDED, ReasonCode.ALGO_ENDED);
    }
  }

  /** Places what the slice says, or as much of it as there is to close; the rest is free again. */
  private void place(final int slot, final int algo, final int instrumentId) {
    final Side side = rules.side(slot);
    final OrderBook book = rooms.book(instrumentId);
    final boolean takes = SliceType.TAKE == slice.type();
    final int limitTicks = 0 != slice.limitTicks() ? slice.limitTicks() : sender.protectionNow(slot);
    final boolean crosses = SliceType.POST_ONLY == slice.type() && book.wouldCross(side, limitTicks);
    if (0 == limitTicks || crosses) {
      giveBack(slot, algo, slice.lots(), true);
      algos.nextAt(algo, Math.max(slice.wakeNs(), clock.timeNs() + 1));
      return;
    }
    final long lots = sender.closable(slot, instrumentId, slice.lots(), !takes);
    if (0 == lots) {
      giveBack(slot, algo, slice.lots(), true);
      end(slot, RuleState.SUPPRESSED, ReasonCode.BALANCE_GONE, ReasonCode.CANCELLED_WITH_RULE);
      return;
    }
    giveBack(slot, algo, slice.lots() - lots, false);
    final int reservation = sender.childReservation(slot, instrumentId, lots, limitTicks, !takes);
    if (RiskEngine.NULL_RESERVATION == reservation) {
      giveBack(slot, algo, lots, true);
      end(slot, RuleState.REJECTED, ReasonCode.CHILD_REFUSED, ReasonCode.CANCELLED_WITH_RULE);
      return;
    }
    final int child = open(slot, algo, instrumentId, reservation, lots, limitTicks);
    table.waitsAnew(algo, SliceReason.SCHEDULED);
    orderEvents.accepted(child);
    events.step(slot, algo, slice, pool.orderId(child), lots, limitTicks, slice.wakeNs());
    if (slice.wakeNs() <= clock.timeNs()) {
      algos.queue(algo);
    } else {
      algos.wakeAt(algo, slice.wakeNs());
    }
    matching.begin(child, limitTicks, Matching.NO_BUDGET, false);
  }

  private int open(final int slot, final int algo, final int instrumentId, final int reservation, final long lots,
      final int limitTicks) {
    final boolean takes = SliceType.TAKE == slice.type();
    final boolean isMarket = takes && 0 == slice.limitTicks();
    final int child = pool.claim(rooms.ids.next(), rules.account(slot), rules.side(slot), limitTicks, lots);
    orders.open(child, ruleTable.accountSlots[slot], instrumentId, reservation);
    orders.quantityLots(child, lots);
    orders.ruleSlot(child, slot);
    orders.kind(child, isMarket ? OrdType.MARKET : OrdType.LIMIT, takes ? TimeInForce.IOC : TimeInForce.GTC,
        StpMode.CANCEL_MAKER, SliceType.POST_ONLY == slice.type(), false);
    orders.reduceOnly(child, rooms.risk.isReduceOnly(reservation));
    rooms.group(child);
    algos.children.append(algo, child);
    return child;
  }

  /** Lots of the slice that no order carries are free again; {@code all}: there is no order. */
  private void giveBack(final int slot, final int algo, final long lots, final boolean all) {
    if (all) {
      table.onChildDone(algo, lots);
    } else if (lots > 0) {
      algos.reduced(slot, lots);
    }
  }

  /** Ends the rule, by way of its open orders. */
  void end(final int slot, final RuleState to, final ReasonCode reason, final ReasonCode childReason) {
    closeChildren(actions.algoSlot(slot), childReason);
    life.end(slot, to, reason);
  }

  private void closeChildren(final int algo, final ReasonCode reason) {
    int child = algos.children.first(algo);
    algos.closing(true);
    while (SlotList.NULL_SLOT != child) {
      final int next = algos.children.next(child);
      orderLife.cancel(child, reason);
      child = next;
    }
    algos.closing(false);
  }

  /** What the rule says of an order of its own that somebody else closed. */
  private static ReasonCode endReason(final ReasonCode childReason) {
    return switch (childReason) {
      case CANCELLED_WITH_RULE -> ReasonCode.CANCELLED_BY_USER;
      case CANCELLED_MASS, CANCELLED_COUNTDOWN, CANCELLED_DISCONNECT -> childReason;
      default -> ReasonCode.CHILD_CANCELLED;
    };
  }

  /** After a restart: open orders go back to their parents, and every parent waits for its time again. */
  void resume() {
    for (int slot = rules.nextSlot(RuleBook.NULL_SLOT); RuleBook.NULL_SLOT != slot; slot = rules.nextSlot(slot)) {
      if (algos.isRunning(slot)) {
        final int algo = actions.algoSlot(slot);
        algos.start(slot, algo);
        rules.childSlot(slot, RuleBook.NULL_SLOT);
        algos.wakeAt(algo, RuleState.HELD == rules.state(slot) ? table.endNs(algo) : table.nextNs(algo));
      }
    }
    for (int accountSlot = 0; accountSlot < rooms.risk.accountCount(); accountSlot++) {
      for (int slot = orders.firstOf(accountSlot); OrderTable.NULL_SLOT != slot; slot = orders.nextOf(slot)) {
        if (orders.isRuleChild(slot) && algos.isRunning(orders.ruleSlot(slot))) {
          algos.children.append(actions.algoSlot(orders.ruleSlot(slot)), slot);
        }
      }
    }
  }
}
