package io.gavel.adapters.backtest.tape;

import java.util.List;
import java.util.Set;

/**
 * Prices that are no trades, as {@code timestamp,price}: a mark, an index, or what one source of an index said. A price
 * may be finer than a tick; what is finer than a mark unit is cut off.
 */
public final class PriceCsvTape implements Tape {

  private static final int TIME = 0;
  private static final int PRICE = 1;
  private static final List<CsvFields.Column> FORMAT = List.of(
      new CsvFields.Column("timestamp",
          Set.of("timestamp", "time", "ts", "datetime", "date", "unix", "open_time", "calc_time")),
      new CsvFields.Column("price", Set.of("price", "px", "mark", "mark_price", "index", "index_price", "close")));

  private final CsvFields fields;
  private final long bytesTotal;
  private final int instrumentId;
  private final TapeRow.Kind kind;
  private final int sourceId;
  private final int confidenceE8;

  /** Of a mark or an index. */
  public PriceCsvTape(final TapeInput input, final TapeScale scale, final TapeRow.Kind kind) {
    this(input, scale, kind, 0, 0);
  }

  /** Of a source of an index. */
  public PriceCsvTape(final TapeInput input, final TapeScale scale, final int sourceId, final int confidenceE8) {
    this(input, scale, TapeRow.Kind.SOURCE, sourceId, confidenceE8);
  }

  private PriceCsvTape(final TapeInput input, final TapeScale scale, final TapeRow.Kind kind, final int sourceId,
      final int confidenceE8) {
    fields = new CsvFields(input, scale, FORMAT);
    bytesTotal = input.storedBytes();
    instrumentId = scale.instrumentId();
    this.kind = kind;
    this.sourceId = sourceId;
    this.confidenceE8 = confidenceE8;
  }

  @Override
  public boolean next(final TapeRow row) {
    if (!fields.next()) {
      return false;
    }
    row.timeNs = fields.timeNs(TIME);
    row.priceUnits = fields.priceUnits(PRICE);
    row.instrumentId = instrumentId;
    row.kind = kind;
    row.sourceId = sourceId;
    row.confidenceE8 = confidenceE8;
    row.priceTicks = (int) (row.priceUnits / TapeScale.MARK_UNITS_PER_TICK);
    row.sizeLots = 0;
    row.tapeIndex = 0;
    row.rowNumber = fields.rowNumber();
    row.barLowTicks = 0;
    row.barHighTicks = 0;
    return true;
  }

  /** None: a price has no size. */
  @Override
  public long skippedRows() {
    return 0;
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
}
