package io.gavel.risk.limit;

import io.gavel.codecs.Invariants;
import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.RiskLimitKind;
import io.gavel.risk.money.FixedPoint;
import java.util.Arrays;

/**
 * Accounts that take no new risk for a while: by their own wish, which can only be prolonged, or because a row of the
 * risk table counted too many stop-outs or too large a loss in its window. Stop-outs and losses are remembered for a
 * bounded number of accounts; where there is no room left the account pauses at once, since nobody could count.
 *
 * <p>An account's last sixteen losses are kept; of more, the two oldest count as one that happened at the later time:
 * a loss may count for longer, never for less. Accounts are slots. Allocates nothing after start. One thread.
 */
public final class CoolingOff implements StateOwner {

  /** Stop-outs that are remembered. */
  static final int STOPS_MAX = 16;
  private static final int LOSSES_MAX = 16;
  private static final int RECORDS_MAX = 1 << 14;
  private static final int NULL_RECORD = -1;

  private final RiskTable table;
  private final long[] excludedUntilNs;
  private final long[] cooledUntilNs;
  private final int[] records;
  private final int[] owners;
  private final int[] older;
  private final int[] newer;
  private final long[] lastTimesNs;
  private final long[] stopCounts;
  private final long[] stopTimesNs;
  private final int[] lossCounts;
  private final long[] lossTimesNs;
  private final long[] lossUnits;
  private int size;
  private int oldest = NULL_RECORD;
  private int newest = NULL_RECORD;
  private int paused;

  public CoolingOff(final int accountsMax, final RiskTable table) {
    this.table = table;
    excludedUntilNs = new long[accountsMax];
    cooledUntilNs = new long[accountsMax];
    records = new int[accountsMax];
    Arrays.fill(records, NULL_RECORD);
    final int recordsMax = Math.min(accountsMax, RECORDS_MAX);
    owners = new int[recordsMax];
    older = new int[recordsMax];
    newer = new int[recordsMax];
    lastTimesNs = new long[recordsMax];
    stopCounts = new long[recordsMax];
    stopTimesNs = new long[recordsMax * STOPS_MAX];
    lossCounts = new int[recordsMax];
    lossTimesNs = new long[recordsMax * LOSSES_MAX];
    lossUnits = new long[recordsMax * LOSSES_MAX];
  }

  /** Whether anybody ever paused: the one branch of a house where nobody did. */
  public boolean isOn() {
    return 0 != paused;
  }

  /** Until when the account takes no new risk; a time that has come means that it may. */
  public long untilNs(final int accountSlot) {
    return 0 == paused ? 0 : Math.max(excludedUntilNs[accountSlot], cooledUntilNs[accountSlot]);
  }

  /** Until when the account has shut itself out; 0: never. */
  public long excludedUntilNs(final int accountSlot) {
    return excludedUntilNs[accountSlot];
  }

  /** The account's own wish, which must not end before what it wished already. */
  public void exclude(final int accountSlot, final long untilTimeNs) {
    Invariants.check(untilTimeNs >= excludedUntilNs[accountSlot], "self-exclusion made shorter: account, until",
        accountSlot, untilTimeNs);
    countPause(accountSlot, -1);
    excludedUntilNs[accountSlot] = untilTimeNs;
    countPause(accountSlot, 1);
  }

  /** A rule sold at a loss, or a position was liquidated. Returns the row, from 1, that makes it pause; or 0. */
  public int stoppedOut(final int accountSlot, final long nowNs) {
    final long candidates = table.of(RiskLimitKind.STOP_OUTS);
    if (0 == candidates) {
      return 0;
    }
    final int record = record(accountSlot, nowNs);
    if (NULL_RECORD != record) {
      stopTimesNs[record * STOPS_MAX + (int) (stopCounts[record] % STOPS_MAX)] = nowNs;
      stopCounts[record]++;
    }
    int tripped = 0;
    for (long left = candidates; 0 != left; left &= left - 1) {
      final int row = Long.numberOfTrailingZeros(left);
      if (table.isAbout(row, accountSlot) && (NULL_RECORD == record || isStoppedTooOften(record, row, nowNs))
          && pause(accountSlot, row, nowNs) && 0 == tripped) {
        tripped = row + 1;
      }
    }
    return tripped;
  }

  private boolean isStoppedTooOften(final int record, final int row, final long nowNs) {
    final long times = table.rows.limits[row];
    if (stopCounts[record] < times) {
      return false;
    }
    final int at = record * STOPS_MAX + (int) ((stopCounts[record] - times) % STOPS_MAX);
    return nowNs - stopTimesNs[at] <= table.rows.windowsNs[row];
  }

  /** The account realised a loss in an asset. Returns the row, from 1, that lets the account pause; or 0. */
  public int lost(final int accountSlot, final int assetId, final long units, final long nowNs) {
    final long candidates = table.of(RiskLimitKind.LOSS);
    if (0 == candidates || units <= 0 || table.rows.assetIds[Long.numberOfTrailingZeros(candidates)] != assetId) {
      return 0;
    }
    final int record = record(accountSlot, nowNs);
    if (NULL_RECORD != record) {
      addLoss(record, units, nowNs);
    }
    int tripped = 0;
    for (long left = candidates; 0 != left; left &= left - 1) {
      final int row = Long.numberOfTrailingZeros(left);
      if (table.isAbout(row, accountSlot)
          && (NULL_RECORD == record || lossUnits(record, nowNs - table.rows.windowsNs[row]) > table.rows.limits[row])
          && pause(accountSlot, row, nowNs) && 0 == tripped) {
        tripped = row + 1;
      }
    }
    return tripped;
  }

