package io.gavel.risk.margin;

import io.gavel.codecs.InvariantViolation;
import io.gavel.codecs.sbe.ReasonCode;

/**
 * The figures of a {@link MarginSchedule} as they arrive, before anyone has looked at them: fill it, {@link #check} it,
 * then build the schedule. Rates are shares of the notional in 10^-8. A {@code STEP} table has up to
 * {@link #TIERS_MAX} tiers, the others one, whose rates are the base. Reused; one thread.
 */
public final class MarginTable {

  public static final int TIERS_MAX = 16;
  /** A rate of one: the whole notional. */
  public static final int ONE_E8 = 100_000_000;
  /** Leverage of one. */
  public static final int LEVERAGE_ONE_E2 = 100;

  private static final long LEVERAGE_PER_RATE = (long) ONE_E8 * LEVERAGE_ONE_E2;

  final long[] floorUnits = new long[TIERS_MAX];
  final int[] initialRateE8 = new int[TIERS_MAX];
  final int[] maintenanceRateE8 = new int[TIERS_MAX];
  int tierCount;
  MarginCurve curve = MarginCurve.STEP;
  int leverageMaxE2;
  long lotsPerSize;
  int initialSlopeE8;
  int maintenanceSlopeE8;
  long openInterestLowUnits;
  long openInterestHighUnits;
  private boolean full;

  /** Back to an empty table of the curve. */
  public void clear(final MarginCurve newCurve) {
    curve = newCurve;
    tierCount = 0;
    full = false;
    leverageMaxE2 = 0;
    lotsPerSize = 0;
    initialSlopeE8 = 0;
    maintenanceSlopeE8 = 0;
    openInterestLowUnits = 0;
    openInterestHighUnits = 0;
  }

  /**
   * Adds a tier: from {@code fromUnits} of notional these rates hold for what lies above it. With
   * {@code OPEN_INTEREST} the maintenance rate is a share of the initial requirement at the base rate.
   */
  public void tier(final long fromUnits, final int newInitialRateE8, final int newMaintenanceRateE8) {
    if (TIERS_MAX == tierCount) {
      full = true;
      return;
    }
    floorUnits[tierCount] = fromUnits;
    initialRateE8[tierCount] = newInitialRateE8;
    maintenanceRateE8[tierCount] = newMaintenanceRateE8;
    tierCount++;
  }

  /** No account may choose more than this; 0: what the lowest initial rate gives. */
  public void leverageMax(final int newLeverageMaxE2) {
    leverageMaxE2 = newLeverageMaxE2;
  }

  /** LINEAR and SQUARE_ROOT: what each unit of size (so many lots), or its root, adds to the rates. */
  public void slope(final long newLotsPerSize, final int newInitialSlopeE8, final int newMaintenanceSlopeE8) {
    lotsPerSize = newLotsPerSize;
    initialSlopeE8 = newInitialSlopeE8;
    maintenanceSlopeE8 = newMaintenanceSlopeE8;
  }

  /** OPEN_INTEREST: the initial rate climbs to one between these two notionals; a high of 0 switches it off. */
  public void openInterest(final long lowUnits, final long highUnits) {
    openInterestLowUnits = lowUnits;
    openInterestHighUnits = highUnits;
  }

  /** OK, or why no schedule can be made of this. */
  public ReasonCode check() {
    final boolean good = !full && tierCount > 0 && 0 == floorUnits[0]
        && (MarginCurve.STEP == curve || 1 == tierCount)
        && tiersRise() && slopesFit() && openInterestFits();
    if (!good) {
      return ReasonCode.MARGIN_TABLE_INVALID;
    }
    if (0 != leverageMaxE2 && leverageMaxE2 < LEVERAGE_ONE_E2) {
      return ReasonCode.MARGIN_TABLE_INVALID;
    }
    return leverageMaxE2 > leverageOfE2(initialRateE8[0]) ? ReasonCode.LEVERAGE_ABOVE_MAX : ReasonCode.OK;
  }

  /** The schedule of a table that {@link #check} found OK. */
  public MarginSchedule schedule() {
    final ReasonCode reason = check();
    if (ReasonCode.OK != reason) {
      throw new InvariantViolation("schedule of a table that is " + reason);
    }
    return new MarginSchedule(this);
  }

  /** The leverage whose initial requirement is this rate, rounded down. */
  static int leverageOfE2(final int rateE8) {
    return (int) Math.min(Integer.MAX_VALUE, LEVERAGE_PER_RATE / rateE8);
  }

  private boolean tiersRise() {
    for (int i = 0; i < tierCount; i++) {
      final boolean ratesFit = maintenanceRateE8[i] > 0 && initialRateE8[i] > 0 && initialRateE8[i] <= ONE_E8
          && maintenanceRateE8[i] <= (MarginCurve.OPEN_INTEREST == curve ? ONE_E8 : initialRateE8[i]);
      final boolean rises = 0 == i || (floorUnits[i] > floorUnits[i - 1]
          && initialRateE8[i] >= initialRateE8[i - 1] && maintenanceRateE8[i] >= maintenanceRateE8[i - 1]);
      if (!ratesFit || !rises) {
        return false;
      }
    }
    return true;
  }

  private boolean slopesFit() {
    final boolean bySize = MarginCurve.LINEAR == curve || MarginCurve.SQUARE_ROOT == curve;
    if (!bySize) {
      return 0 == lotsPerSize && 0 == initialSlopeE8 && 0 == maintenanceSlopeE8;
    }
    return lotsPerSize > 0 && maintenanceSlopeE8 >= 0 && initialSlopeE8 >= maintenanceSlopeE8
        && initialSlopeE8 <= ONE_E8;
  }

  private boolean openInterestFits() {
    if (MarginCurve.OPEN_INTEREST != curve || 0 == openInterestHighUnits) {
      return 0 == openInterestLowUnits && 0 == openInterestHighUnits;
    }
    return openInterestLowUnits >= 0 && openInterestHighUnits > openInterestLowUnits;
  }
}
