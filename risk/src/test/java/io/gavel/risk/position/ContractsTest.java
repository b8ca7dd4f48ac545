package io.gavel.risk.position;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.RiskWorld;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.money.Rounding;
import java.math.BigInteger;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The book of positions against big integers. Accounts 0 to 2, instruments 2 to 4: linear, inverse, option. */
class ContractsTest {

  private static final long SEED = 20_261_120L;
  private static final int LINEAR = 2;
  private static final int INVERSE = 3;
  private static final int CALL = 4;
  private static final int BTC = 1;
  private static final int USDT = 2;

  private final RiskEngine risk = RiskWorld.open();
  private final Contracts contracts = risk.contracts();

  {
    RiskWorld.contract(risk, LINEAR, "BTC-PERP", c -> c.kind(InstrumentKind.LINEAR_PERPETUAL));
    RiskWorld.contract(risk, INVERSE, "BTC-INVERSE",
        c -> c.kind(InstrumentKind.INVERSE_PERPETUAL).lotSizeE10(10_000_000_000L));
    RiskWorld.contract(risk, CALL, "BTC-CALL", c -> c.kind(InstrumentKind.CALL_OPTION).strikeTicks(600_000)
        .expiryTimeNs(1_000));
  }

  @Test
  void shouldOpenAddReduceAndCross() {
    final int alice = contracts.open(0, LINEAR, PositionSide.NET);
    assertEquals(0, contracts.trade(alice, 10, 1_000));
    assertEquals(0, contracts.trade(alice, 30, 6_000));
    assertEquals(7_000, contracts.costUnits(alice));
    assertEquals(0, contracts.epoch(alice));

    assertEquals(250, contracts.trade(alice, -10, 2_000));
    assertEquals(5_250, contracts.costUnits(alice));
    assertEquals(30, contracts.openInterestLots(LINEAR));

    assertEquals(4_000 - 5_250, contracts.trade(alice, -60, 8_000), "half of the sale closes");
    assertEquals(-30, contracts.lots(alice));
    assertEquals(-4_000, contracts.costUnits(alice));
    assertEquals(1, contracts.epoch(alice));
    assertEquals(0, contracts.openInterestLots(LINEAR), "nobody is long yet");

    assertEquals(1_000, contracts.trade(alice, 30, 3_000), "a short that closed lower");
    assertEquals(2, contracts.epoch(alice));
    assertEquals(0, contracts.lots(alice));
    assertEquals(0, contracts.costUnits(alice));
  }

  @Test
  void shouldRoundTheCostOfWhatIsClosedAgainstTheAccount() {
    final int longLots = contracts.open(0, LINEAR, PositionSide.LONG);
    contracts.trade(longLots, 3, 100);
    assertEquals(34 - 34, contracts.trade(longLots, -1, 34), "a third of 100 counts as 34");

    final int shortLots = contracts.open(0, LINEAR, PositionSide.SHORT);
    contracts.trade(shortLots, -3, 100);
    assertEquals(33 - 34, contracts.trade(shortLots, 1, 34), "a third of 100 counts as 33");
  }

  /** F-02, a published example: long 1,000 contracts at 5,000, closed at 6,000: 0.2 less 0.16666666 BTC. */
  @Test
  void shouldRealiseInverseContractsInTheBaseAsset() {
    final Instrument inverse = Objects.requireNonNull(risk.instrument(INVERSE));
    assertEquals(20_000_000, inverse.valueUnits(50_000, 1_000));
    assertEquals(16_666_666, inverse.valueUnits(60_000, 1_000), "rounded down once");
    assertEquals(16_666_667, inverse.markValueUnits(60_000_00, 1_000, Rounding.UP));
    final int alice = contracts.open(0, INVERSE, PositionSide.NET);
    contracts.trade(alice, 1_000, inverse.valueUnits(50_000, 1_000));
    assertEquals(-20_000_000, contracts.costUnits(alice));
    assertEquals(3_333_334, contracts.trade(alice, -1_000, inverse.valueUnits(60_000, 1_000)));
  }

