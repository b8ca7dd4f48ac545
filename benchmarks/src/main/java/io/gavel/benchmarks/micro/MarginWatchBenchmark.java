package io.gavel.benchmarks.micro;

import io.gavel.benchmarks.margin.CrossAccounts;
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

/** A mark over cross accounts with four positions each: one that reaches nobody, and steps of 0.05 %. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx4g")
public class MarginWatchBenchmark {

  /** Accounts, all with positions. */
  @Param({"1000", "1000000"})
  public int accounts;

  private CrossAccounts world = new CrossAccounts(1, 1);
  private long price;
  private int step;

  /** Founds and examines the accounts. */
  @Setup
  public void found() {
    world = new CrossAccounts(accounts, 42);
    price = world.price(0);
  }

  /** A mark that moves by a tenth of a tick and concerns nobody. */
  @Benchmark
  public int idleTick() {
    return world.move(0, price + (++step & 1));
  }

  /** A random step of 0.05 % of one of eight markets, with the examinations it asks for. */
  @Benchmark
  public int walkingTick() {
    return world.tick();
  }
}
