package io.gavel.risk;

import static io.gavel.risk.RiskWorld.ALICE;
import static io.gavel.risk.RiskWorld.BOB;
import static io.gavel.risk.RiskWorld.BTC;
import static io.gavel.risk.RiskWorld.BTC_USDT;
import static io.gavel.risk.RiskWorld.CAROL;
import static io.gavel.risk.RiskWorld.USDT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.HaltMode;
import io.gavel.codecs.sbe.HaltScope;
import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.PriceState;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetTokenEncoder;
import io.gavel.risk.ledger.SystemAccount;
import io.gavel.risk.token.Rebalanced;
import io.gavel.risk.token.Token;
import io.gavel.risk.token.TokenBook;
import io.gavel.risk.token.TokenCommands;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Goal: what a token costs and brings is what big integers say, whoever asks and in whatever order; a refusal changes
 * nothing; holders, pool, backers and ledger agree after every step. Method: figures of a published page, each refusal
 * by itself, and random traffic against a model that works everything out anew, with a change of engines halfway.
 */
class TokenDeskTest {

  private static final int BULL = 7;
  private static final int GOLD = 8;
  private static final int BULL_USDT = 2;
  private static final int GOLD_USDT = 3;
  private static final long WHOLE = 10_000;
  private static final long UNIT = 1_000_000;
  private static final BigInteger E8 = BigInteger.valueOf(100_000_000);

  private final RiskWorld world = new RiskWorld();
  private RiskEngine risk = world.risk;
  private TokenDesk desk = risk.tokens();
  private final TokenMove move = new TokenMove();
  private final Rebalanced rebalanced = new Rebalanced();

  private void open() {
    assertEquals(ReasonCode.OK, RiskWorld.asset(risk, BULL, 4, "BULL"));
    assertEquals(ReasonCode.OK, RiskWorld.asset(risk, GOLD, 4, "GOLD"));
    assertEquals(ReasonCode.OK, risk.createInstrument(RiskWorld.instrument(BULL_USDT, "BULL-USDT",
        c -> c.kind(InstrumentKind.LEVERAGED_TOKEN).baseAssetId(BULL))));
    assertEquals(ReasonCode.OK, risk.createInstrument(RiskWorld.instrument(GOLD_USDT, "GOLD-USDT",
        c -> c.kind(InstrumentKind.SYNTHETIC).baseAssetId(GOLD))));
    for (final long account : new long[] {ALICE, BOB, CAROL}) {
      world.deposit(account, USDT, 1_000_000_000L * UNIT);
    }
  }

  private void price(final long units) {
    risk.marks().setMark(BTC_USDT, units, 1, 1);
    risk.marks().setIndex(GOLD_USDT, units, 1, 1);
  }

  private ReasonCode leveraged(final Consumer<SetTokenEncoder> change) {
    return desk.setToken(TokenCommands.leveraged(BULL_USDT, BTC_USDT, change), rebalanced);
  }

  private ReasonCode synthetic(final Consumer<SetTokenEncoder> change) {
    return desk.setToken(TokenCommands.synthetic(GOLD_USDT, change), rebalanced);
  }

  private Token token(final int instrumentId) {
    final Token token = desk.book().get(instrumentId);
    assertTrue(null != token);
    return token;
  }

