package io.gavel.benchmarks.micro;

import io.gavel.codecs.sbe.Side;
import io.gavel.engine.route.RoutePlan;
import io.gavel.engine.route.SmartRouter;
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
 * Splitting an order over ten sources near one price: ladders of eight levels, and constant-product pools; with
 * {@code stable} one of the pools is a stable-swap one. Sizes change from call to call and sides alternate.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
public class SmartRouterBenchmark {

  private static final int SOURCES = 10;
  private static final int LEVELS = 8;
  private static final long LOT_UNITS = 10_000;
  private static final long PRICE = 650_000;

  /** How many of the ten sources are pools. */
  @Param({"3", "5", "10", "stable"})
  public String pools = "3";

  private final SmartRouter router = new SmartRouter(LEVELS, LOT_UNITS, 10_000);
  private final RoutePlan plan = new RoutePlan();
  private int call;

  /** Quotes of all sources. */
  @Setup
  public void quote() {
    final boolean stable = "stable".equals(pools);
    final int count = stable ? 3 : Integer.parseInt(pools);
    final long[] prices = new long[LEVELS];
    final long[] lots = new long[LEVELS];
    for (int source = 0; source < SOURCES; source++) {
      final long mid = PRICE + 40L * source;
      final long latencyNs = 1_000_000L * (source % 4);
      if (source < count) {
        final long base = 4_000_000L * LOT_UNITS + 1_000_003L * source;
        router.constantProduct(source, base, base / LOT_UNITS * mid, 50_000L * (1 + source % 3), latencyNs);
        continue;
      }
      for (int side = 0; side < 2; side++) {
        for (int i = 0; i < LEVELS; i++) {
          prices[i] = mid + (0 == side ? 1 : -1) * (100 + 150L * i);
          lots[i] = 200 + 37L * i;
        }
        router.levels(source, 0 == side ? Side.SELL : Side.BUY, prices, lots, LEVELS, 20_000, latencyNs);
      }
    }
    if (stable) {
      router.stableSwap(0, 4_000_000L * LOT_UNITS, 4_000_000L * PRICE, 100, PRICE / LOT_UNITS, 1, 40_000, 0);
    }
  }

  /** One plan. */
  @Benchmark
  public long route() {
    call++;
    router.route(0 == (call & 1) ? Side.BUY : Side.SELL, 1_000 + (call & 0xFFF), plan);
    return plan.objectiveUnits();
  }
}
