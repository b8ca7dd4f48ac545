package io.gavel.risk.token;

import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/**
 * A leveraged token after a move of its market (F-47). Values in units, ratios and moves in 10^-8, leverages too;
 * values rounded down. Pure.
 */
public final class TokenRebalance {

  private static final long ONE_E8 = 100_000_000;

  private TokenRebalance() {
  }

  /** What the market position is worth at its target: leverage times net asset value. */
  public static long targetExposure(final long navUnits, final long leverageE8) {
    return FixedPoint.mulDiv(navUnits, leverageE8, ONE_E8, Rounding.DOWN);
  }

  /** The exposure after a move. */
  public static long exposureAfter(final long exposureUnits, final long moveE8) {
    return FixedPoint.add(exposureUnits, gain(exposureUnits, moveE8));
  }

  /** The net asset value after a move, not below zero: a holder owes nothing. */
  public static long navAfter(final long navUnits, final long exposureUnits, final long moveE8) {
    return Math.max(0, FixedPoint.add(navUnits, gain(exposureUnits, moveE8)));
  }

  /** What must be bought, or sold below zero, to be at the target again. */
  public static long trade(final long navUnits, final long exposureUnits, final long leverageE8) {
    return FixedPoint.add(targetExposure(navUnits, leverageE8), -exposureUnits);
  }

  /** Exposure over net asset value; the largest long when nothing is left. */
  public static long leverageE8(final long navUnits, final long exposureUnits) {
    return navUnits > 0 && FixedPoint.mulDivFits(exposureUnits, ONE_E8, navUnits, Rounding.FLOOR)
        ? FixedPoint.mulDiv(exposureUnits, ONE_E8, navUnits, Rounding.FLOOR) : Long.MAX_VALUE;
  }

  /** Whether the day's end is too far: the leverage has run past {@code thresholdE8} times its target. */
  public static boolean mustRebalance(
      final long navUnits, final long exposureUnits, final long leverageE8, final long thresholdE8) {
    final long limitE8 = FixedPoint.mulDiv(Math.abs(leverageE8), thresholdE8, ONE_E8, Rounding.DOWN);
    return leverageE8(navUnits, Math.abs(exposureUnits)) > limitE8;
  }

  /** The exposure after a move between two prices, exact but for its last unit. */
  public static long exposureAfter(final long exposureUnits, final long fromPrice, final long toPrice) {
    return FixedPoint.add(exposureUnits, gain(exposureUnits, fromPrice, toPrice));
  }

  /** As {@link #navAfter(long, long, long)}, between two prices. */
  public static long navAfter(
      final long navUnits, final long exposureUnits, final long fromPrice, final long toPrice) {
    return Math.max(0, FixedPoint.add(navUnits, gain(exposureUnits, fromPrice, toPrice)));
  }

  /** Whether what an exposure gains between two prices, and the exposure after it, are less than half a long. */
  public static boolean fits(final long exposureUnits, final long fromPrice, final long toPrice) {
    if (!FixedPoint.mulDivFits(exposureUnits, toPrice - fromPrice, fromPrice, Rounding.FLOOR)) {
      return false;
    }
    final long gain = gain(exposureUnits, fromPrice, toPrice);
    return gain > Long.MIN_VALUE / 2 && gain < Long.MAX_VALUE / 2;
  }

  private static long gain(final long exposureUnits, final long fromPrice, final long toPrice) {
    return FixedPoint.mulDiv(exposureUnits, toPrice - fromPrice, fromPrice, Rounding.FLOOR);
  }

  private static long gain(final long exposureUnits, final long moveE8) {
    return FixedPoint.mulDiv(exposureUnits, moveE8, ONE_E8, Rounding.FLOOR);
  }
}
