package io.gavel.risk.liquidation;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.risk.money.FixedPoint;

/**
 * What the backstop took over and nobody paid the shortfall of: per instrument and direction the lots, their bankruptcy
 * value and the shortfall. They wait, within a frame as a rule, to be deleveraged as one. One thread.
 */
public final class BankruptLots implements StateOwner {

  private static final int LOTS = 0;
  private static final int VALUE = 1;
  private static final int SHORTFALL = 2;
  private static final int STRIDE = 3;

  private final long[] figures;
  private int waiting;

  public BankruptLots(final int instrumentsMax) {
    figures = new long[(instrumentsMax + 1) * 2 * STRIDE];
  }

  /** Instruments and directions that wait. */
  public int waiting() {
    return waiting;
  }

  /** The first instrument from this one on with lots that wait; 0: none. */
  public int next(final int fromInstrumentId) {
    for (int at = fromInstrumentId * 2; at < figures.length / STRIDE; at++) {
      if (0 != figures[at * STRIDE + LOTS]) {
        return at / 2;
      }
    }
    return 0;
  }

  /** Lots, without sign, of bankrupt longs or shorts. */
  public long lots(final int instrumentId, final boolean longs) {
    return figures[at(instrumentId, longs) + LOTS];
  }

  public long valueUnits(final int instrumentId, final boolean longs) {
    return figures[at(instrumentId, longs) + VALUE];
  }

  public long shortfallUnits(final int instrumentId, final boolean longs) {
    return figures[at(instrumentId, longs) + SHORTFALL];
  }

  void add(final int instrumentId, final boolean longs, final long lots, final long valueUnits,
      final long shortfallUnits) {
    final int at = at(instrumentId, longs);
    waiting += 0 == figures[at + LOTS] ? 1 : 0;
    figures[at + LOTS] = FixedPoint.add(figures[at + LOTS], lots);
    figures[at + VALUE] = FixedPoint.add(figures[at + VALUE], valueUnits);
    figures[at + SHORTFALL] = FixedPoint.add(figures[at + SHORTFALL], shortfallUnits);
  }

  void clear(final int instrumentId, final boolean longs) {
    final int at = at(instrumentId, longs);
    waiting -= 0 == figures[at + LOTS] ? 0 : 1;
    figures[at + LOTS] = 0;
    figures[at + VALUE] = 0;
    figures[at + SHORTFALL] = 0;
  }

  private static int at(final int instrumentId, final boolean longs) {
    return (instrumentId * 2 + (longs ? 0 : 1)) * STRIDE;
  }

  @Override
  public int componentId() {
    return 51;
  }

  @Override
  public String componentName() {
    return "bankrupt-lots";
  }

  @Override
  public void save(final SnapshotSink sink) {
    if (0 == waiting) {
      return;
    }
    sink.putInt(waiting);
    for (int at = 0; at < figures.length; at += STRIDE) {
      if (0 != figures[at + LOTS]) {
        sink.putInt(at);
        for (int figure = 0; figure < STRIDE; figure++) {
          sink.putLong(figures[at + figure]);
        }
      }
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    waiting = source.getInt();
    for (int i = 0; i < waiting; i++) {
      final int at = source.getInt();
      for (int figure = 0; figure < STRIDE; figure++) {
        figures[at + figure] = source.getLong();
      }
    }
  }
}
