package io.gavel.engine;

import io.gavel.codecs.DecimalText;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RedeemTokenEncoder;
import io.gavel.codecs.sbe.SetTokenEncoder;
import io.gavel.codecs.sbe.SubscribeTokenEncoder;
import io.gavel.engine.ring.Ingress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Leveraged tokens and synthetic assets: their terms, their holders, and who backs the pools they are given out
 * against. The instrument's base asset is the token, its quote asset what it is paid in; in its book tokens trade as in
 * spot. Every method answers a position in the ring, or a negative code; what does not fit throws
 * {@link RefusedException} before anything is sent. Any thread; takes a lock.
 */
public final class Tokens extends Facade {

  private static final int E8_SCALE = 8;
  private static final long NAV_SCALE = 1_000_000;

  private final SetTokenEncoder terms = new SetTokenEncoder();
  private final SubscribeTokenEncoder subscribe = new SubscribeTokenEncoder();
  private final RedeemTokenEncoder redeem = new RedeemTokenEncoder();

  Tokens(final Directory directory, final Ingress ingress) {
    super(directory, ingress);
  }

  /** What a token follows, and how; a leveraged one begins, or goes on, at the price of now. */
  public synchronized long terms(final String instId, final Consumer<TokenTicket> fill) {
    final TokenTicket ticket = new TokenTicket();
    fill.accept(ticket);
    final Directory.InstrumentEntry instrument = directory.requireInstrument(instId);
    final Directory.AssetEntry token = asset(instrument.baseAssetId());
    final Directory.AssetEntry quote = asset(instrument.quoteAssetId());
    final int underlyingId =
        null == ticket.underlying ? 0 : directory.requireInstrument(ticket.underlying).id();
    final SetTokenEncoder command = ingress.begin(terms);
    command.instrumentId(instrument.id()).underlyingId(underlyingId).source(ticket.source)
        .navE6(navE6(quote, ticket.nav))
        .leverageE8(decimal(ticket.leverage, E8_SCALE, "leverage"))
        .thresholdE8(decimal(ticket.threshold, E8_SCALE, "threshold")).dailyTimeNs(ticket.dailyTimeNs)
        .skewScaleUnits(units(token, ticket.skewScale, "skewScale")).unitsMax(units(token, ticket.sizeMax, "sizeMax"))
        .collateralE8(decimal(ticket.collateral, E8_SCALE, "collateral")).feeE8(ratioE8(ticket.fee, "fee"))
        .dailyFeeE8(ratioE8(ticket.dailyFee, "dailyFee")).skewE8(ratioE8(ticket.skew, "skew"));
    return ingress.offer();
  }

  /** New tokens for an account, for at most {@code costMax}; null: whatever they cost. */
  public synchronized long subscribe(
      final String acct, final String instId, final String sz, final @Nullable String costMax) {
    final Directory.InstrumentEntry instrument = directory.requireInstrument(instId);
    return subscribe(acct, instrument, units(asset(instrument.baseAssetId()), sz, "sz"),
        units(asset(instrument.quoteAssetId()), costMax, "costMax"), Flag.NO);
  }

  /** Takes tokens of an account back, for at least {@code min}; null: whatever they bring. */
  public synchronized long redeem(
      final String acct, final String instId, final String sz, final @Nullable String min) {
    final Directory.InstrumentEntry instrument = directory.requireInstrument(instId);
    return redeem(acct, instrument, units(asset(instrument.baseAssetId()), sz, "sz"),
        units(asset(instrument.quoteAssetId()), min, "min"), Flag.NO);
  }

  /** Money of an account joins the pool, for shares of what is in it beside what holders are owed. */
  public synchronized long back(final String acct, final String instId, final String amt) {
    final Directory.InstrumentEntry instrument = directory.requireInstrument(instId);
    return subscribe(acct, instrument, units(asset(instrument.quoteAssetId()), amt, "amt"), 0, Flag.YES);
  }

  /** Takes shares in the pool back, for at least {@code min}; null: whatever they bring. */
  public synchronized long leave(
      final String acct, final String instId, final long shares, final @Nullable String min) {
    final Directory.InstrumentEntry instrument = directory.requireInstrument(instId);
    return redeem(acct, instrument, shares, units(asset(instrument.quoteAssetId()), min, "min"), Flag.YES);
  }

  private long subscribe(final String acct, final Directory.InstrumentEntry instrument, final long amount,
      final long limitUnits, final Flag backer) {
    final long account = directory.requireAccount(acct);
    final SubscribeTokenEncoder command = ingress.begin(subscribe);
    command.header().account(account);
    command.instrumentId(instrument.id()).units(amount).limitUnits(limitUnits).backer(backer);
    return ingress.offer();
  }

  private long redeem(final String acct, final Directory.InstrumentEntry instrument, final long amount,
      final long limitUnits, final Flag backer) {
    final long account = directory.requireAccount(acct);
    final RedeemTokenEncoder command = ingress.begin(redeem);
    command.header().account(account);
    command.instrumentId(instrument.id()).units(amount).limitUnits(limitUnits).backer(backer);
    return ingress.offer();
  }

  private Directory.AssetEntry asset(final int assetId) {
    final Directory.AssetEntry asset = directory.asset(assetId);
    if (null == asset) {
      throw new RefusedException(ReasonCode.UNKNOWN_ASSET, "instId", Integer.toString(assetId), "is no known asset");
    }
    return asset;
  }

  private static long navE6(final Directory.AssetEntry quote, final @Nullable String worth) {
    final long units = units(quote, worth, "nav");
    if (null != worth && Math.abs(units) > Long.MAX_VALUE / NAV_SCALE) {
      throw new RefusedException(ReasonCode.OUT_OF_RANGE, "nav", worth, "is more than a token can be worth");
    }
    return units * NAV_SCALE;
  }

  private static long decimal(final @Nullable String text, final int scale, final String field) {
    return null == text ? 0 : refusing(() -> DecimalText.parse(text, scale, field));
  }
}
