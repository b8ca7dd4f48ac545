package io.gavel.engine.trigger;

import static io.gavel.codecs.sbe.PriceSource.LAST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.ArmPolicy;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** What a price costs that reaches nobody: counted, not timed. */
class TickCostTest {

  private static final int[] ARMED = {10, 1_000, 1_000_000};
  private static final int PRICE = 500_000;
  private static final int WANDER = 5_000;
  private static final int PRINTS = 10_000;

  @Test
  void shouldExamineTheSameWhateverTheNumberArmed() {
    final long[] wandering = new long[ARMED.length];
    final long[] rising = new long[ARMED.length];
    for (int i = 0; i < ARMED.length; i++) {
      final RuleDesk desk = armed(ARMED[i]);
      // The first high overtakes every group that the arming left behind, once.
      print(desk, PRICE + WANDER);
      print(desk, PRICE - WANDER);

      long before = desk.book.examined();
      for (int print = 0; print < PRINTS; print++) {
        print(desk, PRICE - WANDER + (int) (print * 7_919L % (2 * WANDER)));
      }
      wandering[i] = desk.book.examined() - before;
      before = desk.book.examined();
      for (int print = 1; print <= PRINTS; print++) {
        print(desk, PRICE + WANDER + print);
      }
      rising[i] = desk.book.examined() - before;
      assertEquals(ARMED[i], desk.book.size());
    }
    System.out.println("examined per idle price: wandering " + wandering[2] / (double) PRINTS
        + ", each a new high " + rising[2] / (double) PRINTS);

    assertEquals(wandering[0], wandering[1]);
    assertEquals(wandering[0], wandering[2]);
    assertEquals(rising[0], rising[1]);
    assertEquals(rising[0], rising[2]);
    assertTrue(wandering[0] <= 6L * PRINTS, "more than one look per index: " + wandering[0]);
  }

  @Test
  void shouldHoldMillionRulesInLessThan400Megabytes() {
    final com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    final long before = threads.getCurrentThreadAllocatedBytes();
    final RuleBook book = new RuleBook(64, 1_000_000);
    final long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    System.out.println("rule book of " + book.capacity() + ": " + bytes / 1_000_000 + " MB");

    assertTrue(bytes < 400_000_000L, "bytes: " + bytes);
  }

  /** One rule of every kind in turn, none of which the prices of the test can reach. */
  private static RuleDesk armed(final int rules) {
    final RuleDesk desk = new RuleDesk(rules);
    for (int i = 0; i < rules; i++) {
      // Falling while arming, so that the stack of high-water groups is deep.
      desk.quietPrice(RuleDesk.INSTRUMENT, LAST, price(i, rules), price(i, rules));
      final int spread = i % 1_000;
      switch (i % 8) {
        case 0 -> desk.sell().takeProfit(LAST, PRICE + 100_000 + spread).arm();
        case 1 -> desk.sell().stopLoss(LAST, PRICE - 100_000 - spread).arm();
        case 2 -> desk.sell().trailSpread(LAST, 50_000 + spread, 0).arm();
        case 3 -> desk.sell().trailRatio(LAST, 20_000_000 + spread, 0).arm();
        case 4 -> desk.sell().trailSpread(LAST, 5, PRICE + 200_000 + spread).arm();
        case 5 -> desk.buy().trailSpread(LAST, 60_000 + spread, 0).arm();
        case 6 -> desk.sell().policy(ArmPolicy.WAIT_RECROSS).takeProfit(LAST, PRICE - 100_000 - spread).arm();
        default -> desk.buy().takeProfit(LAST, PRICE - 100_000).stopLoss(LAST, PRICE + 100_000)
            .trailRatio(LAST, 30_000_000 + spread, 0).arm();
      }
    }
    return desk;
  }

  private static int price(final int rule, final int rules) {
    return PRICE + WANDER / 2 - (int) ((long) WANDER * rule / rules);
  }

  private static void print(final RuleDesk desk, final int ticks) {
    desk.print(RuleDesk.INSTRUMENT, LAST, ticks, ticks);
    assertTrue(desk.fired.isEmpty());
  }
}
