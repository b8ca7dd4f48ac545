package io.gavel.engine.book;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.StpMode;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Goal: after start the book allocates nothing. Method: commands made beforehand, every kind, mode and phase among
 * them, run until compiled; the thread's allocation counter must stand still over a further run.
 */
class OrderBookAllocationTest {

  private static final long SEED = 7;
  private static final int ORDERS = 20_000;
  private static final int PHASES_LENGTH = 500;
  private static final int CALL_LENGTH = 100;
  private static final int WARM_UP_RUNS = 10;

  @Test
  void shouldAllocateNothingAfterWarmUp() {
    System.out.println("OrderBookAllocationTest seed=" + SEED);
    final OrderPool pool = new OrderPool(ORDERS);
    final BookDriver driver = new BookDriver(pool, new OrderBook(1, pool, 1), 4, 1, 0);
    final EventLog log = new EventLog();
    final BookCommand[] commands = commands();
    for (int i = 0; i < WARM_UP_RUNS; i++) {
      run(driver, commands, log);
    }
    final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    threads.getCurrentThreadAllocatedBytes();

    final long before = threads.getCurrentThreadAllocatedBytes();
    run(driver, commands, log);
    final long after = threads.getCurrentThreadAllocatedBytes();

    assertEquals(0, after - before, "bytes allocated by " + commands.length + " commands");
  }

  private static void run(final BookDriver driver, final BookCommand[] commands, final EventLog log) {
    for (final BookCommand command : commands) {
      log.clear();
      driver.apply(command, log);
    }
  }

  /** Every order is cancelled in the end, so that the same commands can run again. */
  private static BookCommand[] commands() {
    final Random random = new Random(SEED);
    final StpMode[] modes =
        {StpMode.NONE, StpMode.CANCEL_TAKER, StpMode.CANCEL_MAKER, StpMode.CANCEL_BOTH, StpMode.DECREMENT};
    final BookCommand.Kind[] kinds = BookCommand.Kind.values();
    final List<BookCommand> commands = new ArrayList<>();
    for (int id = 1; id <= ORDERS; id++) {
      final int phase = id % PHASES_LENGTH;
      final boolean isCall = phase < CALL_LENGTH;
      if (0 == phase % CALL_LENGTH && phase <= CALL_LENGTH) {
        commands.add(BookCommand.auction(0 == phase ? BookCommand.Kind.CALL : BookCommand.Kind.UNCROSS, 1_000_000));
      }
      final BookCommand.Kind kind =
          isCall || random.nextInt(3) > 0 ? BookCommand.Kind.REST : kinds[random.nextInt(5)];
      final Side side = BookCommand.Kind.QUOTE_BUY == kind || random.nextBoolean() ? Side.BUY : Side.SELL;
      final int ticks = 1_000_000 + (Side.BUY == side ? -1 : 1) * (random.nextInt(5_000) - 1_000);
      commands.add(new BookCommand(kind, id, random.nextInt(3), side, ticks, 1L + random.nextInt(50),
          random.nextInt(4) - 1L, 20_000_000, modes[random.nextInt(modes.length)]));
      commands.add(new BookCommand(random.nextBoolean() ? BookCommand.Kind.AMEND : BookCommand.Kind.CANCEL,
          1L + random.nextInt(id), 0, side, ticks, 1L + random.nextInt(50), BookCommand.PLAIN, 0,
          modes[random.nextInt(modes.length)]));
    }
    commands.add(BookCommand.auction(BookCommand.Kind.UNCROSS, 0));
    for (int id = 1; id <= ORDERS; id++) {
      commands.add(new BookCommand(BookCommand.Kind.CANCEL, id, 0, Side.BUY, 1, 1, BookCommand.PLAIN, 0,
          StpMode.NONE));
    }
    return commands.toArray(new BookCommand[0]);
  }
}
