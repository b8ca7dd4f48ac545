package io.gavel.benchmarks.margin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Goal: ticks of 0.05 % examine few accounts, the share of all accounts does not grow with their number, and no breach
 * is missed. Method: one walk of prices over 10^3 to 10^5 accounts, a scan over all of them now and then.
 */
class ExaminedPerTickTest {

  private static final int TICKS = 100_000;
  /** 20 accounts a tick of a million. */
  private static final double MOST_SHARE_E6 = 20;

  @Test
  void shouldExamineTheSameSmallShareAtEveryDecade() {
    System.out.println(ExaminedPerTick.head());
    double largestSoFar = 0;
    for (int accounts = 1_000; accounts <= 100_000; accounts *= 10) {
      final ExaminedPerTick.Row row = ExaminedPerTick.measure(accounts, TICKS, accounts / 100);
      System.out.println(row);

      assertEquals(0, row.missed(), row.toString());
      assertTrue(row.shareE6() < MOST_SHARE_E6, row.toString());
      // A thousand accounts are few enough for luck: some hundred examinations in all.
      assertTrue(accounts <= 10_000 || row.shareE6() < 1.5 * largestSoFar, row.toString());
      largestSoFar = Math.max(largestSoFar, row.shareE6());
    }
  }

  @Test
  @Tag("soak")
  void shouldExamineTheSameSmallShareOfAMillion() {
    final ExaminedPerTick.Row row = ExaminedPerTick.measure(1_000_000, TICKS, 500);
    System.out.println(ExaminedPerTick.head() + "\n" + row);

    assertEquals(0, row.missed());
    assertTrue(row.examined() < 20, row.toString());
  }
}
