package io.gavel.engine.core;

import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReserveMode;
import io.gavel.codecs.sbe.RuleAction;
import io.gavel.codecs.sbe.RuleAttach;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.RuleState;
import io.gavel.codecs.sbe.SessionState;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.StpMode;
import io.gavel.codecs.sbe.TimeInForce;
import io.gavel.engine.book.OrderPool;
import io.gavel.engine.trigger.RuleBook;
import io.gavel.risk.OrderRequest;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.fee.CumulativeFee;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.limit.OrderLimits;
import io.gavel.risk.mark.Marks;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;
import io.gavel.risk.position.Contracts;

/**
 * What a fired rule does: leaves its evidence, waits its activation delay, sends its child on the rule's own
 * reservation, and sends the rest again. A child never pushes a protective sale aside: it cancels the account's own
 * resting order instead of itself.
 */
final class RuleSender {

  private static final long E8 = 100_000_000L;

  private final Rooms rooms;
  private final CoreClock clock;
  private final RiskEngine risk;
  private final Marks marks;
  private final RuleBook rules;
  private final RuleTable table;
  private final OrderPool pool;
  private final OrderTable orders;
  private final RuleEvents ruleEvents;
  private final OrderEvents orderEvents;
  private final RuleLife life;
  private final Matching matching;
  private final ReduceOnlyOrders reduceOnly;
  private final Cascade cascade;
  private final OrderRequest request = new OrderRequest();
  private final AlgoHandler algos;
  private final ReviewHandler reviews;
  private final PaymentHandler payments;
  private final HedgeHandler hedges;

  RuleSender(final Rooms rooms, final RuleEvents ruleEvents, final OrderEvents orderEvents, final RuleLife life,
      final OrderLife orderLife, final Matching matching, final PriceFlow prices, final ReduceOnlyOrders reduceOnly,
      final Cascade cascade) {
    this.rooms = rooms;
    clock = rooms.clock;
    risk = rooms.risk;
    marks = rooms.risk.marks();
    rules = rooms.rules;
    table = rooms.ruleTable;
    pool = rooms.pool;
    orders = rooms.orders;
    this.ruleEvents = ruleEvents;
    this.orderEvents = orderEvents;
    this.life = life;
    this.matching = matching;
    this.reduceOnly = reduceOnly;
    this.cascade = cascade;
    algos = new AlgoHandler(rooms, ruleEvents, orderEvents, life, orderLife, matching, prices, this);
    reviews = new ReviewHandler(rooms, ruleEvents, life, prices, this);
    payments = new PaymentHandler(rooms, ruleEvents, life);
    hedges = new HedgeHandler(rooms, orderEvents, orderLife, matching, reduceOnly);
  }

  /** Who keeps fired rules for a person to look at. */
  ReviewHandler reviews() {
    return reviews;
  }

  PaymentHandler payments() {
    return payments;
  }

  /** Who hedges what the orders of rules have traded. */
  HedgeHandler hedges() {
    return hedges;
  }

  /** Who works the orders of fired rules over time. */
  AlgoHandler algos() {
    return algos;
  }

