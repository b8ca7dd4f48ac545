package io.gavel.risk.limit;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.risk.money.FixedPoint;
import java.util.Arrays;

/**
 * How many orders of fired rules, and how much notional, a market takes in one slice of engine time. A slice
 * begins with the first that comes after the last one ended, and takes at least one, however large.
 *
 * <p>Where the row has bands, each price band has slices of its own, so that stops at one price do not feed those
 * further on. A band is at most so many basis points of its price wide, and at least a tick; its edges follow from the
 * price alone: from one power of two to the next all bands are equally wide. Eight budgets serve those of one power in
 * turn, eight those of the next; bands further apart share one, which can only hold more back. Allocates nothing after
 * start. One thread.
 */
public final class CascadeBudget implements StateOwner {

  /** Bands of an instrument that have a budget of their own, from 0; the only one without bands is 0. */
  public static final int BANDS = 16;
  /** The widest band: as wide as its price. */
  public static final int BAND_BPS_MAX = 10_000;

  private static final int KEY_SHIFT = 24;

  private final RiskTable table;
  private final long[] endsNs;
  private final long[] taken;
  private final long[] takenUnits;

  public CascadeBudget(final int instrumentsMax, final RiskTable table) {
    this.table = table;
    final int size = Math.multiplyExact(BANDS, instrumentsMax + 1);
    endsNs = new long[size];
    taken = new long[size];
    takenUnits = new long[size];
  }

  /** Whether the instrument's orders of fired rules are paced. */
  public boolean isOn(final int instrumentId) {
    return table.cascadeRow(instrumentId) >= 0;
  }

  /** Whose budget a rule of this level takes from; 0 where there are no bands, and for a level of 0. */
  public int band(final int instrumentId, final int levelTicks) {
    final int row = table.cascadeRow(instrumentId);
    final int bandBps = row < 0 ? 0 : table.rows.bandsBps[row];
    if (0 == bandBps || levelTicks <= 0) {
      return 0;
    }
    final long octave = Integer.highestOneBit(levelTicks);
    final long width = (octave * bandBps + BAND_BPS_MAX - 1) / BAND_BPS_MAX;
    // Octaves take the halves in turn, so that bands on both sides of a power of two never share.
    final int half = Long.numberOfTrailingZeros(octave) % 2 * (BANDS / 2);
    return half + (int) ((levelTicks - octave) / width % (BANDS / 2));
  }

  /** Takes an order of the notional into the slice of now; false, and no effect, when the slice is full. */
  public boolean take(final int instrumentId, final int band, final long notionalUnits, final long nowNs) {
    final int row = table.cascadeRow(instrumentId);
    if (row < 0) {
      return true;
    }
    final int at = index(instrumentId, band);
    final boolean fresh = nowNs >= endsNs[at];
    final long count = fresh ? 0 : taken[at];
    final long units = FixedPoint.addSaturating(fresh ? 0 : takenUnits[at], notionalUnits);
    final long budgetUnits = table.rows.thresholdsUnits[row];
    if (0 != count && (count >= table.rows.limits[row] || (0 != budgetUnits && units > budgetUnits))) {
      return false;
    }
    if (fresh) {
      endsNs[at] = FixedPoint.addSaturating(nowNs, table.rows.windowsNs[row]);
    }
    taken[at] = count + 1;
    takenUnits[at] = units;
    return true;
  }

  /** When the slice of now ends. */
  public long endNs(final int instrumentId, final int band) {
    return endsNs[index(instrumentId, band)];
  }

  private static int index(final int instrumentId, final int band) {
    return BANDS * instrumentId + band;
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
    for (int at = 0; at < endsNs.length; at++) {
      if (0 != endsNs[at]) {
        sink.putInt(at / BANDS | at % BANDS << KEY_SHIFT);
        sink.putLong(endsNs[at]);
        sink.putLong(taken[at]);
        sink.putLong(takenUnits[at]);
      }
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    final int count = source.getInt();
    for (int i = 0; i < count; i++) {
      final int key = source.getInt();
      final int at = index(key & (1 << KEY_SHIFT) - 1, key >>> KEY_SHIFT);
      endsNs[at] = source.getLong();
      taken[at] = source.getLong();
      takenUnits[at] = source.getLong();
    }
  }
}
