package io.gavel.risk.token;

import io.gavel.codecs.InvariantViolation;
import io.gavel.codecs.Invariants;
import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.PriceState;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetTokenDecoder;
import io.gavel.risk.instrument.Asset;
import io.gavel.risk.instrument.Assets;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.instrument.Instruments;
import io.gavel.risk.ledger.Ledger;
import io.gavel.risk.ledger.SystemAccount;
import io.gavel.risk.mark.Marks;
import io.gavel.risk.mark.PriceValidity;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;
import org.jspecify.annotations.Nullable;

/**
 * Leveraged tokens and synthetic assets, by instrument: what they follow and what they are worth (F-47). A price that
 * may not take a position away moves no value; only one that may raise buying power lets money move. Setting a token
 * for the first time allocates, nothing else does. One thread.
 */
public final class TokenBook implements StateOwner {

  /** Highest value of a whole token to begin with, and of a rebalance: ten-fold leverage on it still fits. */
  public static final long NAV_E6_MAX = 100_000_000_000_000_000L;
  private static final long ONE_E8 = 100_000_000;
  private static final long TEN_E8 = 10 * ONE_E8;
  private static final long HUNDRED_E8 = 100 * ONE_E8;
  private static final long DAY_NS = 86_400_000_000_000L;
  private static final int TEN_E10_LESS_E6 = 4;

  private final Assets assets;
  private final Instruments instruments;
  private final Ledger ledger;
  private final Marks marks;
  private final PriceValidity validity;
  private final @Nullable Token[] tokens;
  /** How many tokens follow a price of the instrument. */
  private final int[] followers;
  private final @Nullable Token[] byAsset;
  private int count;

  public TokenBook(final int assetsMax, final int instrumentsMax, final Assets assets, final Instruments instruments,
      final Ledger ledger, final Marks marks, final PriceValidity validity) {
    this.assets = assets;
    this.instruments = instruments;
    this.ledger = ledger;
    this.marks = marks;
    this.validity = validity;
    tokens = new Token[instrumentsMax + 1];
    followers = new int[instrumentsMax + 1];
    byAsset = new Token[assetsMax + 1];
  }

  /** Instruments are numbered below it. */
  public int capacity() {
    return tokens.length;
  }

  /** Whether there is any token. */
  public boolean isEmpty() {
    return 0 == count;
  }

  /** The token of an instrument, or null. */
  public @Nullable Token get(final int instrumentId) {
    return instrumentId < 1 || instrumentId >= tokens.length ? null : tokens[instrumentId];
  }

  /** The token that an asset is, or null. */
  public @Nullable Token ofAsset(final int assetId) {
    return byAsset[assetId];
  }

  /** Whether a token follows a price of the instrument. */
  public boolean isFollowed(final int underlyingId) {
    return followers[underlyingId] > 0;
  }

  /** Whether terms can be set so. No effect. */
  public ReasonCode check(final SetTokenDecoder command) {
    final Instrument instrument = instruments.get(command.instrumentId());
    if (null == instrument) {
      return ReasonCode.UNKNOWN_INSTRUMENT;
    }
    if (!instrument.isToken()) {
      return ReasonCode.TOKEN_NOT_SET;
    }
    final Instrument underlying =
        instruments.get(0 == command.underlyingId() ? command.instrumentId() : command.underlyingId());
    if (null == underlying) {
      return ReasonCode.UNKNOWN_INSTRUMENT;
    }
    final Token token = tokens[instrument.id()];
    final boolean isLeveraged = isLeveraged(instrument);
    if (!numbersFit(command) || !(isLeveraged ? leveragedFits(command, underlying, token)
        : syntheticFits(command, instrument, underlying)) || !stateFits(command, instrument, underlying, token)) {
      return ReasonCode.TOKEN_TERMS_INVALID;
    }
    if (!isLeveraged) {
      return ReasonCode.OK;
    }
    final ReasonCode price = priceCode(underlying.id(), command.source());
    return ReasonCode.OK == price && null != token && 0 == command.navE6()
        && Token.NO_NAV == navIn(token) ? ReasonCode.AMOUNT_OVERFLOW : price;
  }

