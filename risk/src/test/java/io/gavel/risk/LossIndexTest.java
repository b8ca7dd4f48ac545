package io.gavel.risk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.AccountKind;
import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.risk.funding.LossIndex;
import io.gavel.risk.ledger.SystemAccount;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Goal: a loss by index charges what a loop over all positions would, whoever is touched when, and nothing is lost.
 * Method: random positions that cancel out, random losses, random touches; beside it every position's share of every
 * loss in big integers.
 */
class LossIndexTest {

  private static final int PERP = 2;
  private static final int PEOPLE = 20;
  private static final long FIRST = 500;
  private static final int HOUSE = 0;
  private static final BigInteger ONE_E8 = BigInteger.valueOf(100_000_000);

  private final RiskEngine risk = RiskWorld.open();
  private final LossIndex losses = risk.losses();
  private final int[] positions = new int[PEOPLE];
  private final BigInteger[] owedE8 = new BigInteger[PEOPLE];
  private long collected;
  private long touches;

  LossIndexTest() {
    RiskWorld.contract(risk, PERP, "PERP", c -> c.kind(InstrumentKind.LINEAR_PERPETUAL).settleAssetId(RiskWorld.USDT));
    for (int i = 0; i < PEOPLE; i++) {
      assertEquals(ReasonCode.OK, risk.createAccount(FIRST + i, AccountKind.USER, 0, 0, 0, 0));
      assertEquals(ReasonCode.OK, risk.deposit(FIRST + i, RiskWorld.USDT, 1_000_000_000_000L, 0, 0));
      positions[i] = risk.openPosition(risk.accountSlot(FIRST + i), PERP, PositionSide.NET);
    }
    Arrays.fill(owedE8, BigInteger.ZERO);
  }

  @Test
  void shouldChargeWhatALoopWould() {
    final long seed = System.nanoTime();
    System.out.println("LossIndexTest seed " + seed);
    final SplittableRandom random = new SplittableRandom(seed);
    long paid = 0;
    for (int step = 0; step < 3_000; step++) {
      final String where = "seed " + seed + ", step " + step;
      if (0 == random.nextInt(4)) {
        final long loss = 1 + random.nextLong(1L << random.nextInt(30));
        final long borne = losses.borneUnits(PERP);
        lose(loss);
        paid += loss - (losses.borneUnits(PERP) - borne);
      } else {
        trade(random.nextInt(PEOPLE), random.nextInt(PEOPLE), 1 + random.nextLong(1L << random.nextInt(12)));
      }
      for (int i = 0; i < PEOPLE; i++) {
        assertEquals(units(i), losses.owedUnits(positions[i]), where + ", position " + i);
      }
      assertEquals(collected - paid - losses.borneUnits(PERP), risk.systemUnits(SystemAccount.SOCIALISED,
          RiskWorld.USDT), where);
      if (0 == step % 100) {
        risk.assertConserved();
      }
    }
    for (int i = 0; i < PEOPLE; i++) {
      touch(i);
      risk.touch(positions[i]);
      assertEquals(0, losses.owedUnits(positions[i]));
    }
    final long residue = risk.systemUnits(SystemAccount.SOCIALISED, RiskWorld.USDT) + losses.borneUnits(PERP);
    assertEquals(collected - paid, residue);
    // A touch rounds up by a unit; each loss by 10^-8 for each of less than 2 x 3,000 x 2,048 lots.
    assertTrue(residue >= 0 && residue <= touches + 1_000, "residue " + residue + ", touches " + touches);
    risk.assertConserved();
  }

  /** Of a loss of 100 with 7 lots long and 4 short (DRIFT-SOC-01); whoever the house is pays nothing. */
  @Test
  void shouldChargeBothSidesAndNotTheHouse() {
    trade(1, 2, 70);
    trade(3, HOUSE, 40);

    assertEquals(666_666_667, risk.shareLoss(positions[HOUSE], 1_200));

    assertEquals(467, losses.owedUnits(positions[1]));
    assertEquals(467, losses.owedUnits(positions[2]));
    assertEquals(267, losses.owedUnits(positions[3]));
    assertEquals(0, losses.owedUnits(positions[HOUSE]));
  }

  @Test
  void shouldLeaveWithTheHouseWhatNobodyCanBeCharged() {
    assertEquals(0, risk.shareLoss(positions[HOUSE], 5));
    trade(1, 2, 1);
    assertEquals(0, risk.shareLoss(positions[HOUSE], Long.MAX_VALUE));
    assertEquals(Long.MAX_VALUE, losses.borneUnits(PERP));
    assertEquals(0, losses.indexE8(PERP));
  }

  private void trade(final int buyer, final int seller, final long lots) {
    if (buyer != seller) {
      touch(buyer);
      touch(seller);
      risk.exchange(positions[seller], positions[buyer], lots, lots * 100_000, new FillSettlement());
    }
  }

  private void lose(final long units) {
    touch(HOUSE);
    risk.receiveFromHouse(risk.accountSlot(FIRST + HOUSE), RiskWorld.USDT, SystemAccount.SOCIALISED, units);
    BigInteger payingLots = BigInteger.ZERO;
    for (int i = 0; i < PEOPLE; i++) {
      payingLots = payingLots.add(HOUSE == i ? BigInteger.ZERO : lots(i));
    }
    final long charged = risk.shareLoss(positions[HOUSE], units);
    if (0 == payingLots.signum()) {
      assertEquals(0, charged);
      return;
    }
    final BigInteger rise = ceil(BigInteger.valueOf(units).multiply(ONE_E8), payingLots);
    assertEquals(rise.longValueExact(), charged);
    for (int i = 0; i < PEOPLE; i++) {
      owedE8[i] = HOUSE == i ? BigInteger.ZERO : owedE8[i].add(lots(i).multiply(rise));
    }
  }

  private BigInteger lots(final int i) {
    return BigInteger.valueOf(risk.contracts().lots(positions[i])).abs();
  }

  private long units(final int i) {
    return ceil(owedE8[i], ONE_E8).longValueExact();
  }

  private static BigInteger ceil(final BigInteger value, final BigInteger divisor) {
    return value.add(divisor).subtract(BigInteger.ONE).divide(divisor);
  }

  private void touch(final int i) {
    touches += 0 == units(i) ? 0 : 1;
    collected += units(i);
    owedE8[i] = BigInteger.ZERO;
  }
}
