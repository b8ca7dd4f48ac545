package io.gavel.risk.funding;

import io.gavel.codecs.InvariantViolation;
import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetInterestDecoder;
import io.gavel.risk.instrument.Assets;
import io.gavel.risk.ledger.Accounts;
import io.gavel.risk.ledger.BalanceInterest;
import io.gavel.risk.ledger.Ledger;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a unit of each asset that is owed has cost since the first interval, and what a unit that somebody has, held or
 * free, has brought: two indexes, so that an interval costs the same however many accounts there are. The rate follows
 * the share of the deposits that is lent. An account settles what the indexes have moved since its balance was touched
 * last, before the balance changes: debts rounded up, income down, and what is settled joins the debt or the balance.
 *
 * <p>Lenders are promised no more than the interest of the interval on all debts, rounded down, less the share of the
 * house; so what borrowers are charged covers what lenders are paid, exactly, and the rest is the house's, in LENDING.
 * Where an interval would not fit the numbers it costs nothing. Indexes count 10^-15 units per unit and never fall.
 *
 * <p>An asset without interest is not part of the state. Setting interest for the first time allocates, nothing else
 * does. One thread.
 */
public final class InterestIndex implements BalanceInterest, StateOwner {

  /** A whole unit of interest on a unit. */
  public static final long ONE_E15 = 1_000_000_000_000_000L;

  private static final long YEAR_NS = 365L * 24 * 3_600 * 1_000_000_000L;
  private static final long E15_PER_E10 = 100_000;
  /** An interval costs at most a thousand times what is owed, and an index is at most so high. */
  private static final long MOVE_MAX_E15 = 1_000 * ONE_E15;
  private static final long INDEX_MAX_E15 = 8_000 * ONE_E15;

  private final Assets assets;
  private final Accounts accounts;
  private final Ledger ledger;
  private final int balancesMax;
  private final @Nullable InterestTerms[] terms;
  private final long[] borrowIndexes;
  private final long[] depositIndexes;
  private final long[] sinceNs;
  /** Interest of all intervals, rounded up: no debt and no income out of interest is ever more. */
  private final long[] earnedUnits;
  private final int[] utilisationsE8;
  private final long[] lastRatesE10;
  private final long[] lastInterestUnits;
  /** At which indexes a balance was settled last. */
  private long[] borrowSettled = {};
  private long[] depositSettled = {};

  public InterestIndex(
      final Assets assets, final Accounts accounts, final Ledger ledger, final int assetsMax, final int balancesMax) {
    this.assets = assets;
    this.accounts = accounts;
    this.ledger = ledger;
    this.balancesMax = balancesMax;
    terms = new InterestTerms[assetsMax + 1];
    borrowIndexes = new long[assetsMax + 1];
    depositIndexes = new long[assetsMax + 1];
    sinceNs = new long[assetsMax + 1];
    earnedUnits = new long[assetsMax + 1];
    utilisationsE8 = new int[assetsMax + 1];
    lastRatesE10 = new long[assetsMax + 1];
    lastInterestUnits = new long[assetsMax + 1];
  }

  /** Whether interest can be set so. No effect. */
  public ReasonCode check(final SetInterestDecoder command) {
    return null == assets.get(command.assetId()) ? ReasonCode.UNKNOWN_ASSET : InterestTerms.check(command);
  }

  /** Sets what {@link #check} has passed, from now on; the caller has ended the interval before at the old terms. */
  public void set(final SetInterestDecoder command, final long nowNs) {
    final int assetId = command.assetId();
    allocate();
    terms[assetId] = 0 == command.intervalNs() ? null : new InterestTerms(command);
    sinceNs[assetId] = nowNs;
  }

  private void allocate() {
    if (0 == borrowSettled.length) {
      borrowSettled = new long[balancesMax];
      depositSettled = new long[balancesMax];
      ledger.interest(this);
    }
  }

  /** Whether the asset bears interest from now on. */
  public boolean has(final int assetId) {
    return null != terms[assetId];
  }

