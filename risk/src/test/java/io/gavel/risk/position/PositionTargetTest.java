package io.gavel.risk.position;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.RiskWorld;
import io.gavel.risk.instrument.Instrument;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Goal: the tick of a target is the first, from the loser's end, at which closing leaves at least the target. Method:
 * random linear and inverse positions with fees; F-01 and F-02 solved for the price in decimals say where it lies to
 * within the rounding of whole units, and the results at that tick and at the one before it, in BigInteger, bound it.
 */
class PositionTargetTest {

  private static final int CASES = 20_000;
  private static final BigDecimal ONE_E8 = BigDecimal.valueOf(100_000_000);

  private final RiskEngine risk = RiskWorld.open();

  private Instrument contract(final int id, final InstrumentKind kind, final int feeE8) {
    RiskWorld.contract(risk, id, "C-" + id, c -> c.kind(kind).takerFeeE8(feeE8).makerFeeE8(0)
        .lotSizeE10(InstrumentKind.INVERSE_PERPETUAL == kind ? 1_000_000_000_000L : 1_000_000_000L));
    return Objects.requireNonNull(risk.instrument(id));
  }

  private static BigInteger result(final Instrument instrument, final long lots, final long cost, final int ticks) {
    final boolean owns = lots > 0 != instrument.isInverse();
    final BigInteger worth = BigInteger.valueOf(instrument.notionalUnits(ticks, Math.abs(lots)));
    final BigInteger fees = fee(instrument, worth).add(fee(instrument, BigInteger.valueOf(Math.abs(cost))));
    return (owns ? worth : worth.negate()).subtract(BigInteger.valueOf(cost)).subtract(fees);
  }

  private static BigInteger fee(final Instrument instrument, final BigInteger worth) {
    return new BigDecimal(worth.multiply(BigInteger.valueOf(instrument.takerFeeE8())))
        .divide(ONE_E8, 0, RoundingMode.CEILING).toBigInteger();
  }

  @Test
  void shouldFindTheFirstTickThatLeavesTheTarget() {
    final long seed = 20_261_120;
    System.out.println("seed " + seed);
    final Random random = new Random(seed);
    final Instrument[] instruments = {contract(2, InstrumentKind.LINEAR_PERPETUAL, 0),
        contract(3, InstrumentKind.LINEAR_PERPETUAL, 60_000), contract(4, InstrumentKind.INVERSE_PERPETUAL, 0),
        contract(5, InstrumentKind.INVERSE_PERPETUAL, 60_000)};
    int reachable = 0;
    for (int i = 0; i < CASES; i++) {
      final Instrument instrument = instruments[i % instruments.length];
      final long lots = (1 + random.nextInt(1_000)) * (random.nextBoolean() ? 1L : -1L);
      final int entry = 1 + random.nextInt(50_000);
      final long worth = instrument.notionalUnits(entry, Math.abs(lots));
      final long cost = lots > 0 != instrument.isInverse() ? worth : -worth;
      final long target = random.nextLong(Math.max(1, worth)) * (random.nextBoolean() ? 1 : -1);
      final int ticks = PositionTarget.ticks(instrument, lots, cost, target);
      final String text = instrument.id() + " lots " + lots + " entry " + entry + " target " + target;
      if (PositionTarget.NULL_TICKS == ticks) {
        final int best = lots > 0 ? Integer.MAX_VALUE - 1 : 1;
        assertTrue(result(instrument, lots, cost, best).compareTo(BigInteger.valueOf(target)) < 0, text);
        continue;
      }
      reachable++;
      assertTrue(result(instrument, lots, cost, ticks).compareTo(BigInteger.valueOf(target)) >= 0, text);
      final int worse = lots > 0 ? ticks - 1 : ticks + 1;
      assertTrue(0 == worse
          || result(instrument, lots, cost, worse).compareTo(BigInteger.valueOf(target)) < 0, text);
      if (!instrument.isInverse() && 0 == instrument.takerFeeE8()) {
        // F-01: Pm = Pe + s x target / (q x k).
        final BigDecimal perTick = BigDecimal.valueOf(Math.abs(lots) * instrument.quoteUnitsPerTickLot());
        final BigDecimal move = BigDecimal.valueOf(target).divide(perTick, 12, RoundingMode.HALF_EVEN);
        final BigDecimal price = BigDecimal.valueOf(entry).add(lots > 0 ? move : move.negate());
        assertEquals(price.setScale(0, lots > 0 ? RoundingMode.CEILING : RoundingMode.FLOOR).max(BigDecimal.ONE)
            .intValueExact(), ticks, text);
      }
    }
    assertTrue(reachable > CASES / 2, "only " + reachable);
  }

  @Test
  void shouldRoundAShareHalfUpAndKeepItWithinThePosition() {
    assertEquals(3, PositionTarget.shareLots(5, 50_000_000));
    assertEquals(0, PositionTarget.shareLots(0, 50_000_000));
    assertEquals(1, PositionTarget.shareLots(1, 1), "what protects does not vanish");
    assertEquals(5, PositionTarget.shareLots(5, 100_000_000));
    final Random random = new Random(7);
    for (int i = 0; i < CASES; i++) {
      final long lots = 1 + random.nextLong(0 == i % 2 ? 100 : Long.MAX_VALUE - 1);
      final int share = 1 + random.nextInt(100_000_000);
      final long expected = BigDecimal.valueOf(lots).multiply(BigDecimal.valueOf(share))
          .divide(ONE_E8, 0, RoundingMode.HALF_UP).longValueExact();
      assertEquals(Math.max(1, Math.min(lots, expected)), PositionTarget.shareLots(lots, share), lots + " x " + share);
    }
  }
}
