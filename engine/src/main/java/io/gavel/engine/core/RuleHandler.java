package io.gavel.engine.core;

import io.gavel.codecs.sbe.AmendRuleDecoder;
import io.gavel.codecs.sbe.ArmRuleDecoder;
import io.gavel.codecs.sbe.CancelRuleDecoder;
import io.gavel.codecs.sbe.ExpiryAction;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReserveMode;
import io.gavel.codecs.sbe.ReviewDecoder;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.RuleState;
import io.gavel.codecs.sbe.Text32Decoder;
import io.gavel.engine.trigger.FiredBuffer;
import io.gavel.engine.trigger.RuleBook;
import io.gavel.engine.trigger.RuleSpec;
import io.gavel.risk.OrderRequest;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.instrument.Instrument;

/** Applies what people ask of rules: each method is a ladder of refusals, then the effects. */
final class RuleHandler {

  private final Rooms rooms;
  private final RiskEngine risk;
  private final RuleBook rules;
  private final RuleTable table;
  private final ClientIds clientIds;
  private final FiredBuffer fired;
  private final RuleEvents events;
  private final RuleLife life;
  private final RuleSender sender;
  private final OrderLife orderLife;
  private final PriceFlow prices;
  private final RuleSpec spec = new RuleSpec();
  private final RelationGate gate;
  private final RelationHandler relations;
  private final OrderRequest request = new OrderRequest();

  RuleHandler(final Rooms rooms, final RuleEvents events, final RuleLife life, final RuleSender sender,
      final OrderLife orderLife, final PriceFlow prices) {
    this.rooms = rooms;
    gate = new RelationGate(rooms);
    risk = rooms.risk;
    rules = rooms.rules;
    table = rooms.ruleTable;
    clientIds = rooms.clientIds;
    fired = rooms.fired;
    this.events = events;
    this.life = life;
    this.sender = sender;
    this.orderLife = orderLife;
    this.prices = prices;
    relations = new RelationHandler(rooms, events, life, this, sender, prices);
  }

  /** Who carries to rules what happened to that which they are tied to. */
  RelationHandler relations() {
    return relations;
  }

  ReasonCode arm(final ArmRuleDecoder command) {
    final long account = command.header().account();
    final int instrumentId = command.instrumentId();
    final Text32Decoder id = command.clRuleId();
    final long w0 = id.w0();
    final long w1 = id.w1();
    final long w2 = id.w2();
    final long w3 = id.w3();
    spec.from(command);
    rooms.actions.read(spec);
    ReasonCode code = check(account, instrumentId);
    if (ReasonCode.OK != code) {
      return code;
    }
    if (clientIds.isTaken(account, w0, w1, w2, w3)) {
      return ReasonCode.DUPLICATE_CLIENT_ID;
    }
    final Instrument instrument = rooms.instrument(instrumentId);
    final long lots = gate.sizes(spec) ? gate.lots(risk.accountSlot(account), spec)
        : 0 != spec.shareE8 ? sender.shareLots(account, instrument, spec.shareE8) : spec.quantityLots;
    code = checkAction(account, instrument, lots);
    int reservation = RiskEngine.NULL_RESERVATION;
    if (ReasonCode.OK == code && ReserveMode.RESERVE == spec.reserveMode && 0 == spec.holdId
        && !instrument.isContract() && !spec.waitsForOrder()) {
      code = reserve(account, instrumentId, lots);
      reservation = request.reservation;
    }
    if (ReasonCode.OK != code) {
      return code;
    }
    final long ruleId = rooms.ids.next();
    final int slot = rules.arm(spec, ruleId, account, lots, reservation, rooms.clock.timeNs(), prices, fired);
    table.open(slot, risk.accountSlot(account));
    table.clientId(slot, w0, w1, w2, w3);
    armed(slot, ruleId, instrument);
    return ReasonCode.OK;
  }

  /** Whether what the rule would do when it fires can be done, as far as that is known now. */
  private ReasonCode checkAction(final long account, final Instrument instrument, final long lots) {
    final ReasonCode hedge = rooms.hedges.check(spec);
    if (ReasonCode.OK != hedge || spec.waitsForOrder()) {
      return hedge;
    }
    final ReasonCode code = RuleActions.isPayment(spec.action)
        ? sender.payments().check(account, spec.holdId) : checkSize(instrument, lots);
    return ReasonCode.OK == code && rooms.actions.isAskedWorked()
        ? sender.algos().check(spec.side, instrument.id(), lots, cheapestLimitTicks()) : code;
  }

