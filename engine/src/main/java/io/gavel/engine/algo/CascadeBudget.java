package io.gavel.engine.algo;

import io.gavel.codecs.Invariants;
import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.risk.price.Slots;
import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;

/**
 * How much may fire at one price band of an instrument per interval, so that stops at one price do not feed one
 * another. Amounts are quote units. What is over the budget waits in its band, first come first served, and is carried
 * over from interval to interval; nothing overtakes it. A lot worth more than a whole budget goes alone.
 *
 * <p>{@link #poll} gives what has come to its turn, by sequence of asking over all bands. One thread. Allocates nothing
 * after start.
 */
public final class CascadeBudget implements StateOwner {

  public static final int NULL_HANDLE = Slots.NULL_SLOT;
  public static final int COMPONENT_ID = 81;

  private static final int NULL_BAND = Slots.NULL_SLOT;
  private static final int ENTRY = 4;
  private static final int ID = 0;
  private static final int LOTS = 1;
  private static final int UNITS_PER_LOT = 2;
  private static final int SEQUENCE = 3;

  /** What became of a request. */
  public enum Answer {
    /** All of it may go. */
    GRANTED,
    /** {@link #grantedLots()} may go, the rest waits. */
    PARTLY,
    /** All of it waits. */
    WAITING,
    /** Neither: too many wait, or too many bands are in use. Nothing has changed. */
    NO_ROOM,
    /** Lots or value per lot are not positive. */
    INVALID
  }

  // By instrument; an interval of 0 is no budget.
  private final int[] bandTicks;
  private final long[] budgets;
  private final long[] intervals;

  private final Slots bands;
  private final Long2LongHashMap bandByKey;
  private final long[] keys;
  private final long[] bandIntervals;
  private final long[] usedUnits;
  private final int[] heads;
  private final int[] tails;

  private final Slots waiting;
  private final long[] entries;
  private final int[] entryBands;
  private final int[] nexts;
  private final int[] previous;

  private long sequence;
  private long nextNs = Long.MAX_VALUE;
  private long grantedId;
  private long grantedLots;
  private int handle = NULL_HANDLE;

  public CascadeBudget(final int instrumentsMax, final int bandsMax, final int waitingMax) {
    bandTicks = new int[instrumentsMax + 1];
    budgets = new long[instrumentsMax + 1];
    intervals = new long[instrumentsMax + 1];
    bands = new Slots(bandsMax);
    bandByKey = new Long2LongHashMap(4 * bandsMax, 0.5f, NULL_BAND, false);
    keys = new long[bandsMax];
    bandIntervals = new long[bandsMax];
    usedUnits = new long[bandsMax];
    heads = new int[bandsMax];
    tails = new int[bandsMax];
    waiting = new Slots(waitingMax);
    entries = new long[Math.multiplyExact(ENTRY, waitingMax)];
    entryBands = new int[waitingMax];
    nexts = new int[waitingMax];
    previous = new int[waitingMax];
    Arrays.fill(heads, NULL_HANDLE);
    Arrays.fill(tails, NULL_HANDLE);
  }

  /** Sets or, with an interval of 0, lifts the budget of an instrument; whoever waits stays. False: out of range. */
  public boolean set(final int instrumentId, final int ticksPerBand, final long budgetUnits, final long intervalNs) {
    if (instrumentId < 0 || instrumentId >= intervals.length || ticksPerBand <= 0 || budgetUnits <= 0
        || intervalNs < 0) {
      return false;
    }
    bandTicks[instrumentId] = ticksPerBand;
    budgets[instrumentId] = budgetUnits;
    intervals[instrumentId] = intervalNs;
    nextNs = earliest();
    return true;
  }

  /** Asks for lots at a price, each worth so many quote units; {@link #grantedLots()} may go at once. */
  public Answer ask(final long id, final int instrumentId, final int priceTicks, final long lots,
      final long unitsPerLot, final long nowNs) {
    handle = NULL_HANDLE;
    grantedId = id;
    grantedLots = 0;
    if (lots <= 0 || unitsPerLot <= 0) {
      return Answer.INVALID;
    }
    if (0 == intervals[instrumentId]) {
      grantedLots = lots;
      return Answer.GRANTED;
    }
    final long key = ((long) instrumentId << Integer.SIZE)
        | (Math.floorDiv(priceTicks, bandTicks[instrumentId]) & 0xFFFF_FFFFL);
    // A request that may have to wait, and cannot, is refused before a band is claimed for it.
    final int band = waiting.isFull() ? (int) bandByKey.get(key) : bandOf(key, nowNs);
    if (NULL_BAND == band) {
      return Answer.NO_ROOM;
    }
    final long granted = NULL_HANDLE == heads[band] ? room(band, lots, unitsPerLot, nowNs) : 0;
    if (granted < lots && waiting.isFull()) {
      return Answer.NO_ROOM;
    }
    use(band, granted, unitsPerLot, nowNs);
    grantedLots = granted;
    if (granted == lots) {
      return Answer.GRANTED;
    }
    handle = enqueue(band, id, lots - granted, unitsPerLot);
    nextNs = Math.min(nextNs, dueNs(band));
    return 0 == granted ? Answer.WAITING : Answer.PARTLY;
  }