  /** The first step after firing: evidence, then at once or after the delay the child. */
  void fired(final int slot, final int leg, final int referenceTicks, final int levelTicks, final int extremumTicks,
      final RuleState from) {
    life.cancelWindow(slot);
    final boolean byTree = RuleKind.CONDITION == rules.kind(slot, leg) && rooms.conditions.hasFired(slot);
    final boolean atTime = 0 == referenceTicks && !byTree;
    final int reference = 0 == referenceTicks ? marks.referenceTicks(rules.instrumentId(slot)) : referenceTicks;
    table.protectionTicks[slot] = protectionTicks(slot, leg, reference);
    ruleEvents.triggered(slot, leg, atTime, reference, levelTicks, extremumTicks);
    ruleEvents.changed(slot, from, RuleState.TRIGGERING,
        atTime ? ReasonCode.TRIGGER_AT_TIME
            : byTree ? ReasonCode.TRIGGER_CONDITION : ReasonCode.TRIGGER_CROSSED);
    if (life.isMarketChild(slot) && 0 == reference && RuleAction.ORDER == rooms.actions.action(slot)) {
      life.end(slot, RuleState.SUPPRESSED, ReasonCode.NO_REFERENCE_PRICE);
    } else if (reviews.keeps(slot)) {
      return;
    } else if (rooms.config.activationDelayNs() > 0) {
      table.dueTimesNs[slot] = Math.addExact(clock.timeNs(), rooms.config.activationDelayNs());
      table.dueHandles[slot] =
          rooms.deadlines.add(table.dueTimesNs[slot], rules.ruleId(slot), Rooms.RULE_DUE, slot);
    } else {
      rooms.followUps.add(FollowUps.Kind.RULE_SEND, slot);
    }
  }

  /** Sends the child of a rule that is TRIGGERING, or again the rest of one that is PARTLY_EFFECTIVE. */
  void send(final int slot) {
    final RuleState state = rules.state(slot);
    if ((RuleState.TRIGGERING != state && RuleState.PARTLY_EFFECTIVE != state)
        || RuleBook.NULL_SLOT != rules.childSlot(slot)) {
      return;
    }
    final int instrumentId = rules.instrumentId(slot);
    table.attemptSequences[slot] = clock.sequence();
    table.working.remove(slot);
    if (rooms.actions.pays(slot)) {
      pay(slot);
      return;
    }
    final boolean paced = RuleState.TRIGGERING == state && !cascade.isReleased(slot);
    final boolean halted = isHalted(slot, instrumentId);
    if (halted || !mayTrade(slot, instrumentId)) {
      life.state(slot, RuleState.HELD, halted ? ReasonCode.HELD_BY_HALT : ReasonCode.HELD_BY_SESSION);
      table.held.append(0, slot);
    } else if (RuleState.PARTLY_EFFECTIVE == state && life.isMarketChild(slot)
        && isPastProtection(slot, instrumentId)) {
      life.end(slot, RuleState.CANCELLED, ReasonCode.PROTECTION_PASSED);
    } else if ((!paced || cascade.admits(slot)) && mayTakeRisk(slot, instrumentId)
        && resolve(slot, instrumentId)) {
      if (rooms.actions.isWorked(slot)) {
        algos.begin(slot);
      } else {
        place(slot, instrumentId);
      }
    }
  }

  /** No market is asked; a halt of the account, of the house or of all rules holds a payment back as well. */
  private void pay(final int slot) {
    if (risk.controls().isAutoSellHalted() || ReasonCode.OK != risk.haltReason(rules.account(slot), 0)) {
      life.state(slot, RuleState.HELD, ReasonCode.HELD_BY_HALT);
      table.held.append(0, slot);
    } else {
      payments.pay(slot);
    }
  }

  /** What only reduces is let through where that is all a halt lets in; nothing is while all rules are halted. */
  boolean isHalted(final int slot, final int instrumentId) {
    return risk.controls().isAutoSellHalted() || ReasonCode.OK != risk.haltReason(rules.account(slot), instrumentId,
        reduces(slot, instrumentId));
  }

  /** A rule that buys is refused while its account takes no new risk, however long ago it was armed. */
  private boolean mayTakeRisk(final int slot, final int instrumentId) {
    final ReasonCode code = reduces(slot, instrumentId)
        ? ReasonCode.OK : risk.controls().checkPause(rules.account(slot));
    if (ReasonCode.OK != code) {
      ruleEvents.childRefused(slot, code);
      life.end(slot, RuleState.REJECTED, ReasonCode.CHILD_REFUSED);
    }
    return ReasonCode.OK == code;
  }

  /** In a contract a rule's order always does. */
  private boolean reduces(final int slot, final int instrumentId) {
    return risk.reduces(rules.account(slot), instrumentId, positionSide(slot), rules.side(slot), 0);
  }

