package io.gavel.risk.liquidation;

import io.gavel.codecs.Invariants;
import io.gavel.risk.price.Slots;
import java.util.Arrays;

/**
 * Which accounts a price endangers, without looking at the others. An account that was examined leaves one level per
 * series and direction in which it can lose; a price that reaches no level costs two comparisons, whatever the number
 * of accounts. What is reached is due for an examination, smallest account id first; the watch never decides that an
 * account is in breach. See the package for why none can be missed.
 *
 * <p>An examination is {@link #poll}, exact arithmetic by the caller, and then {@link #begin}, the bounds of the
 * account's losses, {@link #commit} with its slack (equity less maintenance margin, in units of whatever the account is
 * reckoned in). Bounds are amounts at the present level, rounded up: what the account would lose if the level moved by
 * its own size and the loss went on in proportion. A negative bound is a gain that is certain, rounded up as well.
 *
 * <p>It is rebuilt from the accounts after a restart and saves nothing: budgets and levels decide how often an account
 * is examined, never what becomes of it. Examining must therefore change no state. Allocates nothing after start. One
 * thread.
 */
public final class MarginWatch {

  public static final int NULL_ACCOUNT = -1;

  private final WatchedSeries watched;
  private final WatchNodes nodes;
  private final LossBounds bounds;
  private final DueAccounts due;
  private final Slots awaiting;
  /** Accounts that are examined at every event, in no order, and where each of them is. */
  private final int[] hot;
  private final int[] hotAt;
  private int hotCount;
  private int account = NULL_ACCOUNT;
  /** The account at hand is to be examined at every event: its slack is a rounding, or the nodes are used up. */
  private boolean isHot;
  private long examined;

  /** An account that depends on more series than {@code legsMax}, which is at most 512, is examined at every event. */
  public MarginWatch(final int accountsMax, final int seriesMax, final int nodesMax, final int legsMax) {
    Invariants.check(legsMax > 0 && legsMax <= 512, "legsMax out of range", legsMax, 512);
    watched = new WatchedSeries(seriesMax);
    nodes = new WatchNodes(accountsMax, seriesMax, nodesMax);
    bounds = new LossBounds(watched, seriesMax, legsMax);
    due = new DueAccounts(accountsMax);
    awaiting = new Slots(accountsMax);
    hot = new int[accountsMax];
    hotAt = new int[accountsMax];
    Arrays.fill(hotAt, NULL_ACCOUNT);
  }

  /** A series of prices, above zero once known, watched in ticks of so many units. */
  public void definePrice(final int series, final long unitsPerTick) {
    watched.define(series, unitsPerTick, true);
  }

  /** A cumulative index (funding, interest, socialised loss), of any sign, watched in steps of so many units. */
  public void defineIndex(final int series, final long unitsPerStep) {
    watched.define(series, unitsPerStep, false);
  }

  public boolean isDefined(final int series) {
    return watched.isDefined(series);
  }

  /** The id by which an account takes its turn. */
  public void identify(final int accountSlot, final long accountId) {
    due.identify(accountSlot, accountId);
  }

  /** A price or an index takes a new level. Returns how many accounts are due. */
  public int onLevel(final int series, final long level) {
    watched.level(series, level);
    final int floorStep = watched.floorStep(series, level);
    final int ceilStep = watched.ceilStep(series, level);
    if (nodes.isCrossed(series, floorStep, ceilStep)) {
      nodes.collect(series, floorStep, ceilStep, due);
    }
    for (int at = 0; at < hotCount; at++) {
      due.add(hot[at]);
    }
    return due.size();
  }

  public long level(final int series) {
    return watched.level(series);
  }

  /** Something else about the account has changed: it is due. Costs little; many changes are one examination. */
  public void invalidate(final int accountSlot) {
    due.add(accountSlot);
  }

  /** Accounts that are due. */
  public int dueCount() {
    return due.size();
  }

  /** Takes the due account with the smallest id; NULL_ACCOUNT when none is due. */
  public int poll() {
    if (0 == due.size()) {
      return NULL_ACCOUNT;
    }
    examined++;
    return due.poll();
  }

  /** The account is watched no more, until it is examined again. */
  public void drop(final int accountSlot) {
    nodes.drop(accountSlot);
    cool(accountSlot);
    if (awaiting.isTaken(accountSlot)) {
      awaiting.release(accountSlot);
    }
  }

  /** In breach, but its prices do not allow a liquidation at present: it is due again at the next {@link #wake}. */
  public void await(final int accountSlot) {
    if (!awaiting.isTaken(accountSlot)) {
      awaiting.claim(accountSlot);
    }
  }

