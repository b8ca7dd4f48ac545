package io.gavel.risk;

import io.gavel.codecs.InvariantViolation;
import io.gavel.risk.collateral.CollateralBook;
import io.gavel.risk.funding.FundingIndex;
import io.gavel.risk.funding.InterestIndex;
import io.gavel.risk.funding.LossIndex;
import io.gavel.risk.instrument.Assets;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.instrument.Instruments;
import io.gavel.risk.ledger.Accounts;
import io.gavel.risk.ledger.Debts;
import io.gavel.risk.ledger.Ledger;
import io.gavel.risk.margin.AccountModes;
import io.gavel.risk.margin.LegMargin;
import io.gavel.risk.margin.MarginBook;
import io.gavel.risk.margin.MarginRegister;
import io.gavel.risk.margin.PortfolioBook;
import io.gavel.risk.mark.Marks;
import io.gavel.risk.position.Contracts;

/** Every room that contracts and margin have a door to; built once. */
final class MarginRooms {

  final Instruments instruments;
  final Accounts accounts;
  final Ledger ledger;
  final Reservations reservations;
  final Marks marks;
  final Contracts contracts;
  final InterestIndex interest;
  final Debts debts;
  final AccountModes modes;
  final MarginRegister register;
  final CollateralBook collateral;
  final LossIndex losses;
  final LegMargin leg;
  final MarginBook book;
  final PortfolioBook portfolio;
  final IsolatedMargin isolated;

  MarginRooms(
      final Assets assets, final Instruments instruments, final Accounts accounts, final Ledger ledger,
      final Reservations reservations, final Marks marks, final Contracts contracts, final FundingIndex funding,
      final int accountsMax,
      final int assetsMax, final int instrumentsMax, final int balancesMax) {
    this.instruments = instruments;
    this.accounts = accounts;
    this.ledger = ledger;
    this.reservations = reservations;
    this.marks = marks;
    this.contracts = contracts;
    interest = new InterestIndex(assets, accounts, ledger, assetsMax, balancesMax);
    debts = new Debts(accounts, ledger, interest, assetsMax, balancesMax);
    modes = new AccountModes(accounts, accountsMax);
    register = new MarginRegister(accounts, instrumentsMax);
    collateral = new CollateralBook(instruments, ledger, debts, marks, assetsMax);
    losses = new LossIndex(accounts, contracts, instrumentsMax);
    leg = new LegMargin(instruments, contracts, marks, register, collateral, funding, losses);
    book = new MarginBook(accounts, modes, collateral, contracts, leg, accountsMax, balancesMax);
    portfolio = new PortfolioBook(instruments, contracts, marks, register, leg, collateral, instrumentsMax);
    book.portfolio(portfolio);
    isolated = new IsolatedMargin(ledger, contracts, leg, register);
  }

  /** An instrument that exists. */
  Instrument instrument(final int instrumentId) {
    final Instrument instrument = instruments.get(instrumentId);
    if (null == instrument) {
      throw new InvariantViolation("no instrument " + instrumentId);
    }
    return instrument;
  }

  /** With the first contract: a house of spot alone needs none of it. */
  void allocate() {
    contracts.allocate();
    losses.allocate();
    debts.allocate();
    book.allocate();
  }
}