  /** The rule is in its book and may have fired: its names, times and counts follow, and it is told. */
  private void armed(final int slot, final long ruleId, final Instrument instrument) {
    final int instrumentId = instrument.id();
    rooms.actions.open(slot);
    rooms.hedges.open(slot);
    if (instrument.isContract()) {
      table.epochs[slot] = sender.epoch(slot, instrumentId);
    }
    clientIds.putRule(slot);
    if (Relations.isTied(spec)) {
      rooms.relations.open(slot, spec, gate.binds(spec));
    }
    addWindow(slot, ruleId);
    rooms.limits.takeTokens(table.accountSlots[slot], rooms.clock.timeNs(),
        risk.limits().cost(ArmRuleDecoder.TEMPLATE_ID));
    rooms.limits.countRule(table.accountSlots[slot], 1);
    rooms.answers.accept(ruleId);
    events.armed(slot);
    if (RuleState.LIVE == rules.state(slot) && RuleKind.NOW == rules.kind(slot, 0)) {
      rules.fireAtTime(slot, fired);
    }
    prices.queueFired();
  }

  private ReasonCode check(final long account, final int instrumentId) {
    if (!risk.hasAccount(account)) {
      return ReasonCode.UNKNOWN_ACCOUNT;
    }
    if (null == risk.instrument(instrumentId)) {
      return ReasonCode.UNKNOWN_INSTRUMENT;
    }
    final ReasonCode halt =
        risk.haltReason(account, instrumentId,
            risk.reduces(account, instrumentId, PositionSide.NET, spec.side, 0));
    if (ReasonCode.OK != halt) {
      return halt;
    }
    final ReasonCode limit = rooms.limits.checkRule(risk.accountSlot(account), rooms.clock.timeNs(),
        risk.limits().cost(ArmRuleDecoder.TEMPLATE_ID));
    if (ReasonCode.OK != limit) {
      return limit;
    }
    final ReasonCode relation = gate.check(account, spec);
    return ReasonCode.OK != relation ? relation : rules.check(spec, rooms.clock.timeNs(), prices);
  }

  private static ReasonCode checkSize(final Instrument instrument, final long lots) {
    if (0 == lots) {
      return ReasonCode.RULE_SIZE_ZERO;
    }
    if (lots < instrument.minLots()) {
      return ReasonCode.SIZE_BELOW_MIN;
    }
    return 0 != instrument.maxLots() && lots > instrument.maxLots() ? ReasonCode.SIZE_ABOVE_MAX : ReasonCode.OK;
  }

  private ReasonCode reserve(final long account, final int instrumentId, final long lots) {
    request.account = account;
    request.instrumentId = instrumentId;
    request.side = spec.side;
    request.market = false;
    request.limitPriceTicks = dearestLimitTicks();
    request.effectiveLimitTicks = request.limitPriceTicks;
    request.protectionBps = 0;
    request.quantityLots = lots;
    request.quoteAmountUnits = 0;
    request.newRisk = false;
    return risk.reserve(request);
  }

  /** What every order of a rule keeps to, whichever leg fires; 0: one of them has no limit. */
  private int cheapestLimitTicks() {
    int cheapest = spec.childLimitTicks[0];
    for (int leg = 1; leg < spec.legCount; leg++) {
      cheapest = Math.min(cheapest, spec.childLimitTicks[leg]);
    }
    return cheapest;
  }

  /** What a buy must be able to pay; a sale reserves lots, for which any price will do. */
  private int dearestLimitTicks() {
    int dearest = 1;
    for (int leg = 0; leg < spec.legCount; leg++) {
      dearest = Math.max(dearest, spec.childLimitTicks[leg]);
    }
    return dearest;
  }

  private void addWindow(final int slot, final long ruleId) {
    if (RuleState.PENDING == rules.state(slot) && rules.startTimeNs(slot) > rooms.clock.timeNs()) {
      table.startHandles[slot] =
          rooms.deadlines.add(rules.startTimeNs(slot), ruleId, Rooms.RULE_START, slot);
    }
    if (0 != rules.endTimeNs(slot)) {
      table.endHandles[slot] = rooms.deadlines.add(rules.endTimeNs(slot), ruleId, Rooms.RULE_END, slot);
    }
  }

