package io.gavel.adapters.backtest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.gavel.adapters.backtest.run.Progress;
import io.gavel.adapters.backtest.tape.Tape;
import io.gavel.adapters.backtest.tape.TapeInput;
import io.gavel.adapters.backtest.tape.TapeRow;
import io.gavel.adapters.backtest.tape.TapeScale;
import io.gavel.adapters.backtest.tape.TradesCsvTape;
import io.gavel.adapters.backtest.tape.ZeroSize;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Goal: memory does not grow with the tape. Method: count the bytes this thread allocates; what allocates nothing a row
 * can hold nothing a row either.
 */
class StreamingTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void shouldReadRowsWithoutAllocating() {
    try (Tape tape = new TradesCsvTape(TapeInput.of(TapeInput.DEMO, Path.of("")),
        TapeScale.of(1, 100_000_000L, 100L), ZeroSize.SKIP)) {
      final TapeRow row = new TapeRow();
      for (int i = 0; i < 10_000; i++) {
        tape.next(row);
      }
      final long before = allocatedBytes();
      long rows = 0;
      while (tape.next(row)) {
        rows++;
      }
      final long bytes = allocatedBytes() - before;

      assertTrue(bytes < rows, bytes + " B for " + rows + " rows");
    }
  }

  @Test
  void shouldPlayRowsWithoutAllocating() {
    final long twoBytes = allocatedBy(2);
    final long fiveBytes = allocatedBy(5);
    final long rows = 3 * 99_982;

    // Samples of the equity are the only objects left, and their clock slows down as the run grows.
    assertTrue(fiveBytes - twoBytes < 4 * rows, (fiveBytes - twoBytes) + " B more for " + rows + " rows more");
  }

  private static long allocatedBy(final int rounds) {
    final Backtest backtest = Backtest.demo().set("rules", "[]").set("orders", "[]")
        .set("venue.loop", Integer.toString(rounds));
    final long before = allocatedBytes();
    backtest.run(Progress.NONE);
    return allocatedBytes() - before;
  }

  private static long allocatedBytes() {
    return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