  /** Names what waits of the last request; NULL_HANDLE when nothing does. */
  public int handle() {
    return handle;
  }

  /** Whose turn it is, of {@link #grantedLots()} lots of {@link #grantedId()}; false when nobody may go now. */
  public boolean poll(final long nowNs) {
    int best = NULL_BAND;
    for (int band = bands.nextTaken(0); NULL_BAND != band; band = bands.nextTaken(band + 1)) {
      final int head = heads[band];
      if (NULL_HANDLE != head && 0 < room(band, entry(head, LOTS), entry(head, UNITS_PER_LOT), nowNs)
          && (NULL_BAND == best || entry(head, SEQUENCE) < entry(heads[best], SEQUENCE))) {
        best = band;
      }
    }
    if (NULL_BAND == best) {
      nextNs = earliest();
      return false;
    }
    final int head = heads[best];
    grantedId = entry(head, ID);
    grantedLots = room(best, entry(head, LOTS), entry(head, UNITS_PER_LOT), nowNs);
    use(best, grantedLots, entry(head, UNITS_PER_LOT), nowNs);
    entries[ENTRY * head + LOTS] -= grantedLots;
    if (0 == entry(head, LOTS)) {
      unlink(head);
    }
    return true;
  }

  public long grantedId() {
    return grantedId;
  }

  public long grantedLots() {
    return grantedLots;
  }

  /** When somebody may come to his turn; Long.MAX_VALUE when nobody waits. */
  public long nextNs() {
    return nextNs;
  }

  /** How many wait. */
  public int waiting() {
    return waiting.size();
  }

  /** Takes back what waits; returns its lots. */
  public long cancel(final int waitingHandle) {
    Invariants.check(waiting.isTaken(waitingHandle), "nothing waits under this handle", waitingHandle, waiting.size());
    final long lots = entry(waitingHandle, LOTS);
    unlink(waitingHandle);
    nextNs = earliest();
    return lots;
  }

  @Override
  public int componentId() {
    return COMPONENT_ID;
  }

  @Override
  public String componentName() {
    return "cascade budgets";
  }

