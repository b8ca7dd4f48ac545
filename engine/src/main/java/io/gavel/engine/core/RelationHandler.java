package io.gavel.engine.core;

import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReserveMode;
import io.gavel.codecs.sbe.RuleAttach;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.RuleState;
import io.gavel.engine.book.OrderPool;
import io.gavel.engine.trigger.FiredBuffer;
import io.gavel.engine.trigger.RuleBook;
import io.gavel.risk.OrderRequest;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.position.PositionTarget;

/**
 * Carries to tied rules what happened to that which they are tied to: an order was filled or closed, a position shrank,
 * closed or has another cost, a rule fired. One rule a step, after everything else that the frame owes; a rule that has
 * fired is not touched any more, for its child is an ordinary order.
 */
final class RelationHandler {

  private final Rooms rooms;
  private final RiskEngine risk;
  private final Relations relations;
  private final RuleBook rules;
  private final RuleTable table;
  private final FiredBuffer fired;
  private final RuleEvents events;
  private final RuleLife life;
  private final RuleHandler handler;
  private final RuleSender sender;
  private final PriceFlow prices;
  private final PositionTargets targets;
  private final OrderRequest request = new OrderRequest();
  private long firingUpdates;
  private int firingLevelTicks;

  RelationHandler(final Rooms rooms, final RuleEvents events, final RuleLife life, final RuleHandler handler,
      final RuleSender sender, final PriceFlow prices) {
    this.rooms = rooms;
    risk = rooms.risk;
    relations = rooms.relations;
    rules = rooms.rules;
    table = rooms.ruleTable;
    fired = rooms.fired;
    targets = new PositionTargets(rooms.risk);
    this.events = events;
    this.life = life;
    this.handler = handler;
    this.sender = sender;
    this.prices = prices;
  }

  /** Looks at the next tied rule of an account that changed. */
  void step() {
    final int slot = relations.take();
    if (Relations.NULL_SLOT == slot
        || (RuleState.LIVE != rules.state(slot) && RuleState.PENDING != rules.state(slot))) {
      return;
    }
    if (relations.waits(slot)) {
      followOrder(slot);
      return;
    }
    if (RuleAttach.ORDER_INCREMENTAL == relations.attach(slot)) {
      grow(slot);
    }
    if (relations.isBound(slot) && !followPosition(slot)) {
      return;
    }
    if (relations.hasTargets(slot) && followCost(slot)) {
      events.armed(slot);
      prices.queueFired();
    }
  }

  /** What the order has brought so far. */
  private long parentLots(final int slot) {
    if (relations.isParentDone(slot)) {
      return relations.parentLots(slot);
    }
    final int parent = rooms.pool.slotOf(relations.parentId(slot));
    return OrderPool.NULL_SLOT == parent ? 0 : rooms.netLots(parent);
  }

  private void followOrder(final int slot) {
    final long lots = parentLots(slot);
    final boolean done = relations.isParentDone(slot);
    if (0 == lots && done) {
      life.end(slot, RuleState.CANCELLED, ReasonCode.PARENT_CANCELLED);
    } else if (0 != lots && (done || RuleAttach.ORDER_COMPLETE != relations.attach(slot))) {
      activate(slot, lots);
    }
  }

  private long wantedLots(final int slot, final long lots) {
    return 0 != rules.shareE8(slot)
        ? PositionTarget.shareLots(lots, rules.shareE8(slot)) : Math.min(relations.basisLots(slot), lots);
  }

  private void activate(final int slot, final long parentLots) {
    final int instrumentId = rules.instrumentId(slot);
    final Instrument instrument = rooms.instrument(instrumentId);
    long lots = wantedLots(slot, parentLots);
    relations.waitsNoMore(slot);
    if (instrument.isContract()) {
      relations.bind(slot);
      table.epochs[slot] = sender.epoch(slot, instrumentId);
      lots = Math.min(lots, Math.abs(targets.lots(table.accountSlots[slot], instrument, rules.side(slot))));
    }
    if (0 == lots) {
      life.end(slot, RuleState.CANCELLED, ReasonCode.POSITION_CLOSED);
      return;
    }
    resize(slot, lots);
    if (!instrument.isContract() && ReserveMode.RESERVE == rules.reserveMode(slot)) {
      reserve(slot, instrumentId, lots);
    }
    followCost(slot);
    if (rules.startTimeNs(slot) <= rooms.clock.timeNs()) {
      handler.start(slot, ReasonCode.PARENT_FILLED);
    } else {
      events.changed(slot, RuleState.PENDING, RuleState.PENDING, ReasonCode.PARENT_FILLED);
    }
  }

  /** Where the money is not free any more the rule goes on without: it then sells what is there when it fires. */
  private void reserve(final int slot, final int instrumentId, final long lots) {
    request.account = rules.account(slot);
    request.instrumentId = instrumentId;
    request.side = rules.side(slot);
    request.market = false;
    request.limitPriceTicks = handler.dearestLimitTicks(slot, RuleTable.NULL_SLOT, 0);
    request.effectiveLimitTicks = request.limitPriceTicks;
    request.protectionBps = 0;
    request.quantityLots = lots;
    request.quoteAmountUnits = 0;
    request.newRisk = false;
    if (ReasonCode.OK == risk.reserve(request)) {
      rules.reservation(slot, request.reservation);
    }
  }