  /** LEV-01: 200 at three times, and the market rises by 5 %. */
  @Test
  void shouldBringATokenBackToItsTargetAsThePageSays() {
    open();
    price(1_000_000);
    assertEquals(ReasonCode.OK, leveraged(c -> { }));
    assertEquals(ReasonCode.OK, desk.subscribe(ALICE, BULL_USDT, WHOLE, 0, move));
    assertEquals(200 * UNIT, move.paidUnits);

    price(1_050_000);
    assertEquals(ReasonCode.OK, desk.book().due(token(BULL_USDT)), "2.74 of 3 is not too far");
    desk.book().dayOver(token(BULL_USDT));
    assertEquals(ReasonCode.TOKEN_DAILY, desk.book().due(token(BULL_USDT)));
    desk.book().rebalance(token(BULL_USDT), rebalanced);

    assertEquals(230 * UNIT * UNIT, rebalanced.navE6);
    assertEquals(630 * UNIT, rebalanced.exposureBeforeUnits);
    assertEquals(273_913_043, rebalanced.leverageBeforeE8);
    assertEquals(690 * UNIT, rebalanced.exposureUnits);
    assertEquals(60 * UNIT, rebalanced.tradedUnits);
    assertEquals(ReasonCode.OK, desk.book().due(token(BULL_USDT)));
  }

  @Test
  void shouldRebalanceWhenTheLeverageRunsTooFarAndEndAtNothing() {
    open();
    price(1_000_000);
    assertEquals(ReasonCode.OK, leveraged(c -> { }));
    price(890_000);
    assertEquals(ReasonCode.OK, desk.book().due(token(BULL_USDT)), "3.98 is below 3.99");
    price(880_000);
    assertEquals(ReasonCode.TOKEN_THRESHOLD, desk.book().due(token(BULL_USDT)));
    desk.book().rebalance(token(BULL_USDT), rebalanced);
    assertEquals(128 * UNIT * UNIT, rebalanced.navE6);

    assertEquals(ReasonCode.OK, desk.subscribe(ALICE, BULL_USDT, WHOLE, 0, move));
    price(500_000);
    assertEquals(ReasonCode.TOKEN_WIPED_OUT, desk.book().due(token(BULL_USDT)));
    desk.book().rebalance(token(BULL_USDT), rebalanced);
    assertEquals(0, rebalanced.navE6);
    price(9_000_000);
    assertEquals(ReasonCode.OK, desk.book().due(token(BULL_USDT)), "nothing comes of nothing");
    assertEquals(ReasonCode.PRICE_NOT_POSITIVE, desk.subscribe(ALICE, BULL_USDT, 1, 0, move));
    assertEquals(ReasonCode.OK, desk.redeem(ALICE, BULL_USDT, WHOLE, 0, move));
    assertEquals(0, move.paidUnits);
    risk.assertConserved();
  }

  @Test
  void shouldMoveNoValueAndNoMoneyAtAPriceThatDoesNotCount() {
    open();
    price(1_000_000);
    assertEquals(ReasonCode.OK, leveraged(c -> { }));
    risk.validity().judge(BTC_USDT);
    price(500_000);
    for (final PriceState state : PriceState.values()) {
      if (PriceState.VALID == state || state.value() > PriceState.VALID.value()) {
        continue;
      }
      risk.validity().state(BTC_USDT, PriceSource.MARK, state);
      assertEquals(PriceState.CLAMPED == state ? ReasonCode.TOKEN_WIPED_OUT : ReasonCode.OK,
          desk.book().due(token(BULL_USDT)), state.name());
      assertEquals(PriceState.STALE == state ? ReasonCode.PRICE_STALE : ReasonCode.NO_REFERENCE_PRICE,
          desk.subscribe(ALICE, BULL_USDT, 1, 0, move), state.name());
      assertEquals(PriceState.STALE == state ? ReasonCode.PRICE_STALE : ReasonCode.NO_REFERENCE_PRICE,
          leveraged(c -> c.navE6(0)), state.name());
    }
  }

