package io.gavel.risk.option;

/**
 * Where a calculated amount becomes a whole number of units: what is required is rounded up, what is credited down. The
 * result never passes {@link #UNITS_MAX}, so that sums of a few of them cannot wrap; a requirement beyond it is that
 * much, which nobody has.
 */
public final class MoneyEdge {

  /** Nobody has more. */
  public static final long UNITS_MAX = 1L << 60;

  private MoneyEdge() {
  }

  /** What must be there, of {@code amount} at {@code unitsPerOne}: rounded up. */
  public static long required(final double amount, final double unitsPerOne) {
    return bounded(StrictMath.ceil(checked(amount * unitsPerOne)));
  }

  /** What counts as there, of {@code amount} at {@code unitsPerOne}: rounded down. */
  public static long credited(final double amount, final double unitsPerOne) {
    return bounded(StrictMath.floor(checked(amount * unitsPerOne)));
  }

  private static double checked(final double units) {
    if (Double.isNaN(units)) {
      throw new IllegalArgumentException("not an amount: " + units);
    }
    return units;
  }

  private static long bounded(final double units) {
    return (long) Math.max(Math.min(units, UNITS_MAX), -UNITS_MAX);
  }
}