  /** A child is sent into continuous trading only; into a market that is closing positions, only to reduce one. */
  boolean mayTrade(final int slot, final int instrumentId) {
    final SessionState state = rooms.sessions.state(instrumentId);
    return SessionState.CONTINUOUS == state || (SessionState.CLOSE_ONLY == state
        && reduces(slot, instrumentId));
  }

  /** A halt was lifted, or a market trades again: a held rule goes on where it stopped. */
  void lift(final int slot, final ReasonCode reason) {
    final int instrumentId = rules.instrumentId(slot);
    final boolean goes = rooms.actions.pays(slot)
        ? !risk.controls().isAutoSellHalted() && ReasonCode.OK == risk.haltReason(rules.account(slot), 0)
        : mayTrade(slot, instrumentId) && !isHalted(slot, instrumentId);
    if (RuleState.HELD == rules.state(slot) && table.held.contains(slot) && goes) {
      table.held.remove(slot);
      if (rooms.actions.isRunning(slot)) {
        algos.lift(slot, reason);
        return;
      }
      life.state(slot, RuleState.TRIGGERING, reason);
      rooms.followUps.add(FollowUps.Kind.RULE_SEND, slot);
    }
  }

  /** The worst price of a market order that is sent now; 0 while there is nothing to measure it from. */
  int protectionNow(final int slot) {
    final int instrumentId = rules.instrumentId(slot);
    return protectionTicks(slot, rules.firedLeg(slot), marks.referenceTicks(instrumentId));
  }

  private int protectionTicks(final int slot, final int leg, final int referenceTicks) {
    if (0 == referenceTicks) {
      return 0;
    }
    final int armed = rules.protectionBps(slot, leg);
    final Instrument instrument = rooms.instrument(rules.instrumentId(slot));
    final int bps = 0 != armed ? armed : instrument.protectionBps();
    return OrderLimits.protectionTicks(instrument, rules.side(slot), bps, referenceTicks);
  }

  /**
   * Whether the rest is given up. It is sent again on a print, so last is of now; at the first attempt last may be old
   * and the book elsewhere, and the child's own limit is protection enough.
   */
  private boolean isPastProtection(final int slot, final int instrumentId) {
    final int lastTicks = marks.floorTicks(instrumentId, PriceSource.LAST);
    if (0 == lastTicks) {
      return false;
    }
    return Side.SELL == rules.side(slot)
        ? lastTicks < table.protectionTicks[slot] : lastTicks > table.protectionTicks[slot];
  }

  /** Looks at the quantity again, downward only: a share of what is there now, and never more than there is. */
  private boolean resolve(final int slot, final int instrumentId) {
    final Instrument instrument = rooms.instrument(instrumentId);
    if (instrument.isContract()) {
      return resolveContract(slot, instrumentId);
    }
    final long account = rules.account(slot);
    final boolean sells = Side.SELL == rules.side(slot);
    long lots = rules.remainingLots(slot);
    if (sells && 0 != rules.shareE8(slot) && 0 == table.filledLots[slot]
        && RuleAttach.NONE == rooms.relations.attach(slot)) {
      lots = Math.min(lots, shareLots(account, instrument, rules.shareE8(slot)));
    }
    if (sells && ReserveMode.NONE == rules.reserveMode(slot)
        && RiskEngine.NULL_RESERVATION == rules.reservation(slot)) {
      lots = Math.min(lots, sellableLots(instrument, risk.freeUnits(account, instrument.baseAssetId())));
    }
    if (0 == lots) {
      life.end(slot, RuleState.SUPPRESSED, ReasonCode.BALANCE_GONE);
      return false;
    }
    if (lots < rules.remainingLots(slot)) {
      rules.remainingLots(slot, lots);
      if (RiskEngine.NULL_RESERVATION != rules.reservation(slot)) {
        risk.reduce(rules.reservation(slot), lots);
      }
    }
    return RiskEngine.NULL_RESERVATION != rules.reservation(slot) || reserve(slot, instrumentId, lots);
  }

