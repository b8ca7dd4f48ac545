package io.gavel.engine.core;

import io.gavel.codecs.sbe.LiquidationStage;
import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.PositionCause;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.ledger.Ledger;
import io.gavel.risk.liquidation.Deleveraging;
import io.gavel.risk.liquidation.MarginWatch;
import io.gavel.risk.liquidation.Takeover;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;
import io.gavel.risk.position.Contracts;

/**
 * Takes accounts in breach through the stages, the smallest account id first, each step with bounded work and an event
 * that says why: its orders are cancelled; while it is not bankrupt, orders reduce it as far as the book bears them,
 * with pauses; then its positions are taken over at the bankruptcy price; and when nobody is due any more, the lots
 * that no fund paid for are deleveraged. The account is looked at again before each stage: who is healthy is left
 * alone. Nothing is kept between frames but pauses, attempts and lots that wait: who is in breach, the state says.
 */
final class LiquidationHandler {

  private static final int POSITIONS_PER_STEP = 512;

  private enum Phase {
    /** Nobody is in work. */
    IDLE,
    /** The orders of the account are cancelled, or its order has been matched: look again. */
    DECIDING,
    /** An order is out. */
    REDUCING,
    /** Positions go to the backstop account, one a step. */
    TAKING,
    /** Positions are looked at for counterparties. */
    RANKING,
    /** Counterparties are closed, one a step. */
    CLOSING
  }

  private final Rooms rooms;
  private final RiskEngine risk;
  private final Contracts contracts;
  private final MarginWatch watch;
  private final MarginExaminer examiner;
  private final HouseMoney money;
  private final FillInsurance insurance;
  private final BadDebts badDebts;
  private final Takeover takeover;
  private final Deleveraging deleveraging;
  private final LiquidationQueue queue;
  private final LiquidationOrders orders;
  private final LiquidationEvents events;
  private final MarginEvents marginEvents;
  private final ReduceOnlyOrders reduceOnly;
  private Phase phase = Phase.IDLE;
  private int account;
  /** The isolated position that is in breach; NULL_POSITION: the account as a whole. */
  private int target;
  private int cursor;
  private long equityUnits;
  private long weightUnits;

  LiquidationHandler(final Rooms rooms, final MarginWatch watch, final MarginExaminer examiner,
      final LiquidationOrders orders, final LiquidationEvents events, final MarginEvents marginEvents,
      final ReduceOnlyOrders reduceOnly) {
    this.rooms = rooms;
    this.watch = watch;
    this.examiner = examiner;
    this.orders = orders;
    this.events = events;
    this.marginEvents = marginEvents;
    this.reduceOnly = reduceOnly;
    risk = rooms.risk;
    contracts = rooms.risk.contracts();
    queue = rooms.liquidationQueue;
    money = new HouseMoney(rooms);
    insurance = new FillInsurance(rooms, money);
    badDebts = new BadDebts(rooms, money);
    takeover = risk.takeover(rooms.liquidationTerms, rooms.bankruptLots, money);
    deleveraging = risk.deleveraging(rooms.liquidationTerms, rooms.bankruptLots, money);
    deleveraging.allocate();
  }

  boolean hasWork() {
    return Phase.IDLE != phase || watch.dueCount() > 0 || badDebts.isWaiting() || mayDeleverage();
  }

  /** Whether an order of a liquidation is out. */
  boolean isReducing() {
    return Phase.REDUCING == phase;
  }

  /** Pauses that end now end first: each round looks at all positions, so one must do for all of them. */
  private boolean mayDeleverage() {
    return rooms.bankruptLots.waiting() > 0 && rooms.deadlines.nextNs() > rooms.clock.timeNs();
  }

