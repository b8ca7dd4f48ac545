package io.gavel.risk.ledger;

import io.gavel.codecs.Invariants;
import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.risk.money.FixedPoint;

/**
 * What margin accounts have borrowed of the house, per balance, in asset units. A loss or a fee that the free balance
 * cannot pay is lent by {@link SystemAccount#LENDING}; what comes in later pays it back before anything else. Interest
 * counts as owed from the moment an interval ends, and joins the debt when the debt changes. Takes memory when {@link
 * #allocate} is called and none after. One thread.
 */
public final class Debts implements StateOwner {

  private final Accounts accounts;
  private final Ledger ledger;
  private final BalanceInterest interest;
  private final int balancesMax;
  /** What all balances of an asset owe, interest that is not settled yet apart. */
  private final long[] totalUnits;
  private long[] units = {};

  public Debts(final Accounts accounts, final Ledger ledger, final BalanceInterest interest, final int assetsMax,
      final int balancesMax) {
    this.accounts = accounts;
    this.ledger = ledger;
    this.interest = interest;
    this.balancesMax = balancesMax;
    totalUnits = new long[assetsMax + 1];
  }

  /** Takes the memory, once. */
  public void allocate() {
    if (0 == units.length) {
      units = new long[balancesMax];
    }
  }

  /** What is owed of the balance's asset, interest up to now with it; 0 for no balance. */
  public long units(final int balance) {
    if (0 == units.length || Ledger.NULL_BALANCE == balance || 0 == units[balance]) {
      return 0;
    }
    return FixedPoint.addSaturating(
        units[balance], interest.owedUnits(balance, ledger.assetId(balance), units[balance]));
  }

  /** What all together owe of the asset, interest that is not settled yet apart. */
  public long totalUnits(final int assetId) {
    return totalUnits[assetId];
  }

  /** Interest up to now joins the debt; {@link Ledger} settles what the same balance has earned. */
  public void settle(final int balance) {
    if (0 != units.length && Ledger.NULL_BALANCE != balance) {
      final int assetId = ledger.assetId(balance);
      final long interestUnits = interest.owedUnits(balance, assetId, units[balance]);
      interest.settleDebt(balance, assetId);
      if (0 != interestUnits) {
        charge(balance, interestUnits);
      }
    }
  }

  /** From free to a system account; what is not there is borrowed. */
  public void pay(final int balance, final int assetId, final SystemAccount to, final long amountUnits) {
    final long missingUnits = amountUnits - ledger.freeUnits(balance);
    if (missingUnits > 0) {
      // After a snapshot without debts this is the first to need the memory.
      allocate();
      settle(balance);
      ledger.payIn(balance, assetId, SystemAccount.LENDING, missingUnits);
      add(balance, assetId, missingUnits);
    }
    ledger.payOut(balance, assetId, to, amountUnits);
  }

  /** From a system account to free; what is owed of the asset is paid back out of it first. */
  public void receive(final int balance, final int assetId, final SystemAccount from, final long amountUnits) {
    ledger.payIn(balance, assetId, from, amountUnits);
    repay(balance, assetId, amountUnits);
  }

  /** Pays back what is owed, out of free and with no more than came in. */
  public void repay(final int balance, final int assetId, final long incomeUnits) {
    settle(balance);
    final long owedUnits = units(balance);
    if (owedUnits > 0) {
      final long paidUnits = Math.min(owedUnits, Math.min(incomeUnits, ledger.freeUnits(balance)));
      ledger.payOut(balance, assetId, SystemAccount.LENDING, paidUnits);
      add(balance, assetId, -paidUnits);
    }
  }

  /** Interest that fell due is owed from now on; the income of whoever lends is the caller's to book. */
  public void charge(final int balance, final long interestUnits) {
    Invariants.check(interestUnits >= 0, "interest below zero: balance, units", balance, interestUnits);
    allocate();
    add(balance, ledger.assetId(balance), interestUnits);
  }

  private void add(final int balance, final int assetId, final long changeUnits) {
    units[balance] = FixedPoint.add(units[balance], changeUnits);
    totalUnits[assetId] = FixedPoint.add(totalUnits[assetId], changeUnits);
  }

  @Override
  public int componentId() {
    return 32;
  }

  @Override
  public String componentName() {
    return "debts";
  }

  @Override
  public void save(final SnapshotSink sink) {
    int count = 0;
    for (final long owed : units) {
      count += 0 == owed ? 0 : 1;
    }
    if (0 == count) {
      return;
    }
    sink.putInt(count);
    for (int accountSlot = 0; accountSlot < accounts.count(); accountSlot++) {
      for (int balance = ledger.first(accountSlot); Ledger.NULL_BALANCE != balance; balance = ledger.next(balance)) {
        if (0 != units[balance]) {
          sink.putInt(accountSlot);
          sink.putInt(ledger.assetId(balance));
          sink.putLong(units[balance]);
        }
      }
    }
  }

  /** The ledger must have been loaded. */
  @Override
  public void load(final SnapshotSource source) {
    allocate();
    final int count = source.getInt();
    for (int i = 0; i < count; i++) {
      final int balance = ledger.find(source.getInt(), source.getInt());
      add(balance, ledger.assetId(balance), source.getLong());
    }
  }
}
