package io.gavel.risk;

import static io.gavel.risk.funding.InterestCommands.HOUR_NS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetInterestDecoder;
import io.gavel.risk.funding.InterestCommands;
import io.gavel.risk.ledger.SystemAccount;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Goal: two indexes charge and pay what a loop over all accounts at each interval does, to the unit, and no more is
 * paid than charged. Method: random loans, payments, deposits, withdrawals, intervals and terms against a model that
 * keeps each account's interest in parts of 10^15; a snapshot is loaded on the way and goes on instead.
 */
class InterestModelTest {

  private static final int USDT = RiskWorld.USDT;
  private static final BigInteger ONE_E15 = BigInteger.TEN.pow(15);
  private static final BigInteger ONE_E8 = BigInteger.TEN.pow(8);
  private static final BigInteger YEAR_NS = BigInteger.valueOf(365L * 24 * HOUR_NS);
  private static final long[] ACCOUNTS = {RiskWorld.ALICE, RiskWorld.BOB, RiskWorld.CAROL};

  private final long[] debt = new long[3];
  private final long[] free = new long[3];
  private final long[] held = new long[3];
  /** Interest since the account was settled last, in parts of 10^15 units. */
  private final BigInteger[] costs = {BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO};
  private final BigInteger[] earns = {BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO};
  private final BigInteger[] rates = new BigInteger[5];
  /** What a unit has brought so far; an index ends at 8,000. */
  private BigInteger brought = BigInteger.ZERO;
  private boolean bears;
  private long sinceNs;
  private long nowNs;
  private long charged;
  private long paid;
  private RiskEngine risk = new RiskWorld().risk;

  @Test
  void shouldChargeAndPayWhatALoopDoes() {
    for (long seed = 1; seed <= 20; seed++) {
      new InterestModelTest().run(seed, 600);
    }
  }

  @Test
  @Tag("soak")
  void shouldChargeAndPayWhatALoopDoesForLong() {
    for (long seed = 100; seed <= 400; seed++) {
      new InterestModelTest().run(seed, 2_000);
    }
  }

  private void run(final long seed, final int steps) {
    final SplittableRandom random = new SplittableRandom(seed);
    RiskWorld.contract(risk, 4, "BTC-PERPETUAL", c -> c.kind(InstrumentKind.LINEAR_PERPETUAL));
    for (int step = 0; step < steps; step++) {
      final String at = "seed " + seed + ", step " + step;
      if (step == steps / 2) {
        final RiskEngine loaded = new RiskEngine(100, 8, 8, 1_000, 1_000, 1_000);
        StateTape.copy(risk, loaded);
        assertEquals(StateTape.of(risk), StateTape.of(loaded), at);
        risk = loaded;
      }
      step(random, random.nextInt(3), 1 + random.nextLong(1L << random.nextInt(1, 44)), step);
      compare(at);
    }
    assertTrue(charged >= paid && paid > 0, "seed " + seed + ": charged " + charged + ", paid " + paid);
  }

  private void step(final SplittableRandom random, final int who, final long units, final int step) {
    switch (random.nextInt(8)) {
      case 0 -> {
        assertEquals(ReasonCode.OK, risk.deposit(ACCOUNTS[who], USDT, units, 0, 0));
        income(who, units);
      }
      case 1, 2 -> {
        risk.payHouse(who, USDT, SystemAccount.FEES, units);
        pay(who, units);
      }
      case 3 -> {
        risk.receiveFromHouse(who, USDT, SystemAccount.FEES, units);
        income(who, units);
      }
      case 4 -> hold(who, units, step + 1);
      case 5 -> setInterest(random);
      default -> {
        nowNs += HOUR_NS / 2 + random.nextLong(90 * HOUR_NS);
        interval();
        risk.settleInterest(USDT, nowNs);
      }
    }
  }

  /** All of it leaves, or comes back. */
  private void hold(final int who, final long units, final long holdId) {
    final long earned = earns[who].divide(ONE_E15).longValueExact();
    final ReasonCode code = risk.holdFunds(ACCOUNTS[who], USDT, units, holdId);
    assertEquals(units <= free[who] + earned ? ReasonCode.OK : ReasonCode.INSUFFICIENT_BALANCE, code);
    if (ReasonCode.OK != code) {
      return;
    }
    earn(who);
    free[who] -= units;
    held[who] += units;
    compare("held");
    if (0 == units % 2) {
      assertEquals(ReasonCode.OK, risk.settleHold(ACCOUNTS[who], holdId, units));
      held[who] -= units;
    } else {
      assertEquals(ReasonCode.OK, risk.releaseHold(ACCOUNTS[who], holdId));
      held[who] -= units;
      free[who] += units;
    }
  }

