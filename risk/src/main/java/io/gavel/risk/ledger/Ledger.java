package io.gavel.risk.ledger;

import io.gavel.codecs.Invariants;
import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.BalanceCause;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Sum128;
import org.jspecify.annotations.Nullable;

/**
 * Balances per (account, asset), free and held, in asset units. Every method moves an amount from one place to another,
 * so the sum over all accounts of an asset, the system's included, is zero at all times. A user's balance is never
 * negative, and all that was ever issued of an asset fits a long: no balance overflows. Refusals are the caller's,
 * before it calls; here a movement that cannot be made halts. Allocates nothing after start. One thread.
 */
public final class Ledger implements StateOwner {

  public static final int NULL_BALANCE = AccountSlots.NULL_SLOT;

  private static final int GLANCE_BALANCES = 2;
  private static final int FREE = 0;
  private static final int HELD = 1;
  private static final int EXTERNAL = SystemAccount.EXTERNAL.code();
  private static final int FEES = SystemAccount.FEES.code();
  private static final int LENDING = SystemAccount.LENDING.code();
  private static final int SYSTEM_ACCOUNTS = SystemAccount.values().length;

  private final Accounts accounts;
  private final AccountSlots slots;
  private final int assetsMax;
  /** Free and held of a balance side by side. */
  private final long[] units;
  private final long[] systemUnits;
  private @Nullable BalanceInterest interest;
  /** The account of each balance, for who is told of it. */
  private final int[] owners;
  private @Nullable BalanceListener listener;

  public Ledger(final Accounts accounts, final int accountsMax, final int assetsMax, final int balancesMax) {
    this.accounts = accounts;
    this.assetsMax = assetsMax;
    slots = new AccountSlots(accountsMax, assetsMax, balancesMax);
    units = new long[balancesMax * 2];
    owners = new int[balancesMax];
    systemUnits = new long[(assetsMax + 1) * SYSTEM_ACCOUNTS];
  }

  /** From now on what is held or free may bear interest. */
  public void interest(final BalanceInterest newInterest) {
    interest = newInterest;
  }

  /** From now on somebody hears of what is settled when a balance or a position is touched. */
  public void listener(final BalanceListener newListener) {
    listener = newListener;
  }

  /** Tells whoever listens that an accrual was settled on a balance. */
  public void moved(final int balance, final long changeUnits, final BalanceCause cause) {
    if (null != listener) {
      listener.moved(owners[balance], slots.id(balance), changeUnits, cause);
    }
  }

  /** The balance, or {@link #NULL_BALANCE} while the account has never had to do with the asset. */
  public int find(final int accountSlot, final int assetId) {
    return slots.find(accountSlot, assetId);
  }

  public boolean hasRoom(final int balances) {
    return slots.hasRoom(balances);
  }

  /** The balance; a new one at zero when there is none, for which there must be room. */
  public int open(final int accountSlot, final int assetId) {
    final int balance = slots.open(accountSlot, assetId);
    owners[balance] = accountSlot;
    return balance;
  }

  public int balances() {
    return slots.size();
  }

  public long freeUnits(final int balance) {
    return units[balance * 2 + FREE];
  }

  /** As {@link #freeUnits}, and 0 for {@link #NULL_BALANCE}. */
  public long freeUnitsOrZero(final int balance) {
    return NULL_BALANCE == balance ? 0 : freeUnits(balance);
  }

  public long heldUnits(final int balance) {
    return units[balance * 2 + HELD];
  }

  public long systemUnits(final SystemAccount account, final int assetId) {
    return systemUnits[assetId * SYSTEM_ACCOUNTS + account.code()];
  }

  /** What the outside has paid in and not taken out again. */
  public long issuedUnits(final int assetId) {
    return -systemUnits[assetId * SYSTEM_ACCOUNTS + EXTERNAL];
  }

  /** What all accounts but those of the house have, held or free. */
  public long depositsUnits(final int assetId) {
    long houseUnits = 0;
    for (int system = EXTERNAL; system < SYSTEM_ACCOUNTS; system++) {
      houseUnits = FixedPoint.addSaturating(houseUnits, systemUnits[assetId * SYSTEM_ACCOUNTS + system]);
    }
    return -houseUnits;
  }