  /** A rule on a contract closes the position it was armed for and no other, and never more than there is of it. */
  private boolean resolveContract(final int slot, final int instrumentId) {
    final long allLots = reducibleLots(slot, instrumentId);
    long lots = Math.min(rules.remainingLots(slot), allLots);
    if (0 != rules.shareE8(slot) && 0 == table.filledLots[slot] && !rooms.relations.isBound(slot)) {
      lots = Math.min(lots, FixedPoint.mulDiv(allLots, rules.shareE8(slot), E8, Rounding.FLOOR));
    }
    final boolean worked = rooms.actions.isWorked(slot);
    if (!worked) {
      lots = closable(slot, instrumentId, lots, !life.isMarketChild(slot));
    }
    if (0 == lots) {
      life.end(slot, RuleState.SUPPRESSED, ReasonCode.BALANCE_GONE);
      return false;
    }
    rules.remainingLots(slot, lots);
    return worked || reserve(slot, instrumentId, lots);
  }

  /** What is left of the position that a rule was armed for; 0 when it is another one by now. */
  private long reducibleLots(final int slot, final int instrumentId) {
    final PositionSide side = positionSide(slot);
    final int position = risk.contracts().find(table.accountSlots[slot], instrumentId, side);
    return Contracts.NULL_POSITION != position && epoch(slot, instrumentId) == table.epochs[slot]
        ? risk.reducibleLots(rules.account(slot), instrumentId, side, rules.side(slot)) : 0;
  }

  /** As many of the lots as an order of the rule may close now; in spot all of them, which are set aside. */
  long closable(final int slot, final int instrumentId, final long wantedLots, final boolean rests) {
    if (!rooms.instrument(instrumentId).isContract()) {
      return wantedLots;
    }
    final PositionSide side = positionSide(slot);
    final long lots = Math.min(wantedLots, reducibleLots(slot, instrumentId));
    if (lots > 0) {
      reduceOnly.makeRoom(risk.contracts().find(table.accountSlots[slot], instrumentId, side),
          Side.SELL == rules.side(slot), lots, OrderTable.NULL_SLOT);
    }
    return rests ? Math.min(lots, risk.closableLots(rules.account(slot), instrumentId, side, rules.side(slot))) : lots;
  }

  /** What one of several orders of a rule trades on: in spot what the rule holds, in a contract an own reservation. */
  int childReservation(final int slot, final int instrumentId, final long lots, final int limitTicks,
      final boolean rests) {
    if (!rooms.instrument(instrumentId).isContract()) {
      return rules.reservation(slot);
    }
    fill(slot, instrumentId, lots, limitTicks, rests);
    final ReasonCode code = risk.reserve(request);
    if (ReasonCode.OK != code) {
      ruleEvents.childRefused(slot, code);
      return RiskEngine.NULL_RESERVATION;
    }
    rooms.guard.accountChanged(request.account);
    return request.reservation;
  }

  private PositionSide positionSide(final int slot) {
    return reduceOnly.closedBy(table.accountSlots[slot], rules.side(slot));
  }

  /** The epoch of the position that a rule on a contract closes; 0 before there was one. */
  long epoch(final int slot, final int instrumentId) {
    final int position = risk.contracts().find(table.accountSlots[slot], instrumentId, positionSide(slot));
    return Contracts.NULL_POSITION == position ? 0 : risk.contracts().epoch(position);
  }

  private void fill(final int slot, final int instrumentId, final long lots, final int limitTicks,
      final boolean rests) {
    request.account = rules.account(slot);
    request.instrumentId = instrumentId;
    request.side = rules.side(slot);
    request.market = false;
    request.limitPriceTicks = limitTicks;
    request.effectiveLimitTicks = request.limitPriceTicks;
    request.protectionBps = 0;
    request.quantityLots = lots;
    request.quoteAmountUnits = 0;
    request.newRisk = false;
    request.positionSide = positionSide(slot);
    request.reduceOnly = rooms.instrument(instrumentId).isContract();
    request.rests = rests;
  }