  @Override
  public void save(final SnapshotSink sink) {
    int set = 0;
    for (final int ticks : bandTicks) {
      set += 0 == ticks ? 0 : 1;
    }
    if (0 == set) {
      return;
    }
    sink.putInt(set);
    for (int i = 0; i < bandTicks.length; i++) {
      if (0 != bandTicks[i]) {
        sink.putInt(i);
        sink.putInt(bandTicks[i]);
        sink.putLong(budgets[i]);
        sink.putLong(intervals[i]);
      }
    }
    sink.putLong(sequence);
    sink.putInt(bands.size());
    for (int band = bands.nextTaken(0); NULL_BAND != band; band = bands.nextTaken(band + 1)) {
      sink.putInt(band);
      sink.putLong(keys[band]);
      sink.putLong(bandIntervals[band]);
      sink.putLong(usedUnits[band]);
    }
    sink.putInt(waiting.size());
    for (int band = bands.nextTaken(0); NULL_BAND != band; band = bands.nextTaken(band + 1)) {
      for (int entry = heads[band]; NULL_HANDLE != entry; entry = nexts[entry]) {
        sink.putInt(band);
        sink.putInt(entry);
        for (int column = 0; column < ENTRY; column++) {
          sink.putLong(entry(entry, column));
        }
      }
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    Invariants.check(0 == bands.size(), "budgets loaded twice", bands.size(), waiting.size());
    for (int i = source.getInt(); i > 0; i--) {
      final int instrumentId = source.getInt();
      bandTicks[instrumentId] = source.getInt();
      budgets[instrumentId] = source.getLong();
      intervals[instrumentId] = source.getLong();
    }
    sequence = source.getLong();
    for (int i = source.getInt(); i > 0; i--) {
      final int band = source.getInt();
      bands.claim(band);
      keys[band] = source.getLong();
      bandIntervals[band] = source.getLong();
      usedUnits[band] = source.getLong();
      bandByKey.put(keys[band], band);
    }
    for (int i = source.getInt(); i > 0; i--) {
      final int band = source.getInt();
      final int entry = source.getInt();
      waiting.claim(entry);
      for (int column = 0; column < ENTRY; column++) {
        entries[ENTRY * entry + column] = source.getLong();
      }
      link(band, entry);
    }
    nextNs = earliest();
  }

  /** The row of a band; a band in which nobody waits and whose interval is over makes room for another. */
  private int bandOf(final long key, final long nowNs) {
    final int known = (int) bandByKey.get(key);
    if (NULL_BAND != known) {
      return known;
    }
    if (bands.isFull()) {
      for (int band = bands.nextTaken(0); NULL_BAND != band; band = bands.nextTaken(band + 1)) {
        if (NULL_HANDLE == heads[band] && isOver(band, nowNs)) {
          bandByKey.remove(keys[band]);
          bands.release(band);
        }
      }
    }
    final int band = bands.claim();
    if (NULL_BAND != band) {
      keys[band] = key;
      bandIntervals[band] = -1;
      usedUnits[band] = 0;
      bandByKey.put(key, band);
    }
    return band;
  }

  /** Lots that may go now. */
  private long room(final int band, final long lots, final long unitsPerLot, final long nowNs) {
    final int instrumentId = instrumentId(band);
    if (0 == intervals[instrumentId]) {
      return lots;
    }
    final long used = isOver(band, nowNs) ? 0 : usedUnits[band];
    final long affordable = Math.max(0, budgets[instrumentId] - used) / unitsPerLot;
    return Math.min(lots, 0 == used ? Math.max(1, affordable) : affordable);
  }

  private void use(final int band, final long lots, final long unitsPerLot, final long nowNs) {
    final int instrumentId = instrumentId(band);
    if (0 == lots || 0 == intervals[instrumentId]) {
      return;
    }
    if (isOver(band, nowNs)) {
      bandIntervals[band] = nowNs / intervals[instrumentId];
      usedUnits[band] = 0;
    }
    usedUnits[band] += lots * unitsPerLot;
  }

  private boolean isOver(final int band, final long nowNs) {
    final long interval = intervals[instrumentId(band)];
    return 0 == interval || nowNs / interval != bandIntervals[band];
  }

  private long dueNs(final int band) {
    final long interval = intervals[instrumentId(band)];
    return 0 == interval ? 0 : (bandIntervals[band] + 1) * interval;
  }

  private long earliest() {
    long earliest = Long.MAX_VALUE;
    for (int band = bands.nextTaken(0); NULL_BAND != band; band = bands.nextTaken(band + 1)) {
      if (NULL_HANDLE != heads[band]) {
        earliest = Math.min(earliest, dueNs(band));
      }
    }
    return earliest;
  }

  private int instrumentId(final int band) {
    return (int) (keys[band] >> Integer.SIZE);
  }

  private int enqueue(final int band, final long id, final long lots, final long unitsPerLot) {
    final int entry = waiting.claim();
    entries[ENTRY * entry + ID] = id;
    entries[ENTRY * entry + LOTS] = lots;
    entries[ENTRY * entry + UNITS_PER_LOT] = unitsPerLot;
    entries[ENTRY * entry + SEQUENCE] = sequence++;
    link(band, entry);
    return entry;
  }

  private void link(final int band, final int entry) {
    entryBands[entry] = band;
    nexts[entry] = NULL_HANDLE;
    previous[entry] = tails[band];
    if (NULL_HANDLE == tails[band]) {
      heads[band] = entry;
    } else {
      nexts[tails[band]] = entry;
    }
    tails[band] = entry;
  }

  private void unlink(final int entry) {
    final int band = entryBands[entry];
    if (NULL_HANDLE == previous[entry]) {
      heads[band] = nexts[entry];
    } else {
      nexts[previous[entry]] = nexts[entry];
    }
    if (NULL_HANDLE == nexts[entry]) {
      tails[band] = previous[entry];
    } else {
      previous[nexts[entry]] = previous[entry];
    }
    waiting.release(entry);
  }

  private long entry(final int entry, final int column) {
    return entries[ENTRY * entry + column];
  }
}