  /** Whether so much can be issued and every balance still fit a long, what the house owes included. */
  public boolean canIssue(final int assetId, final long amountUnits) {
    long leftUnits = Long.MAX_VALUE - issuedUnits(assetId) - (null == interest ? 0 : interest.promisedUnits(assetId));
    for (int system = EXTERNAL + 1; system < SYSTEM_ACCOUNTS; system++) {
      leftUnits -= Math.max(0, -systemUnits[assetId * SYSTEM_ACCOUNTS + system]);
    }
    return amountUnits <= leftUnits;
  }

  /** From outside to free. */
  public void issue(final int balance, final int assetId, final long amountUnits) {
    settleInterest(balance);
    requireAmount(amountUnits);
    addSystem(EXTERNAL, assetId, -amountUnits);
    credit(balance, FREE, amountUnits);
  }

  /** From held to outside. */
  public void retireHeld(final int balance, final int assetId, final long amountUnits) {
    settleInterest(balance);
    debit(balance, HELD, amountUnits);
    addSystem(EXTERNAL, assetId, amountUnits);
  }

  /** From free to held. */
  public void hold(final int balance, final long amountUnits) {
    debit(balance, FREE, amountUnits);
    credit(balance, HELD, amountUnits);
  }

  /** From held to free. */
  public void unhold(final int balance, final long amountUnits) {
    debit(balance, HELD, amountUnits);
    credit(balance, FREE, amountUnits);
  }

  /** From one balance's held to another's free, of the same asset; both may be the same balance. */
  public void payHeld(final int fromBalance, final int toBalance, final long amountUnits) {
    settleInterest(fromBalance);
    settleInterest(toBalance);
    debit(fromBalance, HELD, amountUnits);
    credit(toBalance, FREE, amountUnits);
  }

  /** From held to FEES. */
  public void chargeHeld(final int balance, final int assetId, final long feeUnits) {
    settleInterest(balance);
    debit(balance, HELD, feeUnits);
    addSystem(FEES, assetId, feeUnits);
  }

  /** From free to FEES. */
  public void chargeFree(final int balance, final int assetId, final long feeUnits) {
    settleInterest(balance);
    debit(balance, FREE, feeUnits);
    addSystem(FEES, assetId, feeUnits);
  }

  /** From FEES to free. */
  public void rebate(final int balance, final int assetId, final long rebateUnits) {
    settleInterest(balance);
    requireAmount(rebateUnits);
    addSystem(FEES, assetId, -rebateUnits);
    credit(balance, FREE, rebateUnits);
  }

  /** From free to an account of the house. */
  public void payOut(final int balance, final int assetId, final SystemAccount to, final long amountUnits) {
    settleInterest(balance);
    debit(balance, FREE, amountUnits);
    addSystem(to.code(), assetId, amountUnits);
  }

  /** From an account of the house to free. */
  public void payIn(final int balance, final int assetId, final SystemAccount from, final long amountUnits) {
    settleInterest(balance);
    requireAmount(amountUnits);
    addSystem(from.code(), assetId, -amountUnits);
    credit(balance, FREE, amountUnits);
  }

  /** Between two accounts of the house. */
  public void move(
      final int assetId, final SystemAccount from, final SystemAccount to, final long amountUnits) {
    requireAmount(amountUnits);
    addSystem(from.code(), assetId, -amountUnits);
    addSystem(to.code(), assetId, amountUnits);
  }

  /** The account's balance of the smallest asset id, or {@link #NULL_BALANCE}. */
  public int first(final int accountSlot) {
    return slots.first(accountSlot);
  }

  /** The next balance of the same account, or {@link #NULL_BALANCE}. */
  public int next(final int balance) {
    return slots.next(balance);
  }

  public int assetId(final int balance) {
    return slots.id(balance);
  }

  /** Adds free and held of every balance of the asset to the sum, and the system's. */
  public void addTotals(final int assetId, final Sum128 sum) {
    for (int accountSlot = 0; accountSlot < accounts.count(); accountSlot++) {
      final int balance = slots.find(accountSlot, assetId);
      if (NULL_BALANCE != balance) {
        sum.add(freeUnits(balance));
        sum.add(heldUnits(balance));
      }
    }
    for (int system = 0; system < SYSTEM_ACCOUNTS; system++) {
      sum.add(systemUnits[assetId * SYSTEM_ACCOUNTS + system]);
    }
  }