  /** Value that can be gone on from, at the price of now. */
  private long navIn(final Token token) {
    final long navE6 = token.navE6(priceUnits(token), Rounding.DOWN);
    return navE6 > NAV_E6_MAX ? Token.NO_NAV : navE6;
  }

  private static boolean isLeveraged(final Instrument instrument) {
    return InstrumentKind.LEVERAGED_TOKEN == instrument.kind();
  }

  private static boolean numbersFit(final SetTokenDecoder command) {
    return (PriceSource.MARK == command.source() || PriceSource.INDEX == command.source())
        && command.feeE8() >= 0 && command.feeE8() < ONE_E8 && command.unitsMax() >= 0
        && command.collateralE8() >= 0 && command.collateralE8() <= HUNDRED_E8;
  }

  private static boolean leveragedFits(
      final SetTokenDecoder command, final Instrument underlying, final @Nullable Token token) {
    final boolean begins = null == token || 0 == token.units();
    return !underlying.isToken() && 0 != command.leverageE8() && command.leverageE8() >= -TEN_E8
        && command.leverageE8() <= TEN_E8 && command.thresholdE8() > ONE_E8 && command.thresholdE8() <= HUNDRED_E8
        && command.dailyTimeNs() >= 0 && command.dailyTimeNs() < DAY_NS
        && command.dailyFeeE8() >= 0 && command.dailyFeeE8() < ONE_E8
        && 0 == command.skewE8() && 0 == command.skewScaleUnits()
        && command.navE6() >= 0 && command.navE6() <= NAV_E6_MAX
        && (0 == command.navE6() ? null != token : begins);
  }

  private boolean syntheticFits(
      final SetTokenDecoder command, final Instrument instrument, final Instrument underlying) {
    return (!underlying.isToken() || underlying.id() == instrument.id())
        && underlying.quoteAssetId() == instrument.quoteAssetId()
        && 0 == command.navE6() && 0 == command.leverageE8() && 0 == command.thresholdE8()
        && 0 == command.dailyTimeNs() && 0 == command.dailyFeeE8()
        && command.skewE8() >= 0 && command.skewE8() <= ONE_E8
        && command.skewE8() > 0 == command.skewScaleUnits() > 0 && command.skewScaleUnits() >= 0
        && FixedPoint.productFits(underlying.tickSizeE10(), power(scaleOver(instrument)))
        && FixedPoint.productFits(underlying.markUnitsPerTick(), power(-scaleOver(instrument)));
  }

  /** A token is one instrument's, begins without any being out, and follows what it does while some are. */
  private boolean stateFits(final SetTokenDecoder command, final Instrument instrument, final Instrument underlying,
      final @Nullable Token token) {
    if (null == token) {
      return null == ofAsset(instrument.baseAssetId()) && 0 == ledger.issuedUnits(instrument.baseAssetId());
    }
    return 0 == token.units()
        || (token.underlyingId == underlying.id() && token.source == command.source());
  }

  /** Decimals of a quote unit above those that are left of a tick once values are kept times 10^6. */
  private int scaleOver(final Instrument instrument) {
    return asset(instrument.quoteAssetId()).scale() - TEN_E10_LESS_E6;
  }

