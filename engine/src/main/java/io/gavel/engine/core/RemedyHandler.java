package io.gavel.engine.core;

import io.gavel.codecs.sbe.AdjustTradeDecoder;
import io.gavel.codecs.sbe.BustTradeDecoder;
import io.gavel.codecs.sbe.CompensateDecoder;
import io.gavel.codecs.sbe.HouseFund;
import io.gavel.codecs.sbe.PositionCause;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RemedyCause;
import io.gavel.codecs.sbe.RemedyKind;
import io.gavel.codecs.sbe.Text32Decoder;
import io.gavel.risk.ReversalResult;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.TradeFacts;
import io.gavel.risk.TradeReversal;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.ledger.SystemAccount;

/**
 * Applies what puts right a trade that was wrong. A party that does not have what it would have to give back any more
 * is helped by the fund that the command names, as far as the command's cap and the fund's balance go; else the command
 * is refused before any effect. Money held behind orders and rules stays there.
 */
final class RemedyHandler {

  private final Rooms rooms;
  private final RiskEngine risk;
  private final Remedies remedies;
  private final TradeReversal reversal;
  private final RemedyEvents events;
  private final MarginEvents marginEvents;
  private final LiquidationEvents fundEvents;
  private final ReduceOnlyOrders reduceOnly;
  private final TradeFacts facts = new TradeFacts();
  private final ReversalResult result = new ReversalResult();

  RemedyHandler(final Rooms rooms, final MarginEvents marginEvents, final LiquidationEvents fundEvents,
      final ReduceOnlyOrders reduceOnly) {
    this.rooms = rooms;
    risk = rooms.risk;
    remedies = rooms.remedies;
    reversal = rooms.risk.reversal();
    events = new RemedyEvents(rooms);
    this.marginEvents = marginEvents;
    this.fundEvents = fundEvents;
    this.reduceOnly = reduceOnly;
  }

  ReasonCode bust(final BustTradeDecoder command) {
    return reverse(command.tradeId(), command.instrumentId(), 0, command.fund(), command.fundMaxUnits(),
        command.fundBaseMaxUnits(), command.cause(), command.evidence());
  }

  ReasonCode adjust(final AdjustTradeDecoder command) {
    return reverse(command.tradeId(), command.instrumentId(), command.priceTicks(), command.fund(),
        command.fundMaxUnits(), 0, command.cause(), command.evidence());
  }

  /** {@code newTicks} 0: a bust. */
  private ReasonCode reverse(final long tradeId, final int instrumentId, final int newTicks, final HouseFund fund,
      final long maxUnits, final long baseMaxUnits, final RemedyCause cause, final Text32Decoder evidence) {
    final int row = remedies.trades.find(tradeId, instrumentId);
    if (KeptTrades.NULL_ROW == row) {
      return ReasonCode.UNKNOWN_TRADE;
    }
    if (remedies.trades.isRemedied(row)) {
      return ReasonCode.ALREADY_REMEDIED;
    }
    remedies.trades.read(row, facts);
    final Instrument instrument = rooms.instrument(instrumentId);
    final int assetId = instrument.isContract() ? instrument.settleAssetId() : instrument.quoteAssetId();
    ReasonCode code =
        0 == newTicks ? reversal.planBust(facts, result) : reversal.planAdjust(facts, newTicks, result);
    if (ReasonCode.OK == code) {
      code = checkFund(fund, assetId, sum(result.missingUnits), maxUnits);
    }
    if (ReasonCode.OK == code) {
      code = checkFund(fund, instrument.baseAssetId(), sum(result.missingBaseUnits), baseMaxUnits);
    }
    if (ReasonCode.OK != code) {
      return code;
    }
    rooms.answers.accept(tradeId);
    remedies.trades.remedied(row);
    reversal.carryOut(facts, newTicks, account(fund), result);
    paid(fund, assetId, sum(result.missingUnits));
    paid(fund, instrument.baseAssetId(), sum(result.missingBaseUnits));
    for (int side = 0; side < TradeFacts.SIDES; side++) {
      changed(instrument, side);
      events.reversed(tradeId, side, facts, result, 0 == newTicks ? RemedyKind.BUST : RemedyKind.ADJUST, newTicks, fund,
          cause, evidence);
    }
    makeRoom(instrument);
    return ReasonCode.OK;
  }

  private void changed(final Instrument instrument, final int side) {
    if (instrument.isContract()) {
      marginEvents.positionChanged(result.positions[side], result.lots[side], result.realisedUnits[side],
          PositionCause.REMEDY);
    }
    rooms.guard.accountChanged(facts.accountSlots[side]);
    rooms.relations.touched(facts.accountSlots[side]);
  }

