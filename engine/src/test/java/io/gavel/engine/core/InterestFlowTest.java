package io.gavel.engine.core;

import static io.gavel.engine.core.Core.ALICE;
import static io.gavel.engine.core.Core.BTC;
import static io.gavel.engine.core.Core.PAIR;
import static io.gavel.engine.core.Core.USD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.PositionMode;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Side;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.ledger.SystemAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Interest in the core: who owes dollars behind other collateral pays for them, and is liquidated in time. */
class InterestFlowTest {

  private static final long HOUR = 3_600_000_000_000L;
  private static final long LONG = 101;
  private static final long SHORT = 102;
  private static final int PERP = MarginDesk.PERP;
  private static final int PEOPLE = 12;

  private final LiquidationDesk desk = LiquidationDesk.open(0, 0, c -> { });
  private final Core core = desk.core;
  private final RiskEngine risk = core.machine.risk();

  /** Has lost 900 dollars that it did not have, and keeps 10 lots; bitcoins back it. */
  private void indebted() {
    assertEquals(ReasonCode.OK, desk.margin.price(PAIR, PriceSource.INDEX, 100));
    assertEquals(ReasonCode.OK, desk.margin.collateral(BTC, PAIR, 100_000_000));
    desk.trader(LONG, MarginMode.CROSS, PositionMode.ONE_WAY, 1);
    desk.trader(SHORT, MarginMode.CROSS, PositionMode.ONE_WAY, 100_000);
    assertEquals(ReasonCode.OK, core.deposit(LONG, BTC, 20));
    desk.trade(LONG, SHORT, 100, 100);
    desk.trade(SHORT, LONG, 90, 90);
    desk.margin.mark(PERP, 100);
    assertEquals(899, owed());
    core.events.clear();
  }

  private long owed() {
    return risk.debts().units(risk.ledger().find(risk.accountSlot(LONG), USD));
  }

  @Test
  void shouldTellEachIntervalAndSettleWhenTouched() {
    indebted();
    final long deposits = risk.ledger().depositsUnits(USD);
    assertEquals(ReasonCode.OK, core.interest(USD, i -> i.baseRateE10(10_000_000_000L).intervalNs(8_760 * HOUR / 12)));
    core.at(8_760 * HOUR / 12).time(8_760 * HOUR / 12);

    // 100 % a year and a little, for a month: 899 / 12 and what so little lent adds, rounded up.
    assertEquals(899 + 75, owed());
    final String told = core.take().get(0);
    assertTrue(told.startsWith("interest 2 rate=10000000300 used=30 borrowed=899 deposits=" + deposits
        + " interest=74 index=83333335833334/21991929 "), told);
    assertEquals(-899, risk.systemUnits(SystemAccount.LENDING, USD), "nobody was touched");

    assertEquals(ReasonCode.OK, core.deposit(LONG, USD, 5_000));
    assertEquals(0, owed());
    assertEquals(75, risk.systemUnits(SystemAccount.LENDING, USD));
    final long free = risk.freeUnits(ALICE, USD);
    assertEquals(ReasonCode.OK, core.deposit(ALICE, USD, 1));
    assertEquals(free + 1 + 21, risk.freeUnits(ALICE, USD), "a third of nine tenths of 74");
    risk.assertConserved();

    assertEquals(ReasonCode.OK, core.interest(USD, i -> i.intervalNs(0)));
    assertTrue(core.take().stream().anyMatch(line -> line.contains("interest 2") && line.endsWith(" next=0")));
    core.at(9_000 * HOUR).time(9_000 * HOUR);
    assertEquals(List.of(), core.take());
  }

  @Test
  void shouldRefuseWhatMakesNoSense() {
    assertEquals(ReasonCode.UNKNOWN_ASSET, core.interest(7, i -> { }));
    assertEquals(ReasonCode.PARAMETERS_INVALID, core.interest(USD, i -> i.kinkE8(0)));
    assertEquals(ReasonCode.PARAMETERS_INVALID, core.interest(USD, i -> i.reserveE8(100_000_001)));
    core.at(HOUR).time(HOUR);
    core.at(2 * HOUR).time(2 * HOUR);
    assertTrue(core.events.stream().noneMatch(line -> line.contains("interest ")));
  }

