package io.gavel.adapters.backtest.tape;

import java.util.ArrayList;
import java.util.List;

/**
 * A tape read once and kept, so that many runs play the same rows. Immutable: any number of cursors, each of one
 * thread.
 */
public final class RecordedTape {

  private final List<TapeRow> rows;
  private final long skippedRows;
  private final String dataHash;
  private final long bytesTotal;

  private RecordedTape(final List<TapeRow> rows, final Tape tape) {
    this.rows = rows;
    skippedRows = tape.skippedRows();
    dataHash = tape.dataHash();
    bytesTotal = tape.bytesTotal();
  }

  /**
   * Reads {@code tape} to its end and closes it.
   *
   * @throws TapeException as the tape does; and when it has no rows
   */
  public static RecordedTape of(final Tape tape) {
    final List<TapeRow> rows = new ArrayList<>();
    try (tape) {
      final TapeRow row = new TapeRow();
      while (tape.next(row)) {
        final TapeRow kept = new TapeRow();
        kept.copyFrom(row);
        rows.add(kept);
      }
      if (rows.isEmpty()) {
        throw new TapeException("the tape has no rows");
      }
      return new RecordedTape(rows, tape);
    }
  }

  public int size() {
    return rows.size();
  }

  public long firstNs() {
    return rows.get(0).timeNs;
  }

  public long lastNs() {
    return rows.get(rows.size() - 1).timeNs;
  }

  public String dataHash() {
    return dataHash;
  }

  /** All of it, from the first row. */
  public Tape cursor() {
    return cursor(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** The rows from {@code fromNs} on and before {@code beforeNs}. */
  public Tape cursor(final long fromNs, final long beforeNs) {
    return new Cursor(this, firstAt(fromNs), Long.MAX_VALUE == beforeNs ? rows.size() : firstAt(beforeNs));
  }

  private int firstAt(final long timeNs) {
    int from = 0;
    int to = rows.size();
    while (from < to) {
      final int middle = (from + to) >>> 1;
      if (rows.get(middle).timeNs < timeNs) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  private static final class Cursor implements Tape {

    private final RecordedTape tape;
    private final int end;
    private int place;

    Cursor(final RecordedTape tape, final int place, final int end) {
      this.tape = tape;
      this.place = place;
      this.end = end;
    }

    @Override
    public boolean next(final TapeRow row) {
      if (place >= end) {
        return false;
      }
      row.copyFrom(tape.rows.get(place++));
      return true;
    }

    @Override
    public long skippedRows() {
      return tape.skippedRows;
    }

    /** Of the whole tape, whichever part is played. */
    @Override
    public String dataHash() {
      return tape.dataHash;
    }

    @Override
    public long bytesRead() {
      return tape.bytesTotal;
    }

    @Override
    public long bytesTotal() {
      return tape.bytesTotal;
    }

    @Override
    public void close() {
      // The rows stay for who plays them next.
    }
  }
}