  /** One step; what it makes the core owe, or match, is done before the next one. */
  void step() {
    switch (phase) {
      case IDLE -> next();
      case DECIDING -> decide();
      case REDUCING -> reduced();
      case TAKING -> take();
      case RANKING -> phase = deleveraging.collect(POSITIONS_PER_STEP) ? Phase.CLOSING : Phase.RANKING;
      case CLOSING -> closeNext();
      default -> throw new IllegalStateException("unknown phase");
    }
  }

  private void next() {
    final int slot = watch.poll();
    if (MarginWatch.NULL_ACCOUNT == slot && badDebts.isWaiting()) {
      badDebts.share(backstopSlot());
    } else if (MarginWatch.NULL_ACCOUNT == slot) {
      deleveraging.begin(rooms.bankruptLots.next(1), backstopSlot());
      phase = Phase.RANKING;
    } else if (slot == backstopSlot()) {
      examineBackstop(slot);
    } else if (queue.isPaused(slot)) {
      // Its pause ends at a deadline, however often a price brings it up: examinations decide nothing.
      watch.drop(slot);
    } else if (examiner.examine(slot)) {
      queue.clear(slot);
    } else if (mayLiquidate(slot)) {
      begin(slot);
    } else {
      watch.await(slot);
    }
  }

  private int backstopSlot() {
    final long account = rooms.liquidationTerms.backstopAccount();
    return 0 == account ? MarginWatch.NULL_ACCOUNT : risk.accountSlot(account);
  }

  /** Every mark and index price behind the account must be good enough to take something away. */
  private boolean mayLiquidate(final int slot) {
    for (int position = contracts.first(slot); Contracts.NULL_POSITION != position;
        position = contracts.next(position)) {
      final int instrumentId = contracts.instrumentId(position);
      if (0 != contracts.lots(position) && (!risk.validity().mayLiquidate(instrumentId)
          || (rooms.instrument(instrumentId).isOption()
          && !indexMayLiquidate(rooms.instrument(instrumentId).indexInstrumentId())))) {
        return false;
      }
    }
    return MarginMode.ISOLATED == risk.accountModes().margin(slot) || collateralMayLiquidate(slot);
  }

  /** The indices at which its other assets and debts count. */
  private boolean collateralMayLiquidate(final int slot) {
    for (int balance = risk.ledger().first(slot); Ledger.NULL_BALANCE != balance;
        balance = risk.ledger().next(balance)) {
      final int priceInstrument = risk.collateral().priceInstrumentId(risk.ledger().assetId(balance));
      if (0 != (risk.ledger().freeUnits(balance) | risk.debts().units(balance))
          && !indexMayLiquidate(priceInstrument)) {
        return false;
      }
    }
    return true;
  }

  private boolean indexMayLiquidate(final int instrumentId) {
    return 0 == instrumentId || risk.validity().indexMayLiquidate(instrumentId);
  }

  private void begin(final int slot) {
    account = slot;
    target = targetOf(slot);
    badDebts.begin();
    touchAll(slot);
    if (0 == queue.attempts(slot)) {
      tell(LiquidationStage.STARTED, slot, target);
    }
    phase = Phase.DECIDING;
    final int first = rooms.orders.firstOf(slot);
    if (OrderTable.NULL_SLOT != first) {
      rooms.followUps.add(FollowUps.Kind.MASS_CANCEL_ORDERS, 0,
          Contracts.NULL_POSITION == target ? 0 : contracts.instrumentId(target), first,
          ReasonCode.CANCELLED_LIQUIDATION.value(), 0);
      rooms.followUps.add(FollowUps.Kind.BOOKS_CHANGED, 0);
      tell(LiquidationStage.ORDERS_CANCELLED, slot, target);
    }
  }

  private void touchAll(final int slot) {
    for (int position = contracts.first(slot); Contracts.NULL_POSITION != position;
        position = contracts.next(position)) {
      risk.touch(position);
    }
  }

