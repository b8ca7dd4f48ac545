package io.gavel.risk;

import static io.gavel.risk.RiskWorld.ALICE;
import static io.gavel.risk.RiskWorld.BASE_PER_LOT;
import static io.gavel.risk.RiskWorld.BOB;
import static io.gavel.risk.RiskWorld.BTC;
import static io.gavel.risk.RiskWorld.CAROL;
import static io.gavel.risk.RiskWorld.QUOTE_PER_TICK_LOT;
import static io.gavel.risk.RiskWorld.USDT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Side;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Goal: an account that puts in all it has is never short, however its order is cut. Method: an order of 5,000 lots
 * that holds the last unit of its account is filled lot by lot, in the role of maker and of taker by turns, at rates
 * that leave a remainder with every fill; in the end each role has paid the ceiling of its rate times what it traded.
 */
class AllInFillsTest {

  private static final int LOTS = 5_000;
  private static final int LIMIT_TICKS = 643_217;
  private static final long SEED = 5_000L;

  @ParameterizedTest
  @CsvSource({
      "BUY,  QUOTE, 12345,    67891,    false", "SELL, QUOTE, 12345,    67891,    false",
      "BUY,  BASE,  12345,    67891,    false", "SELL, BASE,  12345,    67891,    false",
      "BUY,  QUOTE, 1,        1,        true",  "SELL, BASE,  1,        1,        true",
      "BUY,  QUOTE, -3333,    77777,    true",  "SELL, BASE,  -3333,    77777,    true",
      "BUY,  QUOTE, 99999999, 33333333, true",  "SELL, BASE,  33333333, 99999999, true",
      "BUY,  QUOTE, 77777,    -3333,    true",  "SELL, BASE,  77777,    -3333,    true",
      "BUY,  QUOTE, 0,        0,        true",  "SELL, BASE,  0,        0,        true",
      "BUY,  BASE,  99999999, 99999999, false", "SELL, QUOTE, 99999999, 99999999, false",
  })
  void shouldFillFiveThousandSingleLotsOutOfItsHold(
      final Side side, final FeeAsset feeAsset, final int makerE8, final int takerE8, final boolean betterPrices) {
    System.out.println("AllInFillsTest seed " + SEED);
    final RiskWorld world = new RiskWorld(c -> c.makerFeeE8(makerE8).takerFeeE8(takerE8).feeAsset(feeAsset));
    final int held = Side.SELL == side ? BTC : USDT;
    final long allUnits = fundToTheLastUnit(world, side, held);
    final int order = world.reserved(world.limit(ALICE, side, LIMIT_TICKS, LOTS));
    assertEquals(0, world.free(ALICE, held));

    final SplittableRandom random = new SplittableRandom(SEED);
    final BigInteger[] tradedByRole = {BigInteger.ZERO, BigInteger.ZERO};
    final BigInteger[] paidByRole = {BigInteger.ZERO, BigInteger.ZERO};
    for (int lot = 0; lot < LOTS; lot++) {
      final int better = betterPrices ? random.nextInt(100_000) : 0;
      final int priceTicks = Side.BUY == side ? LIMIT_TICKS - better : LIMIT_TICKS + better;
      final int role = random.nextInt(2);
      final FillSettlement fill = fillOneLot(world, order, side, 1 == role, priceTicks);
      final long basisUnits = FeeAsset.BASE == feeAsset ? fill.baseUnits : fill.notionalUnits;
      tradedByRole[role] = tradedByRole[role].add(BigInteger.valueOf(basisUnits));
      paidByRole[role] =
          paidByRole[role].add(BigInteger.valueOf(1 == role ? fill.takerFeeUnits : fill.makerFeeUnits));
      assertTrue(world.risk.reservedUnits(order) >= 0);
    }

    assertEquals(ceiling(makerE8, tradedByRole[0]), paidByRole[0]);
    assertEquals(ceiling(takerE8, tradedByRole[1]), paidByRole[1]);
    assertEquals(paidByRole[0].add(paidByRole[1]).longValueExact(), world.risk.reservationFeeUnits(order));
    assertEquals(0, world.risk.reservedUnits(order));
    assertEquals(0, world.held(ALICE, held));
    assertTrue(world.free(ALICE, held) <= allUnits);
    world.risk.release(order);
    world.risk.assertConserved();
  }

  /** Deposits until the order is let in: one unit less and it is not. */
  private static long fundToTheLastUnit(final RiskWorld world, final Side side, final int held) {
    final long notionalUnits = Side.SELL == side ? LOTS * BASE_PER_LOT : (long) LIMIT_TICKS * LOTS * QUOTE_PER_TICK_LOT;
    world.deposit(ALICE, held, notionalUnits - 1);
    assertEquals(ReasonCode.INSUFFICIENT_BALANCE, world.accept(world.limit(ALICE, side, LIMIT_TICKS, LOTS)));
    world.deposit(CAROL, held, 3 * notionalUnits);
    assertEquals(ReasonCode.OK, world.accept(world.limit(CAROL, side, LIMIT_TICKS, LOTS)));
    final long neededUnits = world.risk.reservedUnits(world.request.reservation);
    world.risk.release(world.request.reservation);
    if (neededUnits > notionalUnits) {
      world.deposit(ALICE, held, neededUnits - notionalUnits);
      assertEquals(ReasonCode.INSUFFICIENT_BALANCE, world.accept(world.limit(ALICE, side, LIMIT_TICKS, LOTS)));
    }
    world.deposit(ALICE, held, 1);
    return neededUnits;
  }

  private static FillSettlement fillOneLot(
      final RiskWorld world, final int order, final Side side, final boolean taker, final int priceTicks) {
    final Side other = Side.BUY == side ? Side.SELL : Side.BUY;
    world.deposit(BOB, BTC, 3 * BASE_PER_LOT).deposit(BOB, USDT, 3L * priceTicks * QUOTE_PER_TICK_LOT);
    final int opposite = world.reserved(world.limit(BOB, other, priceTicks, 1));
    final FillSettlement fill = taker
        ? world.settle(opposite, order, side, priceTicks, 1)
        : world.settle(order, opposite, other, priceTicks, 1);
    world.risk.release(opposite);
    return fill;
  }

  private static BigInteger ceiling(final int rateE8, final BigInteger tradedUnits) {
    final BigInteger[] parts =
        BigInteger.valueOf(rateE8).multiply(tradedUnits).divideAndRemainder(BigInteger.valueOf(100_000_000));
    return parts[1].signum() > 0 ? parts[0].add(BigInteger.ONE) : parts[0];
  }
}