  private void setInterest(final SplittableRandom random) {
    final SetInterestDecoder command = InterestCommands.command(USDT, i -> i
        .intervalNs(0 == random.nextInt(4) ? 0 : HOUR_NS).baseRateE10(random.nextLong(1_000_000_000))
        .slopeE10(random.nextLong(10_000_000_000L)).slopeAboveE10(random.nextLong(50_000_000_000L))
        .kinkE8(1 + random.nextInt(100_000_000)).reserveE8(random.nextInt(100_000_001)));
    assertEquals(ReasonCode.OK, risk.interest().check(command));
    nowNs += random.nextLong(HOUR_NS);
    interval();
    risk.settleInterest(USDT, nowNs);
    risk.interest().set(command, nowNs);
    bears = 0 != command.intervalNs();
    sinceNs = nowNs;
    final long[] all = {command.baseRateE10(), command.slopeE10(), command.slopeAboveE10(), command.kinkE8(),
        command.reserveE8()};
    for (int i = 0; i < all.length; i++) {
      rates[i] = BigInteger.valueOf(all[i]);
    }
  }

  // ---- the loop

  private void interval() {
    if (!bears) {
      return;
    }
    final BigInteger elapsed = BigInteger.valueOf(nowNs - sinceNs);
    sinceNs = nowNs;
    BigInteger borrowed = BigInteger.ZERO;
    BigInteger deposits = BigInteger.ZERO;
    for (int i = 0; i < ACCOUNTS.length; i++) {
      borrowed = borrowed.add(BigInteger.valueOf(debt[i]));
      deposits = deposits.add(BigInteger.valueOf(free[i] + held[i]));
    }
    final BigInteger used = 0 == borrowed.signum() ? BigInteger.ZERO
        : 0 == deposits.signum() ? ONE_E8 : up(borrowed.multiply(ONE_E8), deposits).min(ONE_E8);
    BigInteger rate = rates[0].add(up(rates[1].multiply(used.min(rates[3])), rates[3]));
    if (used.compareTo(rates[3]) > 0) {
      rate = rate.add(up(rates[2].multiply(used.subtract(rates[3])), ONE_E8.subtract(rates[3])));
    }
    final BigInteger move = up(rate.multiply(BigInteger.valueOf(100_000)).multiply(elapsed), YEAR_NS);
    final BigInteger interest = borrowed.multiply(move).divide(ONE_E15);
    final BigInteger share = interest.multiply(ONE_E8.subtract(rates[4])).divide(ONE_E8);
    final BigInteger brings = (0 == deposits.signum() ? BigInteger.ZERO : share.multiply(ONE_E15).divide(deposits))
        .min(ONE_E15.multiply(BigInteger.valueOf(8_000)).subtract(brought));
    brought = brought.add(brings);
    for (int i = 0; i < ACCOUNTS.length; i++) {
      costs[i] = costs[i].add(move.multiply(BigInteger.valueOf(debt[i])));
      earns[i] = earns[i].add(brings.multiply(BigInteger.valueOf(free[i] + held[i])));
    }
  }

  private static BigInteger up(final BigInteger value, final BigInteger divisor) {
    return value.add(divisor).subtract(BigInteger.ONE).divide(divisor);
  }

  private void earn(final int who) {
    final long units = earns[who].divide(ONE_E15).longValueExact();
    earns[who] = BigInteger.ZERO;
    free[who] += units;
    paid += units;
  }

  private void cost(final int who) {
    final long units = up(costs[who], ONE_E15).longValueExact();
    costs[who] = BigInteger.ZERO;
    debt[who] += units;
    charged += units;
  }

  private void pay(final int who, final long units) {
    final long missing = units - free[who];
    if (missing > 0) {
      cost(who);
      debt[who] += missing;
      free[who] += missing;
    }
    earn(who);
    free[who] -= units;
  }

  private void income(final int who, final long units) {
    earn(who);
    free[who] += units;
    cost(who);
    final long back = Math.min(debt[who], Math.min(units, free[who]));
    debt[who] -= back;
    free[who] -= back;
  }

  // ---- both

  private void compare(final String at) {
    long owed = 0;
    BigInteger promised = BigInteger.ZERO;
    for (int i = 0; i < ACCOUNTS.length; i++) {
      final int balance = risk.ledger().find(i, USDT);
      assertEquals(free[i], risk.freeUnits(ACCOUNTS[i], USDT), at);
      assertEquals(held[i], risk.heldUnits(ACCOUNTS[i], USDT), at);
      assertEquals(debt[i] + up(costs[i], ONE_E15).longValueExact(), risk.debts().units(balance), at);
      assertEquals(earns[i].divide(ONE_E15).longValueExact(), risk.ledger().earnedUnits(balance), at);
      owed += risk.debts().units(balance);
      promised = promised.add(earns[i]);
    }
    // What is owed, and what the house has of it already, covers what lenders are still to get.
    final BigInteger house = BigInteger.valueOf(risk.systemUnits(SystemAccount.LENDING, USDT) + owed);
    assertTrue(house.multiply(ONE_E15).compareTo(promised) >= 0, at + ": " + house);
    risk.assertConserved();
  }
}
