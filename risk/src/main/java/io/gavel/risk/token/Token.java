package io.gavel.risk.token;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.SetTokenDecoder;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/**
 * One leveraged token or synthetic asset: its terms, what it is worth at a price, how much of it is out, and what its
 * pool has. Values of a whole token are in quote units times 10^6, prices in mark units of the underlying. Read by
 * anybody on the engine's thread, changed by {@link TokenBook} and the desk alone.
 */
public final class Token {

  /** A price at which the value does not fit. */
  public static final long NO_NAV = -1;
  static final long NAV_SCALE = 1_000_000;

  private static final long ONE_E8 = 100_000_000;

  private final int instrumentId;
  private final int assetId;
  private final int quoteAssetId;
  private final boolean isLeveraged;
  /** Units of a whole token times the scale of its value. */
  private final long wholeE6;
  PriceSource source = PriceSource.MARK;
  int underlyingId;
  int feeE8;
  int dailyFeeE8;
  int skewE8;
  long leverageE8;
  long thresholdE8;
  long dailyTimeNs;
  long skewScaleUnits;
  long unitsMax;
  long collateralE8;
  /** A synthetic asset is worth price x numerator / divisor. */
  long numerator;
  long divisor = 1;
  /** A leveraged token's value and price at its last rebalance. */
  long navE6;
  long fromPriceUnits;
  /** A daily rebalance fell due while no price counted. */
  boolean isOverdue;
  long outsideUnits;
  private long units;
  private long poolUnits;
  private long shares;
  private long houseShares;
  private long epoch;

  Token(final int instrumentId, final int assetId, final int quoteAssetId, final boolean isLeveraged,
      final long wholeUnits) {
    this.instrumentId = instrumentId;
    this.assetId = assetId;
    this.quoteAssetId = quoteAssetId;
    this.isLeveraged = isLeveraged;
    wholeE6 = FixedPoint.multiply(wholeUnits, NAV_SCALE);
  }

  void terms(final SetTokenDecoder command, final int newUnderlyingId) {
    source = command.source();
    underlyingId = newUnderlyingId;
    feeE8 = command.feeE8();
    dailyFeeE8 = command.dailyFeeE8();
    skewE8 = command.skewE8();
    leverageE8 = command.leverageE8();
    thresholdE8 = command.thresholdE8();
    dailyTimeNs = command.dailyTimeNs();
    skewScaleUnits = command.skewScaleUnits();
    unitsMax = command.unitsMax();
    collateralE8 = command.collateralE8();
  }

  public int instrumentId() {
    return instrumentId;
  }

  /** The token itself. */
  public int assetId() {
    return assetId;
  }

  /** What it is paid in. */
  public int quoteAssetId() {
    return quoteAssetId;
  }

  public boolean isLeveraged() {
    return isLeveraged;
  }

  /** Whose price it follows. */
  public int underlyingId() {
    return underlyingId;
  }

  public PriceSource source() {
    return source;
  }

  public int feeE8() {
    return feeE8;
  }

  /** Of what holders are owed, that the pool must have for more to be issued. */
  public long collateralE8() {
    return collateralE8;
  }

  /** Most tokens that may be out; 0: no limit. */
  public long unitsMax() {
    return unitsMax;
  }

  /** Tokens that are out, in the house and outside of it: what the pool owes, by weight. */
  public long units() {
    return units;
  }

  /** Of these, tokens that have left the house. */
  public long outsideUnits() {
    return outsideUnits;
  }

  public long poolUnits() {
    return poolUnits;
  }

  /** Shares of all backers and of the house. */
  public long shares() {
    return shares;
  }

  /** Shares that no account has: what was in the pool before the first backer came. */
  public long houseShares() {
    return houseShares;
  }

  /** Grows when the shares of backers are void since the pool was short. */
  public long epoch() {
    return epoch;
  }

  /** What a whole token is worth at a price, or {@link #NO_NAV}; a leveraged one's value does not ask for rounding. */
  public long navE6(final long priceUnits, final Rounding rounding) {
    if (!isLeveraged) {
      return FixedPoint.mulDivFits(priceUnits, numerator, divisor, rounding)
          ? FixedPoint.mulDiv(priceUnits, numerator, divisor, rounding) : NO_NAV;
    }
    return TokenRebalance.fits(exposureE6(), fromPriceUnits, priceUnits)
        ? TokenRebalance.navAfter(navE6, exposureE6(), fromPriceUnits, priceUnits) : NO_NAV;
  }

  /** The market position behind a whole token at its last rebalance. */
  private long exposureE6() {
    return TokenRebalance.targetExposure(navE6, leverageE8);
  }