  /** A position may be smaller than it was: what only reduces it must not cross zero. */
  private void makeRoom(final Instrument instrument) {
    for (int side = 0; instrument.isContract() && side < TradeFacts.SIDES; side++) {
      reduceOnly.makeRoom(result.positions[side], true, 0, OrderTable.NULL_SLOT);
      reduceOnly.makeRoom(result.positions[side], false, 0, OrderTable.NULL_SLOT);
    }
  }

  private static long sum(final long[] units) {
    return units[TradeFacts.SELLER] + units[TradeFacts.BUYER];
  }

  /** The cap counts what the fund has paid for remedies since the house was opened. */
  private ReasonCode checkFund(
      final HouseFund fund, final int assetId, final long units, final long maxUnits) {
    if (HouseFund.LENDING == fund) {
      return ReasonCode.OUT_OF_RANGE;
    }
    if (0 == units) {
      return ReasonCode.OK;
    }
    if (units < 0 || units > maxUnits - remedies.paidUnits(fund, assetId)) {
      return ReasonCode.REMEDY_NOT_COVERED;
    }
    return units > risk.systemUnits(account(fund), assetId) ? ReasonCode.FUND_INSUFFICIENT : ReasonCode.OK;
  }

  private void paid(final HouseFund fund, final int assetId, final long units) {
    if (0 != units) {
      remedies.paid(fund, assetId, units);
      fundEvents.fundChanged(fund, assetId, -units, risk.systemUnits(account(fund), assetId));
    }
  }

  private static SystemAccount account(final HouseFund fund) {
    return HouseFund.BACKSTOP == fund ? SystemAccount.BACKSTOP : SystemAccount.INSURANCE;
  }

  ReasonCode compensate(final CompensateDecoder command) {
    final long account = command.header().account();
    final int assetId = command.assetId();
    final HouseFund fund = command.fund();
    if (!risk.hasAccount(account)) {
      return ReasonCode.UNKNOWN_ACCOUNT;
    }
    if (null == risk.asset(assetId)) {
      return ReasonCode.UNKNOWN_ASSET;
    }
    if (remedies.isUsed(command.key())) {
      return ReasonCode.ALREADY_REMEDIED;
    }
    final int accountSlot = risk.accountSlot(account);
    ReasonCode code = 0 == command.tradeId() ? ReasonCode.OK : checkHarm(command, accountSlot);
    if (ReasonCode.OK == code) {
      code = checkFund(fund, assetId, command.amountUnits(), command.fundMaxUnits());
    }
    if (ReasonCode.OK == code && !risk.hasRoomFor(accountSlot, assetId)) {
      code = ReasonCode.CAPACITY_POSITIONS;
    }
    if (ReasonCode.OK != code) {
      return code;
    }
    rooms.answers.accept(command.tradeId());
    remedies.use(command.key());
    risk.receiveFromHouse(accountSlot, assetId, account(fund), command.amountUnits());
    paid(fund, assetId, command.amountUnits());
    events.compensated(account, command.key(), command.tradeId(), facts, assetId, command.amountUnits(),
        command.bestPriceTicks(), fund, command.cause(), command.evidence());
    rooms.guard.accountChanged(accountSlot);
    return ReasonCode.OK;
  }

  /** A trade that is named did no more harm than it was away from the best price. */
  private ReasonCode checkHarm(final CompensateDecoder command, final int accountSlot) {
    final int row = remedies.trades.find(command.tradeId(), 0);
    if (KeptTrades.NULL_ROW == row) {
      return ReasonCode.UNKNOWN_TRADE;
    }
    if (remedies.trades.isRemedied(row)) {
      return ReasonCode.ALREADY_REMEDIED;
    }
    remedies.trades.read(row, facts);
    final boolean sold = accountSlot == facts.accountSlots[TradeFacts.SELLER];
    if (!sold && accountSlot != facts.accountSlots[TradeFacts.BUYER]) {
      return ReasonCode.UNKNOWN_TRADE;
    }
    final Instrument instrument = rooms.instrument(facts.instrumentId);
    if (command.assetId() != (instrument.isContract() ? instrument.settleAssetId() : instrument.quoteAssetId())) {
      return ReasonCode.UNKNOWN_ASSET;
    }
    if (!instrument.notionalFits(command.bestPriceTicks(), facts.lots)) {
      return ReasonCode.NOTIONAL_OVERFLOW;
    }
    final boolean worse = sold ? facts.priceTicks < command.bestPriceTicks()
        : facts.priceTicks > command.bestPriceTicks();
    return worse
        && command.amountUnits() <= Math.abs(reversal.differenceUnits(facts, command.bestPriceTicks()))
        ? ReasonCode.OK : ReasonCode.REMEDY_NOT_COVERED;
  }
}
