package io.gavel.risk.liquidation;

import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/**
 * Prices of inverse contracts, whose value in the settle asset is face over price (F-13, F-15): bankruptcy, where the
 * backing is gone, and liquidation, where it equals the maintenance requirement and the fee of the closing trade.
 * Values and backing are units of the settle asset, {@code settleScale} of which are one; faces and prices are units of
 * the quote. Long rounded up, short down; a short that is backed in full has none.
 */
public final class InversePrice {

  /** No price reaches it: the backing covers the whole value of a short. */
  public static final long NO_PRICE = -1;

  private static final long ONE_E8 = 100_000_000;

  private InversePrice() {
  }

  /** F-15, cross: {@code face (1 +- fee) / (value +- backing)}; with a fee of 0 also isolated. */
  public static long bankruptcy(
      final boolean isLong, final long face, final long value, final long backing, final long feeE8,
      final long settleScale) {
    final long worth = isLong ? FixedPoint.add(value, backing) : FixedPoint.add(value, -backing);
    if (worth <= 0) {
      return NO_PRICE;
    }
    final long withFee = FixedPoint.mulDiv(face, ONE_E8 + (isLong ? feeE8 : -feeE8), ONE_E8, up(isLong));
    return FixedPoint.mulDiv(withFee, settleScale, worth, up(isLong));
  }

  /**
   * F-13 and its cross form: {@code face / (value +- (backing - maintenance - fee))}, the fee being that of closing at
   * the bankruptcy price. With a fee of 0 and the initial margin as backing it is the isolated form.
   */
  public static long liquidation(
      final boolean isLong, final long face, final long value, final long backing, final long maintenance,
      final long feeE8, final long settleScale) {
    final long worth = isLong ? FixedPoint.add(value, backing) : FixedPoint.add(value, -backing);
    final long fee = worth <= 0 ? 0
        : FixedPoint.mulDiv(worth, feeE8, ONE_E8 + (isLong ? feeE8 : -feeE8), Rounding.UP);
    final long needed = FixedPoint.add(maintenance, fee);
    final long at = isLong ? FixedPoint.add(worth, -needed) : FixedPoint.add(worth, needed);
    return at <= 0 ? NO_PRICE : FixedPoint.mulDiv(face, settleScale, at, up(isLong));
  }

  /** F-15, isolated: {@code entry x leverage / (leverage +- 1)}. A short with a leverage of one has none. */
  public static long isolatedBankruptcy(final boolean isLong, final long entry, final long leverageE8) {
    final long divisor = isLong ? leverageE8 + ONE_E8 : leverageE8 - ONE_E8;
    return divisor <= 0 ? NO_PRICE : FixedPoint.mulDiv(entry, leverageE8, divisor, up(isLong));
  }

  /** F-14, linear and isolated: {@code entry (1 -+ 1 / leverage)}. */
  public static long linearBankruptcy(final boolean isLong, final long entry, final long leverageE8) {
    return FixedPoint.mulDiv(entry, isLong ? leverageE8 - ONE_E8 : leverageE8 + ONE_E8, leverageE8, up(isLong));
  }

  /** To the tick that protects the house: long up, short down. */
  public static long toTick(final boolean isLong, final long price, final long tick) {
    return FixedPoint.multiply(FixedPoint.divide(price, tick, up(isLong)), tick);
  }

  private static Rounding up(final boolean isLong) {
    return isLong ? Rounding.CEILING : Rounding.FLOOR;
  }
}
