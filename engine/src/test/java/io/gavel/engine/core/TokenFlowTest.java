package io.gavel.engine.core;

import static io.gavel.engine.core.Core.ALICE;
import static io.gavel.engine.core.Core.BOB;
import static io.gavel.engine.core.Core.TAPE;
import static io.gavel.engine.core.Core.USD;
import static io.gavel.engine.core.TokenStand.BULL;
import static io.gavel.engine.core.TokenStand.BULL_USD;
import static io.gavel.engine.core.TokenStand.DAY;
import static io.gavel.engine.core.TokenStand.GOLD_USD;
import static io.gavel.engine.core.TokenStand.MINUTE;
import static io.gavel.engine.core.TokenStand.WHOLE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gavel.codecs.KeyScope;
import io.gavel.codecs.sbe.PlaceOrderEncoder;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Side;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tokens in the core: what moves them and when, what is told of it, and that a restart changes nothing of it. */
class TokenFlowTest {

  private final TokenStand stand = new TokenStand(Core.spot().at(MINUTE));
  private final Core core = stand.core;

  TokenFlowTest() {
    core.price(PriceSource.MARK, 10_000);
    core.take();
  }

  @Test
  void shouldTellOfEveryRebalanceWhatMadeItAndWhatItDid() {
    assertEquals(ReasonCode.OK, stand.bull(c -> c.dailyFeeE8(1_000_000)));
    assertEquals(List.of("rebalanced 2 TOKEN_SET nav=200000000->200000000 at 10000->10000 exposure=0->0 traded=0 out=0"
        + " debt=0 pool=0 next=" + 2 * MINUTE), core.take());
    assertEquals(ReasonCode.OK, stand.subscribe(ALICE, BULL_USD, 10 * WHOLE, 2_000));
    assertEquals(List.of("issued 2 tokens 100000 value=2000 premium=0 fee=0 paid=2000 nav=200000000 at 10000 out=100000"
        + " debt=2000 pool=2000 shares=0 of 1", "balance 1/2 TOKEN -2000 free=999998000 held=0",
        "balance 1/3 TOKEN 100000 free=100000 held=0"), core.take());

    core.price(PriceSource.MARK, 10_500);
    core.take();
    core.at(2 * MINUTE).time(2 * MINUTE);
    // LEV-01 ten times over, and 1 % of 230 for the day.
    assertEquals(List.of("rebalanced 2 TOKEN_DAILY nav=230000000->227700000 at 10000->10500 exposure=6300->6831"
        + " traded=531 out=100000 debt=2277 pool=2000 next=" + (DAY + 2 * MINUTE)), core.take());

    core.restart();
    core.price(PriceSource.MARK, 9_200);
    assertEquals("rebalanced 2 TOKEN_THRESHOLD nav=143125714->143125714 at 10500->9200 exposure=5986->4294"
        + " traded=-1692 out=100000 debt=1432 pool=2000 next=" + (DAY + 2 * MINUTE), core.take().get(1));
    core.price(PriceSource.MARK, 4_000);
    assertEquals("TOKEN_WIPED_OUT", core.take().get(1).split(" ", -1)[2]);
  }

  @Test
  void shouldWaitForAPriceThatCounts() {
    assertEquals(ReasonCode.OK, stand.bull(c -> { }));
    core.priceRule(r -> r.quorum(0).staleNs(MINUTE / 2));
    core.at(2 * MINUTE).time(2 * MINUTE);
    assertEquals(ReasonCode.PRICE_STALE, stand.subscribe(ALICE, BULL_USD, 1, 0));
    assertEquals(ReasonCode.PRICE_STALE, stand.bull(c -> { }));
    core.take();
    core.restart();
    core.at(DAY).price(PriceSource.MARK, 10_100);
    final List<String> told = core.take();
    assertEquals("rebalanced 2 TOKEN_DAILY nav=206000000->206000000 at 10000->10100 exposure=0->0 traded=0 out=0 debt=0"
        + " pool=0 next=" + (DAY + 2 * MINUTE), told.get(told.size() - 1));
  }

  @Test
  void shouldTradeTokensInTheBookAndTakeThemBackFromWhoeverHasThem() {
    assertEquals(ReasonCode.OK, stand.bull(c -> { }));
    assertEquals(ReasonCode.OK, stand.subscribe(ALICE, BULL_USD, 10 * WHOLE, 0));
    order(ALICE, Side.SELL);
    order(BOB, Side.BUY);
    assertEquals(3 * WHOLE, core.machine.risk().freeUnits(BOB, BULL));
    assertEquals(ReasonCode.OK, stand.redeem(BOB, BULL_USD, 3 * WHOLE, 600));
    assertEquals(ReasonCode.INSUFFICIENT_BALANCE, stand.redeem(BOB, BULL_USD, 1, 0));
    assertEquals(ReasonCode.OK, stand.redeem(ALICE, BULL_USD, 7 * WHOLE, 1_400));
    assertEquals(ReasonCode.ACCOUNT_KIND_WRONG, stand.subscribe(TAPE, BULL_USD, 1, 0));
    assertEquals(ReasonCode.ACCOUNT_KIND_WRONG, stand.redeem(TAPE, BULL_USD, 1, 0));
  }

