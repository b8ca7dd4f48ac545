package io.gavel.risk.margin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The published examples of F-39 and F-40, the tiers against a sum unit by unit, and what is refused. */
class PortfolioChargesTest {

  private static final long ONE = 100_000_000;
  private static final long[] ENDS = {10_000, 70_000};
  private static final long[] TIMES = {ONE, 2 * ONE};

  @Test
  void shouldChargeTheMinimumByItsTiers() {
    final PortfolioCharges charges = new PortfolioCharges(new MinimumCharge(ENDS, TIMES));
    charges.spotUnits = 40_000;
    charges.minimumRawUnits = 30_000;

    assertEquals(50_000, charges.minimumUnits());
    assertEquals(50_000, charges.maintenanceUnits());
    assertEquals(65_000, charges.initialUnits());
  }

  @Test
  void shouldAddWhatIsNotTheWorstOfThree() {
    final PortfolioCharges charges = new PortfolioCharges(new MinimumCharge(ENDS, TIMES));
    charges.spotUnits = 100;
    charges.thetaUnits = 90;
    charges.extremeUnits = 120;
    charges.vegaUnits = 3;
    charges.basisUnits = 4;
    charges.rateUnits = 5;
    charges.borrowUnits = 1_000;
    charges.stableUnits = 2_000;

    assertEquals(132, charges.scenarioUnits());
    assertEquals(3_132, charges.maintenanceUnits());
    assertEquals(4_072, charges.initialUnits(), "4071.6 rounded up");
    charges.clear();
    assertEquals(0, charges.initialUnits());
    charges.vegaUnits = Long.MAX_VALUE;
    charges.basisUnits = Long.MAX_VALUE;
    assertEquals(Long.MAX_VALUE, charges.initialUnits());
  }

  @Test
  void shouldEqualASumUnitByUnit() {
    final Random random = new Random(39);
    for (int run = 0; run < 50; run++) {
      final long[] ends = {1 + random.nextInt(50), 60 + random.nextInt(50), 120 + random.nextInt(50)};
      final long[] times = {random.nextInt(3) * ONE, 3 * ONE, (3 + random.nextInt(9)) * ONE};
      final MinimumCharge charge = new MinimumCharge(ends, times);
      long sum = 0;
      for (int raw = 1; raw < 250; raw++) {
        int tier = 0;
        while (tier < 2 && raw > ends[tier]) {
          tier++;
        }
        sum += times[tier] / ONE;
        assertEquals(sum, charge.units(raw), "run " + run + ", raw " + raw);
      }
    }
    assertEquals(0, new MinimumCharge(ENDS, TIMES).units(-5));
    assertEquals(Long.MAX_VALUE, new MinimumCharge(ENDS, TIMES).units(Long.MAX_VALUE));
  }

  @Test
  void shouldRefuseTiersThatAreNone() {
    assertThrows(IllegalArgumentException.class, () -> new MinimumCharge(new long[0], new long[0]));
    assertThrows(IllegalArgumentException.class, () -> new MinimumCharge(ENDS, new long[] {ONE}));
    assertThrows(IllegalArgumentException.class, () -> new MinimumCharge(new long[] {5, 5}, TIMES));
    assertThrows(IllegalArgumentException.class, () -> new MinimumCharge(new long[] {0, 5}, TIMES));
    assertThrows(IllegalArgumentException.class, () -> new MinimumCharge(ENDS, new long[] {2 * ONE, ONE}));
    assertThrows(IllegalArgumentException.class, () -> new MinimumCharge(ENDS, new long[] {-1, ONE}));
  }

  @Test
  void shouldChargeContingenciesAsPublished() {
    assertEquals(10_000_000, PortfolioContingencies.shortOptionUnits(10, -20, 1_000_000), "0.1 BTC");
    assertEquals(0, PortfolioContingencies.shortOptionUnits(20, -20, 1_000_000));
    assertEquals(30_000_000, PortfolioContingencies.shortOptionUnits(-10, -20, 1_000_000));
    assertEquals(ONE, PortfolioContingencies.offsettingUnits(100 * ONE, -100 * ONE, 1_000_000), "1 BTC");
    assertEquals(0, PortfolioContingencies.offsettingUnits(100 * ONE, 5, 1_000_000));
    assertEquals(1, PortfolioContingencies.offsettingUnits(3, -1_000, 1_000_000), "0.03 units rounded up");
    assertEquals(BigInteger.valueOf(Long.MAX_VALUE / 100 + 1).longValueExact(),
        PortfolioContingencies.offsettingUnits(Long.MAX_VALUE, -Long.MAX_VALUE, 1_000_000));
  }
}