  @Test
  void shouldRefuseTermsThatMakeNoSense() {
    open();
    assertEquals(ReasonCode.NO_REFERENCE_PRICE, leveraged(c -> { }));
    price(1_000_000);
    assertEquals(ReasonCode.UNKNOWN_INSTRUMENT, leveraged(c -> c.instrumentId(6)));
    assertEquals(ReasonCode.UNKNOWN_INSTRUMENT, leveraged(c -> c.underlyingId(6)));
    assertEquals(ReasonCode.TOKEN_NOT_SET, leveraged(c -> c.instrumentId(BTC_USDT)));
    final List<Consumer<SetTokenEncoder>> bad = List.of(
        c -> c.leverageE8(0), c -> c.leverageE8(1_000_000_001), c -> c.leverageE8(-1_000_000_001),
        c -> c.thresholdE8(100_000_000), c -> c.thresholdE8(10_000_000_001L), c -> c.dailyTimeNs(-1),
        c -> c.dailyTimeNs(86_400_000_000_000L), c -> c.dailyFeeE8(-1), c -> c.dailyFeeE8(100_000_000),
        c -> c.feeE8(-1), c -> c.feeE8(100_000_000), c -> c.unitsMax(-1), c -> c.collateralE8(-1),
        c -> c.collateralE8(10_000_000_001L), c -> c.navE6(0), c -> c.navE6(-1),
        c -> c.navE6(TokenBook.NAV_E6_MAX + 1), c -> c.skewE8(1), c -> c.skewScaleUnits(1),
        c -> c.source(PriceSource.LAST), c -> c.underlyingId(0), c -> c.underlyingId(GOLD_USDT));
    for (int i = 0; i < bad.size(); i++) {
      assertEquals(ReasonCode.TOKEN_TERMS_INVALID, leveraged(bad.get(i)), "leveraged " + i);
    }
    final List<Consumer<SetTokenEncoder>> worse = List.of(
        c -> c.navE6(1), c -> c.leverageE8(1), c -> c.thresholdE8(1), c -> c.dailyTimeNs(1), c -> c.dailyFeeE8(1),
        c -> c.skewE8(1), c -> c.skewScaleUnits(1), c -> c.skewE8(-1).skewScaleUnits(1),
        c -> c.skewE8(100_000_001).skewScaleUnits(1), c -> c.skewE8(1).skewScaleUnits(-1),
        c -> c.underlyingId(BULL_USDT), c -> c.source(PriceSource.BID));
    for (int i = 0; i < worse.size(); i++) {
      assertEquals(ReasonCode.TOKEN_TERMS_INVALID, synthetic(worse.get(i)), "synthetic " + i);
    }
    assertEquals(ReasonCode.OK, leveraged(c -> { }));
    assertEquals(ReasonCode.OK, desk.subscribe(ALICE, BULL_USDT, 1, 0, move));
    assertEquals(ReasonCode.TOKEN_TERMS_INVALID, leveraged(c -> { }), "a new value while tokens are out");
    assertEquals(ReasonCode.TOKEN_TERMS_INVALID, leveraged(c -> c.navE6(0).source(PriceSource.INDEX)));
    assertEquals(ReasonCode.OK, leveraged(c -> c.navE6(0).leverageE8(200_000_000)));
    assertEquals(-1, Long.signum(rebalanced.exposureUnits - rebalanced.exposureBeforeUnits));

    world.deposit(CAROL, GOLD, 1);
    assertEquals(ReasonCode.TOKEN_TERMS_INVALID, synthetic(c -> { }), "some of it is out, and nobody paid");
  }

