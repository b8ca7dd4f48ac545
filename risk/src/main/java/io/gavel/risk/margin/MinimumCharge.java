package io.gavel.risk.margin;

import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/**
 * A charge that grows faster the larger it is: each tier's multiplier applies to the part within the tier alone, the
 * last one to all beyond (MR7 of F-39). Immutable, so any thread may read it; exact; a charge beyond a long is the
 * largest long, which nobody has.
 */
public final class MinimumCharge {

  private final long[] upToUnits;
  private final long[] multipliersE8;

  /** Tiers by their upper ends, which must rise, and multipliers, which must not fall below those before. */
  public MinimumCharge(final long[] upToUnits, final long[] multipliersE8) {
    if (0 == upToUnits.length || upToUnits.length != multipliersE8.length) {
      throw new IllegalArgumentException("tiers: " + upToUnits.length + ", " + multipliersE8.length);
    }
    for (int i = 0; i < upToUnits.length; i++) {
      if (upToUnits[i] <= (0 == i ? 0 : upToUnits[i - 1])
          || multipliersE8[i] < (0 == i ? 0 : multipliersE8[i - 1]) || multipliersE8[i] > 100_000_000_000L) {
        throw new IllegalArgumentException("tier " + i + ": " + upToUnits[i] + ", " + multipliersE8[i]);
      }
    }
    this.upToUnits = upToUnits.clone();
    this.multipliersE8 = multipliersE8.clone();
  }

  /** The charge on a raw amount, rounded up once per tier. */
  public long units(final long rawUnits) {
    long charge = 0;
    long below = 0;
    for (int i = 0; i < upToUnits.length && rawUnits > below; i++) {
      final long end = i == upToUnits.length - 1 ? rawUnits : Math.min(rawUnits, upToUnits[i]);
      charge = FixedPoint.addSaturating(charge, ofPart(end - below, multipliersE8[i]));
      below = upToUnits[i];
    }
    return charge;
  }

  private static long ofPart(final long units, final long multiplierE8) {
    return FixedPoint.mulDivFits(units, multiplierE8, 100_000_000, Rounding.UP)
        ? FixedPoint.mulDiv(units, multiplierE8, 100_000_000, Rounding.UP) : Long.MAX_VALUE;
  }
}
