package io.gavel.risk;

import io.gavel.codecs.Invariants;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetTokenDecoder;
import io.gavel.risk.ledger.Accounts;
import io.gavel.risk.ledger.Debts;
import io.gavel.risk.ledger.Ledger;
import io.gavel.risk.ledger.SystemAccount;
import io.gavel.risk.margin.MarginModel;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;
import io.gavel.risk.token.PoolShares;
import io.gavel.risk.token.Rebalanced;
import io.gavel.risk.token.Token;
import io.gavel.risk.token.TokenBook;
import org.jspecify.annotations.Nullable;

/**
 * Gives tokens out against a pool and takes them back, at what they are worth now, rounded against whoever asks. What
 * holders are owed comes first: if the pool has less, each token is worth its part of the pool. What the pool has
 * beside that is its backers', by shares. Refuses before the first effect. Allocates nothing. One thread.
 */
public final class TokenDesk {

  private static final long ONE_E8 = 100_000_000;

  private final TokenBook book;
  private final PoolShares shares;
  private final Accounts accounts;
  private final Ledger ledger;
  private final Debts debts;
  private final MarginModel margin;
  private final OrderGate gate;
  private final LimitedSettlement limits;
  private final Funds funds;
  private final TokenMove cost = new TokenMove();

  TokenDesk(final TokenBook book, final PoolShares shares, final MarginRooms rooms, final MarginModel margin,
      final OrderGate gate, final LimitedSettlement limits, final Funds funds) {
    this.book = book;
    this.shares = shares;
    accounts = rooms.accounts;
    ledger = rooms.ledger;
    debts = rooms.debts;
    this.margin = margin;
    this.gate = gate;
    this.limits = limits;
    this.funds = funds;
    funds.tokens(book);
  }

  /** What tokens follow and are worth. */
  public TokenBook book() {
    return book;
  }

  /** Who backs the pools. */
  public PoolShares shares() {
    return shares;
  }

  /** Sets the terms of a token; {@code out} tells what that moves. */
  public ReasonCode setToken(final SetTokenDecoder command, final Rebalanced out) {
    final ReasonCode code = book.check(command);
    if (ReasonCode.OK == code) {
      shares.allocate();
      book.set(command, out);
    }
    return code;
  }

  /** So many new tokens for an account, for at most so much money; 0: whatever it costs. */
  public ReasonCode subscribe(final long account, final int instrumentId, final long units, final long limitUnits,
      final TokenMove out) {
    final ReasonCode may = check(account, instrumentId, units, true);
    if (ReasonCode.OK != may) {
      return may;
    }
    final Token token = token(instrumentId);
    final ReasonCode price = price(token, units, limitUnits, out);
    if (ReasonCode.OK != price) {
      return price;
    }
    final int accountSlot = accounts.slotOf(account);
    final ReasonCode money = checkMoney(accountSlot, token.quoteAssetId(), out.paidUnits, token.assetId());
    if (ReasonCode.OK != money) {
      return money;
    }
    final long costUnits = out.valueUnits + out.premiumUnits;
    if (token.collateralE8() > 0 && (!Token.shareFits(out.debtUnits, token.collateralE8())
        || token.poolUnits() + costUnits < Token.share(out.debtUnits, token.collateralE8()))) {
      return ReasonCode.TOKEN_POOL_SHORT;
    }
    final int payer = ledger.find(accountSlot, token.quoteAssetId());
    ledger.payOut(payer, token.quoteAssetId(), SystemAccount.TOKENS, costUnits);
    ledger.chargeFree(payer, token.quoteAssetId(), out.feeUnits);
    debts.receive(ledger.open(accountSlot, token.assetId()), token.assetId(), SystemAccount.EXTERNAL, units);
    token.issue(units, costUnits);
    book.verify(token.quoteAssetId());
    return ReasonCode.OK;
  }

  /** What so many tokens would cost now, with fee and premium; 0 when they cannot be had. */
  public long costUnits(final int instrumentId, final long units) {
    final Token token = book.get(instrumentId);
    final boolean has = null != token && units > 0 && ReasonCode.OK == book.priceCode(token);
    return has && ReasonCode.OK == price(token(instrumentId), units, 0, cost) ? cost.paidUnits : 0;
  }