  /** The window opens: inclusive. */
  void start(final int slot) {
    table.startHandles[slot] = RuleTable.NULL_SLOT;
    if (!rooms.relations.waits(slot)) {
      start(slot, ReasonCode.WINDOW_STARTED);
    }
  }

  /** The rule has what it was PENDING for. */
  void start(final int slot, final ReasonCode reason) {
    if (isAtTime(slot)) {
      events.changed(slot, RuleState.PENDING, RuleState.LIVE, reason);
      rules.fireAtTime(slot, fired);
      prices.queueFired();
      return;
    }
    final ReasonCode code = rules.start(slot, prices, fired);
    if (ReasonCode.OK == code) {
      events.changed(slot, RuleState.PENDING, RuleState.LIVE, reason);
      prices.queueFired();
    } else {
      life.end(slot, RuleState.SUPPRESSED, code);
    }
  }

  private boolean isAtTime(final int slot) {
    for (int leg = 0; leg < rules.legCount(slot); leg++) {
      if (RuleKind.AT_TIME == rules.kind(slot, leg) || RuleKind.NOW == rules.kind(slot, leg)) {
        return true;
      }
    }
    return false;
  }

  /** The window closes: exclusive, so a price at this very time comes too late. */
  void endWindow(final int slot) {
    table.endHandles[slot] = RuleTable.NULL_SLOT;
    if (ExpiryAction.SUBMIT == rules.expiryAction(slot) && !rooms.relations.waits(slot)) {
      rules.fireAtTime(slot, fired);
      prices.queueFired();
    } else {
      life.end(slot, RuleState.EXPIRED, ReasonCode.WINDOW_ENDED);
    }
  }

  ReasonCode cancel(final CancelRuleDecoder command) {
    final int slot = rooms.ruleSlot(command.header().account(), command.ruleId(), command.clRuleId());
    if (RuleBook.NULL_SLOT == slot) {
      return ReasonCode.UNKNOWN_RULE;
    }
    rooms.answers.accept(rules.ruleId(slot));
    final int instrumentId = rules.instrumentId(slot);
    cancel(slot, ReasonCode.CANCELLED_BY_USER, ReasonCode.CANCELLED_WITH_RULE);
    prices.bookChanged(rooms.book(instrumentId), instrumentId);
    prices.queueFired();
    return ReasonCode.OK;
  }

  ReasonCode review(final ReviewDecoder command) {
    return sender.reviews().review(command);
  }

  /** One step of a mass cancel; see {@link OrderHandler#cancelAt}. */
  int cancelAt(final int cursor, final int instrumentId, final ReasonCode reason) {
    int slot = cursor;
    while (RuleTable.NULL_SLOT != slot && 0 != instrumentId && instrumentId != rules.instrumentId(slot)) {
      slot = table.nextOf(slot);
    }
    if (RuleTable.NULL_SLOT == slot) {
      return RuleTable.NULL_SLOT;
    }
    final int next = table.nextOf(slot);
    cancel(slot, reason, reason);
    return next;
  }

  /** Ends the rule, by way of its child when it has one. */
  private void cancel(final int slot, final ReasonCode ruleReason, final ReasonCode childReason) {
    final int child = rules.childSlot(slot);
    if (rooms.actions.isRunning(slot)) {
      sender.algos().end(slot, RuleState.CANCELLED, ruleReason, childReason);
    } else if (RuleBook.NULL_SLOT == child) {
      life.end(slot, RuleState.CANCELLED, ruleReason);
    } else {
      orderLife.cancel(child, childReason);
    }
  }

  ReasonCode amend(final AmendRuleDecoder command) {
    final int slot = rooms.ruleSlot(command.header().account(), command.ruleId(), command.clRuleId());
    if (RuleBook.NULL_SLOT == slot) {
      return ReasonCode.UNKNOWN_RULE;
    }
    if (RuleState.LIVE != rules.state(slot) && RuleState.PENDING != rules.state(slot)) {
      return shrinkChild(slot, command);
    }
    if (command.legIndex() < 0 || command.legIndex() >= rules.legCount(slot)) {
      return ReasonCode.LEGS_MISSING;
    }
    if (0 != command.nodeNumber() || 0 != command.newThreshold()) {
      return ReasonCode.RULE_FIELD_NOT_ALLOWED;
    }
    final long newLots = 0 == command.newQuantityLots() ? rules.remainingLots(slot) : command.newQuantityLots();
    ReasonCode code = rooms.actions.pays(slot) ? ReasonCode.RULE_FIELD_NOT_ALLOWED
        : checkNewSize(slot, command.newQuantityLots(), newLots);
    if (ReasonCode.OK == code && rooms.actions.isWorked(slot)) {
      code = sender.algos().checkAmend(slot, command.legIndex(), command.newChildLimitTicks(), newLots);
    }
    if (ReasonCode.OK == code) {
      code = amend(command, slot, newLots);
    }
    if (ReasonCode.OK == code) {
      rooms.answers.accept(rules.ruleId(slot));
      events.armed(slot);
      prices.queueFired();
    }
    return code;
  }

