package io.gavel.risk.mark;

import io.gavel.codecs.InvariantViolation;
import io.gavel.codecs.Invariants;
import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.instrument.Instruments;

/**
 * The prices in force per instrument. Last, bid and ask are whole ticks; mark and index are finer, in parts of a
 * tick. Each knows the sequence and the engine time at which it took its value; 0 is undefined. Allocates nothing
 * after start. One thread.
 */
public final class Marks implements StateOwner {

  private static final int SOURCES = 5;
  /** Beside the source in a snapshot: the exact price lies above the one kept. */
  private static final int INEXACT = 8;

  private final Instruments instruments;
  /** In mark units, whatever the source, at {@code instrumentId * SOURCES + source}. */
  private final long[] priceUnits;
  private final boolean[] inexact;
  private final int[] floorTicks;
  private final int[] ceilTicks;
  private final long[] sequences;
  private final long[] timesNs;
  private final PriceValidity validity;
  /** How often a mark or an index of the instrument was set; for those who keep what they worked out of them. */
  private final long[] versions;

  /** With marks and indices that count whatever they are. */
  public Marks(final int instrumentsMax, final Instruments instruments) {
    this(instrumentsMax, instruments, new PriceValidity(instrumentsMax));
  }

  public Marks(final int instrumentsMax, final Instruments instruments, final PriceValidity validity) {
    this.instruments = instruments;
    this.validity = validity;
    final int prices = (instrumentsMax + 1) * SOURCES;
    priceUnits = new long[prices];
    inexact = new boolean[prices];
    floorTicks = new int[prices];
    ceilTicks = new int[prices];
    sequences = new long[prices];
    timesNs = new long[prices];
    versions = new long[instrumentsMax + 1];
  }

  /** Whether a mark or index of this value is positive and its ticks fit an int. */
  public boolean fits(final int instrumentId, final long units) {
    return units > 0 && units <= unitsMax(instrumentId);
  }

  /** The highest mark or index there is. */
  long unitsMax(final int instrumentId) {
    return (long) Integer.MAX_VALUE * unitsPerTick(instrumentId);
  }

  public void setLast(final int instrumentId, final int ticks, final long sequence, final long timeNs) {
    setTicks(instrumentId, PriceSource.LAST, ticks, sequence, timeNs);
  }

  /** The best quotes, 0 for none; the one that did not change keeps its sequence and time. */
  public void setBidAsk(
      final int instrumentId, final int bidTicks, final int askTicks, final long sequence, final long timeNs) {
    if (bidTicks != floorTicks[index(instrumentId, PriceSource.BID)]) {
      setTicks(instrumentId, PriceSource.BID, bidTicks, sequence, timeNs);
    }
    if (askTicks != floorTicks[index(instrumentId, PriceSource.ASK)]) {
      setTicks(instrumentId, PriceSource.ASK, askTicks, sequence, timeNs);
    }
  }

  public void setMark(final int instrumentId, final long units, final long sequence, final long timeNs) {
    setUnits(instrumentId, PriceSource.MARK, units, false, sequence, timeNs);
  }

  public void setIndex(final int instrumentId, final long units, final long sequence, final long timeNs) {
    setUnits(instrumentId, PriceSource.INDEX, units, false, sequence, timeNs);
  }

  /**
   * A mark or index that was worked out, rounded down; {@code inexact}: the exact one is higher, by less than a unit.
   */
  public void setWorkedOut(final int instrumentId, final PriceSource source, final long units, final boolean inexact,
      final long sequence, final long timeNs) {
    setUnits(instrumentId, source, units, inexact, sequence, timeNs);
  }

  /** The price rounded down to a tick; 0 when undefined or below one tick. */
  public int floorTicks(final int instrumentId, final PriceSource source) {
    return floorTicks[index(instrumentId, source)];
  }

  /** The price rounded up to a tick; 0 when undefined. */
  public int ceilTicks(final int instrumentId, final PriceSource source) {
    return ceilTicks[index(instrumentId, source)];
  }

  /** The price in mark units; 0 when undefined. */
  public long priceUnits(final int instrumentId, final PriceSource source) {
    return priceUnits[index(instrumentId, source)];
  }

  /** The price in mark units, rounded up; 0 when undefined. */
  public long ceilUnits(final int instrumentId, final PriceSource source) {
    final int at = index(instrumentId, source);
    return priceUnits[at] + (inexact[at] ? 1 : 0);
  }