  /** What new tokens cost, worked out into {@code out}; or why they cannot be had. */
  private ReasonCode price(final Token token, final long units, final long limitUnits, final TokenMove out) {
    final long navE6 = token.navE6(book.ceilUnits(token), Rounding.UP);
    if (navE6 <= 0) {
      return Token.NO_NAV == navE6 ? ReasonCode.AMOUNT_OVERFLOW : ReasonCode.PRICE_NOT_POSITIVE;
    }
    final long unitsAfter = token.units() + units;
    if (!FixedPoint.sumFits(token.units(), units) || !ledger.canIssue(token.assetId(), units)
        || !token.worthFits(unitsAfter, navE6)) {
      return ReasonCode.AMOUNT_OVERFLOW;
    }
    if (token.unitsMax() > 0 && unitsAfter > token.unitsMax()) {
      return ReasonCode.OPEN_INTEREST_ABOVE_MAX;
    }
    final long valueUnits = token.worth(units, navE6, Rounding.UP);
    final long premiumE8 = token.premiumE8(unitsAfter);
    if (premiumE8 < 0 || !Token.shareFits(valueUnits, premiumE8)
        || !FixedPoint.sumFits(valueUnits, Token.share(valueUnits, premiumE8))) {
      return ReasonCode.AMOUNT_OVERFLOW;
    }
    final long premiumUnits = Token.share(valueUnits, premiumE8);
    final long feeUnits = Token.share(valueUnits + premiumUnits, token.feeE8());
    if (!FixedPoint.sumFits(valueUnits + premiumUnits, feeUnits)) {
      return ReasonCode.AMOUNT_OVERFLOW;
    }
    final long paidUnits = valueUnits + premiumUnits + feeUnits;
    fill(out, units, valueUnits, navE6, book.ceilUnits(token));
    out.premiumUnits = premiumUnits;
    out.feeUnits = feeUnits;
    out.paidUnits = paidUnits;
    out.debtUnits = token.worth(unitsAfter, navE6, Rounding.UP);
    return limitUnits > 0 && paidUnits > limitUnits ? ReasonCode.TOKEN_LIMIT_PASSED : ReasonCode.OK;
  }

  /** Takes an account's tokens back, for at least so much money. */
  public ReasonCode redeem(final long account, final int instrumentId, final long units, final long limitUnits,
      final TokenMove out) {
    final ReasonCode may = check(account, instrumentId, units, false);
    if (ReasonCode.OK != may) {
      return may;
    }
    final Token token = token(instrumentId);
    final int accountSlot = accounts.slotOf(account);
    final ReasonCode have = checkMoney(accountSlot, token.assetId(), units, token.quoteAssetId());
    if (ReasonCode.OK != have) {
      return have;
    }
    final long navE6 = token.navE6(book.priceUnits(token), Rounding.DOWN);
    if (Token.NO_NAV == navE6 || !token.worthFits(token.units(), navE6)) {
      return ReasonCode.AMOUNT_OVERFLOW;
    }
    final long valueUnits = Math.min(token.worth(units, navE6, Rounding.DOWN),
        FixedPoint.mulDiv(token.poolUnits(), units, token.units(), Rounding.DOWN));
    final long feeUnits = Token.share(valueUnits, token.feeE8());
    final long paidUnits = valueUnits - feeUnits;
    if (paidUnits < limitUnits) {
      return ReasonCode.TOKEN_LIMIT_PASSED;
    }
    fill(out, -units, valueUnits, navE6, book.priceUnits(token));
    out.feeUnits = feeUnits;
    out.paidUnits = -paidUnits;
    out.debtUnits = token.worth(token.units() - units, navE6, Rounding.UP);
    final int holder = ledger.find(accountSlot, token.assetId());
    ledger.payOut(holder, token.assetId(), SystemAccount.EXTERNAL, units);
    ledger.move(token.quoteAssetId(), SystemAccount.TOKENS, SystemAccount.FEES, feeUnits);
    receive(accountSlot, token, paidUnits);
    token.issue(-units, -valueUnits);
    funds.trimPositions(accountSlot, token.assetId(), holder);
    book.verify(token.quoteAssetId());
    return ReasonCode.OK;
  }

