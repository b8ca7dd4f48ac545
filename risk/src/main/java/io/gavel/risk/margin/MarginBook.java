package io.gavel.risk.margin;

import io.gavel.codecs.Invariants;
import io.gavel.codecs.sbe.MarginMode;
import io.gavel.risk.ledger.Accounts;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.position.Contracts;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What each margin account has and needs, in units of the reference asset. Every position's part is kept from the last
 * time it was asked for, with the count of changes it was worked out at: the next question works out anew only what has
 * changed since, and moves the account's totals by the difference. Collateral is few balances and is added up each
 * time. {@link #verify} adds up everything from nothing and halts where the totals differ. Figures follow from the
 * state of other rooms and are no state themselves. Takes memory when {@link #allocate} is called. One thread.
 *
 * <p>Equity is collateral less debts, plus what the positions have gained or lost. For opening more, gains count where
 * the terms of the instrument say so; for paying out they never do. Options count at their mark: a long one as a gain,
 * a short one as a loss, since the premium has been paid.
 */
public final class MarginBook {

  /** Positions an account may ever have: together with {@link AccountCollateral#UNITS_MAX} no total can wrap. */
  public static final int POSITIONS_MAX = 256;

  private static final int LOSS = 0;
  private static final int PROFIT = 1;
  private static final int COUNTED_PROFIT = 2;
  private static final int INITIAL = 3;
  private static final int MAINTENANCE = 4;
  private static final int COUNTED_LOSS = 5;
  private static final int FIGURES = 6;
  private static final int STAMP = 6;
  private static final int STRIDE = 7;
  private static final long NEVER = -1;

  private final Accounts accounts;
  private final AccountModes modes;
  private final AccountCollateral collateral;
  private final Contracts contracts;
  private final LegMargin leg;
  private final int accountsMax;
  private final int positionsMax;
  private final long[] fresh = new long[FIGURES];
  private final long[] sums = new long[FIGURES];
  private long[] legs = {};
  private long[] totals = {};
  private int legsKnown;
  private @Nullable PortfolioRequirement portfolio;

  public MarginBook(
      final Accounts accounts, final AccountModes modes, final AccountCollateral collateral,
      final Contracts contracts, final LegMargin leg, final int accountsMax, final int positionsMax) {
    this.accounts = accounts;
    this.modes = modes;
    this.collateral = collateral;
    this.contracts = contracts;
    this.leg = leg;
    this.accountsMax = accountsMax;
    this.positionsMax = positionsMax;
  }

  /** Takes the memory, once. */
  public void allocate() {
    if (0 == legs.length) {
      legs = new long[positionsMax * STRIDE];
      totals = new long[accountsMax * FIGURES];
    }
  }

  /** Installs the model behind portfolio mode; without one no account gets into it. */
  public void portfolio(final PortfolioRequirement model) {
    portfolio = model;
  }

  public boolean hasPortfolio() {
    return null != portfolio;
  }

  /** What the account would have left if all its positions were closed at their marks. */
  public long equityUnits(final int accountSlot) {
    refresh(accountSlot);
    return FixedPoint.addSaturating(collateral.netUnits(accountSlot),
        total(accountSlot, LOSS) + total(accountSlot, PROFIT));
  }

  /** Equity as it counts for opening more: marks that rose, or fell, faster than they may do not count yet (R13). */
  public long openingEquityUnits(final int accountSlot) {
    refresh(accountSlot);
    return FixedPoint.addSaturating(collateral.netUnits(accountSlot),
        total(accountSlot, COUNTED_LOSS) + total(accountSlot, COUNTED_PROFIT));
  }

  /** What positions and open orders need at their worst, claims of orders included. */
  public long initialUnits(final int accountSlot) {
    refresh(accountSlot);
    if (null != portfolio && MarginMode.PORTFOLIO == modes.margin(accountSlot)) {
      return FixedPoint.addSaturating(portfolio.initialUnits(accountSlot), total(accountSlot, INITIAL));
    }
    return total(accountSlot, INITIAL);
  }

  /** What positions need to stay; an account with less equity, by one unit, is liquidated. */
  public long maintenanceUnits(final int accountSlot) {
    if (null != portfolio && MarginMode.PORTFOLIO == modes.margin(accountSlot)) {
      return portfolio.maintenanceUnits(accountSlot);
    }
    refresh(accountSlot);
    return total(accountSlot, MAINTENANCE);
  }

  /** What is left for opening more; below zero nothing is. */
  public long freeUnits(final int accountSlot) {
    return FixedPoint.addSaturating(openingEquityUnits(accountSlot), -initialUnits(accountSlot));
  }

  /** What could be paid out: as {@link #freeUnits}, without any profit that is not realised. */
  public long payableUnits(final int accountSlot) {
    final long initialUnits = initialUnits(accountSlot);
    return FixedPoint.addSaturating(
        FixedPoint.addSaturating(collateral.netUnits(accountSlot), total(accountSlot, COUNTED_LOSS)), -initialUnits);
  }

  /** Works out anew what has changed since the last time. */
  private void refresh(final int accountSlot) {
    if (contracts.isAllocated()) {
      // After a snapshot was loaded nobody has asked for it yet.
      allocate();
    }
    for (int position = contracts.first(accountSlot); Contracts.NULL_POSITION != position;
        position = contracts.next(position)) {
      final int at = position * STRIDE;
      if (position >= legsKnown) {
        know(position);
      }
      final long stamp = leg.stamp(position);
      if (stamp != legs[at + STAMP]) {
        legs[at + STAMP] = stamp;
        evaluate(accountSlot, position);
        for (int figure = 0; figure < FIGURES; figure++) {
          totals[accountSlot * FIGURES + figure] += fresh[figure] - legs[at + figure];
          legs[at + figure] = fresh[figure];
        }
      }
    }
  }

  private void know(final int position) {
    for (int each = legsKnown; each <= position; each++) {
      Arrays.fill(legs, each * STRIDE, each * STRIDE + STRIDE, 0);
      legs[each * STRIDE + STAMP] = NEVER;
    }
    legsKnown = position + 1;
  }

  /** Takes back what was kept of a position that is about to be undone. */
  public void forget(final int position) {
    if (position < legsKnown) {
      final int accountSlot = contracts.accountSlot(position);
      for (int figure = 0; figure < FIGURES; figure++) {
        totals[accountSlot * FIGURES + figure] -= legs[position * STRIDE + figure];
      }
      legsKnown = position;
    }
  }

  private void evaluate(final int accountSlot, final int position) {
    final boolean portfolioMode = MarginMode.PORTFOLIO == modes.margin(accountSlot);
    leg.evaluate(position);
    fresh[LOSS] = leg.lossUnits();
    fresh[PROFIT] = leg.profitUnits();
    fresh[COUNTED_LOSS] = leg.creditLossUnits();
    fresh[COUNTED_PROFIT] = leg.profitCounts() ? leg.creditProfitUnits() : 0;
    fresh[INITIAL] = portfolioMode ? leg.claimUnits() : leg.initialUnits();
    fresh[MAINTENANCE] = portfolioMode ? 0 : leg.maintenanceUnits();
  }

  private long total(final int accountSlot, final int figure) {
    return 0 == totals.length ? 0 : totals[accountSlot * FIGURES + figure];
  }

  /** Adds up the account from nothing; halts where what was kept says otherwise. */
  public void verify(final int accountSlot) {
    refresh(accountSlot);
    Arrays.fill(sums, 0);
    for (int position = contracts.first(accountSlot); Contracts.NULL_POSITION != position;
        position = contracts.next(position)) {
      evaluate(accountSlot, position);
      for (int figure = 0; figure < FIGURES; figure++) {
        sums[figure] += fresh[figure];
      }
    }
    for (int figure = 0; figure < FIGURES; figure++) {
      Invariants.check(sums[figure] == total(accountSlot, figure), "margin is not what it was kept as: account, figure",
          accounts.at(accountSlot).id(), figure);
    }
  }
}
