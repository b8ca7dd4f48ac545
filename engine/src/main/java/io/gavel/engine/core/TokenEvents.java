package io.gavel.engine.core;

import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.TokenIssuedEncoder;
import io.gavel.codecs.sbe.TokenRebalancedEncoder;
import io.gavel.risk.TokenMove;
import io.gavel.risk.token.Rebalanced;
import io.gavel.risk.token.Token;

/** Writes what tokens were given out or taken back for, and what brought them back to their targets. */
final class TokenEvents {

  private final TokenRebalancedEncoder rebalanced = new TokenRebalancedEncoder();
  private final TokenIssuedEncoder issued = new TokenIssuedEncoder();
  private final EventWriter events;

  TokenEvents(final Rooms rooms) {
    events = rooms.events;
  }

  void rebalanced(final Token token, final Rebalanced by, final long nextTimeNs, final ReasonCode reason) {
    rebalanced.wrap(events.buffer(), events.begin(TokenRebalancedEncoder.SCHEMA_ID,
        TokenRebalancedEncoder.TEMPLATE_ID, TokenRebalancedEncoder.SCHEMA_VERSION,
        TokenRebalancedEncoder.BLOCK_LENGTH));
    events.header(rebalanced.header(), 0);
    rebalanced.navBeforeE6(by.navBeforeE6).navE6(by.navE6).leverageBeforeE8(by.leverageBeforeE8)
        .exposureBeforeUnits(by.exposureBeforeUnits).exposureUnits(by.exposureUnits).tradedUnits(by.tradedUnits)
        .fromPriceUnits(by.fromPriceUnits).priceUnits(by.priceUnits).tokenUnits(token.units())
        .debtUnits(token.shown(token.units(), by.navE6)).poolUnits(token.poolUnits()).nextTimeNs(nextTimeNs)
        .instrumentId(token.instrumentId()).underlyingId(token.underlyingId()).reason(reason);
    events.end(rebalanced.encodedLength());
  }

  void issued(final long account, final Token token, final TokenMove move, final Flag backer) {
    issued.wrap(events.buffer(), events.begin(TokenIssuedEncoder.SCHEMA_ID, TokenIssuedEncoder.TEMPLATE_ID,
        TokenIssuedEncoder.SCHEMA_VERSION, TokenIssuedEncoder.BLOCK_LENGTH));
    events.header(issued.header(), account);
    issued.units(move.units).valueUnits(move.valueUnits).premiumUnits(move.premiumUnits).feeUnits(move.feeUnits)
        .paidUnits(move.paidUnits).navE6(move.navE6).priceUnits(move.priceUnits).tokenUnits(token.units())
        .debtUnits(move.debtUnits).poolUnits(token.poolUnits()).poolShares(token.shares())
        .instrumentId(token.instrumentId()).backer(backer);
    events.end(issued.encodedLength());
  }
}
