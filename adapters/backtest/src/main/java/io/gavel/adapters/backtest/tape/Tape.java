package io.gavel.adapters.backtest.tape;

/**
 * A recorded market, read once from its first row to its last. Stamps never decrease and rows of equal stamp keep the
 * order of the file. One thread.
 */
public interface Tape extends AutoCloseable {

  /**
   * Reads the next row into {@code row}.
   *
   * @return false at the end, {@code row} is then unchanged
   * @throws TapeException when a row is malformed, out of order, or does not fit the instrument
   */
  boolean next(TapeRow row);

  /** Rows of size zero left out so far, by option. */
  long skippedRows();

  /** SHA-256 over the decompressed bytes, hexadecimal; complete once {@link #next} has returned false. */
  String dataHash();

  /** Bytes read so far, as stored. */
  long bytesRead();

  /** Bytes there are, as stored; 0: not known. */
  long bytesTotal();

  @Override
  void close();
}