  long exposureE6(final long priceUnits) {
    return TokenRebalance.exposureAfter(exposureE6(), fromPriceUnits, priceUnits);
  }

  /** Whether {@link #worth} has an answer. */
  public boolean worthFits(final long tokenUnits, final long valueE6) {
    return FixedPoint.mulDivFits(tokenUnits, valueE6, wholeE6, Rounding.UP);
  }

  /** What so many tokens are worth when a whole one is worth so much. */
  public long worth(final long tokenUnits, final long valueE6, final Rounding rounding) {
    return FixedPoint.mulDiv(tokenUnits, valueE6, wholeE6, rounding);
  }

  /** As {@link #worth}, or the end of the range: for figures that are shown. */
  public long shown(final long tokenUnits, final long valueE6) {
    return worthFits(tokenUnits, valueE6) ? worth(tokenUnits, valueE6, Rounding.CEILING)
        : valueE6 < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }

  /** Premium on tokens that bring what is out to so many, rounded up; -1 when it does not fit. */
  public long premiumE8(final long unitsAfter) {
    if (0 == skewE8) {
      return 0;
    }
    return FixedPoint.mulDivFits(unitsAfter, skewE8, skewScaleUnits, Rounding.UP)
        ? FixedPoint.mulDiv(unitsAfter, skewE8, skewScaleUnits, Rounding.UP) : -1;
  }

  /** Tokens come into being for money that is in the pool now; below zero both go. */
  public void issue(final long tokenUnits, final long paidUnits) {
    units = FixedPoint.add(units, tokenUnits);
    poolUnits = FixedPoint.add(poolUnits, paidUnits);
  }

  /** A backer's money comes for new shares; below zero both go. */
  public void back(final long newShares, final long paidUnits) {
    shares = FixedPoint.add(shares, newShares);
    poolUnits = FixedPoint.add(poolUnits, paidUnits);
  }

  /** What is in the pool and nobody's before the first backer comes is the house's. */
  public void reserve(final long equityUnits) {
    if (0 == shares && equityUnits > 0) {
      shares = equityUnits;
      houseShares = equityUnits;
    }
  }

  /** The pool owes more than it has: what its backers had is gone. */
  public void voidShares() {
    shares = 0;
    houseShares = 0;
    epoch++;
  }

  void save(final SnapshotSink sink) {
    sink.putInt(instrumentId);
    sink.putInt(source.value());
    sink.putInt(underlyingId);
    sink.putInt(feeE8);
    sink.putInt(dailyFeeE8);
    sink.putInt(skewE8);
    sink.putInt(isOverdue ? 1 : 0);
    sink.putLong(leverageE8);
    sink.putLong(thresholdE8);
    sink.putLong(dailyTimeNs);
    sink.putLong(skewScaleUnits);
    sink.putLong(unitsMax);
    sink.putLong(collateralE8);
    sink.putLong(numerator);
    sink.putLong(divisor);
    sink.putLong(navE6);
    sink.putLong(fromPriceUnits);
    sink.putLong(outsideUnits);
    sink.putLong(units);
    sink.putLong(poolUnits);
    sink.putLong(shares);
    sink.putLong(houseShares);
    sink.putLong(epoch);
  }

  /** The instrument's id has been read. */
  void load(final SnapshotSource saved) {
    source = PriceSource.get((short) saved.getInt());
    underlyingId = saved.getInt();
    feeE8 = saved.getInt();
    dailyFeeE8 = saved.getInt();
    skewE8 = saved.getInt();
    isOverdue = 0 != saved.getInt();
    leverageE8 = saved.getLong();
    thresholdE8 = saved.getLong();
    dailyTimeNs = saved.getLong();
    skewScaleUnits = saved.getLong();
    unitsMax = saved.getLong();
    collateralE8 = saved.getLong();
    numerator = saved.getLong();
    divisor = saved.getLong();
    navE6 = saved.getLong();
    fromPriceUnits = saved.getLong();
    outsideUnits = saved.getLong();
    units = saved.getLong();
    poolUnits = saved.getLong();
    shares = saved.getLong();
    houseShares = saved.getLong();
    epoch = saved.getLong();
  }

  /** A share of an amount of quote units, rounded up. */
  public static long share(final long amountUnits, final long ratioE8) {
    return FixedPoint.mulDiv(amountUnits, ratioE8, ONE_E8, Rounding.UP);
  }

  /** Whether {@link #share} has an answer. */
  public static boolean shareFits(final long amountUnits, final long ratioE8) {
    return FixedPoint.mulDivFits(amountUnits, ratioE8, ONE_E8, Rounding.UP);
  }
}
