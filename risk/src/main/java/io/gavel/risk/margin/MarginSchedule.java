package io.gavel.risk.margin;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;
import java.util.Objects;

/**
 * What a position of one instrument must be backed with: a pure function of its notional (in units of the settle
 * asset), its lots and the market's open interest. Four curves: step tiers with cumulative amounts (F-03), linear in
 * the size (F-04), in the square root of the size (F-06), scaled by open interest (F-05).
 *
 * <p>Requirements are rounded up once, never fall as a position grows, and the initial one is never below the
 * maintenance one. Signs of notionals and lots do not matter. No rate exceeds one, so no requirement exceeds the
 * notional and nothing overflows; products have 128 bits. Immutable, so any thread may read it; allocates nothing.
 */
public final class MarginSchedule {

  private static final long ONE_E8 = MarginTable.ONE_E8;

  private final MarginCurve curve;
  private final int leverageMaxE2;
  private final Tiers initial;
  private final Tiers maintenance;
  private final long lotsPerSize;
  private final int initialSlopeE8;
  private final int maintenanceSlopeE8;
  private final long openInterestLowUnits;
  private final long openInterestHighUnits;

  MarginSchedule(final MarginTable table) {
    curve = table.curve;
    leverageMaxE2 = 0 == table.leverageMaxE2
        ? MarginTable.leverageOfE2(table.initialRateE8[0]) : table.leverageMaxE2;
    initial = new Tiers(table.floorUnits, table.initialRateE8, table.tierCount);
    maintenance = new Tiers(table.floorUnits, table.maintenanceRateE8, table.tierCount);
    lotsPerSize = table.lotsPerSize;
    initialSlopeE8 = table.initialSlopeE8;
    maintenanceSlopeE8 = table.maintenanceSlopeE8;
    openInterestLowUnits = table.openInterestLowUnits;
    openInterestHighUnits = table.openInterestHighUnits;
  }

  /** Reads what {@link #save} wrote. */
  public static MarginSchedule load(final SnapshotSource source) {
    final MarginTable table = new MarginTable();
    table.clear(Objects.requireNonNull(MarginCurve.of(source.getInt()), "curve"));
    table.leverageMax(source.getInt());
    final int tierCount = source.getInt();
    for (int i = 0; i < tierCount; i++) {
      table.tier(source.getLong(), source.getInt(), source.getInt());
    }
    table.slope(source.getLong(), source.getInt(), source.getInt());
    table.openInterest(source.getLong(), source.getLong());
    return table.schedule();
  }

  public void save(final SnapshotSink sink) {
    sink.putInt(curve.code());
    sink.putInt(leverageMaxE2);
    sink.putInt(initial.count());
    for (int i = 0; i < initial.count(); i++) {
      sink.putLong(initial.floorUnits(i));
      sink.putInt(initial.rateE8(i));
      sink.putInt(maintenance.rateE8(i));
    }
    sink.putLong(lotsPerSize);
    sink.putInt(initialSlopeE8);
    sink.putInt(maintenanceSlopeE8);
    sink.putLong(openInterestLowUnits);
    sink.putLong(openInterestHighUnits);
  }

  /** What must be there to open or to add; {@code leverageE2} is the account's choice, 0: none. */
  public long initialUnits(
      final long notionalUnits, final long lots, final long openInterestUnits, final int leverageE2) {
    final long notional = magnitude(notionalUnits);
    final long byCurve = byCurve(initial, initialSlopeE8, notional, lots, openInterestUnits);
    if (0 == leverageE2) {
      return byCurve;
    }
    return Math.max(byCurve,
        FixedPoint.mulDiv(notional, MarginTable.LEVERAGE_ONE_E2, leverageE2, Rounding.CEILING));
  }

  /** What must stay; an account below it is liquidated. Does not depend on open interest. */
  public long maintenanceUnits(final long notionalUnits, final long lots) {
    final long notional = magnitude(notionalUnits);
    if (MarginCurve.OPEN_INTEREST == curve) {
      return OpenInterestMargin.maintenance(notional, initial.rateE8(0), maintenance.rateE8(0), ONE_E8);
    }
    return byCurve(maintenance, maintenanceSlopeE8, notional, lots, 0);
  }