  @Test
  void shouldRefuseBeforeAnythingMoves() {
    open();
    price(1_000_000);
    assertEquals(ReasonCode.TOKEN_NOT_SET, desk.subscribe(ALICE, GOLD_USDT, 1, 0, move));
    assertEquals(ReasonCode.TOKEN_NOT_SET, desk.subscribe(ALICE, BTC_USDT, 1, 0, move));
    assertEquals(ReasonCode.OK, synthetic(c -> c.unitsMax(5 * WHOLE).collateralE8(150_000_000).feeE8(100_000)));
    assertEquals(ReasonCode.OK, desk.back(CAROL, GOLD_USDT, 1_000 * UNIT, 0, move));
    assertEquals(ReasonCode.OK, desk.subscribe(ALICE, GOLD_USDT, 1_000, 0, move));
    world.deposit(BOB, BTC, 5);
    final List<Object> before = StateTape.of(risk);

    assertEquals(ReasonCode.UNKNOWN_ACCOUNT, desk.subscribe(99, GOLD_USDT, 1, 0, move));
    assertEquals(ReasonCode.UNKNOWN_INSTRUMENT, desk.redeem(ALICE, 99, 1, 0, move));
    assertEquals(ReasonCode.AMOUNT_NOT_POSITIVE, desk.redeem(ALICE, GOLD_USDT, 0, 0, move));
    assertEquals(ReasonCode.AMOUNT_NOT_POSITIVE, desk.back(ALICE, GOLD_USDT, -1, 0, move));
    assertEquals(ReasonCode.OPEN_INTEREST_ABOVE_MAX, desk.subscribe(ALICE, GOLD_USDT, 5 * WHOLE, 0, move));
    assertEquals(ReasonCode.AMOUNT_OVERFLOW, desk.subscribe(ALICE, GOLD_USDT, Long.MAX_VALUE, 0, move));
    assertEquals(ReasonCode.TOKEN_LIMIT_PASSED, desk.subscribe(ALICE, GOLD_USDT, 10, UNIT, move));
    assertEquals(ReasonCode.TOKEN_POOL_SHORT, desk.subscribe(ALICE, GOLD_USDT, 4 * WHOLE, 0, move));
    assertEquals(ReasonCode.TOKEN_LIMIT_PASSED, desk.redeem(ALICE, GOLD_USDT, 10, 1_000 * UNIT, move));
    assertEquals(ReasonCode.INSUFFICIENT_BALANCE, desk.redeem(ALICE, GOLD_USDT, 1_001, 0, move));
    assertEquals(ReasonCode.INSUFFICIENT_BALANCE, desk.redeem(BOB, GOLD_USDT, 1, 0, move));
    assertEquals(ReasonCode.INSUFFICIENT_BALANCE, desk.back(BOB, GOLD_USDT, Long.MAX_VALUE / 2, 0, move));
    assertEquals(ReasonCode.TOKEN_LIMIT_PASSED, desk.back(BOB, GOLD_USDT, 5, 6, move));
    assertEquals(ReasonCode.INSUFFICIENT_BALANCE, desk.leave(BOB, GOLD_USDT, 1, 0, move));
    assertEquals(ReasonCode.TOKEN_POOL_SHORT, desk.leave(CAROL, GOLD_USDT, 1_000 * UNIT, 0, move));
    assertEquals(ReasonCode.TOKEN_LIMIT_PASSED, desk.leave(CAROL, GOLD_USDT, 1, UNIT, move));
    assertEquals(ReasonCode.INSUFFICIENT_BALANCE, risk.deposit(BOB, GOLD, 1, 0, 0), "no token from nowhere");
    assertEquals(before, StateTape.of(risk));

    risk.setHalt(HaltScope.INSTRUMENT, GOLD_USDT, 0, true);
    assertEquals(ReasonCode.HALTED_INSTRUMENT, desk.redeem(ALICE, GOLD_USDT, 1, 0, move));
    risk.setHalt(HaltScope.INSTRUMENT, GOLD_USDT, 0, false);
    risk.controls().setHalt(HaltScope.INSTRUMENT, GOLD_USDT, 0, 0, true, HaltMode.REDUCE_ONLY);
    assertEquals(ReasonCode.HALTED_INSTRUMENT, desk.subscribe(ALICE, GOLD_USDT, 1, 0, move));
    assertEquals(ReasonCode.OK, desk.redeem(ALICE, GOLD_USDT, 1, 0, move));
    risk.controls().setHalt(HaltScope.INSTRUMENT, GOLD_USDT, 0, 0, false, HaltMode.FULL);
    risk.cooling().exclude(risk.accountSlot(ALICE), 1_000);
    assertEquals(ReasonCode.COOLING_OFF, desk.subscribe(ALICE, GOLD_USDT, 1, 0, move));
    assertEquals(ReasonCode.OK, desk.redeem(ALICE, GOLD_USDT, 1, 0, move));
  }