  private boolean reserve(final int slot, final int instrumentId, final long lots) {
    fill(slot, instrumentId, lots, limitTicks(slot), !life.isMarketChild(slot));
    final ReasonCode code = risk.reserve(request);
    if (ReasonCode.OK != code) {
      ruleEvents.childRefused(slot, code);
      life.end(slot, RuleState.REJECTED, ReasonCode.CHILD_REFUSED);
      return false;
    }
    rules.reservation(slot, request.reservation);
    rooms.guard.accountChanged(request.account);
    return true;
  }

  private void place(final int slot, final int instrumentId) {
    final boolean isMarket = life.isMarketChild(slot);
    final int limitTicks = limitTicks(slot);
    final long lots = rules.remainingLots(slot);
    final int child = pool.claim(rooms.ids.next(), rules.account(slot), rules.side(slot), limitTicks, lots);
    orders.open(child, table.accountSlots[slot], instrumentId, rules.reservation(slot));
    orders.quantityLots(child, lots);
    orders.ruleSlot(child, slot);
    orders.kind(child, isMarket ? OrdType.MARKET : OrdType.LIMIT,
        isMarket ? TimeInForce.IOC : TimeInForce.GTC, StpMode.CANCEL_MAKER, false, false);
    orders.reduceOnly(child, risk.isReduceOnly(rules.reservation(slot)));
    rooms.group(child);
    rules.childSlot(slot, child);
    if (RuleState.TRIGGERING == rules.state(slot)) {
      life.state(slot, RuleState.TRIGGERED, ReasonCode.CHILD_SENT);
    }
    orderEvents.accepted(child);
    matching.begin(child, limitTicks, Matching.NO_BUDGET, false);
  }

  private int limitTicks(final int slot) {
    final int childLimitTicks = rules.childLimitTicks(slot, rules.firedLeg(slot));
    return 0 != childLimitTicks ? childLimitTicks : table.protectionTicks[slot];
  }

  /** Whole lots in a share of everything the account has of the base asset, free and held; all can be sold. */
  long shareLots(final long account, final Instrument instrument, final int shareE8) {
    if (instrument.isContract()) {
      return contractShareLots(account, instrument, shareE8);
    }
    final int assetId = instrument.baseAssetId();
    final long units = Math.addExact(risk.freeUnits(account, assetId), risk.heldUnits(account, assetId));
    return Math.min(FixedPoint.mulDiv(units, shareE8, E8, Rounding.FLOOR) / instrument.baseUnitsPerLot(),
        sellableLots(instrument, units));
  }

  /** Whole lots in a share of the account's larger position in a contract. */
  private long contractShareLots(final long account, final Instrument instrument, final int shareE8) {
    long lots = 0;
    for (int side = PositionSide.NET.value(); side <= PositionSide.SHORT.value(); side++) {
      final int position = risk.contracts().find(
          risk.accountSlot(account), instrument.id(), PositionSide.get((short) side));
      lots = Math.max(lots, Contracts.NULL_POSITION == position ? 0 : Math.abs(risk.contracts().lots(position)));
    }
    return FixedPoint.mulDiv(lots, shareE8, E8, Rounding.FLOOR);
  }

  /** Whole lots that so much of the base asset can sell: a fee in base comes out of it, too. */
  private static long sellableLots(final Instrument instrument, final long units) {
    final int feeE8 =
        instrument.feeInBase() ? CumulativeFee.worstE8(instrument.makerFeeE8(), instrument.takerFeeE8()) : 0;
    return CumulativeFee.tradableUnits(feeE8, units) / instrument.baseUnitsPerLot();
  }
}