  /** The first isolated position in breach; NULL_POSITION when the positions share their money. */
  private int targetOf(final int slot) {
    if (MarginMode.ISOLATED != risk.accountModes().margin(slot)) {
      return Contracts.NULL_POSITION;
    }
    int position = contracts.first(slot);
    while (Contracts.NULL_POSITION != position
        && (0 == contracts.lots(position) || examiner.isolatedSlackUnits(position) >= 0)) {
      position = contracts.next(position);
    }
    return position;
  }

  private boolean isHealthy() {
    return MarginMode.ISOLATED == risk.accountModes().margin(account)
        ? Contracts.NULL_POSITION == target || 0 == contracts.lots(target) || examiner.isolatedSlackUnits(target) >= 0
        : isFlat(account) || examiner.sharedSlackUnits(account) >= 0;
  }

  private boolean isFlat(final int slot) {
    for (int position = contracts.first(slot); Contracts.NULL_POSITION != position;
        position = contracts.next(position)) {
      if (0 != contracts.lots(position)) {
        return false;
      }
    }
    return true;
  }

  private long equityOf(final int slot, final int position) {
    return Contracts.NULL_POSITION == position ? risk.marginBook().equityUnits(slot)
        : contracts.marginUnits(position) + risk.legMargin().gainUnits(position);
  }

  private long requirementOf(final int slot, final int position) {
    return Contracts.NULL_POSITION == position ? risk.marginBook().maintenanceUnits(slot)
        : risk.legMargin().maintenanceOf(position);
  }

  private void decide() {
    if (isHealthy()) {
      end();
      return;
    }
    final int position = Contracts.NULL_POSITION == target ? largest() : target;
    final int instrumentId = contracts.instrumentId(position);
    if (equityOf(account, target) < 0 || !orders.areSent(instrumentId)
        || queue.attempts(account) >= rooms.liquidationTerms.attemptsMax(instrumentId)) {
      beginTaking();
      return;
    }
    queue.attempted(account);
    final long lots = orders.lots(position);
    if (0 == lots) {
      pause(instrumentId);
      return;
    }
    cursor = position;
    tellBefore(target);
    weigh();
    insurance.before(position, shareUnits(position), weight(position));
    badDebts.before(position);
    phase = Phase.REDUCING;
    if (ReasonCode.OK != orders.send(position, lots)) {
      beginTaking();
    }
  }

  /** The position with the largest requirement; of equal ones the first by instrument and side. */
  private int largest() {
    int largest = Contracts.NULL_POSITION;
    long most = -1;
    for (int position = contracts.first(account); Contracts.NULL_POSITION != position;
        position = contracts.next(position)) {
      if (0 != contracts.lots(position) && weight(position) > most) {
        most = weight(position);
        largest = position;
      }
    }
    return largest;
  }

  private void pause(final int instrumentId) {
    tell(LiquidationStage.PAUSED, account, target);
    queue.pause(account, Math.addExact(rooms.clock.timeNs(), rooms.liquidationTerms.retryNs(instrumentId)));
    phase = Phase.IDLE;
  }

  /** A pause is over. */
  void retry(final int slot) {
    queue.resume(slot);
    watch.invalidate(slot);
  }

  private void reduced() {
    events.lots = insurance.closedLots(cursor);
    events.valueUnits = insurance.closedUnits(cursor);
    final long insuredUnits = insurance.settle(cursor, weight(cursor));
    badDebts.after(cursor, Math.max(0, insuredUnits));
    events.fundUnits = insuredUnits;
    events.step(LiquidationStage.REDUCING, account, contracts.instrumentId(cursor), contracts.side(cursor),
        rooms.clock.sequence());
    phase = Phase.DECIDING;
    final int instrumentId = contracts.instrumentId(cursor);
    if (!isHealthy() && equityOf(account, target) >= 0
        && queue.attempts(account) < rooms.liquidationTerms.attemptsMax(instrumentId)) {
      pause(instrumentId);
    }
  }