  @Test
  void shouldLetTokensOutOfTheHouseAndBackInAndOweThemAllTheWhile() {
    open();
    price(1_000_000);
    assertEquals(ReasonCode.OK, synthetic(c -> { }));
    assertEquals(ReasonCode.OK, desk.subscribe(ALICE, GOLD_USDT, 100, 0, move));
    assertEquals(ReasonCode.OK, risk.holdFunds(ALICE, GOLD, 60, 1));
    assertEquals(ReasonCode.OK, risk.settleHold(ALICE, 1, 40));
    assertEquals(100, token(GOLD_USDT).units());
    assertEquals(ReasonCode.INSUFFICIENT_BALANCE, risk.deposit(BOB, GOLD, 41, 0, 0));
    assertEquals(ReasonCode.OK, risk.deposit(BOB, GOLD, 40, 0, 0));
    assertEquals(ReasonCode.OK, desk.redeem(BOB, GOLD_USDT, 40, 0, move));
    risk.assertConserved();
  }

  @Test
  void shouldShareWhatThereIsWhenThePoolIsShortAndBeginAnewWithTheNextBacker() {
    open();
    price(1_000_000);
    assertEquals(ReasonCode.OK, synthetic(c -> { }));
    assertEquals(ReasonCode.OK, desk.subscribe(ALICE, GOLD_USDT, 3 * WHOLE, 0, move));
    final long paidUnits = move.paidUnits;
    assertEquals(ReasonCode.OK, desk.back(BOB, GOLD_USDT, 100, 0, move));
    price(2_000_000);
    assertEquals(ReasonCode.OK, desk.redeem(ALICE, GOLD_USDT, WHOLE, 0, move));
    assertEquals((paidUnits + 100) / 3, -move.paidUnits, "a third of the pool, not twice the price");
    assertEquals(ReasonCode.TOKEN_POOL_SHORT, desk.leave(BOB, GOLD_USDT, 1, 0, move));
    assertEquals(ReasonCode.TOKEN_POOL_SHORT, desk.back(CAROL, GOLD_USDT, 1_000, 0, move), "not enough");
    assertEquals(ReasonCode.OK, desk.back(CAROL, GOLD_USDT, 100_000 * UNIT, 0, move));
    assertEquals(token(GOLD_USDT).poolUnits() - move.debtUnits, move.units, "a share a unit of what is free");
    assertEquals(ReasonCode.INSUFFICIENT_BALANCE, desk.leave(BOB, GOLD_USDT, 1, 0, move), "what he had is gone");
    risk.assertConserved();
  }

  // ---- random traffic against big integers

  /** One token as the model knows it. */
  private static final class Model {
    final int instrumentId;
    final int assetId;
    final boolean isLeveraged;
    BigInteger pool = BigInteger.ZERO;
    BigInteger out = BigInteger.ZERO;
    BigInteger shares = BigInteger.ZERO;
    BigInteger house = BigInteger.ZERO;
    BigInteger fees = BigInteger.ZERO;
    BigInteger nav = BigInteger.valueOf(200).multiply(BigInteger.TEN.pow(12));
    BigInteger from = BigInteger.ZERO;
    final BigInteger[] held = {BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO};
    final BigInteger[] backing = {BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO};

    Model(final int instrumentId, final int assetId, final boolean isLeveraged) {
      this.instrumentId = instrumentId;
      this.assetId = assetId;
      this.isLeveraged = isLeveraged;
    }

