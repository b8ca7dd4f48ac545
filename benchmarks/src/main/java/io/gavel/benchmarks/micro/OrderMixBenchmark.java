package io.gavel.benchmarks.micro;

import io.gavel.benchmarks.workload.BookMix;
import io.gavel.benchmarks.workload.BookPlayer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The book alone under a {@link BookMix}, on and on through one sequence of messages that is never played twice. One
 * result is one message: new order, immediate-or-cancel, cancel or move, with all that it trades.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(OrderMixBenchmark.OPERATIONS)
@Warmup(iterations = OrderMixBenchmark.WARM_UPS)
@Measurement(iterations = OrderMixBenchmark.MEASUREMENTS)
@Fork(value = 2, jvmArgsAppend = {
    "-Xms4g", "-Xmx4g", "-XX:+UseTransparentHugePages", "-XX:+AlwaysPreTouch",
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
public class OrderMixBenchmark {

  static final int OPERATIONS = 500_000;
  static final int WARM_UPS = 6;
  static final int MEASUREMENTS = 12;

  /** Orders that rest in the book. */
  @Param({"1000", "100000", "1000000"})
  public int resting;

  private BookMix mix = BookMix.make(1, 0, 1);
  private BookPlayer player = new BookPlayer(1);
  private int next;

  /** Makes the messages and plays those that fill the book. */
  @Setup
  public void fill() {
    mix = BookMix.make(resting, (WARM_UPS + MEASUREMENTS) * OPERATIONS, 42);
    player = new BookPlayer(mix.ordersMax());
    next = mix.prefillMessages();
    player.play(mix, 0, next);
  }

  /** The next messages. */
  @Benchmark
  public long mix() {
    player.play(mix, next, next + OPERATIONS);
    next += OPERATIONS;
    return player.tradedLots();
  }

  /** What any other book must come to as well. */
  @TearDown
  public void show() {
    System.out.println("open=" + player.book().openOrders() + " trades=" + player.trades()
        + " tradedLots=" + player.tradedLots() + " bytesPerOrder: hot=" + player.pool().hotBytesPerOrder()
        + " index=" + player.pool().indexBytesPerOrder() + " cold=" + player.pool().coldBytesPerOrder());
  }
}