  /** Looks at the balances of an account; the number means nothing. */
  public long glance(final int accountSlot) {
    long sum = 0;
    int balance = slots.first(accountSlot);
    for (int step = 0; step < GLANCE_BALANCES && NULL_BALANCE != balance; step++) {
      sum += units[balance * 2];
      balance = slots.next(balance);
    }
    return sum;
  }

  /** What a balance has earned by interest that is not credited yet; it is with its next change. */
  public long earnedUnits(final int balance) {
    return null == interest || NULL_BALANCE == balance ? 0
        : interest.earnedUnits(balance, slots.id(balance), freeUnits(balance) + heldUnits(balance));
  }

  /** Credits what a balance has earned so far: it is about to change. */
  public void settleInterest(final int balance) {
    if (null != interest && NULL_BALANCE != balance) {
      final int assetId = slots.id(balance);
      final long earnedUnits = earnedUnits(balance);
      interest.settle(balance, assetId);
      if (0 != earnedUnits) {
        addSystem(LENDING, assetId, -earnedUnits);
        credit(balance, FREE, earnedUnits);
        moved(balance, earnedUnits, BalanceCause.INTEREST);
      }
    }
  }

  private void debit(final int balance, final int part, final long amountUnits) {
    final long left = units[balance * 2 + part] - amountUnits;
    if (amountUnits < 0 || left < 0) {
      Invariants.check(false, "balance is short by, of", left, amountUnits);
    }
    units[balance * 2 + part] = left;
  }

  private void credit(final int balance, final int part, final long amountUnits) {
    final long sum = units[balance * 2 + part] + amountUnits;
    if (sum < 0) {
      Invariants.check(false, "balance overflows by", sum, amountUnits);
    }
    units[balance * 2 + part] = sum;
  }

  private void addSystem(final int system, final int assetId, final long amountUnits) {
    final int index = assetId * SYSTEM_ACCOUNTS + system;
    systemUnits[index] = FixedPoint.add(systemUnits[index], amountUnits);
  }

  private static void requireAmount(final long amountUnits) {
    if (amountUnits < 0) {
      Invariants.check(false, "amount is negative", amountUnits, 0);
    }
  }

  @Override
  public int componentId() {
    return 13;
  }

  @Override
  public String componentName() {
    return "ledger";
  }

  /** A balance that exists is written even at zero: it takes a place of the pool, which later refusals depend on. */
  @Override
  public void save(final SnapshotSink sink) {
    int systemBalances = 0;
    for (final long amount : systemUnits) {
      systemBalances += 0 == amount ? 0 : 1;
    }
    if (0 == slots.size() + systemBalances) {
      return;
    }
    sink.putInt(slots.size());
    for (int accountSlot = 0; accountSlot < accounts.count(); accountSlot++) {
      for (int balance = slots.first(accountSlot); NULL_BALANCE != balance; balance = slots.next(balance)) {
        sink.putInt(accountSlot);
        sink.putInt(slots.id(balance));
        sink.putLong(freeUnits(balance));
        sink.putLong(heldUnits(balance));
      }
    }
    sink.putInt(systemBalances);
    for (int assetId = 1; assetId <= assetsMax; assetId++) {
      for (int system = 0; system < SYSTEM_ACCOUNTS; system++) {
        final long amount = systemUnits[assetId * SYSTEM_ACCOUNTS + system];
        if (0 != amount) {
          sink.putInt(assetId);
          sink.putInt(system);
          sink.putLong(amount);
        }
      }
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    final int balances = source.getInt();
    for (int i = 0; i < balances; i++) {
      final int balance = open(source.getInt(), source.getInt());
      units[balance * 2 + FREE] = source.getLong();
      units[balance * 2 + HELD] = source.getLong();
    }
    final int systemBalances = source.getInt();
    for (int i = 0; i < systemBalances; i++) {
      final int assetId = source.getInt();
      systemUnits[assetId * SYSTEM_ACCOUNTS + source.getInt()] = source.getLong();
    }
  }
}
