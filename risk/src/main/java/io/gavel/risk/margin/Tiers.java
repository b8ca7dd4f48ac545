package io.gavel.risk.margin;

import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;
import java.util.Arrays;

/**
 * Rates by tier of an amount, each for the part of the amount that lies in its tier: {@code rate x amount - cumulative
 * amount} (F-03), which is the same from both sides at an edge. Cumulative amounts are exact: whole units and a rest in
 * 10^-8. Rates may rise (requirements) or fall (haircuts). Immutable.
 */
public final class Tiers {

  private static final long ONE_E8 = MarginTable.ONE_E8;

  private final long[] floorUnits;
  private final int[] ratesE8;
  /** The cumulative amount of each tier, rounded down, and what it lost by that in 10^-8 of a unit. */
  private final long[] cumulativeUnits;
  private final int[] cumulativeRestE8;

  /** From tables that were checked: floors rise from 0, rates lie in 0 to one. Copies what it needs. */
  public Tiers(final long[] floorUnits, final int[] ratesE8, final int count) {
    this.floorUnits = Arrays.copyOf(floorUnits, count);
    this.ratesE8 = Arrays.copyOf(ratesE8, count);
    cumulativeUnits = new long[count];
    cumulativeRestE8 = new int[count];
    for (int i = 1; i < count; i++) {
      final int riseE8 = ratesE8[i] - ratesE8[i - 1];
      final long whole = FixedPoint.mulDiv(floorUnits[i], riseE8, ONE_E8, Rounding.FLOOR);
      final long restE8 = floorUnits[i] * riseE8 - whole * ONE_E8 + cumulativeRestE8[i - 1];
      cumulativeUnits[i] = cumulativeUnits[i - 1] + whole + restE8 / ONE_E8;
      cumulativeRestE8[i] = (int) (restE8 % ONE_E8);
    }
  }

  /** The amount times its rates, tier by tier, rounded up; the amount is at least 0. */
  public long requirementUnits(final long amountUnits) {
    return unrounded(amountUnits, indexOf(amountUnits), 1);
  }

  /** The amount times its rates, tier by tier, rounded down; the amount is at least 0. */
  public long creditUnits(final long amountUnits) {
    return unrounded(amountUnits, indexOf(amountUnits), 0);
  }

  /** F-03: the cumulative amount of the next tier, when its rate is so much higher; rounded down. */
  public static long nextCumulativeUnits(final long cumulativeUnits, final long floorUnits, final long riseE8) {
    return FixedPoint.add(cumulativeUnits, FixedPoint.mulDiv(floorUnits, riseE8, ONE_E8, Rounding.DOWN));
  }

  /** The tier an amount lies in; an edge belongs to the tier below it. */
  public int indexOf(final long amountUnits) {
    int index = floorUnits.length - 1;
    while (index > 0 && amountUnits <= floorUnits[index]) {
      index--;
    }
    return index;
  }

  public int count() {
    return floorUnits.length;
  }

  public long floorUnits(final int index) {
    return floorUnits[index];
  }

  public int rateE8(final int index) {
    return ratesE8[index];
  }

  /** What {@code rate x amount} is too much by in this tier; rounded down. */
  public long cumulativeUnits(final int index) {
    return cumulativeUnits[index];
  }

  /** The rest of the cumulative amount, in 10^-8 of a unit. */
  public int cumulativeRestE8(final int index) {
    return cumulativeRestE8[index];
  }

  /** The rest of the product is exact in 64 bits, since it is below 10^8 and both sides wrap alike. */
  private long unrounded(final long amountUnits, final int index, final int carry) {
    final long whole = FixedPoint.mulDiv(amountUnits, ratesE8[index], ONE_E8, Rounding.DOWN);
    final long restE8 = amountUnits * ratesE8[index] - whole * ONE_E8 - cumulativeRestE8[index];
    final long units = whole - cumulativeUnits[index];
    if (restE8 > 0) {
      return units + carry;
    }
    return 0 == restE8 || 1 == carry ? units : units - 1;
  }
}
