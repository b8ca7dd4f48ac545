package io.gavel.engine.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.DeleveragePolicy;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Goal: in a cascade through the core, commands in and events out, the order is the same every time, also across
 * restores; every asset is conserved; the caps of the funds hold; what is deleveraged or shared is what was bankrupt,
 * to the lot. Method: {@link LiquidationCascade}.
 */
class LiquidationCascadeTest {

  private static final long LONGS = 5_000;
  private static final long SOAK_LONGS = 110_000;

  @Test
  void shouldKeepTheOrderAndConserveEverythingThroughACascade() {
    for (final DeleveragePolicy policy : List.of(DeleveragePolicy.PRO_RATA, DeleveragePolicy.GREEDY)) {
      final LiquidationCascade first = new LiquidationCascade(LONGS).run(policy, false);
      final LiquidationCascade restored = new LiquidationCascade(LONGS).run(policy, true);
      assertEquals(first.digest, restored.digest, "order of the steps");
      assertTrue(first.liquidations > LONGS * 9 / 10, "liquidations: " + first.liquidations);
    }
  }

  @Test
  @Tag("soak")
  void shouldGoThroughAHundredThousandLiquidations() {
    final long startNs = System.nanoTime();
    final LiquidationCascade first = new LiquidationCascade(SOAK_LONGS).run(DeleveragePolicy.PRO_RATA, false);
    final LiquidationCascade again = new LiquidationCascade(SOAK_LONGS).run(DeleveragePolicy.PRO_RATA, false);
    System.out.println(first.liquidations + " liquidations, " + first.steps + " steps, twice in "
        + (System.nanoTime() - startNs) / 1_000_000_000 + " s with the setting up");
    assertEquals(first.digest, again.digest, "order of the steps");
    assertTrue(first.liquidations >= 100_000, "liquidations: " + first.liquidations);
  }
}
