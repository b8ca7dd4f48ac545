package io.gavel.risk.limit;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.risk.money.FixedPoint;
import java.util.Arrays;

/**
 * How many orders of fired rules, and how much notional, a market takes in one slice of engine time. A slice begins
 * with the first that comes after the last one ended, and takes at least one, however large. Allocates nothing after
 * start. One thread.
 */
public final class CascadeBudget implements StateOwner {

  private final RiskTable table;
  private final long[] endsNs;
  private final long[] taken;
  private final long[] takenUnits;

  public CascadeBudget(final int instrumentsMax, final RiskTable table) {
    this.table = table;
    endsNs = new long[instrumentsMax + 1];
    taken = new long[instrumentsMax + 1];
    takenUnits = new long[instrumentsMax + 1];
  }

  /** Whether the instrument's orders of fired rules are paced. */
  public boolean isOn(final int instrumentId) {
    return table.cascadeRow(instrumentId) >= 0;
  }

  /** Takes an order of the notional into the slice of now; false, and no effect, when the slice is full. */
  public boolean take(final int instrumentId, final long notionalUnits, final long nowNs) {
    final int row = table.cascadeRow(instrumentId);
    if (row < 0) {
      return true;
    }
    final boolean fresh = nowNs >= endsNs[instrumentId];
    final long count = fresh ? 0 : taken[instrumentId];
    final long units = FixedPoint.addSaturating(fresh ? 0 : takenUnits[instrumentId], notionalUnits);
    final long budgetUnits = table.rows.thresholdsUnits[row];
    if (0 != count && (count >= table.rows.limits[row] || (0 != budgetUnits && units > budgetUnits))) {
      return false;
    }
    if (fresh) {
      endsNs[instrumentId] = FixedPoint.addSaturating(nowNs, table.rows.windowsNs[row]);
    }
    taken[instrumentId] = count + 1;
    takenUnits[instrumentId] = units;
    return true;
  }

  /** When the slice of now ends. */
  public long endNs(final int instrumentId) {
    return endsNs[instrumentId];
  }

  @Override
  public int componentId() {
    return 65;
  }

  @Override
  public String componentName() {
    return "cascade-budget";
  }

  @Override
  public void save(final SnapshotSink sink) {
    final int count = (int) Arrays.stream(endsNs).filter(endNs -> 0 != endNs).count();
    if (0 == count) {
      return;
    }
    sink.putInt(count);
    for (int id = 1; id < endsNs.length; id++) {
      if (0 != endsNs[id]) {
        sink.putInt(id);
        sink.putLong(endsNs[id]);
        sink.putLong(taken[id]);
        sink.putLong(takenUnits[id]);
      }
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    final int count = source.getInt();
    for (int i = 0; i < count; i++) {
      final int id = source.getInt();
      endsNs[id] = source.getLong();
      taken[id] = source.getLong();
      takenUnits[id] = source.getLong();
    }
  }
}
