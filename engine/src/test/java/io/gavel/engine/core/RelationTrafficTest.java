package io.gavel.engine.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Goal: after every command what is tied fits that to which it is tied, worked out anew: a bound rule is no larger than
 * its position and of its epoch, a target's level is F-01 of the position as it is, all that reduces a position is no
 * more than it; and a machine restored from snapshots again and again tells the same. Method: random people trade a
 * perpetual and spot, with protection, brackets, pauses, priorities and rules that move one another.
 */
class RelationTrafficTest {

  @Test
  void shouldFitWhatItIsTiedToAndGoOnTheSameAfterARestart() {
    int protectedRules = 0;
    int targets = 0;
    for (long seed = 1; seed <= 4; seed++) {
      System.out.println("relations seed " + seed);
      final List<String> whole = new RelationTown(seed).run(0);
      final RelationTown other = new RelationTown(seed);
      final List<String> restored = other.run(31);
      for (int i = 0; i < Math.min(whole.size(), restored.size()); i++) {
        assertEquals(whole.get(i), restored.get(i), "seed " + seed + ", line " + i);
      }
      assertEquals(whole.size(), restored.size(), "seed " + seed);
      for (final String reason : List.of("POSITION_CLOSED", "POSITION_REDUCED", "PARENT_FILLED", "PARENT_CANCELLED",
          "COOLING_DOWN")) {
        assertTrue(whole.stream().anyMatch(e -> e.contains(reason)), "seed " + seed + " never saw " + reason);
      }
      protectedRules += other.bound;
      targets += other.checkedTargets;
    }
    System.out.println("bound rules looked at " + protectedRules + ", levels worked out anew " + targets);
    assertTrue(protectedRules > 10_000 && targets > 2_000, protectedRules + " " + targets);
  }
}
