package io.gavel.benchmarks.micro;

import io.gavel.codecs.sbe.Compare;
import io.gavel.codecs.sbe.NodeOp;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.Signal;
import io.gavel.engine.condition.ConditionBook;
import io.gavel.engine.condition.SignalView;
import io.gavel.engine.trigger.RuleSpec;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What conditions cost: a price that reaches nobody with so many trees of three leaves armed, arming and cancelling one
 * more, and arming one that the next price makes true. Ticks of one instrument, nothing but the room.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx4g")
public class ConditionBenchmark {

  private static final int PRICE = 500_000;
  private static final int WANDER = 5_000;

  @Param({"1000", "1000000"})
  public int trees;

  private final RuleSpec spec = new RuleSpec();
  private final long[] met = new long[16];
  private ConditionBook book = book(1);
  private int tick;
  private long sequence = 1;

  /** Arms trees whose levels lie beyond where the price goes. */
  @Setup(Level.Trial)
  public void arm() {
    book = book(trees + 1);
    book.onPrice(1, PriceSource.LAST, PRICE, PRICE);
    for (int slot = 0; slot < trees; slot++) {
      tree(PRICE + 2 * WANDER + slot % 100_000, PRICE - 2 * WANDER - slot % 100_000, 90_000_000 + slot % 1_000);
      book.arm(slot, spec);
      book.enter(slot, false);
    }
    book.onPrice(1, PriceSource.LAST, PRICE + WANDER, PRICE + WANDER);
  }

  /** A price that reaches nobody. */
  @Benchmark
  public int idlePrice() {
    tick = (tick + 7_919) % (2 * WANDER);
    book.onPrice(1, PriceSource.LAST, PRICE - WANDER + tick, PRICE - WANDER + tick);
    return book.takeMet(met);
  }

  /** Arms one tree of three leaves more, and takes it away. */
  @Benchmark
  public boolean armAndCancel() {
    tree(PRICE + 3 * WANDER, PRICE - 3 * WANDER, 95_000_000);
    book.arm(trees, spec);
    final boolean isTrue = book.enter(trees, false);
    book.release(trees);
    return isTrue;
  }

  /** Arms one that the next price makes true: two prices, arming, firing, release. */
  @Benchmark
  public int armAndFire() {
    book.at(1, sequence++);
    book.onPrice(1, PriceSource.LAST, PRICE - WANDER, PRICE - WANDER);
    tree(PRICE, PRICE + WANDER, 95_000_000);
    book.arm(trees, spec);
    book.enter(trees, false);
    book.onPrice(1, PriceSource.LAST, PRICE + 1, PRICE + 1);
    final int count = book.takeMet(met);
    book.release(trees);
    return count;
  }

  private static ConditionBook book(final int rulesMax) {
    final ConditionBook made = new ConditionBook(1, rulesMax, new SignalView() {
      @Override
      public long low(final Signal signal, final int instrumentId, final PriceSource source, final long second) {
        return PRICE;
      }

      @Override
      public long high(final Signal signal, final int instrumentId, final PriceSource source, final long second) {
        return PRICE;
      }

      @Override
      public boolean hasInstrument(final int instrumentId) {
        return true;
      }
    });
    made.at(1, 1);
    return made;
  }

  /** At or above one level and at or below another, or fallen back by a ratio. */
  private void tree(final int above, final int below, final int ratioE8) {
    spec.nodeCount = 0;
    spec.instrumentId = 1;
    node(NodeOp.ANY, -1, Signal.PRICE, Compare.AT_OR_ABOVE, 0, false);
    node(NodeOp.ALL, 0, Signal.PRICE, Compare.AT_OR_ABOVE, 0, false);
    node(NodeOp.LEAF, 1, Signal.PRICE, Compare.AT_OR_ABOVE, above, false);
    node(NodeOp.LEAF, 1, Signal.PRICE, Compare.AT_OR_BELOW, below, false);
    node(NodeOp.LEAF, 0, Signal.TRAILING, Compare.AT_OR_BELOW, ratioE8, true);
  }

  private void node(final NodeOp op, final int parent, final Signal signal, final Compare compare,
      final long threshold, final boolean latched) {
    final int i = spec.nodeCount++;
    spec.nodeOps[i] = op;
    spec.nodeParents[i] = (byte) parent;
    spec.nodeSignals[i] = signal;
    spec.nodeCompares[i] = compare;
    spec.nodeSources[i] = PriceSource.LAST;
    spec.nodeThresholds[i] = threshold;
    spec.nodeLatched[i] = latched;
  }
}