  /** An account's money joins the pool for shares in it, at least so many. */
  public ReasonCode back(final long account, final int instrumentId, final long amountUnits, final long sharesMin,
      final TokenMove out) {
    final ReasonCode may = check(account, instrumentId, amountUnits, true);
    if (ReasonCode.OK != may) {
      return may;
    }
    final Token token = token(instrumentId);
    final int accountSlot = accounts.slotOf(account);
    final ReasonCode known = equity(token, out);
    if (ReasonCode.OK != known) {
      return known;
    }
    final ReasonCode money = checkMoney(accountSlot, token.quoteAssetId(), amountUnits, token.quoteAssetId());
    if (ReasonCode.OK != money) {
      return money;
    }
    if (!shares.hasRoom(accountSlot, token)) {
      return ReasonCode.CAPACITY_POSITIONS;
    }
    final long equityUnits = token.poolUnits() - out.debtUnits;
    final ReasonCode worth = newShares(token, equityUnits, amountUnits, sharesMin, out);
    if (ReasonCode.OK != worth) {
      return worth;
    }
    if (equityUnits <= 0 && token.shares() > 0) {
      token.voidShares();
    }
    token.reserve(equityUnits);
    ledger.payOut(ledger.find(accountSlot, token.quoteAssetId()), token.quoteAssetId(), SystemAccount.TOKENS,
        amountUnits);
    token.back(out.units, amountUnits);
    shares.add(accountSlot, token, out.units);
    out.valueUnits = amountUnits;
    out.paidUnits = amountUnits;
    book.verify(token.quoteAssetId());
    return ReasonCode.OK;
  }

  /** How many shares money gets beside what is free in the pool; all of them when that is nothing. */
  private static ReasonCode newShares(final Token token, final long equityUnits, final long amountUnits,
      final long sharesMin, final TokenMove out) {
    final long oldShares = 0 == token.shares() ? Math.max(0, equityUnits) : token.shares();
    if (equityUnits <= 0) {
      out.units = equityUnits + amountUnits;
      return out.units <= 0 ? ReasonCode.TOKEN_POOL_SHORT
          : out.units < sharesMin ? ReasonCode.TOKEN_LIMIT_PASSED : ReasonCode.OK;
    }
    if (!FixedPoint.mulDivFits(amountUnits, oldShares, equityUnits, Rounding.DOWN)) {
      return ReasonCode.AMOUNT_OVERFLOW;
    }
    out.units = FixedPoint.mulDiv(amountUnits, oldShares, equityUnits, Rounding.DOWN);
    if (!FixedPoint.sumFits(oldShares, out.units)) {
      return ReasonCode.AMOUNT_OVERFLOW;
    }
    if (0 == out.units) {
      return ReasonCode.AMOUNT_NOT_POSITIVE;
    }
    return out.units < sharesMin ? ReasonCode.TOKEN_LIMIT_PASSED : ReasonCode.OK;
  }

  /** Takes a backer's shares back, for at least so much money; what holders are owed stays, with its cushion. */
  public ReasonCode leave(final long account, final int instrumentId, final long leavingShares, final long limitUnits,
      final TokenMove out) {
    final ReasonCode may = check(account, instrumentId, leavingShares, false);
    if (ReasonCode.OK != may) {
      return may;
    }
    final Token token = token(instrumentId);
    final int accountSlot = accounts.slotOf(account);
    final ReasonCode known = equity(token, out);
    if (ReasonCode.OK != known) {
      return known;
    }
    if (leavingShares > shares.shares(accountSlot, token)) {
      return ReasonCode.INSUFFICIENT_BALANCE;
    }
    if (Ledger.NULL_BALANCE == ledger.find(accountSlot, token.quoteAssetId()) && !ledger.hasRoom(1)) {
      return ReasonCode.CAPACITY_POSITIONS;
    }
    final long equityUnits = token.poolUnits() - out.debtUnits;
    if (equityUnits <= 0) {
      return ReasonCode.TOKEN_POOL_SHORT;
    }
    final long paidUnits = FixedPoint.mulDiv(equityUnits, leavingShares, token.shares(), Rounding.DOWN);
    final long cushionE8 = Math.max(ONE_E8, token.collateralE8());
    if (!Token.shareFits(out.debtUnits, cushionE8)
        || token.poolUnits() - paidUnits < Token.share(out.debtUnits, cushionE8)) {
      return ReasonCode.TOKEN_POOL_SHORT;
    }
    if (paidUnits < limitUnits) {
      return ReasonCode.TOKEN_LIMIT_PASSED;
    }
    receive(accountSlot, token, paidUnits);
    token.back(-leavingShares, -paidUnits);
    shares.add(accountSlot, token, -leavingShares);
    out.units = -leavingShares;
    out.valueUnits = paidUnits;
    out.paidUnits = -paidUnits;
    book.verify(token.quoteAssetId());
    return ReasonCode.OK;
  }