  /** OK, or why an account may not choose this leverage; 0 is no choice. */
  public ReasonCode leverageReason(final int leverageE2) {
    if (0 == leverageE2) {
      return ReasonCode.OK;
    }
    if (leverageE2 < MarginTable.LEVERAGE_ONE_E2) {
      return ReasonCode.OUT_OF_RANGE;
    }
    return leverageE2 > leverageMaxE2 ? ReasonCode.LEVERAGE_ABOVE_MAX : ReasonCode.OK;
  }

  /** The greatest leverage an account may choose, whatever its size. */
  public int leverageMaxE2() {
    return leverageMaxE2;
  }

  /** The greatest leverage at this notional: what the initial rate of its tier leaves. */
  public int leverageMaxE2(final long notionalUnits, final long lots, final long openInterestUnits) {
    final long rateE8 = MarginCurve.STEP == curve
        ? initial.rateE8(initial.indexOf(magnitude(notionalUnits)))
        : rateE8(initial.rateE8(0), initialSlopeE8, magnitude(lots), openInterestUnits);
    return Math.min(leverageMaxE2, MarginTable.leverageOfE2((int) rateE8));
  }

  /** The greatest rise of the maintenance requirement per unit of notional, at any size. */
  public int maintenanceRateMaxE8() {
    return maintenanceRateMaxE8(Long.MAX_VALUE);
  }

  /** The greatest rise of the maintenance requirement per unit of notional while the position has these lots. */
  public int maintenanceRateMaxE8(final long lots) {
    if (MarginCurve.OPEN_INTEREST == curve) {
      return (int) FixedPoint.mulDiv(initial.rateE8(0), maintenance.rateE8(0), ONE_E8, Rounding.CEILING);
    }
    return (int) (MarginCurve.STEP == curve ? maintenance.rateE8(maintenance.count() - 1)
        : rateE8(maintenance.rateE8(0), maintenanceSlopeE8, magnitude(lots), 0));
  }

  /**
   * A bound on how much the maintenance requirement of these lots can rise while their notional rises by so much: the
   * promise that a watch builds on. At least zero; never more than one unit above the true rise of a straight line.
   */
  public long maintenanceRiseMaxUnits(final long notionalRiseUnits, final long lots) {
    if (notionalRiseUnits <= 0) {
      return 0;
    }
    final long rise =
        FixedPoint.mulDiv(notionalRiseUnits, maintenanceRateMaxE8(lots), ONE_E8, Rounding.CEILING);
    return MarginCurve.OPEN_INTEREST == curve ? FixedPoint.addSaturating(rise, 1) : rise;
  }

  public MarginCurve curve() {
    return curve;
  }

  /** The tiers of the maintenance requirement; one with a floor of zero unless the curve is STEP. */
  public Tiers maintenanceTiers() {
    return maintenance;
  }

  private long byCurve(
      final Tiers tiers, final int slopeE8, final long notional, final long lots, final long openInterestUnits) {
    if (MarginCurve.STEP == curve) {
      return tiers.requirementUnits(notional);
    }
    final long rateE8 = rateE8(tiers.rateE8(0), slopeE8, magnitude(lots), openInterestUnits);
    return FixedPoint.mulDiv(notional, rateE8, ONE_E8, Rounding.CEILING);
  }

  private long rateE8(final int baseE8, final int slopeE8, final long lots, final long openInterestUnits) {
    return switch (curve) {
      case LINEAR -> SizeRate.linear(baseE8, slopeE8, lots, lotsPerSize, ONE_E8);
      case SQUARE_ROOT -> SizeRate.squareRoot(baseE8, slopeE8, lots, lotsPerSize, ONE_E8);
      case OPEN_INTEREST -> OpenInterestMargin.rate(
          baseE8, magnitude(openInterestUnits), openInterestLowUnits, openInterestHighUnits, ONE_E8);
      default -> baseE8;
    };
  }

  private static long magnitude(final long value) {
    return Long.MIN_VALUE == value ? Long.MAX_VALUE : Math.abs(value);
  }
}
