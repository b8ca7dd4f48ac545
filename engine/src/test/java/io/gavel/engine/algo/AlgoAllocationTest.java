package io.gavel.engine.algo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import io.gavel.codecs.sbe.Side;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/**
 * Goal: after start the room allocates nothing. Method: parents of every kind and guard live and die until
 * compiled; the thread's allocation counter must stand still over a further run.
 */
class AlgoAllocationTest {

  private static final int WARM_UP_RUNS = 30;

  private final AlgoTable table = new AlgoTable(16);
  private final Market market = new Market();
  private final ChildSlice slice = new ChildSlice();
  private final AlgoSpec[] specs = specs();

  @Test
  void shouldAllocateNothingAfterWarmUp() {
    for (int i = 0; i < WARM_UP_RUNS; i++) {
      run();
    }
    final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    threads.getCurrentThreadAllocatedBytes();

    final long before = threads.getCurrentThreadAllocatedBytes();
    run();
    final long after = threads.getCurrentThreadAllocatedBytes();

    assertEquals(0, after - before);
  }

  private void run() {
    for (int round = 0; round < 50; round++) {
      for (int i = 0; i < specs.length; i++) {
        table.open(specs[i], 0);
      }
      for (long now = AlgoSpecs.START; now <= AlgoSpecs.START + 600; now += 25) {
        market.traded += 40;
        market.bid = 90 + (int) (now % 9);
        for (int slot = 0; slot < specs.length; slot++) {
          drive(slot, now);
        }
      }
      for (int slot = 0; slot < specs.length; slot++) {
        table.onCancel(slot);
      }
    }
  }

  private void drive(final int slot, final long now) {
    table.next(slot, now, market, slice);
    if (SliceAction.PLACE == slice.action() && SliceType.TAKE == slice.type()) {
      table.onFill(slot, slice.lots());
      table.onChildDone(slot, 0);
    }
  }

  private static AlgoSpec[] specs() {
    final AlgoSpec guarded = AlgoSpecs.twap(600, 50);
    guarded.collarE8 = 10_000_000;
    guarded.depthShareE8 = 10_000_000;
    guarded.pacingNs = 10;
    guarded.toleranceE8 = 2_000_000;
    return new AlgoSpec[] {AlgoSpecs.twap(600, 50), guarded, AlgoSpecs.vwap(600, 3, 1, 4, 1, 5),
        AlgoSpecs.pov(600, VolumeBasis.OTHERS, 10_000_000), AlgoSpecs.iceberg(600, 10),
        AlgoSpecs.chase(Side.SELL, 600, 1_000), AlgoSpecs.scale(Side.SELL, 100, 110, 5, 600), AlgoSpecs.ladder(600)};
  }
}