  private static long power(final int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= 10;
    }
    return power;
  }

  private Asset asset(final int assetId) {
    final Asset asset = assets.get(assetId);
    if (null == asset) {
      throw new InvariantViolation("no asset " + assetId);
    }
    return asset;
  }

  /**
   * Sets what {@link #check} has passed. A leveraged token goes on from its value of now, or begins at the one named;
   * {@code out} tells its move to the new target.
   */
  public Token set(final SetTokenDecoder command, final Rebalanced out) {
    final int instrumentId = command.instrumentId();
    final Instrument instrument = instrument(instrumentId);
    Token token = tokens[instrumentId];
    if (null == token) {
      token = create(instrument);
      count++;
    } else {
      followers[token.underlyingId]--;
    }
    final int underlyingId = 0 == command.underlyingId() ? instrumentId : command.underlyingId();
    final boolean begins = 0 != command.navE6();
    final long priceUnits = marks.priceUnits(underlyingId, command.source());
    if (token.isLeveraged() && !begins) {
      before(token, priceUnits, out);
    }
    token.terms(command, underlyingId);
    followers[underlyingId]++;
    if (token.isLeveraged()) {
      if (begins) {
        token.isOverdue = false;
        token.navE6 = command.navE6();
        token.fromPriceUnits = priceUnits;
        before(token, priceUnits, out);
      }
      after(token, priceUnits, 0, out);
    } else {
      final Instrument underlying = instrument(underlyingId);
      token.numerator = underlying.tickSizeE10() * power(scaleOver(instrument));
      token.divisor = underlying.markUnitsPerTick() * power(-scaleOver(instrument));
    }
    return token;
  }

  private Token create(final Instrument instrument) {
    final Token token = new Token(instrument.id(), instrument.baseAssetId(), instrument.quoteAssetId(),
        isLeveraged(instrument), power(asset(instrument.baseAssetId()).scale()));
    tokens[instrument.id()] = token;
    byAsset[token.assetId()] = token;
    return token;
  }

  private Instrument instrument(final int instrumentId) {
    final Instrument instrument = instruments.get(instrumentId);
    if (null == instrument) {
      throw new InvariantViolation("no instrument " + instrumentId);
    }
    return instrument;
  }

  /** OK, or why no money moves at the price that the token follows. */
  public ReasonCode priceCode(final Token token) {
    return priceCode(token.underlyingId, token.source);
  }

  private ReasonCode priceCode(final int underlyingId, final PriceSource source) {
    final PriceState state = validity.state(underlyingId, source);
    if (PriceState.STALE == state) {
      return ReasonCode.PRICE_STALE;
    }
    return PriceState.VALID == state && 0 != marks.priceUnits(underlyingId, source)
        ? ReasonCode.OK : ReasonCode.NO_REFERENCE_PRICE;
  }

  /** The price that the token follows, whatever it counts for. */
  public long priceUnits(final Token token) {
    return marks.priceUnits(token.underlyingId, token.source);
  }

  /** As {@link #priceUnits}, rounded up. */
  public long ceilUnits(final Token token) {
    return marks.ceilUnits(token.underlyingId, token.source);
  }

  /** The value of a whole token at the last price that counted, for who looks at it; 0 before there is one. */
  public long shownNavE6(final Token token) {
    return Math.max(0, token.navE6(priceUnits(token), Rounding.DOWN));
  }

  /** The price that a rebalance may trust, or 0. */
  private long trustedUnits(final Token token) {
    final boolean counts = validity.state(token.underlyingId, token.source).value() >= PriceState.CLAMPED.value();
    return counts ? priceUnits(token) : 0;
  }

  /** The next time of day at which the token is rebalanced; Long.MAX_VALUE: never. */
  public static long nextNs(final Token token, final long nowNs) {
    if (!token.isLeveraged()) {
      return Long.MAX_VALUE;
    }
    final long sinceNs = Math.floorMod(nowNs - token.dailyTimeNs, DAY_NS);
    return nowNs > Long.MAX_VALUE - DAY_NS ? Long.MAX_VALUE : nowNs - sinceNs + DAY_NS;
  }

  /** The day is over for a token: it is rebalanced with the next price that counts. */
  public void dayOver(final Token token) {
    token.isOverdue = token.navE6 > 0;
  }

  /** Why the token must be rebalanced at the price of now, or OK when it need not or cannot be. */
  public ReasonCode due(final Token token) {
    final long price = trustedUnits(token);
    if (!token.isLeveraged() || 0 == token.navE6 || 0 == price) {
      return ReasonCode.OK;
    }
    final long navE6 = token.navE6(price, Rounding.DOWN);
    if (Token.NO_NAV == navE6 || navE6 > NAV_E6_MAX) {
      return ReasonCode.OK;
    }
    if (0 == navE6) {
      return ReasonCode.TOKEN_WIPED_OUT;
    }
    if (token.isOverdue) {
      return ReasonCode.TOKEN_DAILY;
    }
    return TokenRebalance.mustRebalance(navE6, token.exposureE6(price), token.leverageE8, token.thresholdE8)
        ? ReasonCode.TOKEN_THRESHOLD : ReasonCode.OK;
  }

  /** Brings a token that is {@link #due} back to its target. */
  public void rebalance(final Token token, final Rebalanced out) {
    final long price = trustedUnits(token);
    before(token, price, out);
    after(token, price, token.isOverdue ? token.dailyFeeE8 : 0, out);
    token.isOverdue = false;
  }

  private static void before(final Token token, final long priceUnits, final Rebalanced out) {
    final long exposureE6 = token.exposureE6(priceUnits);
    out.navBeforeE6 = token.navE6(priceUnits, Rounding.DOWN);
    out.leverageBeforeE8 = TokenRebalance.leverageE8(out.navBeforeE6, exposureE6);
    out.exposureBeforeUnits = token.shown(token.units(), exposureE6);
    out.fromPriceUnits = token.fromPriceUnits;
    out.priceUnits = priceUnits;
  }

  private static void after(final Token token, final long priceUnits, final int feeE8, final Rebalanced out) {
    token.navE6 = out.navBeforeE6 - Token.share(out.navBeforeE6, feeE8);
    token.fromPriceUnits = priceUnits;
    out.navE6 = token.navE6;
    out.exposureUnits = token.shown(token.units(), token.exposureE6(priceUnits));
    out.tradedUnits = FixedPoint.addSaturating(out.exposureUnits, -out.exposureBeforeUnits);
  }

  /**
   * Whether the pools of an asset are what the ledger says, and as many tokens are out as were paid for: what pools owe
   * is what holders can claim.
   */
  public void verify(final int quoteAssetId) {
    long poolUnits = 0;
    for (final Token token : tokens) {
      if (null != token && quoteAssetId == token.quoteAssetId()) {
        poolUnits += token.poolUnits();
        final long heldUnits = ledger.issuedUnits(token.assetId());
        Invariants.check(heldUnits + token.outsideUnits() == token.units() && token.poolUnits() >= 0,
            "holders have what the pool does not owe: token, units", token.assetId(), heldUnits);
      }
    }
    Invariants.check(poolUnits == ledger.systemUnits(SystemAccount.TOKENS, quoteAssetId),
        "pools of tokens and the ledger differ: asset, pools", quoteAssetId, poolUnits);
  }

  /** Tokens have left the house, or below zero come back to it. */
  public void moved(final int assetId, final long units) {
    final Token token = ofAsset(assetId);
    if (null != token) {
      token.outsideUnits += units;
    }
  }

  /** Whether so much of an asset can come from outside: of a token, what has left before. */
  public boolean canEnter(final int assetId, final long units) {
    final Token token = ofAsset(assetId);
    return null == token || units <= token.outsideUnits;
  }

  @Override
  public int componentId() {
    return 46;
  }

  @Override
  public String componentName() {
    return "tokens";
  }

  @Override
  public void save(final SnapshotSink sink) {
    if (0 == count) {
      return;
    }
    sink.putInt(count);
    for (final Token token : tokens) {
      if (null != token) {
        token.save(sink);
      }
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    count = source.getInt();
    for (int i = 0; i < count; i++) {
      final Token token = create(instrument(source.getInt()));
      token.load(source);
      followers[token.underlyingId]++;
    }
  }
}
