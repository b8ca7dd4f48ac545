package io.gavel.risk.collateral;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.risk.margin.SizeRate;
import io.gavel.risk.margin.Tiers;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/**
 * What one asset is worth as collateral, and what a debt in it costs: weights by step of the value, worse with the
 * square root of the amount (F-06), scaled down while the house holds too much of the asset. Credits are rounded down
 * and never exceed the value; debts are rounded up, and one that does not fit saturates at the largest long, which no
 * account can back. Immutable, so any thread may read it; allocates nothing.
 */
public final class Haircuts {

  private static final long ONE_E8 = HaircutTable.ONE_E8;
  private static final long E8_PER_E6 = 100;
  /** No weight grows beyond it; any value times it is saturated long before. */
  private static final long WEIGHT_END_E8 = Long.MAX_VALUE / 4;

  private final Tiers tiers;
  private final int debtWeightE8;
  private final int factorE6;
  private final long amountPerSize;
  private final long concentrationStartUnits;

  Haircuts(final HaircutTable table) {
    tiers = new Tiers(table.floorUnits, table.weightE8, table.tierCount);
    debtWeightE8 = table.debtWeightE8;
    factorE6 = table.factorE6;
    amountPerSize = table.amountPerSize;
    concentrationStartUnits = table.concentrationStartUnits;
  }

  /** Reads what {@link #save} wrote. */
  public static Haircuts load(final SnapshotSource source) {
    final HaircutTable table = new HaircutTable();
    table.clear(source.getLong());
    table.debt(source.getInt());
    table.factor(source.getInt());
    table.concentrationStart(source.getLong());
    final int tierCount = source.getInt();
    for (int i = 0; i < tierCount; i++) {
      table.tier(source.getLong(), source.getInt());
    }
    return table.haircuts();
  }

  public void save(final SnapshotSink sink) {
    sink.putLong(amountPerSize);
    sink.putInt(debtWeightE8);
    sink.putInt(factorE6);
    sink.putLong(concentrationStartUnits);
    sink.putInt(tiers.count());
    for (int i = 0; i < tiers.count(); i++) {
      sink.putLong(tiers.floorUnits(i));
      sink.putInt(tiers.rateE8(i));
    }
  }

  /**
   * What {@code amountUnits} of the asset, worth {@code valueUnits}, count for. All are at least 0.
   *
   * @param depositsValueUnits what all accounts hold of the asset, for the concentration cap
   */
  public long creditUnits(final long valueUnits, final long amountUnits, final long depositsValueUnits) {
    final long stepped = tiers.creditUnits(valueUnits);
    final long credit = 0 == factorE6 ? stepped
        : Math.min(stepped, FixedPoint.mulDiv(valueUnits, rootWeightE8(amountUnits), ONE_E8, Rounding.DOWN));
    return SizeWeights.concentrated(credit, depositsValueUnits, concentrationStartUnits);
  }

  /** What a debt of {@code amountUnits}, worth {@code valueUnits}, must be backed with. Both are at least 0. */
  public long debtUnits(final long valueUnits, final long amountUnits) {
    final long weightE8 =
        SizeRate.squareRoot(debtWeightE8, factorE6 * E8_PER_E6, amountUnits, amountPerSize, WEIGHT_END_E8);
    return FixedPoint.mulDivFits(valueUnits, weightE8, ONE_E8, Rounding.CEILING)
        ? FixedPoint.mulDiv(valueUnits, weightE8, ONE_E8, Rounding.CEILING) : Long.MAX_VALUE;
  }

  /** Whether what it counts for falls with what all others have of it. */
  boolean isConcentrated() {
    return 0 != concentrationStartUnits;
  }

  /** No unit of value ever counts for more than this. */
  public int weightMaxE8() {
    return tiers.rateE8(0);
  }

  private long rootWeightE8(final long amountUnits) {
    return SizeWeights.assetAtMost(SizeRate.rootE5(amountUnits, amountPerSize), factorE6, tiers.rateE8(0), ONE_E8);
  }
}
