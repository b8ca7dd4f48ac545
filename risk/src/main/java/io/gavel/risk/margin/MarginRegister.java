package io.gavel.risk.margin;

import io.gavel.codecs.Invariants;
import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.risk.ledger.Accounts;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The margin terms in force per instrument. New terms take hold account by account, by rising account id: those up to
 * the cursor have them, the others keep the old ones until it has passed. Setting terms allocates; nothing else does,
 * but the first step of a change after a snapshot was loaded. One thread.
 */
public final class MarginRegister implements StateOwner {

  private static final int NONE = 0;
  private static final int CURRENT = 1;
  private static final int BOTH = 2;
  private static final long[] NO_ORDER = {};

  private final @Nullable MarginTerms[] current;
  private final @Nullable MarginTerms[] next;
  private final Accounts accounts;
  /** Accounts of the change that is under way, by rising id; none until a step needs them. */
  private final long[][] orders;
  /** Accounts there were when the change began, and how many of them have the new terms. */
  private final int[] counts;
  private final int[] done;
  private final long[] cursors;
  private final int[] accountsPerStep;
  private final long[] stepsNs;
  private final long[] dueTimesNs;
  private long version;

  public MarginRegister(final Accounts accounts, final int instrumentsMax) {
    this.accounts = accounts;
    orders = new long[instrumentsMax + 1][];
    Arrays.fill(orders, NO_ORDER);
    counts = new int[instrumentsMax + 1];
    done = new int[instrumentsMax + 1];
    current = new MarginTerms[instrumentsMax + 1];
    next = new MarginTerms[instrumentsMax + 1];
    cursors = new long[instrumentsMax + 1];
    accountsPerStep = new int[instrumentsMax + 1];
    stepsNs = new long[instrumentsMax + 1];
    dueTimesNs = new long[instrumentsMax + 1];
  }

  /** The terms that hold for an account now; null before any were set. */
  public @Nullable MarginTerms terms(final int accountSlot, final int instrumentId) {
    final MarginTerms then = next[instrumentId];
    return null == then || accounts.at(accountSlot).id() > cursors[instrumentId] ? current[instrumentId] : then;
  }

  /** Whether anybody's terms depend on the open interest. */
  boolean isByOpenInterest(final int instrumentId) {
    return isByOpenInterest(current[instrumentId]) || isByOpenInterest(next[instrumentId]);
  }

  private static boolean isByOpenInterest(final @Nullable MarginTerms terms) {
    return null != terms && MarginCurve.OPEN_INTEREST == terms.schedule().curve();
  }

  public boolean isSet(final int instrumentId) {
    return null != current[instrumentId];
  }

  /** Whether new terms are on their way through the accounts. */
  public boolean isChanging(final int instrumentId) {
    return null != next[instrumentId];
  }

  /** How many accounts have the new terms of the change that is under way. */
  public int doneCount(final int instrumentId) {
    return done[instrumentId];
  }

  /** The largest account id that has the new terms already. */
  public long cursor(final int instrumentId) {
    return cursors[instrumentId];
  }

  /** When the next accounts get the new terms; 0: no change is under way. */
  public long dueTimeNs(final int instrumentId) {
    return dueTimesNs[instrumentId];
  }

  public void dueTimeNs(final int instrumentId, final long timeNs) {
    dueTimesNs[instrumentId] = timeNs;
  }

  public long stepNs(final int instrumentId) {
    return stepsNs[instrumentId];
  }

  /** Grows whenever the terms of anybody changed. */
  public long version() {
    return version;
  }

  /** Terms that hold for everybody at once. */
  public void set(final int instrumentId, final MarginTerms terms) {
    current[instrumentId] = terms;
    version++;
  }

  /** Terms that will hold for so many more accounts with each step. */
  public void begin(final int instrumentId, final MarginTerms terms, final int newAccountsPerStep, final long stepNs) {
    Invariants.check(!isChanging(instrumentId), "two changes of margin: instrument", instrumentId, 0);
    next[instrumentId] = terms;
    cursors[instrumentId] = Long.MIN_VALUE;
    done[instrumentId] = 0;
    counts[instrumentId] = accounts.count();
    accountsPerStep[instrumentId] = newAccountsPerStep;
    stepsNs[instrumentId] = stepNs;
  }

  /** The next accounts get the new terms; true when all have them. */
  public boolean step(final int instrumentId) {
    version++;
    final int count = counts[instrumentId];
    done[instrumentId] = (int) Math.min(count, (long) done[instrumentId] + accountsPerStep[instrumentId]);
    if (done[instrumentId] < count) {
      cursors[instrumentId] = order(instrumentId)[done[instrumentId] - 1];
      return false;
    }
    current[instrumentId] = next[instrumentId];
    next[instrumentId] = null;
    orders[instrumentId] = NO_ORDER;
    dueTimesNs[instrumentId] = 0;
    return true;
  }

  private long[] order(final int instrumentId) {
    long[] order = orders[instrumentId];
    if (0 == order.length) {
      order = new long[counts[instrumentId]];
      for (int slot = 0; slot < order.length; slot++) {
        order[slot] = accounts.at(slot).id();
      }
      Arrays.sort(order);
      orders[instrumentId] = order;
    }
    return order;
  }

  @Override
  public int componentId() {
    return 34;
  }

  @Override
  public String componentName() {
    return "margin terms";
  }

  @Override
  public void save(final SnapshotSink sink) {
    int count = 0;
    for (final MarginTerms terms : current) {
      count += null == terms ? 0 : 1;
    }
    if (0 == count) {
      return;
    }
    sink.putInt(count);
    for (int id = 1; id < current.length; id++) {
      final MarginTerms now = current[id];
      final MarginTerms then = next[id];
      if (null != now) {
        sink.putInt(id);
        sink.putInt(null == then ? CURRENT : BOTH);
        save(sink, now);
        if (null != then) {
          save(sink, then);
          sink.putLong(cursors[id]);
          sink.putInt(counts[id]);
          sink.putInt(done[id]);
          sink.putInt(accountsPerStep[id]);
          sink.putLong(stepsNs[id]);
          sink.putLong(dueTimesNs[id]);
        }
      }
    }
  }

  private static void save(final SnapshotSink sink, final MarginTerms terms) {
    sink.putInt(terms.profitCounts() ? 1 : 0);
    terms.schedule().save(sink);
  }

  private static MarginTerms loadTerms(final SnapshotSource source) {
    final boolean profitCounts = NONE != source.getInt();
    return new MarginTerms(MarginSchedule.load(source), profitCounts);
  }

  @Override
  public void load(final SnapshotSource source) {
    final int count = source.getInt();
    for (int i = 0; i < count; i++) {
      final int id = source.getInt();
      final int terms = source.getInt();
      current[id] = loadTerms(source);
      if (BOTH == terms) {
        next[id] = loadTerms(source);
        cursors[id] = source.getLong();
        counts[id] = source.getInt();
        done[id] = source.getInt();
        accountsPerStep[id] = source.getInt();
        stepsNs[id] = source.getLong();
        dueTimesNs[id] = source.getLong();
      }
    }
  }
}
