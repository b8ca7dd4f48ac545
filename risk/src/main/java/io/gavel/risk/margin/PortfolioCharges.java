package io.gavel.risk.margin;

import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/**
 * How the nine charges of a risk unit become one requirement (F-39): the worst of price moves, decay and an extreme
 * move; on top of it vega, basis and rate; at least the minimum charge; then borrowing and the stablecoin. Units of one
 * asset, none negative. Reused: {@link #clear} and set again. Allocates nothing.
 */
public final class PortfolioCharges {

  private static final long INITIAL_TENTHS = 13;

  /** MR1: the worst of moves of spot by moves of volatility. */
  public long spotUnits;
  /** MR2: what a day's decay costs. */
  public long thetaUnits;
  /** MR3: volatility moving differently by expiry. */
  public long vegaUnits;
  /** MR4: forwards moving against each other. */
  public long basisUnits;
  /** MR5: interest rates. */
  public long rateUnits;
  /** MR6: an extreme move, its loss halved. */
  public long extremeUnits;
  /** MR7 as the size of the positions gives it, before its tiers. */
  public long minimumRawUnits;
  /** MR8: what was borrowed. */
  public long borrowUnits;
  /** MR9: stablecoins leaving their pegs. */
  public long stableUnits;

  private final MinimumCharge minimum;

  /** Charges with the tiers of the minimum. */
  public PortfolioCharges(final MinimumCharge minimum) {
    this.minimum = minimum;
  }

  /** Sets all to zero. */
  public void clear() {
    spotUnits = 0;
    thetaUnits = 0;
    vegaUnits = 0;
    basisUnits = 0;
    rateUnits = 0;
    extremeUnits = 0;
    minimumRawUnits = 0;
    borrowUnits = 0;
    stableUnits = 0;
  }

  /** {@code max(MR1, MR2, MR6) + MR3 + MR4 + MR5}. */
  public long scenarioUnits() {
    final long worst = Math.max(Math.max(spotUnits, thetaUnits), extremeUnits);
    return FixedPoint.addSaturating(FixedPoint.addSaturating(FixedPoint.addSaturating(worst, vegaUnits), basisUnits),
        rateUnits);
  }

  /** MR7 by its tiers. */
  public long minimumUnits() {
    return minimum.units(minimumRawUnits);
  }

  /** What must be there to stay. */
  public long maintenanceUnits() {
    return FixedPoint.addSaturating(FixedPoint.addSaturating(Math.max(scenarioUnits(), minimumUnits()), borrowUnits),
        stableUnits);
  }

  /** What must be there to open: 1.3 times as much. */
  public long initialUnits() {
    final long maintenance = maintenanceUnits();
    return FixedPoint.mulDivFits(maintenance, INITIAL_TENTHS, 10, Rounding.UP)
        ? FixedPoint.mulDiv(maintenance, INITIAL_TENTHS, 10, Rounding.UP) : Long.MAX_VALUE;
  }
}