  /** What its order goes on to bring is the rule's, too. */
  private void grow(final int slot) {
    final long lots = wantedLots(slot, parentLots(slot));
    final long oldLots = rules.remainingLots(slot);
    if (lots <= oldLots || lots <= rules.quantityLots(slot)) {
      return;
    }
    final int reservation = rules.reservation(slot);
    if (RiskEngine.NULL_RESERVATION == reservation || ReasonCode.OK == risk.resize(
        reservation, handler.dearestLimitTicks(slot, RuleTable.NULL_SLOT, 0), lots)) {
      resize(slot, lots);
      tell(slot, ReasonCode.PARENT_FILLED);
    }
  }

  /** The size follows the position down. Returns false when there is nothing left to protect. */
  private boolean followPosition(final int slot) {
    final int instrumentId = rules.instrumentId(slot);
    final Instrument instrument = rooms.instrument(instrumentId);
    final long positionLots = Math.abs(targets.lots(table.accountSlots[slot], instrument, rules.side(slot)));
    if (0 == positionLots || sender.epoch(slot, instrumentId) != table.epochs[slot]) {
      life.end(slot, RuleState.CANCELLED, ReasonCode.POSITION_CLOSED);
      return false;
    }
    final long lots = Math.min(rules.remainingLots(slot), wantedLots(slot, positionLots));
    if (lots < rules.remainingLots(slot)) {
      resize(slot, lots);
      tell(slot, ReasonCode.POSITION_REDUCED);
    }
    return true;
  }

  private void resize(final int slot, final long lots) {
    rules.quantityLots(slot, lots);
    rules.remainingLots(slot, lots);
  }

  private void tell(final int slot, final ReasonCode reason) {
    events.changed(slot, rules.state(slot), rules.state(slot), reason);
  }

  /** Profits and losses have other prices when what they are made on has another cost or size. */
  private boolean followCost(final int slot) {
    boolean moved = false;
    for (int leg = 0; leg < rules.legCount(slot); leg++) {
      if (0 != relations.target(slot, leg) && RuleState.TRIGGERING != rules.state(slot)) {
        final int ticks = targets.ticks(table.accountSlots[slot], rooms.instrument(rules.instrumentId(slot)),
            rules.side(slot), RuleKind.LOSS == rules.kind(slot, leg), relations.target(slot, leg),
            relations.targetUnit(slot, leg));
        moved |= rules.level(slot, leg, ticks, prices, fired);
      }
    }
    return moved;
  }

  /**
   * A rule fired, which is not told yet. False: it has to wait since another of its account fired in the instrument a
   * short while ago, and nothing happened to it; else the others pause from now on.
   */
  boolean firing(final int slot, final boolean atTime) {
    if (postpones(slot, atTime)) {
      return false;
    }
    pauseOthers(slot);
    return true;
  }

  private boolean postpones(final int slot, final boolean atTime) {
    if (!relations.has(slot)) {
      return false;
    }
    if (atTime && relations.isPaused(slot)) {
      // A clock is not kept waiting: its time would not come again.
      relations.endPause(slot);
    }
    if (atTime || relations.coolUntilNs(slot) <= rooms.clock.timeNs()) {
      return false;
    }
    rules.mute(slot);
    relations.pause(slot);
    tell(slot, ReasonCode.COOLING_DOWN);
    return true;
  }

  /** The pause is over: the price in force is looked at once. */
  void cooledDown(final int slot) {
    relations.pauseIsOver(slot);
    rules.resume(slot, prices, fired);
    prices.queueFired();
  }

  private void pauseOthers(final int slot) {
    firingUpdates = 0;
    final int accountSlot = table.accountSlots[slot];
    if (!relations.hasAny(accountSlot)) {
      return;
    }
    firingUpdates = relations.updatesRuleId(slot);
    firingLevelTicks = 0 == firingUpdates ? 0 : relations.updatesLevelTicks(slot);
    for (int other = relations.firstOf(accountSlot); Relations.NULL_SLOT != other; other = relations.nextOf(other)) {
      final long pauseNs = relations.coolDownNs(other);
      if (0 != pauseNs && other != slot && rules.instrumentId(other) == rules.instrumentId(slot)
          && !relations.isPaused(other)) {
        relations.coolUntilNs(other, Math.max(relations.coolUntilNs(other),
            pauseNs > Long.MAX_VALUE - rooms.clock.timeNs() ? Long.MAX_VALUE : rooms.clock.timeNs() + pauseNs));
      }
    }
  }

  /** After it is told: the rule that it names gets its new level, unless it is gone by now or crossed there. */
  void fired() {
    final int other = 0 == firingUpdates ? RuleBook.NULL_SLOT : rules.slotOf(firingUpdates);
    if (RuleBook.NULL_SLOT == other) {
      return;
    }
    final ReasonCode code = rules.amend(other, RelationGate.levelLeg(rules, other), firingLevelTicks, 0, 0, 0, prices,
        fired);
    if (ReasonCode.OK == code) {
      events.armed(other);
      prices.queueFired();
    } else if (RuleState.LIVE == rules.state(other) || RuleState.PENDING == rules.state(other)) {
      tell(other, code);
    }
  }
}