  @Test
  void shouldTellAnIndexPriceInItsOwnMarkUnits() {
    RiskWorld.contract(risk, 5, "BTC-COARSE", c -> c.kind(InstrumentKind.LINEAR_PERPETUAL)
        .tickSizeE10(5_000_000_000L).markUnitsPerTick(10).indexInstrumentId(LINEAR));
    final Instrument coarse = Objects.requireNonNull(risk.instrument(5));
    final Instrument index = Objects.requireNonNull(risk.instrument(LINEAR));
    assertEquals(60_000_0 * 2, coarse.markUnitsOf(index, 60_000_000), "60,000 in twentieths");
    assertEquals(1_200_000, coarse.markUnitsOf(index, 60_000_049), "rounded down");
    final Instrument fine = Objects.requireNonNull(risk.instrument(LINEAR));
    assertEquals(-1, fine.markUnitsOf(coarse, Long.MAX_VALUE), "beyond a long");
  }

  /** Random trades between three accounts: every figure against the model, and all of it together at zero. */
  @Test
  void shouldAgreeWithBigIntegersAndAddUpToZero() {
    System.out.println("ContractsTest seed " + SEED);
    final Random random = new Random(SEED);
    final BigInteger[][] lots = new BigInteger[3][5];
    final BigInteger[][] costs = new BigInteger[3][5];
    final long[][] epochs = new long[3][5];
    final BigInteger[] realised = {BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO};
    for (int account = 0; account < 3; account++) {
      for (int instrument = LINEAR; instrument <= CALL; instrument++) {
        lots[account][instrument] = BigInteger.ZERO;
        costs[account][instrument] = BigInteger.ZERO;
        contracts.open(account, instrument, PositionSide.NET);
      }
    }
    int flips = 0;
    for (int step = 0; step < 20_000; step++) {
      final int instrumentId = LINEAR + random.nextInt(3);
      final Instrument instrument = Objects.requireNonNull(risk.instrument(instrumentId));
      final int buyer = random.nextInt(3);
      final int seller = (buyer + 1 + random.nextInt(2)) % 3;
      final long traded = 1L + random.nextInt(0 == random.nextInt(3) ? 1_000 : 5);
      final long value = instrument.valueUnits(1 + random.nextInt(1_000_000), traded);
      for (final int account : new int[] {buyer, seller}) {
        final BigInteger signed = BigInteger.valueOf(account == buyer ? traded : -traded);
        final BigInteger added = BigInteger.valueOf((account == buyer) != instrument.isInverse() ? value : -value);
        final BigInteger old = lots[account][instrumentId];
        final BigInteger oldCost = costs[account][instrumentId];
        BigInteger profit = BigInteger.ZERO;
        if (old.signum() * signed.signum() < 0) {
          final BigInteger closing = old.abs().min(signed.abs());
          final BigInteger closedCost = ceil(oldCost.multiply(closing), old.abs());
          final BigInteger closedValue = ceil(added.multiply(closing), signed.abs());
          profit = closedCost.add(closedValue).negate();
          costs[account][instrumentId] = oldCost.subtract(closedCost).add(added).subtract(closedValue);
          epochs[account][instrumentId] += closing.equals(old.abs()) ? 1 : 0;
          flips += signed.abs().compareTo(old.abs()) > 0 ? 1 : 0;
        } else {
          costs[account][instrumentId] = oldCost.add(added);
        }
        lots[account][instrumentId] = old.add(signed);
        final int position = contracts.find(account, instrumentId, PositionSide.NET);
        assertEquals(profit.longValueExact(), contracts.trade(position, signed.longValue(), value));
        assertEquals(lots[account][instrumentId].longValueExact(), contracts.lots(position));
        assertEquals(costs[account][instrumentId].longValueExact(), contracts.costUnits(position));
        assertEquals(epochs[account][instrumentId], contracts.epoch(position));
        if (!instrument.isOption()) {
          realised[instrument.settleAssetId()] = realised[instrument.settleAssetId()].add(profit);
        }
      }
      assertEquals(0, contracts.netLots(instrumentId));
      assertEquals(realised[BTC].longValueExact(), contracts.netCostUnits(BTC));
      assertEquals(realised[USDT].longValueExact(), contracts.netCostUnits(USDT));
    }
    assertTrue(flips > 100, "crossings " + flips);
  }

  private static BigInteger ceil(final BigInteger dividend, final BigInteger divisor) {
    final BigInteger[] parts = dividend.divideAndRemainder(divisor);
    return parts[1].signum() > 0 ? parts[0].add(BigInteger.ONE) : parts[0];
  }
}
