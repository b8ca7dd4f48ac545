package io.gavel.adapters.cli.pipe;

import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RedeemTokenEncoder;
import io.gavel.codecs.sbe.SetTokenEncoder;
import io.gavel.codecs.sbe.SubscribeTokenEncoder;
import io.gavel.engine.Directory;
import java.util.List;

/** Leveraged tokens and synthetic assets: their terms, who holds them, and who backs their pools. */
final class TokenOps {

  private static final long NAV_SCALE = 1_000_000;
  private static final Words<PriceSource> PRICES = Words.of(PriceSource.class);

  private final SetTokenEncoder terms = new SetTokenEncoder();
  private final SubscribeTokenEncoder subscribe = new SubscribeTokenEncoder();
  private final RedeemTokenEncoder redeem = new RedeemTokenEncoder();

  List<Op> ops() {
    return List.of(
        new Op("token", this::terms, "instId", "underlyingInstId", "pxType", "nav", "leverage", "threshold",
            "dailyTimeSec", "fee", "dailyFee", "skew", "skewScale", "maxSz", "collateral"),
        new Op("token-subscribe", this::subscribe, "acct", "instId", "sz", "backAmt", "limitAmt", "minShares"),
        new Op("token-redeem", this::redeem, "acct", "instId", "sz", "shares", "limitAmt"));
  }

  private void terms(final Fields line, final CommandScope scope) throws LineFault {
    final Directory.InstrumentEntry instrument = scope.instrument(line);
    final Directory.AssetEntry token = scope.base(instrument, line);
    final int underlyingId = line.has("underlyingInstId") ? scope.instrument(line, "underlyingInstId").id() : 0;
    final long navUnits = scope.units(scope.quote(instrument, line), line, "nav");
    if (navUnits < 0 || navUnits > Long.MAX_VALUE / NAV_SCALE) {
      throw line.fault(ReasonCode.OUT_OF_RANGE, "pipe.badRatio", "nav", line.decimal("nav"));
    }
    final SetTokenEncoder command = scope.ingress().begin(terms);
    scope.header(command.header(), 0);
    command.instrumentId(instrument.id()).underlyingId(underlyingId)
        .source(line.wordOr("pxType", PRICES, PriceSource.INDEX)).navE6(navUnits * NAV_SCALE)
        .leverageE8(scope.numberE8(line, "leverage")).thresholdE8(scope.numberE8(line, "threshold"))
        .dailyTimeNs(scope.durationNs(line, "dailyTimeSec")).feeE8(scope.ratioE8(line, "fee"))
        .dailyFeeE8(scope.ratioE8(line, "dailyFee")).skewE8(scope.ratioE8(line, "skew"))
        .skewScaleUnits(scope.units(token, line, "skewScale")).unitsMax(scope.units(token, line, "maxSz"))
        .collateralE8(scope.numberE8(line, "collateral"));
  }

  private void subscribe(final Fields line, final CommandScope scope) throws LineFault {
    final Directory.InstrumentEntry instrument = scope.instrument(line);
    final Directory.AssetEntry quote = scope.quote(instrument, line);
    final boolean isBacker = line.has("backAmt");
    final long units = isBacker ? scope.requiredUnits(quote, line, "backAmt")
        : scope.requiredUnits(scope.base(instrument, line), line, "sz");
    final long limit = isBacker ? line.wholeOr("minShares", 0, Long.MAX_VALUE, 0)
        : scope.units(quote, line, "limitAmt");
    final long account = scope.account(line);
    final SubscribeTokenEncoder command = scope.ingress().begin(subscribe);
    scope.header(command.header(), account);
    command.instrumentId(instrument.id()).units(units).limitUnits(limit).backer(isBacker ? Flag.YES : Flag.NO);
  }

  private void redeem(final Fields line, final CommandScope scope) throws LineFault {
    final Directory.InstrumentEntry instrument = scope.instrument(line);
    final boolean isBacker = line.has("shares");
    final long units = isBacker ? line.whole("shares", 1, Long.MAX_VALUE)
        : scope.requiredUnits(scope.base(instrument, line), line, "sz");
    final long limitUnits = scope.units(scope.quote(instrument, line), line, "limitAmt");
    final long account = scope.account(line);
    final RedeemTokenEncoder command = scope.ingress().begin(redeem);
    scope.header(command.header(), account);
    command.instrumentId(instrument.id()).units(units).limitUnits(limitUnits).backer(isBacker ? Flag.YES : Flag.NO);
  }
}