  private void beginTaking() {
    phase = Phase.TAKING;
    weigh();
    cursor = Contracts.NULL_POSITION == target ? contracts.first(account) : target;
  }

  /** What the account has now, to be shared by what its positions release. */
  private void weigh() {
    equityUnits = equityOf(account, target);
    weightUnits = 0;
    if (Contracts.NULL_POSITION == target) {
      for (int position = contracts.first(account); Contracts.NULL_POSITION != position;
          position = contracts.next(position)) {
        weightUnits = FixedPoint.addSaturating(weightUnits, weight(position));
      }
    }
  }

  /** What a position releases of the account's requirement: its own, or its notional where a portfolio is margined. */
  private long weight(final int position) {
    if (0 == contracts.lots(position)) {
      return 0;
    }
    final boolean isPortfolio = MarginMode.PORTFOLIO == risk.accountModes().margin(contracts.accountSlot(position));
    final var instrument = rooms.instrument(contracts.instrumentId(position));
    final long units = isPortfolio
        ? risk.legMargin().notionalUnits(instrument, Math.abs(contracts.lots(position)))
        : risk.legMargin().maintenanceOf(position);
    return risk.collateral().valueUnits(instrument.settleAssetId(), units, Rounding.UP);
  }

  private void take() {
    while (Contracts.NULL_POSITION != cursor && 0 == contracts.lots(cursor)) {
      cursor = Contracts.NULL_POSITION == target ? contracts.next(cursor) : Contracts.NULL_POSITION;
    }
    if (Contracts.NULL_POSITION == cursor) {
      end();
      return;
    }
    final int position = cursor;
    final boolean sells = contracts.lots(position) > 0;
    tellBefore(target);
    badDebts.before(position);
    takeover.take(position, backstopSlot(), shareUnits(position), rooms.clock.timeNs());
    badDebts.after(position, 0);
    events.lots = takeover.lots();
    events.valueUnits = takeover.valueUnits();
    events.fundUnits = takeover.fundUnits();
    events.backstopUnits = takeover.backstopUnits();
    events.shortfallUnits = takeover.shortfallUnits();
    events.step(LiquidationStage.TAKEN_OVER, account, contracts.instrumentId(position), contracts.side(position),
        rooms.clock.sequence());
    exchanged(position, money.result().takerPosition, takeover.lots(), PositionCause.LIQUIDATION);
    reduceOnly.makeRoom(position, sells, 0, OrderTable.NULL_SLOT);
    watch.invalidate(backstopSlot());
  }

  /** The position's part of the equity, in settle units. */
  private long shareUnits(final int position) {
    if (Contracts.NULL_POSITION != target) {
      return equityUnits;
    }
    final long share = 0 == weightUnits ? 0 : Takeover.shareUnits(equityUnits, weight(position), weightUnits);
    final int assetId = rooms.instrument(contracts.instrumentId(position)).settleAssetId();
    if (assetId == risk.collateral().referenceAssetId()) {
      return share;
    }
    final long worth = Math.max(1, money.markValueUnits(position));
    final long reference = Math.max(1, risk.collateral().valueUnits(assetId, worth, Rounding.UP));
    return FixedPoint.mulDivFits(share, worth, reference, Rounding.FLOOR)
        ? FixedPoint.mulDiv(share, worth, reference, Rounding.FLOOR) : 0;
  }

  private void exchanged(final int from, final int to, final long lots, final PositionCause cause) {
    marginEvents.positionChanged(from, -lots, money.result().makerRealisedUnits, cause);
    marginEvents.positionChanged(to, lots, money.result().takerRealisedUnits, cause);
  }

  /** The account is healthy, or has nothing left; it is watched again. */
  private void end() {
    if (Contracts.NULL_POSITION != target ? 0 == contracts.lots(target) : isFlat(account)) {
      writeOff();
    }
    tell(LiquidationStage.ENDED, account, target);
    queue.clear(account);
    watch.invalidate(account);
    phase = Phase.IDLE;
  }

