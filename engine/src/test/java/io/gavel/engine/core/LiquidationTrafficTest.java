package io.gavel.engine.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.DeleveragePolicy;
import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.PositionMode;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.ReductionPolicy;
import io.gavel.codecs.sbe.Side;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.ledger.SystemAccount;
import io.gavel.risk.position.Contracts;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Goal: after every command nobody is in breach who does not pause, money and lots are conserved, and a house that is
 * restored from a snapshot again and again tells the same events. Method: random people of every margin mode trade a
 * perpetual on a market that trends, crashes and recovers; each account is looked at after each command.
 */
class LiquidationTrafficTest {

  private static final int PEOPLE = 40;
  private static final int COMMANDS = 3_000;
  private static final long FIRST = LiquidationDesk.FIRST_TRADER;
  private static final int PERP = MarginDesk.PERP;

  @Test
  void shouldLeaveNobodyInBreachAndGoOnTheSameAfterARestore() {
    int liquidated = 0;
    int deleveraged = 0;
    int socialised = 0;
    for (long seed = 1; seed <= 4; seed++) {
      final List<String> whole = run(seed, 0);
      final List<String> restored = run(seed, 37);
      for (int i = 0; i < Math.min(whole.size(), restored.size()); i++) {
        assertEquals(whole.get(i), restored.get(i), "seed " + seed + ", line " + i);
      }
      assertEquals(whole.size(), restored.size(), "seed " + seed);
      liquidated += (int) whole.stream().filter(line -> line.contains(" TAKEN_OVER ")).count();
      deleveraged += (int) whole.stream().filter(line -> line.contains(" DELEVERAGED ")).count();
      socialised += (int) whole.stream().filter(line -> line.contains(" SOCIALISED ")).count();
      assertTrue(whole.stream().anyMatch(line -> line.contains(" REDUCING ")), "seed " + seed + ": no order");
      assertTrue(whole.stream().anyMatch(line -> line.contains(" PAUSED ")), "seed " + seed + ": no pause");
    }
    System.out.println("taken over " + liquidated + ", deleveraged " + deleveraged + ", socialised " + socialised);
    assertTrue(liquidated > 100 && deleveraged > 20, "taken over " + liquidated + ", deleveraged " + deleveraged);
  }

  private static List<String> run(final long seed, final int restoreEvery) {
    final Random random = new Random(seed);
    final LiquidationDesk desk = LiquidationDesk.open(2_000, 1_000,
        c -> c.depthShareBps(0 == seed % 2 ? 5_000 : 2_000).partialBps(5_000).attemptsMax(3).retryNs(50)
            .fundAccountMaxUnits(80).fundIntervalMaxUnits(200).intervalNs(500).backstopLossMaxUnits(300)
            .policy(0 == seed % 2 ? DeleveragePolicy.PRO_RATA : DeleveragePolicy.GREEDY)
            .reduction(ReductionPolicy.get((short) (seed % 3))).insuranceFeeE6(seed > 2 ? 5_000 : 0));
    for (int i = 0; i < PEOPLE; i++) {
      final MarginMode mode = 0 == i % 3 ? MarginMode.ISOLATED : MarginMode.CROSS;
      desk.trader(FIRST + i, mode, 0 == i % 5 ? PositionMode.HEDGE : PositionMode.ONE_WAY, 400 + 400L * (i % 7));
    }
    final List<String> told = new ArrayList<>();
    double price = 100;
    long timeNs = 1;
    for (int command = 0; command < COMMANDS; command++) {
      timeNs += random.nextInt(10);
      desk.core.at(timeNs);
      price = act(desk, random, price, command);
      told.addAll(desk.core.events);
      desk.core.events.clear();
      if (0 != restoreEvery && 0 == command % restoreEvery) {
        desk.core.restart();
      }
      if (0 == command % 25) {
        desk.core.machine.risk().assertConserved();
      }
      assertNobodyInBreach(desk, command);
    }
    check(desk.core.machine.risk());
    return told;
  }

  private static double act(final LiquidationDesk desk, final Random random, final double price, final int command) {
    final long account = FIRST + random.nextInt(PEOPLE);
    final Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> {
        final double drift = command / 500 % 2 == 0 ? -0.004 : 0.004;
        final double gap = 0 == random.nextInt(40) ? 0.16 * Math.signum(drift) : 0;
        final double next = Math.max(20, Math.min(400, price * (1 + drift + gap + 0.012 * random.nextGaussian())));
        desk.margin.mark(PERP, (int) Math.round(next));
        return next;
      }
      case 3 -> desk.core.massCancel(account, 0, io.gavel.codecs.sbe.CancelScope.ALL);
      case 4 -> desk.core.deposit(account, Core.USD, 1 + random.nextInt(300));
      default -> {
        final int away = random.nextInt(4) - 1;
        final int ticks = (int) Math.max(1, Math.round(price) + (Side.BUY == side ? -away : away));
        desk.order(account, side, ticks, 1 + random.nextInt(30));
      }
    }
    return price;
  }

  private static void assertNobodyInBreach(final LiquidationDesk desk, final int command) {
    final RiskEngine risk = desk.core.machine.risk();
    for (int i = 0; i < PEOPLE; i++) {
      final int slot = risk.accountSlot(FIRST + i);
      if (desk.core.machine.isLiquidationPaused(slot) || 0 == lots(risk, slot)) {
        continue;
      }
      if (MarginMode.CROSS == risk.accountModes().margin(slot)) {
        assertTrue(risk.marginBook().equityUnits(slot) >= risk.marginBook().maintenanceUnits(slot),
            "command " + command + ": account " + (FIRST + i));
      } else {
        final Contracts contracts = risk.contracts();
        for (int at = contracts.first(slot); Contracts.NULL_POSITION != at; at = contracts.next(at)) {
          assertTrue(contracts.marginUnits(at) + risk.legMargin().gainUnits(at) >= risk.legMargin().maintenanceOf(at),
              "command " + command + ": account " + (FIRST + i) + " " + PositionSide.NET);
        }
      }
    }
  }

  private static long lots(final RiskEngine risk, final int slot) {
    long lots = 0;
    for (int at = risk.contracts().first(slot); Contracts.NULL_POSITION != at; at = risk.contracts().next(at)) {
      lots += Math.abs(risk.contracts().lots(at));
    }
    return lots;
  }

  private static void check(final RiskEngine risk) {
    assertTrue(risk.systemUnits(SystemAccount.INSURANCE, Core.USD) >= 0);
    assertTrue(risk.systemUnits(SystemAccount.BACKSTOP, Core.USD) >= 700, "backstop limit");
    assertEquals(0, risk.contracts().netLots(PERP));
  }
}
