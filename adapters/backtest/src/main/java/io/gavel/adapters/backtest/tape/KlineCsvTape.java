package io.gavel.adapters.backtest.tape;

import java.util.List;
import java.util.Set;

/**
 * Bars as {@code timestamp,open,high,low,close,volume}, each played as four prints: open, the two extremes in the
 * order of the {@link IntrabarPath}, close. The open comes first, so a gap is met at the price it opened at. The
 * prints lie at the bar's stamp, one third, two thirds and its last nanosecond; a bar is as long as the first two are
 * apart, and never reaches into the next. The volume is split evenly, at least one lot each, the rest on the close.
 */
public final class KlineCsvTape implements Tape {

  private static final int TIME = 0;
  private static final int OPEN = 1;
  private static final int HIGH = 2;
  private static final int LOW = 3;
  private static final int CLOSE = 4;
  private static final int VOLUME = 5;
  private static final int PRINTS = 4;
  private static final List<CsvFields.Column> FORMAT = List.of(
      new CsvFields.Column("timestamp",
          Set.of("timestamp", "time", "ts", "datetime", "date", "unix", "open_time", "open_time_ms")),
      new CsvFields.Column("open", Set.of("open", "o")),
      new CsvFields.Column("high", Set.of("high", "h")),
      new CsvFields.Column("low", Set.of("low", "l")),
      new CsvFields.Column("close", Set.of("close", "c")),
      new CsvFields.Column("volume", Set.of("volume", "vol", "v", "amount")));

  private final CsvFields fields;
  private final long bytesTotal;
  private final int instrumentId;
  private final ZeroSize zeroSize;
  private final boolean lowFirst;
  private Bar bar = new Bar();
  private Bar ahead = new Bar();
  private boolean hasAhead;
  private boolean started;
  private int print = PRINTS;
  private long barNs;
  private long skippedRows;

  private static final class Bar {
    private long timeNs;
    private int openTicks;
    private int highTicks;
    private int lowTicks;
    private int closeTicks;
    private long volumeLots;
    private long rowNumber;
  }

  /**
   * @param lowHurts whether the low is the extreme that hurts: true for a holder, false when all rules wait to buy
   */
  public KlineCsvTape(final TapeInput input, final TapeScale scale, final ZeroSize zeroSize,
      final IntrabarPath path, final boolean lowHurts) {
    fields = new CsvFields(input, scale, FORMAT);
    bytesTotal = input.storedBytes();
    instrumentId = scale.instrumentId();
    this.zeroSize = zeroSize;
    lowFirst = IntrabarPath.PESSIMISTIC == path ? lowHurts : IntrabarPath.OLHC == path;
  }

  @Override
  public boolean next(final TapeRow row) {
    if (PRINTS == print && !nextBar()) {
      return false;
    }
    final long lengthNs = hasAhead ? Math.min(barNs, ahead.timeNs - bar.timeNs) : barNs;
    row.instrumentId = instrumentId;
    row.timeNs = bar.timeNs + switch (print) {
      case 0 -> 0;
      case 1 -> lengthNs / 3;
      case 2 -> lengthNs / 3 * 2;
      default -> Math.max(0, lengthNs - 1);
    };
    row.priceTicks = switch (print) {
      case 0 -> bar.openTicks;
      case 1 -> lowFirst ? bar.lowTicks : bar.highTicks;
      case 2 -> lowFirst ? bar.highTicks : bar.lowTicks;
      default -> bar.closeTicks;
    };
    final long share = Math.max(1, bar.volumeLots / PRINTS);
    row.sizeLots = PRINTS - 1 == print ? Math.max(1, bar.volumeLots - share * (PRINTS - 1)) : share;
    row.tapeIndex = 0;
    row.rowNumber = bar.rowNumber;
    row.barLowTicks = 0 == print ? bar.lowTicks : 0;
    row.barHighTicks = 0 == print ? bar.highTicks : 0;
    print++;
    return true;
  }

  @Override
  public long skippedRows() {
    return skippedRows;
  }

  @Override
  public String dataHash() {
    return fields.dataHash();
  }

  @Override
  public long bytesRead() {
    return fields.storedBytesRead();
  }

  @Override
  public long bytesTotal() {
    return bytesTotal;
  }

  @Override
  public void close() {
    fields.close();
  }

  private boolean nextBar() {
    if (!started) {
      started = true;
      hasAhead = read(ahead);
    }
    if (!hasAhead) {
      return false;
    }
    final Bar free = bar;
    bar = ahead;
    ahead = free;
    hasAhead = read(ahead);
    if (0 == barNs && hasAhead) {
      barNs = ahead.timeNs - bar.timeNs;
    }
    print = 0;
    return true;
  }

  private boolean read(final Bar target) {
    while (fields.next()) {
      target.timeNs = fields.timeNs(TIME);
      target.openTicks = fields.priceTicks(OPEN);
      target.highTicks = fields.priceTicks(HIGH);
      target.lowTicks = fields.priceTicks(LOW);
      target.closeTicks = fields.priceTicks(CLOSE);
      target.volumeLots = fields.sizeLots(VOLUME);
      target.rowNumber = fields.rowNumber();
      if (target.highTicks < Math.max(target.openTicks, Math.max(target.closeTicks, target.lowTicks))) {
        throw fields.refusal(HIGH, "is not the highest price of its bar");
      }
      if (target.lowTicks > Math.min(target.openTicks, target.closeTicks)) {
        throw fields.refusal(LOW, "is not the lowest price of its bar");
      }
      if (target.volumeLots > 0) {
        return true;
      }
      if (ZeroSize.ERROR == zeroSize) {
        throw fields.refusal(VOLUME, "is zero; say zeroSize: skip to leave such bars out");
      }
      skippedRows++;
    }
    return false;
  }
}