  /** What the account owes beyond what it has is paid by the house, and by all holders (F-46). */
  private void writeOff() {
    final long owedUnits = badDebts.owedUnits(account);
    if (owedUnits > 0) {
      final int position = badDebts.position();
      tellBefore(target);
      badDebts.writeOff(account, owedUnits);
      events.fundUnits = badDebts.fundUnits();
      events.shortfallUnits = badDebts.sharedUnits();
      events.step(LiquidationStage.SOCIALISED, account, contracts.instrumentId(position), contracts.side(position),
          rooms.clock.sequence());
    }
  }

  /** The backstop account cannot be taken over by itself: in breach, all that it holds is deleveraged. */
  private void examineBackstop(final int slot) {
    if (rooms.bankruptLots.waiting() > 0 || examiner.examine(slot) || !mayLiquidate(slot)) {
      return;
    }
    account = slot;
    target = Contracts.NULL_POSITION;
    touchAll(slot);
    tell(LiquidationStage.STARTED, slot, target);
    beginTaking();
    phase = Phase.IDLE;
    for (int position = contracts.first(slot); Contracts.NULL_POSITION != position;
        position = contracts.next(position)) {
      if (0 != contracts.lots(position)) {
        takeover.surrender(position, shareUnits(position));
      }
    }
  }

  private void closeNext() {
    if (!deleveraging.hasNext()) {
      finishDeleveraging();
      return;
    }
    final int position = deleveraging.counterparty();
    final int slot = contracts.accountSlot(position);
    tellBefore(slot, position);
    deleveraging.closeNext();
    final long lots = deleveraging.longs() ? deleveraging.counterpartyLots() : -deleveraging.counterpartyLots();
    events.lots = -lots;
    events.valueUnits = deleveraging.counterpartyUnits();
    events.step(LiquidationStage.DELEVERAGED, slot, deleveraging.instrumentId(), contracts.side(position),
        rooms.clock.sequence());
    exchanged(money.result().makerPosition, position, lots, PositionCause.DELEVERAGE);
    reduceOnly.makeRoom(position, lots < 0, 0, OrderTable.NULL_SLOT);
    watch.invalidate(slot);
  }

  private void finishDeleveraging() {
    final int instrumentId = deleveraging.instrumentId();
    final long left = deleveraging.bankruptLots() - deleveraging.givenLots();
    tellBefore(backstopSlot(), Contracts.NULL_POSITION);
    final long shortfall = deleveraging.finish();
    if (left > 0) {
      events.lots = deleveraging.longs() ? left : -left;
      events.shortfallUnits = shortfall;
      events.step(LiquidationStage.SOCIALISED, backstopSlot(), instrumentId, PositionSide.NET, rooms.clock.sequence());
    }
    if (shortfall > 0) {
      rooms.guard.holdersChanged(instrumentId);
    }
    watch.invalidate(backstopSlot());
    phase = Phase.IDLE;
  }

  private void tell(final LiquidationStage stage, final int slot, final int position) {
    tellBefore(slot, position);
    final boolean whole = Contracts.NULL_POSITION == position;
    events.step(stage, slot, whole ? 0 : contracts.instrumentId(position),
        whole ? PositionSide.NET : contracts.side(position), rooms.clock.sequence());
  }

  private void tellBefore(final int position) {
    tellBefore(account, position);
  }

  /** The next event says what the account, or the isolated position, has and needs now. */
  private void tellBefore(final int slot, final int position) {
    final boolean isolated = MarginMode.ISOLATED == risk.accountModes().margin(slot);
    final boolean none = isolated && Contracts.NULL_POSITION == position;
    final int of = isolated ? position : Contracts.NULL_POSITION;
    events.equityUnits = none ? 0 : equityOf(slot, of);
    events.requirementUnits = none ? 0 : requirementOf(slot, of);
  }
}
