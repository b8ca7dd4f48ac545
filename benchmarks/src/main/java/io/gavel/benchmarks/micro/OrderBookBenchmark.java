package io.gavel.benchmarks.micro;

import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.StpMode;
import io.gavel.engine.book.FillBuffer;
import io.gavel.engine.book.OrderBook;
import io.gavel.engine.book.OrderPool;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The book alone, at a steady number of resting orders spread at random over a thousand levels a side: every order
 * touched is a random one, so that caches miss as they would. One result is one operation as named.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = {
    "-XX:+IgnoreUnrecognizedVMOptions",
    "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
    "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
    "--enable-native-access=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow",
    "-Dchronicle.analytics.disable=true",
    "-Dfile.encoding=UTF-8"
})
public class OrderBookBenchmark {

  private static final int MID_TICKS = 1_000_000;
  private static final int LEVELS = 1_000;
  private static final int DICE = 1 << 16;

  /** Orders that rest in the book. */
  @Param({"1000", "100000"})
  public int orders;

  private final FillBuffer fills = new FillBuffer(64);
  private final int[] levelDice = new int[DICE];
  private final int[] orderDice = new int[DICE];
  private OrderPool pool = new OrderPool(1);
  private OrderBook book = new OrderBook(1, pool, 1);
  private long[] ids = new long[0];
  private long nextOrderId;
  private int step;

  /** Fills the book. */
  @Setup
  public void fill() {
    final Random random = new Random(42);
    for (int i = 0; i < DICE; i++) {
      levelDice[i] = 1 + random.nextInt(LEVELS);
      orderDice[i] = random.nextInt(orders);
    }
    pool = new OrderPool(orders + 2);
    book = new OrderBook(1, pool, 1);
    ids = new long[orders];
    nextOrderId = 1;
    for (int i = 0; i < orders; i++) {
      place(i, 1 + random.nextInt(LEVELS));
    }
  }

  /** Cancels a random order by its id and places another that rests. */
  @Benchmark
  public long cancelAndPlace() {
    final int dice = step++ & (DICE - 1);
    final int index = orderDice[dice];
    final int slot = pool.slotOf(ids[index]);
    book.remove(slot);
    pool.release(slot);
    return place(index, levelDice[dice]);
  }

  /** Makes the best order trade with an incoming one of the same size, and another order rest in its stead. */
  @Benchmark
  public long fillAndPlace() {
    final int dice = step++ & (DICE - 1);
    final Side takerSide = (dice & 1) == 0 ? Side.BUY : Side.SELL;
    final int limitTicks = Side.BUY == takerSide ? Integer.MAX_VALUE : 1;
    final int taker = pool.claim(nextOrderId++, 2, takerSide, limitTicks, 10);
    book.match(taker, limitTicks, StpMode.CANCEL_TAKER, OrderBook.NO_BUDGET, fills);
    pool.release(taker);
    final int maker = fills.makerSlot(0);
    pool.release(maker);
    final int slot = pool.claim(nextOrderId++, 1, Side.BUY == takerSide ? Side.SELL : Side.BUY,
        Side.BUY == takerSide ? MID_TICKS + levelDice[dice] : MID_TICKS - levelDice[dice], 10);
    book.rest(slot);
    return slot;
  }

  private long place(final int index, final int level) {
    final long orderId = nextOrderId++;
    final boolean isBuy = (index & 1) == 0;
    final int slot = pool.claim(orderId, 1, isBuy ? Side.BUY : Side.SELL,
        isBuy ? MID_TICKS - level : MID_TICKS + level, 10);
    book.rest(slot);
    ids[index] = orderId;
    return slot;
  }
}