  /** No price moves: the debt alone eats the equity up, and few intervals look at the account. */
  @Test
  void shouldLiquidateWhomInterestAloneBringsBelow() {
    indebted();
    assertEquals(ReasonCode.OK, core.interest(USD, i -> i.baseRateE10(80_000_000_000L)));
    final long examined = core.machine.marginExaminations();
    final int slot = risk.accountSlot(LONG);
    int hours = 0;
    while (core.events.stream().noneMatch(line -> line.contains("STARTED"))) {
      hours++;
      assertTrue(risk.marginBook().equityUnits(slot) >= risk.marginBook().maintenanceUnits(slot), "hour " + hours);
      core.at(hours * HOUR).time(hours * HOUR);
      assertTrue(hours < 3_000, "never");
    }
    final long looks = core.machine.marginExaminations() - examined;
    System.out.println("InterestFlowTest: " + hours + " hours, " + looks + " examinations");
    assertTrue(looks < hours / 3, hours + " hours, " + looks + " examinations");
    risk.assertConserved();
  }

  @Test
  void shouldLeaveNobodyInBreachAndGoOnTheSameAfterARestore() {
    int liquidated = 0;
    for (long seed = 1; seed <= 3; seed++) {
      final List<String> whole = new InterestFlowTest().run(seed, 0);
      assertEquals(whole, new InterestFlowTest().run(seed, 41), "seed " + seed);
      liquidated += (int) whole.stream().filter(line -> line.contains(" TAKEN_OVER ")).count();
    }
    assertTrue(liquidated > 10, "taken over " + liquidated);
  }

  private List<String> run(final long seed, final int restoreEvery) {
    final SplittableRandom random = new SplittableRandom(seed);
    desk.margin.price(PAIR, PriceSource.INDEX, 100);
    desk.margin.collateral(BTC, PAIR, 80_000_000);
    for (int i = 0; i < PEOPLE; i++) {
      desk.trader(LONG + i, MarginMode.CROSS, PositionMode.ONE_WAY, 1 + random.nextInt(100));
      core.deposit(LONG + i, BTC, 1 + random.nextInt(40));
    }
    assertEquals(ReasonCode.OK, core.interest(USD, i -> i.baseRateE10(40_000_000_000L)));
    assertEquals(ReasonCode.OK, core.interest(BTC, i -> i.baseRateE10(80_000_000_000L)));
    final List<String> told = new ArrayList<>();
    long timeNs = 1;
    for (int command = 0; command < 1_500; command++) {
      timeNs += random.nextLong(20 * HOUR);
      core.at(timeNs);
      act(random, timeNs);
      told.addAll(core.events);
      core.events.clear();
      if (0 != restoreEvery && 0 == command % restoreEvery) {
        core.restart();
      }
      assertNobodyInBreach("seed " + seed + ", command " + command);
      if (0 == command % 20) {
        core.machine.risk().assertConserved();
      }
    }
    return told;
  }

  private void act(final SplittableRandom random, final long timeNs) {
    final long account = LONG + random.nextInt(PEOPLE);
    switch (random.nextInt(8)) {
      case 0 -> desk.margin.mark(PERP, 90 + random.nextInt(21));
      case 1 -> desk.margin.price(PAIR, PriceSource.INDEX, 95 + random.nextInt(11));
      case 2 -> core.deposit(account, random.nextBoolean() ? USD : BTC, 1 + random.nextInt(4));
      case 3 -> core.time(timeNs);
      default -> desk.order(account, random.nextBoolean() ? Side.BUY : Side.SELL, 92 + random.nextInt(17),
          1 + random.nextInt(60));
    }
  }

  private void assertNobodyInBreach(final String at) {
    final RiskEngine now = core.machine.risk();
    for (int i = 0; i < PEOPLE; i++) {
      final int slot = now.accountSlot(LONG + i);
      final boolean isFlat = 0 == desk.margin.lots(LONG + i, PERP, PositionSide.NET);
      assertTrue(isFlat || core.machine.isLiquidationPaused(slot)
          || now.marginBook().equityUnits(slot) >= now.marginBook().maintenanceUnits(slot), at + ", account " + i);
    }
  }
}
