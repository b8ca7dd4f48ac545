package io.gavel.engine.core;

import io.gavel.codecs.sbe.AdjustMarginDecoder;
import io.gavel.codecs.sbe.BalanceCause;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.PositionCause;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetAccountModeDecoder;
import io.gavel.codecs.sbe.SetCollateralDecoder;
import io.gavel.codecs.sbe.SetLeverageDecoder;
import io.gavel.codecs.sbe.SetMarginDecoder;
import io.gavel.codecs.sbe.SetOptionVolatilityDecoder;
import io.gavel.codecs.sbe.SetPortfolioMarginDecoder;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.margin.MarginRegister;

/** Applies what is asked about margin, and carries new terms on from account to account, deadline by deadline. */
final class MarginHandler {

  private static final long SAMPLE_EVERY = 256;

  private final Rooms rooms;
  private final RiskEngine risk;
  private final MarginRegister register;
  private final MarginEvents events;
  private final MarketEvents moneyEvents;
  private final MoneyMoves moves;

  MarginHandler(final Rooms rooms, final MarginEvents events, final MarketEvents moneyEvents) {
    this.rooms = rooms;
    risk = rooms.risk;
    register = rooms.risk.marginRegister();
    this.events = events;
    this.moneyEvents = moneyEvents;
    moves = new MoneyMoves(rooms, moneyEvents);
  }

  /** What touches have settled, to be told. */
  MoneyMoves moves() {
    return moves;
  }

  ReasonCode setMargin(final SetMarginDecoder command) {
    final int instrumentId = command.instrumentId();
    final ReasonCode code = risk.setMargin(command);
    if (ReasonCode.OK != code) {
      return code;
    }
    rooms.answers.accept(instrumentId);
    if (register.isChanging(instrumentId)) {
      due(instrumentId, Math.addExact(rooms.clock.timeNs(), register.stepNs(instrumentId)));
    } else {
      events.marginChanged(instrumentId, risk.accountCount(), 0, Flag.YES);
    }
    return ReasonCode.OK;
  }

  private void due(final int instrumentId, final long timeNs) {
    register.dueTimeNs(instrumentId, timeNs);
    rooms.deadlines.add(timeNs, instrumentId, Rooms.MARGIN_STEP, instrumentId);
  }

  /** The next accounts get the new terms of a contract. */
  void step(final int instrumentId) {
    final int before = register.doneCount(instrumentId);
    final long fromId = register.cursor(instrumentId);
    final boolean done = register.step(instrumentId);
    final int accounts = register.doneCount(instrumentId) - before;
    rooms.guard.idsChanged(fromId, done ? Long.MAX_VALUE : register.cursor(instrumentId));
    events.marginChanged(instrumentId, accounts, done ? 0 : register.cursor(instrumentId), done ? Flag.YES : Flag.NO);
    if (!done) {
      due(instrumentId, Math.addExact(rooms.clock.timeNs(), register.stepNs(instrumentId)));
    }
  }

  /** Puts the deadlines of changes that were under way back when a snapshot was loaded. */
  void resume() {
    for (int instrumentId = 1; instrumentId <= rooms.config.instrumentsMax(); instrumentId++) {
      final long timeNs = register.dueTimeNs(instrumentId);
      if (0 != timeNs) {
        rooms.deadlines.add(timeNs, instrumentId, Rooms.MARGIN_STEP, instrumentId);
      }
    }
  }

  /** Every so many commands one account, in turn: what is kept of it must be what it adds up to from nothing. */
  void sample() {
    final long sequence = rooms.clock.sequence();
    if (0 == sequence % SAMPLE_EVERY && risk.contracts().isAllocated() && risk.accountCount() > 0) {
      risk.marginBook().verify((int) (sequence / SAMPLE_EVERY % risk.accountCount()));
    }
  }

  ReasonCode setCollateral(final SetCollateralDecoder command) {
    return acceptForAll(risk.setCollateral(command), command.assetId());
  }

  ReasonCode setAccountMode(final SetAccountModeDecoder command) {
    return accept(risk.setAccountMode(command), 0);
  }

  ReasonCode setLeverage(final SetLeverageDecoder command) {
    return accept(risk.setLeverage(command), 0);
  }

  ReasonCode setVolatility(final SetOptionVolatilityDecoder command) {
    return acceptForAll(risk.portfolioBook().setVolatility(command), command.instrumentId());
  }

  ReasonCode setPortfolio(final SetPortfolioMarginDecoder command) {
    return acceptForAll(risk.portfolioBook().setParameter(command), command.instrumentId());
  }

  ReasonCode adjust(final AdjustMarginDecoder command) {
    final ReasonCode code = accept(risk.adjustMargin(command), 0);
    if (ReasonCode.OK == code) {
      final long account = command.header().account();
      final int position = risk.contracts().find(
          risk.accountSlot(account), command.instrumentId(), command.positionSide());
      moneyEvents.balanceChanged(account, rooms.instrument(command.instrumentId()).settleAssetId(),
          -command.amountUnits(), 0, BalanceCause.MARGIN);
      events.positionChanged(position, 0, 0, PositionCause.MARGIN);
    }
    return code;
  }

  /** What everybody's requirement may depend on. */
  private ReasonCode acceptForAll(final ReasonCode code, final long id) {
    if (ReasonCode.OK == code) {
      rooms.guard.allChanged();
    }
    return accept(code, id);
  }

  private ReasonCode accept(final ReasonCode code, final long id) {
    if (ReasonCode.OK == code) {
      rooms.answers.accept(id);
    }
    return code;
  }
}