    /** USDT has 6 decimals, a tick is 0.1 and has 100 mark units: a mark unit is 1,000 units of a whole token. */
    BigInteger nav(final long price) {
      final BigInteger now = BigInteger.valueOf(price);
      if (!isLeveraged) {
        return now.multiply(BigInteger.valueOf(1_000)).multiply(BigInteger.valueOf(UNIT));
      }
      final BigInteger exposure = nav.multiply(BigInteger.valueOf(3));
      final BigInteger[] gain = exposure.multiply(now.subtract(from)).divideAndRemainder(from);
      return nav.add(gain[1].signum() < 0 ? gain[0].subtract(BigInteger.ONE) : gain[0]).max(BigInteger.ZERO);
    }

    BigInteger worth(final BigInteger units, final BigInteger value, final boolean up) {
      return over(units.multiply(value), BigInteger.valueOf(WHOLE * UNIT), up);
    }
  }

  private static BigInteger over(final BigInteger a, final BigInteger b, final boolean up) {
    final BigInteger[] parts = a.divideAndRemainder(b);
    return up && parts[1].signum() > 0 ? parts[0].add(BigInteger.ONE) : parts[0];
  }

  private static final long[] ACCOUNTS = {ALICE, BOB, CAROL};
  private static final int FEE_E8 = 123_456;
  private static final int SKEW_E8 = 2_000_000;
  private static final long SKEW_SCALE = 777_777;

  private final Model bull = new Model(BULL_USDT, BULL, true);
  private final Model gold = new Model(GOLD_USDT, GOLD, false);
  private final BigInteger[] cash = new BigInteger[3];
  private int done;

  @Test
  void shouldAgreeWithBigIntegersAtEveryStep() {
    for (long seed = 1; seed <= 4; seed++) {
      traffic(seed);
    }
  }

  private void traffic(final long seed) {
    final TokenDeskTest test = new TokenDeskTest();
    test.open();
    test.price(1_000_000);
    test.bull.from = BigInteger.valueOf(1_000_000);
    assertEquals(ReasonCode.OK, test.leveraged(c -> c.feeE8(FEE_E8)));
    assertEquals(ReasonCode.OK,
        test.synthetic(c -> c.feeE8(FEE_E8).skewE8(SKEW_E8).skewScaleUnits(SKEW_SCALE).collateralE8(120_000_000)));
    Arrays.fill(test.cash, BigInteger.valueOf(1_000_000_000L * UNIT));
    final Random random = new Random(seed);
    long price = 1_000_000;
    for (int step = 0; step < 4_000; step++) {
      final String where = "seed " + seed + " step " + step;
      if (0 == random.nextInt(3)) {
        price = Math.max(1, price + Math.round(price * 0.05 * random.nextGaussian()));
        test.price(price);
        test.rebalance(price, where);
      }
      test.act(random, price, where);
      test.compare(where);
      if (2_000 == step) {
        test.goOnElsewhere();
      }
    }
    assertTrue(test.done > 1_500, "only " + test.done + " of the steps did something");
  }

  /** Another engine takes over with what this one saved. */
  private void goOnElsewhere() {
    final RiskEngine loaded = new RiskEngine(100, 8, 8, 1_000, 1_000, 1_000);
    StateTape.copy(risk, loaded);
    assertEquals(StateTape.of(risk), StateTape.of(loaded));
    risk = loaded;
    desk = loaded.tokens();
  }

  private void rebalance(final long price, final String where) {
    final BigInteger now = bull.nav(price);
    final BigInteger exposure = bull.nav.multiply(BigInteger.valueOf(3));
    final BigInteger[] gain =
        exposure.multiply(BigInteger.valueOf(price).subtract(bull.from)).divideAndRemainder(bull.from);
    final BigInteger after = exposure.add(gain[1].signum() < 0 ? gain[0].subtract(BigInteger.ONE) : gain[0]);
    final boolean wiped = 0 == now.signum() && bull.nav.signum() > 0;
    final boolean due = wiped || (now.signum() > 0
        && after.multiply(E8).divide(now).compareTo(BigInteger.valueOf(399_000_000)) > 0);
    final ReasonCode said = desk.book().due(token(BULL_USDT));
    assertEquals(wiped ? ReasonCode.TOKEN_WIPED_OUT : due ? ReasonCode.TOKEN_THRESHOLD : ReasonCode.OK, said, where);
    if (due) {
      desk.book().rebalance(token(BULL_USDT), rebalanced);
      bull.nav = now;
      bull.from = BigInteger.valueOf(price);
      assertEquals(now.longValueExact(), rebalanced.navE6, where);
    }
  }