  private void addLoss(final int record, final long units, final long nowNs) {
    final int from = record * LOSSES_MAX;
    int count = lossCounts[record];
    if (LOSSES_MAX == count) {
      lossUnits[from + 1] = FixedPoint.addSaturating(lossUnits[from], lossUnits[from + 1]);
      System.arraycopy(lossUnits, from + 1, lossUnits, from, LOSSES_MAX - 1);
      System.arraycopy(lossTimesNs, from + 1, lossTimesNs, from, LOSSES_MAX - 1);
      count--;
    }
    lossUnits[from + count] = units;
    lossTimesNs[from + count] = nowNs;
    lossCounts[record] = count + 1;
  }

  private long lossUnits(final int record, final long fromNs) {
    long sum = 0;
    for (int at = record * LOSSES_MAX; at < record * LOSSES_MAX + lossCounts[record]; at++) {
      if (lossTimesNs[at] >= fromNs) {
        sum = FixedPoint.addSaturating(sum, lossUnits[at]);
      }
    }
    return sum;
  }

  private boolean pause(final int accountSlot, final int row, final long nowNs) {
    final long untilTimeNs = FixedPoint.addSaturating(nowNs, table.rows.durationsNs[row]);
    if (untilTimeNs <= cooledUntilNs[accountSlot]) {
      return false;
    }
    countPause(accountSlot, -1);
    cooledUntilNs[accountSlot] = untilTimeNs;
    countPause(accountSlot, 1);
    return true;
  }

  private void countPause(final int accountSlot, final int step) {
    paused += 0 != (excludedUntilNs[accountSlot] | cooledUntilNs[accountSlot]) ? step : 0;
  }

  /** The account's record as the newest; a new one, or that of whom no row can still count; or none. */
  private int record(final int accountSlot, final long nowNs) {
    int record = records[accountSlot];
    if (NULL_RECORD != record) {
      unlink(record);
    } else if (size < owners.length) {
      record = size++;
      clear(record);
    } else if (nowNs - lastTimesNs[oldest] > longestWindowNs()) {
      record = oldest;
      unlink(record);
      records[owners[record]] = NULL_RECORD;
      clear(record);
    } else {
      return NULL_RECORD;
    }
    owners[record] = accountSlot;
    records[accountSlot] = record;
    lastTimesNs[record] = nowNs;
    link(record);
    return record;
  }

  private long longestWindowNs() {
    long longestNs = 0;
    for (long left = table.of(RiskLimitKind.STOP_OUTS) | table.of(RiskLimitKind.LOSS); 0 != left; left &= left - 1) {
      longestNs = Math.max(longestNs, table.rows.windowsNs[Long.numberOfTrailingZeros(left)]);
    }
    return longestNs;
  }

  private void clear(final int record) {
    stopCounts[record] = 0;
    lossCounts[record] = 0;
    Arrays.fill(stopTimesNs, record * STOPS_MAX, (record + 1) * STOPS_MAX, 0);
  }

  private void link(final int record) {
    older[record] = newest;
    newer[record] = NULL_RECORD;
    if (NULL_RECORD == newest) {
      oldest = record;
    } else {
      newer[newest] = record;
    }
    newest = record;
  }

  private void unlink(final int record) {
    if (NULL_RECORD == older[record]) {
      oldest = newer[record];
    } else {
      newer[older[record]] = newer[record];
    }
    if (NULL_RECORD == newer[record]) {
      newest = older[record];
    } else {
      older[newer[record]] = older[record];
    }
  }

  @Override
  public int componentId() {
    return 62;
  }

  @Override
  public String componentName() {
    return "cooling-off";
  }

  @Override
  public void save(final SnapshotSink sink) {
    if (0 == paused && 0 == size) {
      return;
    }
    sink.putInt(paused);
    for (int slot = 0; slot < records.length; slot++) {
      if (0 != (excludedUntilNs[slot] | cooledUntilNs[slot])) {
        sink.putInt(slot);
        sink.putLong(excludedUntilNs[slot]);
        sink.putLong(cooledUntilNs[slot]);
      }
    }
    sink.putInt(size);
    for (int record = oldest; NULL_RECORD != record; record = newer[record]) {
      save(sink, record);
    }
  }

  private void save(final SnapshotSink sink, final int record) {
    sink.putInt(owners[record]);
    sink.putLong(lastTimesNs[record]);
    sink.putLong(stopCounts[record]);
    for (int i = 0; i < STOPS_MAX; i++) {
      sink.putLong(stopTimesNs[record * STOPS_MAX + i]);
    }
    sink.putInt(lossCounts[record]);
    for (int i = 0; i < lossCounts[record]; i++) {
      sink.putLong(lossTimesNs[record * LOSSES_MAX + i]);
      sink.putLong(lossUnits[record * LOSSES_MAX + i]);
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    paused = source.getInt();
    for (int i = 0; i < paused; i++) {
      final int slot = source.getInt();
      excludedUntilNs[slot] = source.getLong();
      cooledUntilNs[slot] = source.getLong();
    }
    final int count = source.getInt();
    for (int i = 0; i < count; i++) {
      final int slot = source.getInt();
      final int record = record(slot, source.getLong());
      stopCounts[record] = source.getLong();
      for (int stop = 0; stop < STOPS_MAX; stop++) {
        stopTimesNs[record * STOPS_MAX + stop] = source.getLong();
      }
      lossCounts[record] = source.getInt();
      for (int loss = 0; loss < lossCounts[record]; loss++) {
        lossTimesNs[record * LOSSES_MAX + loss] = source.getLong();
        lossUnits[record * LOSSES_MAX + loss] = source.getLong();
      }
    }
  }
}
