package io.gavel.engine.replay;

import io.gavel.codecs.DecimalText;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.RedeemTokenDecoder;
import io.gavel.codecs.sbe.SetTokenDecoder;
import io.gavel.codecs.sbe.SubscribeTokenDecoder;
import io.gavel.codecs.sbe.TokenIssuedDecoder;
import io.gavel.codecs.sbe.TokenRebalancedDecoder;

/** What the log says of leveraged tokens and synthetic assets, of their holders and of those who back their pools. */
final class TokenSentences {

  private static final int E8_SCALE = 8;
  private static final long NAV_SCALE = 1_000_000;

  private final LogLine line;

  TokenSentences(final LogLine line) {
    this.line = line;
  }

  String rebalanced(final TokenRebalancedDecoder token) {
    final int instrumentId = token.instrumentId();
    final int underlyingId = token.underlyingId();
    return line.say("token.rebalanced", line.pair(instrumentId), line.reason(token.reason()),
        line.names().markText(underlyingId, token.fromPriceUnits()),
        line.names().markText(underlyingId, token.priceUnits()), nav(instrumentId, token.navBeforeE6()),
        nav(instrumentId, token.navE6()), line.quote(instrumentId, token.exposureBeforeUnits()),
        line.quote(instrumentId, token.exposureUnits()), line.quote(instrumentId, token.tradedUnits()),
        pool(instrumentId, token.debtUnits(), token.poolUnits()));
  }

  String issued(final TokenIssuedDecoder token) {
    final int instrumentId = token.instrumentId();
    final String pool = pool(instrumentId, token.debtUnits(), token.poolUnits());
    final String paid = line.quote(instrumentId, token.paidUnits());
    return Flag.YES == token.backer()
        ? line.say("token.backed", line.pair(instrumentId), token.units(), paid, pool, token.poolShares())
        : line.say("token.issued", line.pair(instrumentId), line.base(instrumentId, token.units()), paid,
            nav(instrumentId, token.navE6()), line.quote(instrumentId, token.premiumUnits()),
            line.quote(instrumentId, token.feeUnits()), pool);
  }

  String asked(final SetTokenDecoder command) {
    final int underlyingId = 0 == command.underlyingId() ? command.instrumentId() : command.underlyingId();
    return line.say("command.SetToken", line.pair(command.instrumentId()), line.pair(underlyingId),
        line.word(command.source()), DecimalText.format(command.leverageE8(), E8_SCALE),
        DecimalText.format(command.collateralE8(), E8_SCALE));
  }

  String asked(final SubscribeTokenDecoder command) {
    final int instrumentId = command.instrumentId();
    return Flag.YES == command.backer()
        ? line.say("command.BackPool", line.pair(instrumentId), line.quote(instrumentId, command.units()))
        : line.say("command.SubscribeToken", line.pair(instrumentId), line.base(instrumentId, command.units()));
  }

  String asked(final RedeemTokenDecoder command) {
    final int instrumentId = command.instrumentId();
    return Flag.YES == command.backer()
        ? line.say("command.LeavePool", line.pair(instrumentId), command.units())
        : line.say("command.RedeemToken", line.pair(instrumentId), line.base(instrumentId, command.units()));
  }

  /** What a whole token is worth, to the unit below. */
  private String nav(final int instrumentId, final long navE6) {
    return line.quote(instrumentId, navE6 / NAV_SCALE);
  }

  private String pool(final int instrumentId, final long debtUnits, final long poolUnits) {
    return line.say("token.pool", line.quote(instrumentId, debtUnits), line.quote(instrumentId, poolUnits));
  }
}
