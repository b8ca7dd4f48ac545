package io.gavel.benchmarks.micro;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What nothing costs here: the loop around every other benchmark, and a look at the clock. It runs first. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = {"-XX:+IgnoreUnrecognizedVMOptions", "-Dfile.encoding=UTF-8"})
public class A0BaselineBenchmark {

  private int step;

  /** The loop alone. */
  @Benchmark
  public void nothing() {
    // Nothing on purpose: what is measured is what surrounds it.
  }

  /** One field read and written. */
  @Benchmark
  public int increment() {
    return ++step;
  }

  /** The clock that latencies are taken with. */
  @Benchmark
  public long clock() {
    return System.nanoTime();
  }
}