  /** Of a rule whose order rests only the size can still change, downward: that keeps its place in the queue, R-25. */
  private ReasonCode shrinkChild(final int slot, final AmendRuleDecoder command) {
    final int child = rules.childSlot(slot);
    final long lots = command.newQuantityLots();
    final boolean onlySmaller = lots > 0 && 0 == (command.newLevelTicks() | command.newTrailRatioE8()
        | command.newTrailSpreadTicks() | command.newChildLimitTicks() | command.nodeNumber() | command.newThreshold());
    if (RuleBook.NULL_SLOT == child || rooms.actions.isRunning(slot) || !onlySmaller
        || !orderLife.mayShrink(child, lots)) {
      return ReasonCode.RULE_NOT_LIVE;
    }
    final ReasonCode code = checkSize(rooms.instrument(rules.instrumentId(slot)), lots);
    if (ReasonCode.OK == code) {
      rooms.answers.accept(rules.ruleId(slot));
      orderLife.shrink(child, lots, ReasonCode.RULE_AMENDED);
      rules.remainingLots(slot, lots);
      rules.quantityLots(slot, lots);
      rules.nextVersion(slot);
      events.changed(slot, rules.state(slot), rules.state(slot), ReasonCode.RULE_AMENDED);
    }
    return code;
  }

  /** What waits for an order has no quantity yet. */
  private ReasonCode checkNewSize(final int slot, final long askedLots, final long newLots) {
    if (rooms.relations.waits(slot)) {
      return 0 == askedLots ? ReasonCode.OK : ReasonCode.RULE_FIELD_NOT_ALLOWED;
    }
    return checkSize(rooms.instrument(rules.instrumentId(slot)), newLots);
  }

  /** Money first, since it can be given back; a refused leg gives it back. */
  private ReasonCode amend(final AmendRuleDecoder command, final int slot, final long newLots) {
    final int leg = command.legIndex();
    final long oldLots = rules.remainingLots(slot);
    final int reservation = rules.reservation(slot);
    final boolean isReserved = RiskEngine.NULL_RESERVATION != reservation;
    final int oldDearest = dearestLimitTicks(slot, RuleTable.NULL_SLOT, 0);
    final int newDearest = dearestLimitTicks(slot, leg, command.newChildLimitTicks());
    if (isReserved && (newLots != oldLots || newDearest != oldDearest)) {
      final ReasonCode funds = risk.resize(reservation, newDearest, newLots);
      if (ReasonCode.OK != funds) {
        return funds;
      }
    }
    final ReasonCode code = rules.amend(slot, leg, command.newLevelTicks(), command.newTrailRatioE8(),
        command.newTrailSpreadTicks(), command.newChildLimitTicks(), prices, fired);
    if (ReasonCode.OK != code) {
      if (isReserved) {
        risk.restore(reservation, oldDearest, oldLots);
      }
      return code;
    }
    rules.quantityLots(slot, newLots);
    rules.remainingLots(slot, newLots);
    if (rooms.relations.isBound(slot)) {
      rooms.relations.basisLots(slot, newLots);
      rooms.relations.touched(table.accountSlots[slot]);
    }
    return ReasonCode.OK;
  }

  int dearestLimitTicks(final int slot, final int amendedLeg, final int newChildLimitTicks) {
    int dearest = 1;
    for (int leg = 0; leg < rules.legCount(slot); leg++) {
      final boolean amended = leg == amendedLeg && 0 != newChildLimitTicks;
      dearest = Math.max(dearest, amended ? newChildLimitTicks : rules.childLimitTicks(slot, leg));
    }
    return dearest;
  }
}