  private void act(final Random random, final long price, final String where) {
    final Model token = random.nextBoolean() ? bull : gold;
    final int who = random.nextInt(3);
    final BigInteger nav = token.nav(price);
    switch (random.nextInt(4)) {
      case 0 -> subscribe(token, who, nav, 1 + random.nextInt(20_000), where);
      case 1 -> redeem(token, who, nav, 1 + random.nextInt(10_000), where);
      case 2 -> back(token, who, nav, 1 + random.nextInt(1_000_000_000), where);
      default -> leave(token, who, nav, 1 + random.nextInt(1_000_000_000), where);
    }
  }

  private void subscribe(final Model t, final int who, final BigInteger nav, final long amount, final String where) {
    final BigInteger units = BigInteger.valueOf(amount);
    final BigInteger after = t.out.add(units);
    final BigInteger value = t.worth(units, nav, true);
    final BigInteger rate = t.isLeveraged ? BigInteger.ZERO
        : over(after.multiply(BigInteger.valueOf(SKEW_E8)), BigInteger.valueOf(SKEW_SCALE), true);
    final BigInteger cost = value.add(over(value.multiply(rate), E8, true));
    final BigInteger fee = over(cost.multiply(BigInteger.valueOf(FEE_E8)), E8, true);
    final BigInteger debt = t.worth(after, nav, true);
    final BigInteger needed = t.isLeveraged ? BigInteger.ZERO
        : over(debt.multiply(BigInteger.valueOf(120_000_000)), E8, true);
    final ReasonCode expected = 0 == nav.signum() ? ReasonCode.PRICE_NOT_POSITIVE
        : cash[who].compareTo(cost.add(fee)) < 0 ? ReasonCode.INSUFFICIENT_BALANCE
        : t.pool.add(cost).compareTo(needed) < 0 ? ReasonCode.TOKEN_POOL_SHORT : ReasonCode.OK;
    assertEquals(expected, desk.subscribe(ACCOUNTS[who], t.instrumentId, amount, 0, move), where);
    if (ReasonCode.OK == expected) {
      assertEquals(cost.add(fee).longValueExact(), move.paidUnits, where);
      cash[who] = cash[who].subtract(cost).subtract(fee);
      t.pool = t.pool.add(cost);
      t.fees = t.fees.add(fee);
      t.out = after;
      t.held[who] = t.held[who].add(units);
      done++;
    }
  }

  private void redeem(final Model t, final int who, final BigInteger nav, final long amount, final String where) {
    final BigInteger units = BigInteger.valueOf(amount);
    final boolean has = t.held[who].compareTo(units) >= 0;
    assertEquals(has ? ReasonCode.OK : ReasonCode.INSUFFICIENT_BALANCE,
        desk.redeem(ACCOUNTS[who], t.instrumentId, amount, 0, move), where);
    if (has) {
      final BigInteger value = t.worth(units, nav, false).min(t.pool.multiply(units).divide(t.out));
      final BigInteger fee = over(value.multiply(BigInteger.valueOf(FEE_E8)), E8, true);
      cash[who] = cash[who].add(value).subtract(fee);
      t.pool = t.pool.subtract(value);
      t.fees = t.fees.add(fee);
      t.out = t.out.subtract(units);
      t.held[who] = t.held[who].subtract(units);
      done++;
    }
  }

