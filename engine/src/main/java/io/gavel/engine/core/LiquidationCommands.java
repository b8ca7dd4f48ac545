package io.gavel.engine.core;

import io.gavel.codecs.sbe.FundHouseDecoder;
import io.gavel.codecs.sbe.HouseFund;
import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.PositionMode;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetLiquidationDecoder;
import io.gavel.codecs.sbe.SettleInstrumentDecoder;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.ledger.SystemAccount;
import io.gavel.risk.liquidation.DeleverageRanking.Policy;
import io.gavel.risk.liquidation.LiquidationTerms;
import io.gavel.risk.position.Contracts;

/** Applies what is asked about the funds of the house and about how positions are liquidated. */
final class LiquidationCommands {

  private final Rooms rooms;
  private final RiskEngine risk;
  private final MarginGuard guard;
  private final LiquidationEvents events;
  private final SettlementHandler settlement;

  LiquidationCommands(final Rooms rooms, final LiquidationEvents events, final SettlementHandler settlement) {
    this.rooms = rooms;
    this.settlement = settlement;
    guard = rooms.guard;
    this.events = events;
    risk = rooms.risk;
  }

  ReasonCode fund(final FundHouseDecoder command) {
    final HouseFund fund = command.fund();
    final SystemAccount account = account(fund);
    final int assetId = command.assetId();
    final long amountUnits = command.amountUnits();
    final ReasonCode code = risk.fundHouse(account, assetId, amountUnits);
    if (ReasonCode.OK == code) {
      rooms.answers.accept(0);
      events.fundChanged(fund, assetId, amountUnits, risk.systemUnits(account, assetId));
    }
    return code;
  }

  private static SystemAccount account(final HouseFund fund) {
    return switch (fund) {
      case INSURANCE -> SystemAccount.INSURANCE;
      case BACKSTOP -> SystemAccount.BACKSTOP;
      case LENDING -> SystemAccount.LENDING;
      default -> throw new IllegalStateException("unknown fund");
    };
  }

  /** The account that takes positions over has one-way positions that share all of its money. */
  ReasonCode setLiquidation(final SetLiquidationDecoder command) {
    final int instrumentId = command.instrumentId();
    final Instrument instrument = risk.instrument(instrumentId);
    if (null == instrument) {
      return ReasonCode.UNKNOWN_INSTRUMENT;
    }
    if (!instrument.isContract()) {
      return ReasonCode.NOT_A_CONTRACT;
    }
    final LiquidationTerms terms = rooms.liquidationTerms;
    final long named = command.backstopAccount();
    final long account = 0 == named ? terms.backstopAccount() : named;
    final int slot = risk.accountSlot(account);
    if (slot < 0) {
      return ReasonCode.UNKNOWN_ACCOUNT;
    }
    if (MarginMode.CROSS != risk.accountModes().margin(slot)
        || PositionMode.ONE_WAY != risk.accountModes().position(slot)
        || (0 != terms.backstopAccount() && account != terms.backstopAccount()
        && Contracts.NULL_POSITION != risk.contracts().first(risk.accountSlot(terms.backstopAccount())))) {
      return ReasonCode.ACCOUNT_MODE_WRONG;
    }
    if (command.depthShareBps() > 0 && (0 == command.attemptsMax() || 0 == command.retryNs())) {
      return ReasonCode.LIQUIDATION_INVALID;
    }
    // A takeover cannot be refused, so its place is taken now.
    if (Contracts.NULL_POSITION == risk.openPosition(slot, instrumentId, PositionSide.NET)) {
      return ReasonCode.CAPACITY_POSITIONS;
    }
    rooms.answers.accept(instrumentId);
    terms.backstopAccount(account);
    apply(command, instrumentId);
    guard.start();
    guard.wake();
    guard.allChanged();
    return ReasonCode.OK;
  }

  private void apply(final SetLiquidationDecoder command, final int instrumentId) {
    final LiquidationTerms terms = rooms.liquidationTerms;
    terms.orders(instrumentId, command.collarBps(), command.depthShareBps(), command.partialBps(),
        command.reduction(), command.attemptsMax(), command.retryNs());
    terms.insuranceFee(instrumentId, command.insuranceFeeE6());
    terms.caps(instrumentId, Policy.values()[command.policy().value()], command.fundAccountMaxUnits(),
        command.fundMaxUnits(), command.fundIntervalMaxUnits(), command.intervalNs(), command.backstopLossMaxUnits());
  }

  /** The orders go first, one a step; then the positions, one a step; then the end is told. */
  ReasonCode settle(final SettleInstrumentDecoder command) {
    final int instrumentId = command.instrumentId();
    final Instrument instrument = risk.instrument(instrumentId);
    if (null == instrument) {
      return ReasonCode.UNKNOWN_INSTRUMENT;
    }
    if (!instrument.isContract()) {
      return ReasonCode.NOT_A_CONTRACT;
    }
    final long ticks = command.priceUnits() / instrument.markUnitsPerTick();
    if (ticks <= 0 || ticks > Integer.MAX_VALUE || 0 != command.priceUnits() % instrument.markUnitsPerTick()) {
      return ReasonCode.OUT_OF_RANGE;
    }
    rooms.answers.accept(instrumentId);
    settlement.begin(instrumentId, (int) ticks);
    return ReasonCode.OK;
  }
}
