package io.gavel.risk.funding;

import static io.gavel.risk.funding.InterestCommands.HOUR_NS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetInterestEncoder;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.RiskWorld;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Goal: the curve, its ends, and numbers that do not fit. Method: figures worked out by hand. */
class InterestIndexTest {

  private static final int USDT = 2;
  private static final long YEAR_NS = 365 * 24 * HOUR_NS;

  private final RiskEngine risk = RiskWorld.open();
  private final InterestIndex interest = risk.interest();

  @Test
  void shouldFollowTheCurve() {
    assertEquals(200_000_000, rateE10(0, 100));
    assertEquals(600_000_000, rateE10(40, 100));
    assertEquals(1_000_000_000, rateE10(80, 100));
    assertEquals(6_000_000_000L, rateE10(90, 100));
    assertEquals(11_000_000_000L, rateE10(100, 100));
    assertEquals(11_000_000_000L, rateE10(101, 100));
    assertEquals(11_000_000_000L, rateE10(1, 0));
    assertEquals(200_000_000, rateE10(0, 0));
    // A third, rounded up: shares and rates alike.
    assertEquals(200_000_000 + 333_333_340, rateE10(1, 3));
  }

  private long rateE10(final long borrowed, final long deposits) {
    interest.set(InterestCommands.command(USDT, i -> { }), 0);
    interest.accrue(USDT, borrowed, deposits, HOUR_NS);
    return interest.rateE10(USDT);
  }

  @Test
  void shouldCostTheRateOfAYearInAYearAndKeepTheReserve() {
    interest.set(InterestCommands.command(USDT, i -> { }), 0);
    interest.accrue(USDT, 40_000, 100_000, YEAR_NS);

    assertEquals(60_000_000_000_000L, interest.borrowIndexE15(USDT));
    assertEquals(2_400, interest.interestUnits(USDT));
    assertEquals(21_600_000_000_000L, interest.depositIndexE15(USDT));
  }

  @Test
  void shouldCostNothingWhereItDoesNotFit() {
    interest.set(InterestCommands.command(USDT, i -> i.baseRateE10(100_000_000_000L).slopeE10(0).slopeAboveE10(0)), 0);
    interest.accrue(USDT, Long.MAX_VALUE, Long.MAX_VALUE, YEAR_NS);
    assertEquals(0, interest.borrowIndexE15(USDT));

    interest.accrue(USDT, 1, Long.MAX_VALUE, 200 * YEAR_NS);
    assertEquals(1_000 * InterestIndex.ONE_E15, interest.borrowIndexE15(USDT));
    for (int i = 2; i < 40; i++) {
      interest.accrue(USDT, 1, 1, 200 * YEAR_NS + i * 7L * YEAR_NS);
    }
    assertEquals(ReasonCode.OK, risk.deposit(11, USDT, 1_000_000, 0, 0));
    risk.assertConserved();
  }

  @Test
  void shouldStandStillWithoutAnIntervalAndSaveNothingBeforeTheFirst() {
    interest.accrue(USDT, 10, 10, YEAR_NS);
    assertEquals(0, interest.borrowIndexE15(USDT));

    interest.set(InterestCommands.command(USDT, i -> { }), YEAR_NS);
    interest.accrue(USDT, 1_000_000, 1_000_000, 2 * YEAR_NS);
    final long index = interest.borrowIndexE15(USDT);
    interest.set(InterestCommands.command(USDT, i -> i.intervalNs(0)), 2 * YEAR_NS);
    interest.accrue(USDT, 1_000_000, 1_000_000, 3 * YEAR_NS);

    assertEquals(index, interest.borrowIndexE15(USDT));
    assertEquals(1_100_000_000_000_000L, index);
  }

  @Test
  void shouldRefuseParametersThatMakeNoSense() {
    refused(ReasonCode.UNKNOWN_ASSET, i -> i.assetId(7));
    refused(ReasonCode.PARAMETERS_INVALID, i -> i.kinkE8(0));
    refused(ReasonCode.PARAMETERS_INVALID, i -> i.kinkE8(100_000_001));
    refused(ReasonCode.PARAMETERS_INVALID, i -> i.reserveE8(100_000_001));
    refused(ReasonCode.PARAMETERS_INVALID, i -> i.intervalNs(999_999_999));
    refused(ReasonCode.PARAMETERS_INVALID, i -> i.intervalNs(32 * 24 * HOUR_NS));
    refused(ReasonCode.PARAMETERS_INVALID, i -> i.slopeAboveE10(99_000_000_001L));
    refused(ReasonCode.PARAMETERS_INVALID, i -> i.baseRateE10(Long.MAX_VALUE));
    refused(ReasonCode.OK, i -> i.intervalNs(0).kinkE8(0));
  }

  private void refused(final ReasonCode code, final Consumer<SetInterestEncoder> change) {
    assertEquals(code, interest.check(InterestCommands.command(USDT, change)));
  }
}