  private void back(final Model t, final int who, final BigInteger nav, final long amount, final String where) {
    final BigInteger paid = BigInteger.valueOf(amount);
    final BigInteger equity = t.pool.subtract(t.worth(t.out, nav, true));
    final boolean begins = equity.signum() <= 0;
    final BigInteger old = 0 == t.shares.signum() ? equity.max(BigInteger.ZERO) : t.shares;
    final BigInteger gets = begins ? equity.add(paid) : paid.multiply(old).divide(equity);
    final boolean fits = old.add(gets).bitLength() < 64;
    final ReasonCode expected = begins && gets.signum() <= 0 ? ReasonCode.TOKEN_POOL_SHORT
        : !fits ? ReasonCode.AMOUNT_OVERFLOW : 0 == gets.signum() ? ReasonCode.AMOUNT_NOT_POSITIVE : ReasonCode.OK;
    assertEquals(expected, desk.back(ACCOUNTS[who], t.instrumentId, amount, 0, move), where);
    if (ReasonCode.OK == expected) {
      if (begins) {
        Arrays.fill(t.backing, BigInteger.ZERO);
        t.shares = BigInteger.ZERO;
        t.house = BigInteger.ZERO;
      } else if (0 == t.shares.signum()) {
        t.shares = equity;
        t.house = equity;
      }
      t.shares = t.shares.add(gets);
      t.backing[who] = t.backing[who].add(gets);
      t.pool = t.pool.add(paid);
      cash[who] = cash[who].subtract(paid);
      done++;
    }
  }

  private void leave(final Model t, final int who, final BigInteger nav, final long amount, final String where) {
    final BigInteger gone = BigInteger.valueOf(amount);
    final BigInteger debt = t.worth(t.out, nav, true);
    final BigInteger equity = t.pool.subtract(debt);
    final boolean has = t.backing[who].compareTo(gone) >= 0;
    final BigInteger paid = has && equity.signum() > 0 ? equity.multiply(gone).divide(t.shares) : BigInteger.ZERO;
    final BigInteger needed =
        t.isLeveraged ? debt : over(debt.multiply(BigInteger.valueOf(120_000_000)), E8, true);
    final ReasonCode expected = !has ? ReasonCode.INSUFFICIENT_BALANCE
        : equity.signum() <= 0 || t.pool.subtract(paid).compareTo(needed) < 0 ? ReasonCode.TOKEN_POOL_SHORT
        : ReasonCode.OK;
    assertEquals(expected, desk.leave(ACCOUNTS[who], t.instrumentId, amount, 0, move), where);
    if (ReasonCode.OK == expected) {
      t.shares = t.shares.subtract(gone);
      t.backing[who] = t.backing[who].subtract(gone);
      t.pool = t.pool.subtract(paid);
      cash[who] = cash[who].add(paid);
      done++;
    }
  }

  private void compare(final String where) {
    risk.assertConserved();
    for (final Model t : List.of(bull, gold)) {
      final Token token = token(t.instrumentId);
      final List<Object> is = new ArrayList<>(List.of(token.units(), token.poolUnits(), token.shares(),
          token.houseShares()));
      final List<Object> should = new ArrayList<>(List.of(t.out.longValueExact(), t.pool.longValueExact(),
          t.shares.longValueExact(), t.house.longValueExact()));
      for (int who = 0; who < 3; who++) {
        is.add(risk.freeUnits(ACCOUNTS[who], t.assetId));
        is.add(desk.shares().shares(risk.accountSlot(ACCOUNTS[who]), token));
        is.add(risk.freeUnits(ACCOUNTS[who], USDT));
        should.add(t.held[who].longValueExact());
        should.add(t.backing[who].longValueExact());
        should.add(cash[who].longValueExact());
      }
      assertEquals(should, is, where);
    }
    assertEquals(bull.fees.add(gold.fees).longValueExact(), risk.systemUnits(SystemAccount.FEES, USDT), where);
  }
}