  /** Sequence of the command that gave the price its value. */
  public long sequenceOf(final int instrumentId, final PriceSource source) {
    return sequences[index(instrumentId, source)];
  }

  /** What the mark counts for where it helps a long, or a short, to do more (R13); the mark itself without a rule. */
  public long creditUnits(final int instrumentId, final boolean isLong) {
    final long markUnits = priceUnits(instrumentId, PriceSource.MARK);
    return isLong ? validity.longCreditUnits(instrumentId, markUnits)
        : validity.shortCreditUnits(instrumentId, markUnits);
  }

  /**
   * Grows with each mark and each index of the instrument, and with what they count for; begins anew when a snapshot
   * is loaded.
   */
  public long version(final int instrumentId) {
    return versions[instrumentId] + validity.version(instrumentId);
  }

  /** Engine time at which the price took its value. */
  public long timeNsOf(final int instrumentId, final PriceSource source) {
    return timesNs[index(instrumentId, source)];
  }

  /** What protection and collars are measured from: the mark when one counts, else the last price, else 0. */
  public int referenceTicks(final int instrumentId) {
    final int markTicks = floorTicks[index(instrumentId, PriceSource.MARK)];
    return 0 != markTicks && validity.mayFireRules(instrumentId, PriceSource.MARK)
        ? markTicks : floorTicks[index(instrumentId, PriceSource.LAST)];
  }

  private void setTicks(
      final int instrumentId, final PriceSource source, final int ticks, final long sequence, final long timeNs) {
    final int at = index(instrumentId, source);
    floorTicks[at] = ticks;
    ceilTicks[at] = ticks;
    priceUnits[at] = (long) ticks * unitsPerTick(instrumentId);
    sequences[at] = sequence;
    timesNs[at] = timeNs;
  }

  private void setUnits(final int instrumentId, final PriceSource source, final long units,
      final boolean exactIsHigher, final long sequence, final long timeNs) {
    Invariants.check(0 == units || fits(instrumentId, units), "price out of range", instrumentId, units);
    versions[instrumentId]++;
    final int at = index(instrumentId, source);
    final int perTick = unitsPerTick(instrumentId);
    final int whole = (int) (units / perTick);
    floorTicks[at] = whole;
    ceilTicks[at] = 0 == units - (long) whole * perTick && !exactIsHigher ? whole : whole + 1;
    priceUnits[at] = units;
    inexact[at] = exactIsHigher;
    sequences[at] = sequence;
    timesNs[at] = timeNs;
  }

  private int unitsPerTick(final int instrumentId) {
    final Instrument instrument = instruments.get(instrumentId);
    if (null == instrument) {
      throw new InvariantViolation("price of an unknown instrument: " + instrumentId);
    }
    return instrument.markUnitsPerTick();
  }

  /** A price that is gone still says since when. */
  private boolean wasSet(final int at) {
    return 0 != (sequences[at] | priceUnits[at]);
  }

  private static int index(final int instrumentId, final PriceSource source) {
    return instrumentId * SOURCES + source.value();
  }

  @Override
  public int componentId() {
    return 17;
  }

  @Override
  public String componentName() {
    return "marks";
  }

  @Override
  public void save(final SnapshotSink sink) {
    int count = 0;
    for (int at = SOURCES; at < sequences.length; at++) {
      count += wasSet(at) ? 1 : 0;
    }
    if (0 == count) {
      return;
    }
    sink.putInt(count);
    for (int at = SOURCES; at < sequences.length; at++) {
      if (wasSet(at)) {
        sink.putInt(at / SOURCES);
        sink.putInt(at % SOURCES | (inexact[at] ? INEXACT : 0));
        sink.putLong(priceUnits[at]);
        sink.putLong(sequences[at]);
        sink.putLong(timesNs[at]);
      }
    }
  }

  /** The instruments must have been loaded. */
  @Override
  public void load(final SnapshotSource source) {
    final int count = source.getInt();
    for (int i = 0; i < count; i++) {
      final int instrumentId = source.getInt();
      final int kind = source.getInt();
      setUnits(instrumentId, PriceSource.get((short) (kind & ~INEXACT)), source.getLong(), 0 != (kind & INEXACT),
          source.getLong(), source.getLong());
    }
  }
}
