package io.gavel.adapters.backtest.tape;

import java.util.List;
import java.util.Set;

/**
 * Trades as {@code timestamp,price,amount}: with a header the columns are found by name and others are ignored,
 * without one they are the first three. Plain or gzip.
 */
public final class TradesCsvTape implements Tape {

  private static final int TIME = 0;
  private static final int PRICE = 1;
  private static final int SIZE = 2;
  private static final List<CsvFields.Column> FORMAT = List.of(
      new CsvFields.Column("timestamp",
          Set.of("timestamp", "time", "ts", "datetime", "date", "unix", "trade_time")),
      new CsvFields.Column("price", Set.of("price", "px")),
      new CsvFields.Column("amount", Set.of("amount", "size", "sz", "qty", "quantity", "volume")));

  private final CsvFields fields;
  private final long bytesTotal;
  private final int instrumentId;
  private final ZeroSize zeroSize;
  private long skippedRows;

  public TradesCsvTape(final TapeInput input, final TapeScale scale, final ZeroSize zeroSize) {
    fields = new CsvFields(input, scale, FORMAT);
    bytesTotal = input.storedBytes();
    instrumentId = scale.instrumentId();
    this.zeroSize = zeroSize;
  }

  @Override
  public boolean next(final TapeRow row) {
    while (fields.next()) {
      final long timeNs = fields.timeNs(TIME);
      final int priceTicks = fields.priceTicks(PRICE);
      final long sizeLots = fields.sizeLots(SIZE);
      if (0 == sizeLots) {
        if (ZeroSize.ERROR == zeroSize) {
          throw fields.refusal(SIZE, "is zero; say zeroSize: skip to leave such rows out");
        }
        skippedRows++;
        continue;
      }
      row.timeNs = timeNs;
      row.instrumentId = instrumentId;
      row.priceTicks = priceTicks;
      row.sizeLots = sizeLots;
      row.tapeIndex = 0;
      row.rowNumber = fields.rowNumber();
      row.barLowTicks = 0;
      row.barHighTicks = 0;
      return true;
    }
    return false;
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
}
