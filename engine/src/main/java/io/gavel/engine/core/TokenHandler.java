package io.gavel.engine.core;

import io.gavel.codecs.sbe.AccountKind;
import io.gavel.codecs.sbe.BalanceCause;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RedeemTokenDecoder;
import io.gavel.codecs.sbe.SetTokenDecoder;
import io.gavel.codecs.sbe.SubscribeTokenDecoder;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.TokenDesk;
import io.gavel.risk.TokenMove;
import io.gavel.risk.token.Rebalanced;
import io.gavel.risk.token.Token;
import io.gavel.risk.token.TokenBook;

/**
 * Leveraged tokens and synthetic assets: set, given out and taken back by command; rebalanced by the engine's clock
 * once a day, and by a price that carries the leverage too far, one token a step. A rebalance that falls due while the
 * price does not count waits for the next one that does.
 */
final class TokenHandler {

  private final Rooms rooms;
  private final RiskEngine risk;
  private final TokenDesk desk;
  private final TokenBook book;
  private final TokenEvents events;
  private final MarketEvents balances;
  private final PriceFlow prices;
  private final TokenMove move = new TokenMove();
  private final Rebalanced rebalanced = new Rebalanced();

  TokenHandler(final Rooms rooms, final MarketEvents balances, final PriceFlow prices) {
    this.rooms = rooms;
    this.prices = prices;
    this.balances = balances;
    risk = rooms.risk;
    desk = risk.tokens();
    book = desk.book();
    events = new TokenEvents(rooms);
  }

  ReasonCode setToken(final SetTokenDecoder command) {
    final ReasonCode code = desk.setToken(command, rebalanced);
    if (ReasonCode.OK != code) {
      return code;
    }
    rooms.answers.accept(command.instrumentId());
    final Token token = book.get(command.instrumentId());
    if (null != token && token.isLeveraged()) {
      tell(token, ReasonCode.TOKEN_SET);
    }
    return ReasonCode.OK;
  }

  ReasonCode subscribe(final SubscribeTokenDecoder command) {
    final long account = command.header().account();
    final int instrumentId = command.instrumentId();
    if (AccountKind.TAPE == risk.accountKind(account)) {
      return ReasonCode.ACCOUNT_KIND_WRONG;
    }
    final ReasonCode code = Flag.YES == command.backer()
        ? desk.back(account, instrumentId, command.units(), command.limitUnits(), move)
        : desk.subscribe(account, instrumentId, command.units(), command.limitUnits(), move);
    return told(code, account, instrumentId, command.backer());
  }

  ReasonCode redeem(final RedeemTokenDecoder command) {
    final long account = command.header().account();
    final int instrumentId = command.instrumentId();
    if (AccountKind.TAPE == risk.accountKind(account)) {
      return ReasonCode.ACCOUNT_KIND_WRONG;
    }
    final ReasonCode code = Flag.YES == command.backer()
        ? desk.leave(account, instrumentId, command.units(), command.limitUnits(), move)
        : desk.redeem(account, instrumentId, command.units(), command.limitUnits(), move);
    return told(code, account, instrumentId, command.backer());
  }

  private ReasonCode told(final ReasonCode code, final long account, final int instrumentId, final Flag backer) {
    final Token token = book.get(instrumentId);
    if (ReasonCode.OK != code || null == token) {
      return code;
    }
    rooms.answers.accept(0);
    events.issued(account, token, move, backer);
    balances.balanceChanged(account, token.quoteAssetId(), -move.paidUnits, 0, BalanceCause.TOKEN);
    if (Flag.YES != backer) {
      balances.balanceChanged(account, token.assetId(), move.units, 0, BalanceCause.TOKEN);
    }
    return ReasonCode.OK;
  }

  /** A token's day is over. */
  void due(final int instrumentId) {
    rooms.tokenDeadlines.passed(instrumentId);
    final Token token = book.get(instrumentId);
    if (null == token) {
      return;
    }
    book.dayOver(token);
    rooms.tokenDeadlines.set(instrumentId, TokenBook.nextNs(token, rooms.clock.timeNs()));
    rebalance(token);
  }

  /**
   * A price of the instrument was said: looks at the tokens that follow it, from an id on, as far as the first that is
   * rebalanced; returns where to go on, or {@link OrderTable#NULL_SLOT}.
   */
  int priceSaid(final int underlyingId, final int fromInstrumentId) {
    prices.tokensFollowed(underlyingId);
    for (int id = Math.max(1, fromInstrumentId); id < book.capacity(); id++) {
      final Token token = book.get(id);
      if (null != token && underlyingId == token.underlyingId() && rebalance(token)) {
        return id + 1;
      }
    }
    return OrderTable.NULL_SLOT;
  }

  private boolean rebalance(final Token token) {
    final ReasonCode why = book.due(token);
    if (ReasonCode.OK == why) {
      return false;
    }
    book.rebalance(token, rebalanced);
    tell(token, why);
    return true;
  }

  private void tell(final Token token, final ReasonCode reason) {
    final long nextNs = TokenBook.nextNs(token, rooms.clock.timeNs());
    rooms.tokenDeadlines.set(token.instrumentId(), nextNs);
    events.rebalanced(token, rebalanced, nextNs, reason);
  }
}