  /** Prices may be good for liquidation again: all who wait for that are due. */
  public void wake() {
    for (int slot = 0 == awaiting.size() ? Slots.NULL_SLOT : awaiting.nextTaken(0); Slots.NULL_SLOT != slot;
        slot = awaiting.nextTaken(slot + 1)) {
      awaiting.release(slot);
      due.add(slot);
    }
  }

  /** Begins anew with an account at the present levels. */
  public void begin(final int accountSlot) {
    drop(accountSlot);
    bounds.clear();
    account = accountSlot;
    isHot = false;
  }

  /** A loss in proportion to the move of a price. */
  public void linear(final int series, final long fallUnits, final long riseUnits) {
    bounds.linear(series, fallUnits, riseUnits, priceOf(series));
  }

  /** A loss that goes with the inverse of a price. */
  public void inverse(final int series, final long fallUnits, final long riseUnits) {
    priceOf(series);
    bounds.inverse(series, fallUnits, riseUnits);
  }

  /** The bounds hold while the price is within these ends; the account is due when it leaves them. */
  public void within(final int series, final long lowUnits, final long highUnits) {
    bounds.within(series, lowUnits, highUnits);
  }

  /**
   * A charge by a cumulative index that is taken only when the account is touched: what a move of {@code moveUnits}
   * costs, and how much of the slack is to be set aside for it. All that is set aside is at most half of the slack.
   */
  public void accrual(final int series, final long fallUnits, final long riseUnits, final long moveUnits,
      final long asideUnits) {
    Invariants.check(asideUnits > 0 && moveUnits > 0, "nothing set aside", series, asideUnits);
    bounds.linear(series, fallUnits, riseUnits, moveUnits);
    bounds.aside(series, asideUnits);
  }

  /**
   * A position that answers for itself, with its own slack: one level per direction in which it can lose. Returns
   * whether it is not in breach; in breach it leaves no level.
   */
  public boolean isolated(final int series, final boolean isInverse, final long slackUnits, final int roundingUnits,
      final long fallUnits, final long riseUnits) {
    final long price = priceOf(series);
    final long budget = slackUnits - roundingUnits;
    if (slackUnits < 0) {
      return false;
    }
    if (budget <= 0) {
      isHot = true;
    } else if (isInverse) {
      watch(series, SafeEdge.inverseFall(price, fallUnits, budget), SafeEdge.inverseRise(price, riseUnits, budget));
    } else {
      watch(series, SafeEdge.fall(price, price, fallUnits, budget), SafeEdge.rise(price, price, riseUnits, budget));
    }
    return true;
  }

  /**
   * Ends an examination. {@code roundingUnits} is the most by which the integer arithmetic behind the slack may differ
   * from the real numbers that the bounds speak of, over the whole account. Returns whether the account is not in
   * breach; in breach it is the caller's, and only its isolated positions leave levels.
   */
  public boolean commit(final long slackUnits, final int roundingUnits) {
    final boolean isWatched = 0 != bounds.size() && slackUnits >= 0;
    if (isWatched && (slackUnits <= roundingUnits || bounds.isOverfull())) {
      isHot = true;
    } else if (isWatched) {
      bounds.share(slackUnits - roundingUnits);
      for (int row = 0; row < bounds.size(); row++) {
        watch(bounds.series(row), bounds.lowEdge(row), bounds.highEdge(row));
      }
    }
    if (isHot) {
      nodes.drop(account);
      heat(account);
    }
    account = NULL_ACCOUNT;
    return slackUnits >= 0;
  }

  /** Waits for the first level beyond either end; a price does not go below one unit. */
  private void watch(final int series, final long lowest, final long highest) {
    if (lowest > (watched.isPrice(series) ? 1 : SafeEdge.NO_FALL)) {
      isHot |= !nodes.addFalling(account, series, watched.floorStep(series, lowest - 1));
    }
    if (SafeEdge.NO_RISE != highest) {
      isHot |= !nodes.addRising(account, series, watched.ceilStep(series, highest + 1));
    }
  }

  private long priceOf(final int series) {
    final long price = watched.level(series);
    Invariants.check(watched.isPrice(series) && price > 0, "a bound on a price that is not known", series, price);
    return price;
  }

  private void heat(final int accountSlot) {
    hotAt[accountSlot] = hotCount;
    hot[hotCount++] = accountSlot;
  }

  private void cool(final int accountSlot) {
    final int at = hotAt[accountSlot];
    if (NULL_ACCOUNT != at) {
      final int last = hot[--hotCount];
      hot[at] = last;
      hotAt[last] = at;
      hotAt[accountSlot] = NULL_ACCOUNT;
    }
  }

  /** Accounts that are examined at every event, for want of slack or of nodes. */
  public int hotCount() {
    return hotCount;
  }

  /** Levels that are waited for. */
  public int levelCount() {
    return nodes.size();
  }

  /** Examinations since start. */
  public long examined() {
    return examined;
  }
}
