package io.gavel.risk.limit;

import io.gavel.codecs.sbe.Side;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/**
 * A band around a mark that binds only what would trade beyond it: purchases above it and sales below it. What is
 * passive may rest as far away as it likes. Edges are rounded towards the mark. Pure.
 */
public final class PriceBand {

  private static final long ONE_E8 = 100_000_000;

  private PriceBand() {
  }

  public static long low(final long mark, final long bandE8) {
    return FixedPoint.mulDiv(mark, ONE_E8 - bandE8, ONE_E8, Rounding.CEILING);
  }

  public static long high(final long mark, final long bandE8) {
    return FixedPoint.mulDiv(mark, ONE_E8 + bandE8, ONE_E8, Rounding.FLOOR);
  }

  /** Whether a limit order may be taken. */
  public static boolean admits(final Side side, final long price, final long mark, final long bandE8) {
    return Side.BUY == side ? price <= high(mark, bandE8) : price >= low(mark, bandE8);
  }

  /** The limit that a market order gets. */
  public static long marketLimit(final Side side, final long mark, final long bandE8) {
    return Side.BUY == side ? high(mark, bandE8) : low(mark, bandE8);
  }
}
