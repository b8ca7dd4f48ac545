package io.gavel.adapters.backtest.tape;

import java.util.function.Supplier;

/**
 * One tape played several times over, each round one second behind the end of the last: a long tape from a short file.
 * Rows keep the numbers of their file.
 */
public final class LoopedTape implements Tape {

  private static final long PAUSE_NS = 1_000_000_000L;

  private final Supplier<? extends Tape> opener;
  private final int rounds;
  private Tape tape;
  private int round = 1;
  private long skippedBefore;
  private long bytesBefore;
  private long shiftNs;
  private long firstNs = -1;
  private long lastNs;

  public LoopedTape(final Supplier<? extends Tape> opener, final int rounds) {
    this.opener = opener;
    this.rounds = rounds;
    tape = opener.get();
  }

  @Override
  public boolean next(final TapeRow row) {
    while (!tape.next(row)) {
      if (round == rounds || firstNs < 0) {
        return false;
      }
      shiftNs = lastNs - firstNs + PAUSE_NS;
      round++;
      skippedBefore += tape.skippedRows();
      bytesBefore += tape.bytesRead();
      tape.close();
      tape = opener.get();
    }
    firstNs = firstNs < 0 ? row.timeNs : firstNs;
    if (row.timeNs > Long.MAX_VALUE - shiftNs) {
      throw new TapeException("round " + round + " of " + rounds + " ends beyond the year 2262");
    }
    row.timeNs += shiftNs;
    lastNs = row.timeNs;
    return true;
  }

  @Override
  public long skippedRows() {
    return skippedBefore + tape.skippedRows();
  }

  @Override
  public String dataHash() {
    return tape.dataHash();
  }

  @Override
  public long bytesRead() {
    return bytesBefore + tape.bytesRead();
  }

  @Override
  public long bytesTotal() {
    return tape.bytesTotal() * rounds;
  }

  @Override
  public void close() {
    tape.close();
  }
}
