package io.gavel.risk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.risk.ledger.SystemAccount;
import io.gavel.risk.liquidation.DeleverageRanking.Policy;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Goal: in a cascade every asset is conserved, caps hold, what is deleveraged is what was bankrupt, to the lot, and the
 * order is the same every time, also across restarts. Method: a crash in steps of all contracts, each liquidation told
 * as a line; two runs and a run with restarts must tell the same.
 */
class CascadeTest {

  private static final long SEED = 20_261_120L;
  private static final long FUND = 2_000_000L;
  private static final long BACKSTOP = 10_000_000L;
  private static final int CI_LONGS = 2_000;

  @Test
  void shouldConserveEverythingAndKeepTheOrderThroughACascade() {
    for (final Policy policy : Policy.values()) {
      final CascadeWorld world = cascade(CI_LONGS, policy, 0);
      assertEquals(world.told, cascade(CI_LONGS, policy, 0).told, "told twice");
      assertEquals(world.told, cascade(CI_LONGS, policy, 3).told, "told across restarts");
    }
  }

  @Test
  @Tag("soak")
  void shouldConserveEverythingThroughAHundredThousandLiquidations() {
    final CascadeWorld world = cascade(110_000, Policy.PRO_RATA, 0);
    System.out.println(world.liquidated + " liquidations, " + world.told.size() + " steps");
    assertTrue(world.liquidated >= 100_000);
  }

  private static CascadeWorld cascade(final int longs, final Policy policy, final int restartEvery) {
    final CascadeWorld world = new CascadeWorld(longs, SEED, FUND * longs, BACKSTOP * longs);
    for (int id = 1; id <= CascadeWorld.CONTRACTS; id++) {
      world.terms.caps(id, policy, 20_000_000L, FUND / 8 * longs, FUND / 64 * longs, 10, BACKSTOP / 100 * longs);
    }
    final long before = world.moneyThereIs();
    final Random random = new Random(SEED);
    long timeNs = 0;
    int step = 0;
    for (int tick = 0; tick < 30; tick++) {
      final int id = 1 + tick % CascadeWorld.CONTRACTS;
      world.mark(id, world.marks[id] * (960 + random.nextInt(35)) / 1_000);
      boolean isDone = false;
      while (!isDone) {
        isDone = world.step(Math.max(50, longs / 40), timeNs++);
        final long paid = world.terms.fundIntervalPaidUnits(id, timeNs);
        assertTrue(paid <= FUND / 64 * longs, "interval cap: " + paid);
        if (0 != restartEvery && 0 == ++step % restartEvery) {
          world.restart();
        }
      }
      assertEquals(before, world.moneyThereIs(), "tick " + tick);
    }
    check(world, longs);
    return world;
  }

  private static void check(final CascadeWorld world, final int longs) {
    long fundPaid = 0;
    long backstopPaid = 0;
    for (int id = 1; id <= CascadeWorld.CONTRACTS; id++) {
      assertTrue(world.terms.fundPaidUnits(id) <= FUND / 8 * longs, "instrument cap");
      assertTrue(world.terms.backstopLostUnits(id) <= BACKSTOP / 100 * longs, "backstop limit");
      assertEquals(world.ownerlessLots[id], world.deleveragedLots[id], "lots of " + id);
      assertTrue(world.deleveragedLots[id] > 0, "nothing was deleveraged in " + id);
      fundPaid += world.terms.fundPaidUnits(id);
      backstopPaid += world.terms.backstopLostUnits(id);
    }
    assertTrue(fundPaid > 0 && backstopPaid > 0, "paid: " + fundPaid + ", " + backstopPaid);
    assertEquals(FUND * longs - fundPaid, world.system[SystemAccount.INSURANCE.code()]);
    assertEquals(BACKSTOP * longs - backstopPaid, world.system[SystemAccount.BACKSTOP.code()]);
    assertTrue(world.liquidated >= longs * 9 / 10, "liquidated " + world.liquidated);
    for (int slot = 1; slot < world.balances.length; slot++) {
      assertTrue(world.balances[slot] >= 0, "account " + slot + " owes " + world.balances[slot]);
    }
  }
}