  private void order(final long account, final Side side) {
    assertEquals(ReasonCode.OK, core.send(new PlaceOrderEncoder(), account,
        c -> c.instrumentId(BULL_USD).side(side).quantityLots(3).limitPriceTicks(210)));
  }

  @Test
  void shouldIssueASyntheticAssetAtItsOwnIndexAgainstItsBackers() {
    assertEquals(ReasonCode.OK, stand.goldAt(20_000));
    assertEquals(ReasonCode.OK, stand.gold(c -> c.feeE8(100_000)));
    core.take();
    assertEquals(ReasonCode.TOKEN_POOL_SHORT, stand.subscribe(ALICE, GOLD_USD, 10 * WHOLE, 0));
    assertEquals(ReasonCode.OK, stand.back(BOB, GOLD_USD, 10_000));
    assertEquals("issued 3 shares 10000 value=10000 premium=0 fee=0 paid=10000 nav=2000000000 at 20000 out=0 debt=0"
        + " pool=10000 shares=10000 of 2", core.take().get(0));
    assertEquals(ReasonCode.OK, stand.subscribe(ALICE, GOLD_USD, 10 * WHOLE, 0));
    // Ten of a hundred: a tenth of 1 % on 20,000, and a fee of a tenth of a percent on both.
    assertEquals("issued 3 tokens 100000 value=20000 premium=20 fee=21 paid=20041 nav=2000000000 at 20000 out=100000"
        + " debt=20000 pool=30020 shares=10000 of 1", core.take().get(0));

    core.restart();
    assertEquals(ReasonCode.OK, stand.goldAt(22_000));
    core.take();
    assertEquals(ReasonCode.OK, stand.leave(BOB, GOLD_USD, 1_000));
    assertEquals("issued 3 shares -1000 value=802 premium=0 fee=0 paid=-802 nav=2200000000 at 22000 out=100000"
        + " debt=22000 pool=29218 shares=9000 of 2", core.take().get(0));
    assertEquals(ReasonCode.OK, stand.redeem(ALICE, GOLD_USD, 10 * WHOLE, 0));
    assertEquals("issued 3 tokens -100000 value=22000 premium=0 fee=22 paid=-21978 nav=2200000000 at 22000 out=0"
        + " debt=0 pool=7218 shares=9000 of 1", core.take().get(0));
  }

  @Test
  void shouldOweTokensThatHaveLeftTheHouse() {
    assertEquals(ReasonCode.OK, stand.bull(c -> { }));
    assertEquals(ReasonCode.OK, stand.subscribe(ALICE, BULL_USD, WHOLE, 0));
    assertEquals(ReasonCode.OK, core.hold(ALICE, BULL, WHOLE));
    assertEquals(ReasonCode.OK, core.settle(ALICE, 1, WHOLE));
    assertEquals(ReasonCode.INSUFFICIENT_BALANCE, core.deposit(BOB, BULL, WHOLE + 1));
    assertEquals(ReasonCode.OK, core.deposit(BOB, BULL, WHOLE));
    assertEquals(ReasonCode.OK, stand.redeem(BOB, BULL_USD, WHOLE, 200));
  }

  @Test
  void shouldCountWhatATokenCostsAgainstTheLimitOfAKey() {
    assertEquals(ReasonCode.OK, stand.bull(c -> { }));
    assertEquals(200, core.machine.risk().tokens().costUnits(BULL_USD, WHOLE));
    assertEquals(0, core.machine.risk().tokens().costUnits(GOLD_USD, WHOLE));
    assertEquals(ReasonCode.OK, core.grant(1, 1, KeyScope.values()));
    assertEquals(ReasonCode.OK, core.grant(2, 2, KeyScope.SECURITY));
    assertEquals(ReasonCode.OK, core.grant(3, 3, KeyScope.bits(KeyScope.TRADE),
        g -> g.notionalAssetId(USD).commandMaxUnits(300)));
    assertEquals(ReasonCode.OK, core.security(true));
    core.as(3);
    assertEquals(ReasonCode.OK, stand.subscribe(ALICE, BULL_USD, WHOLE, 0));
    assertEquals(ReasonCode.KEY_NOTIONAL_ABOVE_MAX, stand.subscribe(ALICE, BULL_USD, 2 * WHOLE, 0));
    assertEquals(ReasonCode.KEY_NOTIONAL_ABOVE_MAX, stand.subscribe(ALICE, BULL_USD, WHOLE, 301));
    assertEquals(ReasonCode.KEY_NOTIONAL_ABOVE_MAX, stand.back(ALICE, BULL_USD, 301));
  }
}