  /** What holders are owed at the price of now; or why nobody can say. */
  private ReasonCode equity(final Token token, final TokenMove out) {
    final long priceUnits = book.ceilUnits(token);
    final long navE6 = token.navE6(priceUnits, Rounding.UP);
    if (Token.NO_NAV == navE6 || !token.worthFits(token.units(), navE6)) {
      return ReasonCode.AMOUNT_OVERFLOW;
    }
    fill(out, 0, 0, navE6, priceUnits);
    out.debtUnits = token.worth(token.units(), navE6, Rounding.UP);
    return ReasonCode.OK;
  }

  private static void fill(final TokenMove out, final long units, final long valueUnits,
      final long navE6, final long priceUnits) {
    out.units = units;
    out.valueUnits = valueUnits;
    out.premiumUnits = 0;
    out.feeUnits = 0;
    out.navE6 = navE6;
    out.priceUnits = priceUnits;
  }

  private ReasonCode check(final long account, final int instrumentId, final long units, final boolean newRisk) {
    final int accountSlot = accounts.slotOf(account);
    if (Accounts.NULL_SLOT == accountSlot) {
      return ReasonCode.UNKNOWN_ACCOUNT;
    }
    final ReasonCode halt = gate.mayTrade(accountSlot, instrumentId, newRisk);
    if (ReasonCode.OK != halt) {
      return halt;
    }
    final ReasonCode pause = newRisk ? limits.checkPause(accountSlot) : ReasonCode.OK;
    if (ReasonCode.OK != pause) {
      return pause;
    }
    final @Nullable Token token = book.get(instrumentId);
    if (null == token) {
      return ReasonCode.TOKEN_NOT_SET;
    }
    return units <= 0 ? ReasonCode.AMOUNT_NOT_POSITIVE : book.priceCode(token);
  }

  /** Walks all: pools and ledger, holders and what is out, backers and shares. For tests and snapshots. */
  void assertConserved() {
    for (int i = 1; i < book.capacity(); i++) {
      final Token token = book.get(i);
      if (null != token) {
        book.verify(token.quoteAssetId());
        Invariants.check(shares.total(token) + token.houseShares() == token.shares(),
            "shares in a pool do not add up: instrument, shares", i, token.shares());
      }
    }
  }

  /** Whether an amount of one asset can be paid, and another one received. */
  private ReasonCode checkMoney(
      final int accountSlot, final int assetId, final long amountUnits, final int otherAssetId) {
    final ReasonCode code = margin.check(
        accountSlot, assetId, ledger.freeUnitsOrZero(ledger.find(accountSlot, assetId)), amountUnits);
    if (ReasonCode.OK != code) {
      return code;
    }
    return Ledger.NULL_BALANCE == ledger.find(accountSlot, otherAssetId) && !ledger.hasRoom(1)
        ? ReasonCode.CAPACITY_POSITIONS : ReasonCode.OK;
  }

  private void receive(final int accountSlot, final Token token, final long amountUnits) {
    debts.receive(ledger.open(accountSlot, token.quoteAssetId()), token.quoteAssetId(), SystemAccount.TOKENS,
        amountUnits);
  }

  private Token token(final int instrumentId) {
    final Token token = book.get(instrumentId);
    if (null == token) {
      throw new IllegalStateException("no token " + instrumentId);
    }
    return token;
  }
}