  /** Whether the asset ever did: balances may still have to settle it. */
  public boolean isUsed(final int assetId) {
    return has(assetId) || 0 != borrowIndexes[assetId];
  }

  /** The first settlement after now: whole intervals since engine time zero. */
  public long nextNs(final int assetId, final long nowNs) {
    final InterestTerms of = terms[assetId];
    if (null == of) {
      throw new InvariantViolation("asset bears no interest: " + assetId);
    }
    return (nowNs / of.intervalNs() + 1) * of.intervalNs();
  }

  /**
   * Ends an interval: what is owed now pays for the time since the last one.
   *
   * @param borrowedUnits what all accounts owe, interest not settled yet apart
   * @param depositsUnits what all accounts have
   */
  public void accrue(final int assetId, final long borrowedUnits, final long depositsUnits, final long nowNs) {
    final InterestTerms of = terms[assetId];
    if (null == of) {
      return;
    }
    final long elapsedNs = nowNs - sinceNs[assetId];
    sinceNs[assetId] = nowNs;
    utilisationsE8[assetId] = utilisationE8(borrowedUnits, depositsUnits);
    lastRatesE10[assetId] = of.rateE10(utilisationsE8[assetId]);
    lastInterestUnits[assetId] = 0;
    final long rateE15 = lastRatesE10[assetId] * E15_PER_E10;
    final long moveE15 = FixedPoint.mulDivFits(rateE15, elapsedNs, YEAR_NS, Rounding.UP)
        ? Math.min(MOVE_MAX_E15, FixedPoint.mulDiv(rateE15, elapsedNs, YEAR_NS, Rounding.UP)) : MOVE_MAX_E15;
    if (borrowIndexes[assetId] > INDEX_MAX_E15 - moveE15
        || !FixedPoint.mulDivFits(borrowedUnits, moveE15, ONE_E15, Rounding.UP)) {
      return;
    }
    final long chargedUnits = FixedPoint.mulDiv(borrowedUnits, moveE15, ONE_E15, Rounding.UP);
    if (!FixedPoint.sumFits(earnedUnits[assetId], chargedUnits) || !ledger.canIssue(assetId, chargedUnits)) {
      return;
    }
    earnedUnits[assetId] += chargedUnits;
    borrowIndexes[assetId] += moveE15;
    lastInterestUnits[assetId] = FixedPoint.mulDiv(borrowedUnits, moveE15, ONE_E15, Rounding.DOWN);
    pay(assetId, depositsUnits, of.reserveE8());
  }

  /** Promises lenders their part of the interest of the interval. */
  private void pay(final int assetId, final long depositsUnits, final int reserveE8) {
    final long shareUnits = FixedPoint.mulDiv(
        lastInterestUnits[assetId], InterestTerms.ONE_E8 - reserveE8, InterestTerms.ONE_E8, Rounding.DOWN);
    if (depositsUnits > 0) {
      final long moveE15 = FixedPoint.mulDivFits(shareUnits, ONE_E15, depositsUnits, Rounding.DOWN)
          ? FixedPoint.mulDiv(shareUnits, ONE_E15, depositsUnits, Rounding.DOWN) : INDEX_MAX_E15;
      depositIndexes[assetId] += Math.min(moveE15, INDEX_MAX_E15 - depositIndexes[assetId]);
    }
  }

  /** Rounded up, and at most all. */
  private static int utilisationE8(final long borrowedUnits, final long depositsUnits) {
    if (borrowedUnits >= depositsUnits) {
      return borrowedUnits > 0 ? InterestTerms.ONE_E8 : 0;
    }
    return (int) FixedPoint.mulDiv(borrowedUnits, InterestTerms.ONE_E8, depositsUnits, Rounding.UP);
  }

  @Override
  public long owedUnits(final int balance, final int assetId, final long debtUnits) {
    final long moveE15 = 0 == borrowSettled.length || 0 == debtUnits ? 0
        : borrowIndexes[assetId] - borrowSettled[balance];
    // What does not fit is more than was ever charged: the index moves only where all of it fits.
    return 0 == moveE15 ? 0 : FixedPoint.mulDiv(debtUnits, moveE15, ONE_E15, Rounding.CEILING);
  }

  @Override
  public void settleDebt(final int balance, final int assetId) {
    if (0 != borrowSettled.length) {
      borrowSettled[balance] = borrowIndexes[assetId];
    }
  }

  @Override
  public long earnedUnits(final int balance, final int assetId, final long units) {
    final long moveE15 = 0 == depositSettled.length ? 0 : depositIndexes[assetId] - depositSettled[balance];
    return 0 == moveE15 || 0 == units ? 0 : FixedPoint.mulDiv(units, moveE15, ONE_E15, Rounding.DOWN);
  }

  @Override
  public void settle(final int balance, final int assetId) {
    depositSettled[balance] = depositIndexes[assetId];
  }

  @Override
  public long promisedUnits(final int assetId) {
    return earnedUnits[assetId];
  }

  public long borrowIndexE15(final int assetId) {
    return borrowIndexes[assetId];
  }

  public long depositIndexE15(final int assetId) {
    return depositIndexes[assetId];
  }

  /** Of the last interval; figures for its event, no state. */
  public int utilisationE8(final int assetId) {
    return utilisationsE8[assetId];
  }

  public long rateE10(final int assetId) {
    return lastRatesE10[assetId];
  }

  public long interestUnits(final int assetId) {
    return lastInterestUnits[assetId];
  }

  @Override
  public int componentId() {
    return 44;
  }

  @Override
  public String componentName() {
    return "interest";
  }

  /** An index that moved is written although interest has ended: balances may still owe it. */
  @Override
  public void save(final SnapshotSink sink) {
    int count = 0;
    for (int assetId = 1; assetId < terms.length; assetId++) {
      count += isUsed(assetId) ? 1 : 0;
    }
    if (0 == count) {
      return;
    }
    sink.putInt(count);
    for (int assetId = 1; assetId < terms.length; assetId++) {
      if (isUsed(assetId)) {
        sink.putInt(assetId);
        sink.putLong(borrowIndexes[assetId]);
        sink.putLong(depositIndexes[assetId]);
        sink.putLong(sinceNs[assetId]);
        sink.putLong(earnedUnits[assetId]);
        final InterestTerms of = terms[assetId];
        sink.putInt(null == of ? 0 : 1);
        if (null != of) {
          of.save(sink);
        }
      }
    }
    saveBalances(sink);
  }

  private void saveBalances(final SnapshotSink sink) {
    int count = 0;
    for (int balance = 0; balance < ledger.balances(); balance++) {
      count += 0 == (borrowSettled[balance] | depositSettled[balance]) ? 0 : 1;
    }
    sink.putInt(count);
    for (int accountSlot = 0; accountSlot < accounts.count(); accountSlot++) {
      for (int balance = ledger.first(accountSlot); Ledger.NULL_BALANCE != balance; balance = ledger.next(balance)) {
        if (0 != (borrowSettled[balance] | depositSettled[balance])) {
          sink.putInt(accountSlot);
          sink.putInt(ledger.assetId(balance));
          sink.putLong(borrowSettled[balance]);
          sink.putLong(depositSettled[balance]);
        }
      }
    }
  }

  /** The ledger must have been loaded. */
  @Override
  public void load(final SnapshotSource source) {
    allocate();
    Arrays.fill(terms, null);
    final int count = source.getInt();
    for (int i = 0; i < count; i++) {
      final int assetId = source.getInt();
      borrowIndexes[assetId] = source.getLong();
      depositIndexes[assetId] = source.getLong();
      sinceNs[assetId] = source.getLong();
      earnedUnits[assetId] = source.getLong();
      terms[assetId] = 0 == source.getInt() ? null : new InterestTerms(source);
    }
    final int balances = source.getInt();
    for (int i = 0; i < balances; i++) {
      final int balance = ledger.find(source.getInt(), source.getInt());
      borrowSettled[balance] = source.getLong();
      depositSettled[balance] = source.getLong();
    }
  }
}
