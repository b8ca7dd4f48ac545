package io.gavel.engine.replay;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.DualCommand;
import io.gavel.codecs.KeyScope;
import io.gavel.codecs.sbe.AccountKind;
import io.gavel.codecs.sbe.ArmPolicy;
import io.gavel.codecs.sbe.CancelScope;
import io.gavel.codecs.sbe.DeleveragePolicy;
import io.gavel.codecs.sbe.ExpiryAction;
import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.FundHouseEncoder;
import io.gavel.codecs.sbe.HaltMode;
import io.gavel.codecs.sbe.HouseFund;
import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.PositionMode;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.RemedyCause;
import io.gavel.codecs.sbe.ReserveMode;
import io.gavel.codecs.sbe.ReviewDefault;
import io.gavel.codecs.sbe.RiskLimitKind;
import io.gavel.codecs.sbe.SessionState;
import io.gavel.codecs.sbe.SetLiquidationEncoder;
import io.gavel.codecs.sbe.SetOptionVolatilityEncoder;
import io.gavel.codecs.sbe.SetPortfolioMarginEncoder;
import io.gavel.codecs.sbe.SettleInstrumentEncoder;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.StpMode;
import io.gavel.codecs.sbe.TimeInForce;
import io.gavel.codecs.sbe.TradeDecoder;
import io.gavel.engine.Admin;
import io.gavel.engine.Codes;
import io.gavel.engine.Gavel;
import io.gavel.engine.GavelContext;
import io.gavel.engine.GavelEvents;
import io.gavel.engine.OrderTicket;
import io.gavel.engine.RemedyTicket;
import io.gavel.engine.RuleTicket;
import io.gavel.engine.core.CoreConfig;
import io.gavel.engine.ring.Ingress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** A short session in which every event happens, and every command that can be refused is refused once. */
final class LoggedSession {

  private static final String PERP = "BTC-USDT-PERP";

  static final String PAIR = "BTC-USDT";
  private static final String BASE_FEE_PAIR = "ETH-USDT";
  /** 2013-11-29T12:00:00Z. */
  private static final long START_NS = 1_385_726_400_000_000_000L;
  private static final long STEP_NS = 1_000_000_001L;
  /** Of the trailing stop that has no name of its own. */
  private static final long TRAILING_ID = 16;

  private final Gavel engine;
  private final AtomicLong nowNs;
  /** Id of the last trade. */
  private final AtomicLong trades;

  private LoggedSession(final Gavel engine, final AtomicLong nowNs, final AtomicLong trades) {
    this.trades = trades;
    this.engine = engine;
    this.nowNs = nowNs;
  }

  static void record(final Path dir) {
    final AtomicLong nowNs = new AtomicLong(START_NS);
    final GavelContext context = new GavelContext().dir(dir).clock(nowNs::get)
        .config(CoreConfig.standard().withCapacities(16, 1_024, 256, 64));
    final AtomicLong trades = new AtomicLong();
    final GavelEvents events = new GavelEvents() {
      @Override
      public void onTrade(final TradeDecoder trade) {
        trades.set(trade.tradeId());
      }
    };
    try (Gavel engine = Gavel.launch(context, events)) {
      final LoggedSession session = new LoggedSession(engine, nowNs, trades);
      session.registries();
      session.money();
      session.orders();
      session.rules();
      session.firings();
      session.controls();
      session.refusals();
      session.auctions();
      session.connections();
      session.limits();
      session.contracts();
      session.portfolios();
      session.interest();
      session.tokens();
      session.actions();
      session.feeds();
      session.remedies();
      assertFalse(engine.isHalted());
    }
  }

  private void registries() {
    admin(a -> a.asset("BTC", 8));
    admin(a -> a.asset("ETH", 8));
    admin(a -> a.asset("USDT", 6));
    admin(a -> a.asset("BTC", 8));
    admin(a -> a.instrument(PAIR, i -> i.tickSz("0.1").lotSz("0.001").makerFee("-0.0001").takerFee("0.0005")));
    admin(a -> a.instrument(BASE_FEE_PAIR, i -> i.tickSz("0.01").lotSz("0.01").makerFee("0.0002").takerFee("0.0005")
        .feeAsset(FeeAsset.BASE)));
    admin(a -> a.instrument(PAIR, i -> i.tickSz("0.1").lotSz("0.001")));
    admin(a -> a.account("alice"));
    admin(a -> a.account("bob"));
    admin(a -> a.account("tape", AccountKind.TAPE));
    admin(a -> a.account("bob"));
  }

  private void money() {
    admin(a -> a.deposit("alice", "BTC", "5"));
    admin(a -> a.deposit("alice", "ETH", "10"));
    admin(a -> a.deposit("bob", "USDT", "250000.5"));
    admin(a -> a.deposit("tape", "BTC", "100"));
    admin(a -> a.deposit("tape", "USDT", "1000000"));
    admin(a -> a.hold("bob", "USDT", "100"));
    admin(a -> a.settleHold("bob", 1, "USDT", "40.25"));
    admin(a -> a.hold("bob", "USDT", "20"));
    admin(a -> a.releaseHold("bob", 2));
    admin(a -> a.hold("alice", "BTC", "6"));
    admin(a -> a.settleHold("bob", 99, "USDT", "1"));
    admin(a -> a.releaseHold("bob", 99));
  }

  private void orders() {
    order("alice", o -> o.side(Side.SELL).px("1000").sz("1").clOrdId("ask-1"));
    order("alice", o -> o.side(Side.SELL).px("1001.5").sz("0.5").postOnly(true));
    order("bob", o -> o.side(Side.BUY).px("1000.1").sz("0.4").tif(TimeInForce.IOC).session(7, 1));
    order("bob", o -> o.side(Side.BUY).px("1000.1").sz("0.4").tif(TimeInForce.IOC).session(7, 1));
    send(() -> engine.orders().amend(a -> a.acct("alice").instId(PAIR).clOrdId("ask-1").newSz("0.9")));
    send(() -> engine.orders().amend(a -> a.acct("alice").instId(PAIR).clOrdId("ask-1").newPx("1000.5")));
    order("alice", o -> o.side(Side.BUY).px("1000.5").sz("0.2").stpMode(StpMode.DECREMENT));
    order("bob", o -> o.side(Side.BUY).ordType(OrdType.MARKET).quoteSz("150"));
    order("bob", o -> o.side(Side.BUY).ordType(OrdType.MARKET).sz("0.05").protectionBps(200));
    order("bob", o -> o.side(Side.BUY).px("990").sz("2").gtd(nowNs.get() + 2 * STEP_NS));
    pass(5);
    order("bob", o -> o.side(Side.BUY).px("995").sz("3").clOrdId("bid-1"));
    order("bob", o -> o.side(Side.BUY).px("994").sz("3").clOrdId("bid-2"));
    send(() -> engine.orders().cancel("bob", "bid-2"));
    order("alice", o -> o.instId(BASE_FEE_PAIR).side(Side.SELL).px("80.25").sz("2"));
    order("bob", o -> o.instId(BASE_FEE_PAIR).side(Side.BUY).px("80.25").sz("1.5"));
    send(() -> engine.orders().cancelAll("alice", null, CancelScope.ORDERS));
  }

  private void rules() {
    rule("alice", r -> r.algoClOrdId("oco").sz("0.5").tpTriggerPx("1100").tpOrdPx("1099").slTriggerPx("900")
        .triggerPxType(PriceSource.MARK).protectionBps(1_500));
    send(() -> engine.rules().amend(a -> a.acct("alice").instId(PAIR).algoClOrdId("oco").leg(1).newTriggerPx("950")));
    rule("alice", r -> r.algoClOrdId("trail").closeFraction("0.1").callbackRatio("0.02").activePx("1020")
        .triggerPxType(PriceSource.LAST).armPolicy(ArmPolicy.WAIT_RECROSS));
    rule("alice", r -> r.sz("0.1").callbackSpread("12.5").triggerPxType(PriceSource.MARK));
    rule("alice", r -> r.algoClOrdId("soon").sz("0.05").slTriggerPx("900").triggerPxType(PriceSource.INDEX)
        .startTime(nowNs.get() + STEP_NS).endTime(nowNs.get() + 3 * STEP_NS));
    rule("alice", r -> r.algoClOrdId("timed").sz("0.06").atStartTime().startTime(nowNs.get() + 2 * STEP_NS));
    rule("alice", r -> r.algoClOrdId("at-end").sz("0.07").slTriggerPx("900").triggerPxType(PriceSource.INDEX)
        .endTime(nowNs.get() + 2 * STEP_NS).expiryAction(ExpiryAction.SUBMIT));
    pass(6);
    rule("bob", r -> r.algoClOrdId("dip").side(Side.BUY).sz("5000").tpTriggerPx("970").tpOrdPx("970")
        .triggerPxType(PriceSource.MARK).reserveMode(ReserveMode.NONE));
    rule("alice", r -> r.algoClOrdId("gone").sz("0.1").slTriggerPx("1").triggerPxType(PriceSource.LAST));
    send(() -> engine.rules().cancel("alice", "gone"));
  }

  private void firings() {
    send(() -> engine.prices().mark(PAIR, "1030.55"));
    send(() -> engine.prices().index(PAIR, "1031"));
    send(() -> engine.rules().amend(a -> a.acct("alice").instId(PAIR).algoId(TRAILING_ID).newCallbackSpread("12")));
    print("1025", "4");
    print("1003", "3");
    send(() -> engine.prices().mark(PAIR, "949.95"));
    send(() -> engine.prices().mark(PAIR, "970"));
  }

  private void controls() {
    admin(a -> a.fees(PAIR, "0.0001", "0.0004"));
    admin(a -> a.limits(PAIR, l -> l.collarBps(5_000).minSz("0.001").maxSz("50").minNotional("0.5")));
    rule("alice", r -> r.algoClOrdId("held").sz("0.1").slTriggerPx("900").triggerPxType(PriceSource.MARK));
    admin(a -> a.haltInstrument(PAIR, true));
    send(() -> engine.prices().mark(PAIR, "899"));
    admin(a -> a.haltInstrument(PAIR, false));
    admin(a -> a.haltEngine(true));
    order("bob", o -> o.side(Side.BUY).px("900").sz("1").clOrdId("halted"));
    admin(a -> a.haltEngine(false));
    admin(a -> a.haltAccount("bob", true));
    admin(a -> a.haltAccount("bob", false));
    admin(a -> a.degraded(true));
    admin(a -> a.degraded(false));
    admin(a -> a.advanceTime(nowNs.get() + STEP_NS));
    send(() -> engine.orders().cancelAll("bob", PAIR, CancelScope.ALL));
  }

  private void refusals() {
    order("bob", o -> o.side(Side.BUY).px("1").sz("1000").clOrdId("far"));
    order("bob", o -> o.side(Side.BUY).ordType(OrdType.MARKET).quoteSz("9000000"));
    order("bob", o -> o.side(Side.SELL).ordType(OrdType.MARKET).sz("49"));
    send(() -> engine.orders().cancel("bob", "never-seen"));
    send(() -> engine.orders().amend(a -> a.acct("bob").instId(PAIR).ordId(9_999).newSz("1")));
    rule("alice", r -> r.algoClOrdId("late").sz("0.1").slTriggerPx("900").triggerPxType(PriceSource.MARK));
    rule("bob", r -> r.closeFraction("0.5").slTriggerPx("900").side(Side.BUY).triggerPxType(PriceSource.MARK));
    send(() -> engine.rules().cancel("bob", "never-armed"));
    send(() -> engine.rules().amend(a -> a.acct("bob").instId(PAIR).algoId(9_999).newSz("1")));
    send(() -> engine.prices().print("bob", PAIR, "1000", "1", "1", 0));
    send(() -> engine.prices().set(PAIR, PriceSource.LAST, "1000", 0));
    admin(a -> a.deposit("bob", "USDT", "9000000000000"));
    admin(a -> a.deposit("bob", "USDT", "9000000000000"));
    admin(a -> a.fees(PAIR, "-0.001", "0.0005"));
    admin(a -> a.limits(PAIR, l -> l.minSz("2").maxSz("1")));
  }

  private void auctions() {
    order("alice", o -> o.side(Side.SELL).px("1006").sz("0.4").displaySz("0.1").clOrdId("ice"));
    order("alice", o -> o.side(Side.SELL).px("1006.5").sz("0.2").hidden(true).reduceOnly(true));
    order("bob", o -> o.side(Side.BUY).px("1000").sz("0.1").displaySz("0.2"));
    order("bob", o -> o.side(Side.BUY).px("900").sz("0.1").tif(TimeInForce.GFA));
    send(() -> engine.markets().session(PAIR, SessionState.PRE_OPEN));
    order("bob", o -> o.side(Side.BUY).px("1004").sz("2").tif(TimeInForce.GFA));
    order("bob", o -> o.side(Side.BUY).px("990").sz("0.1").tif(TimeInForce.GFA));
    order("bob", o -> o.side(Side.BUY).px("1001").sz("0.1").tif(TimeInForce.IOC));
    send(() -> engine.markets().session(PAIR, SessionState.CONTINUOUS));
    send(() -> engine.markets().auction(PAIR,
        a -> a.until(nowNs.get() + 4 * STEP_NS).referencePx("1003").next(SessionState.CLOSE_ONLY)));
    order("alice", o -> o.side(Side.SELL).px("1001").sz("0.3").clOrdId("in-call"));
    order("bob", o -> o.side(Side.BUY).px("1005").sz("0.3"));
    send(() -> engine.orders().cancel("alice", "in-call"));
    pass(2);
    order("bob", o -> o.side(Side.BUY).px("950").sz("0.1"));
    send(() -> engine.markets().session(PAIR, SessionState.HALTED));
    order("bob", o -> o.side(Side.BUY).px("950").sz("0.1"));
    send(() -> engine.markets().session(PAIR, SessionState.CLOSED));
    send(() -> engine.markets().session(PAIR, SessionState.CLOSED));
    send(() -> engine.markets().session(PAIR, SessionState.CONTINUOUS));
    send(() -> engine.markets().volatilityGuard(PAIR, 10_000, Duration.ofSeconds(2), Duration.ofMinutes(5)));
    send(() -> engine.markets().volatilityGuard(PAIR, 50, Duration.ofMillis(1_500), Duration.ofMinutes(5)));
    order("alice", o -> o.side(Side.SELL).px("1020").sz("0.2"));
    order("bob", o -> o.side(Side.BUY).px("1020").sz("2").tif(TimeInForce.GTC));
    pass(5);
    send(() -> engine.markets().noVolatilityGuard(PAIR));
  }

  private void connections() {
    order("bob", o -> o.side(Side.BUY).px("800").sz("0.1").reduceOnly(true));
    order("bob", o -> o.side(Side.BUY).px("800").sz("0.1"));
    send(() -> engine.orders().cancelAllAfter("bob", Duration.ofMillis(1), CancelScope.ALL));
    send(() -> engine.orders().cancelAllAfter("bob", Duration.ofSeconds(2), CancelScope.ALL));
    pass(3);
    send(() -> engine.orders().cancelAllAfter("bob", Duration.ZERO, CancelScope.ALL));
    order("alice", o -> o.side(Side.SELL).px("1100").sz("0.1"));
    send(() -> engine.orders().cancelOnDisconnect("alice", 7, CancelScope.ORDERS));
    send(() -> engine.orders().disconnected(7));
    send(() -> engine.orders().cancelOnDisconnect("alice", 0, CancelScope.ORDERS));
    admin(a -> a.accountLimits("bob", l -> l.openOrdersMax(1).openRulesMax(2).rate(50, 10).stpGroup(3)));
    order("bob", o -> o.side(Side.BUY).px("700").sz("0.1"));
    order("bob", o -> o.side(Side.BUY).px("701").sz("0.1"));
    admin(a -> a.growOrders(1 << 17));
    admin(a -> a.growOrders(1));
    keys();
  }

  /** Two guardians, a trader's key, and fees that both guardians have to want. */
  private void keys() {
    admin(a -> a.grantKey(11, 1, k -> k.scopes(KeyScope.values())));
    admin(a -> a.grantKey(12, 2, k -> k.scopes(KeyScope.SECURITY, KeyScope.OPERATOR)));
    admin(a -> a.grantKey(13, 3, k -> k.scopes(KeyScope.TRADE).accts("bob").instIds(PAIR)
        .windowLimit("USDT", "1000", Duration.ofHours(1)).rate(5, 5).publicKey(new byte[32])));
    admin(a -> a.security(s -> s.keysNeeded(true).small("USDT", "100")
        .twoPeople(Duration.ofSeconds(2), Duration.ofSeconds(5), DualCommand.FEES, DualCommand.HOLD)));
    order("bob", o -> o.side(Side.BUY).px("701").sz("0.1"));
    order("alice", o -> o.side(Side.BUY).px("701").sz("0.1").session(13, 1));
    admin(a -> a.session(11, 1).fees(PAIR, "0", "0.002"));
    admin(a -> a.session(12, 1).approve(44, true));
    pass(2);
    admin(a -> a.session(11, 2).hold("bob", "USDT", "101"));
    admin(a -> a.session(11, 3).approve(45, true));
    admin(a -> a.session(11, 4).approve(45, false));
    admin(a -> a.session(11, 5).revokeKey(13));
    admin(a -> a.session(11, 6).fees(PAIR, "0", "0.003"));
    pass(6);
    admin(a -> a.session(11, 7).security(s -> s.keysNeeded(false)));
    sources();
  }

  /** An index of three sources, one of which goes wrong; then none says anything, and the rule is taken away. */
  private void sources() {
    admin(a -> a.session(0, 0).priceRule(PAIR, r -> r.quorum(3).stale(Duration.ofSeconds(10))
        .ahead(Duration.ofSeconds(1)).exclude("0.1", Duration.ZERO).readmit("0.02", Duration.ofMinutes(15))
        .averageMark(Duration.ofSeconds(30), "0.05")));
    for (int sourceId = 1; sourceId <= 3; sourceId++) {
      quote(sourceId, "1000." + sourceId, 0);
    }
    quote(3, "840", 0);
    quote(1, "1000", 3_600 * STEP_NS);
    quote(1, "1000", -3_600 * STEP_NS);
    send(() -> engine.prices().mark(PAIR, "1000"));
    pass(11);
    admin(a -> a.advanceTime(0));
    admin(a -> a.priceRule(PAIR, r -> r.quorum(2)));
    admin(a -> a.priceRule(PAIR, r -> r.stale(Duration.ofMinutes(1))));
    admin(a -> a.priceRule(PAIR, r -> { }));
    funding();
  }

  /** A perpetual settles without a mark, and with one. */
  private void funding() {
    admin(a -> a.instrument("BTC-PERP", i -> i.baseCcy("BTC").quoteCcy("USDT").tickSz("0.1").lotSz("0.001")
        .kind(InstrumentKind.LINEAR_PERPETUAL).settleCcy("USDT").indexInstId(PAIR)));
    admin(a -> a.funding("BTC-PERP", f -> f.interval(Duration.ofSeconds(5)).period(Duration.ofHours(8)).cap("0.01")
        .dampened("0.0001", "0.0005")));
    pass(6);
    send(() -> engine.prices().mark("BTC-PERP", "1000"));
    admin(a -> a.funding("BTC-PERP", f -> f.interval(Duration.ofSeconds(5)).period(Duration.ofSeconds(5)).cap("0.01")
        .direct("-0.0003")));
    pass(6);
    admin(a -> a.funding(PAIR, f -> f.interval(Duration.ofSeconds(5))));
    admin(a -> a.funding("BTC-PERP", f -> { }));
  }

  /** At the end, so that nothing before it moves: borrowers pay for six seconds, and no more. */
  private void interest() {
    admin(a -> a.interest("USDT", i -> i.interval(Duration.ofSeconds(5)).base("0.02").kink("0.8", "0.08").above("1")
        .reserve("0.1")));
    pass(6);
    admin(a -> a.interest("USDT", i -> { }));
    admin(a -> a.interest("USDT", i -> i.interval(Duration.ofSeconds(5))));
  }

  /** What others say of a person, a market and a pool. */
  private void feeds() {
    send(() -> engine.prices().accountSignal("bob", 4, 70, nowNs.get() + 5 * STEP_NS));
    send(() -> engine.prices().signal(PAIR, 4, -3, 0));
    send(() -> engine.prices().pool(PAIR, 5, 1_000, 2_000_000, "0.003"));
    send(() -> engine.prices().pool(PAIR, 5, 0, 0, "0"));
  }

  private void quote(final int sourceId, final String px, final long awayNs) {
    send(() -> engine.prices().quote(PAIR, sourceId, px, nowNs.get() + awayNs, "1"));
  }

  /** Rows that come into force together, a pause of each kind, and every halt that lets something through. */
  private void limits() {
    admin(a -> a.accountLimits("bob", l -> { }));
    admin(a -> a.riskLimit(1, r -> r.limit(RiskLimitKind.POSITION_LOTS, 5).instId(PAIR).staged()));
    admin(a -> a.riskLimit(3, r -> r.limit(RiskLimitKind.VOLATILITY, 100).instId(PAIR)
        .window(Duration.ofMinutes(5)).pause(Duration.ofSeconds(2))));
    admin(a -> a.accountProfile("bob", 1, 4, 86, 0));
    order("bob", o -> o.side(Side.BUY).px("700").sz("0.1"));
    admin(a -> a.noRiskLimit(1));
    send(() -> engine.prices().mark(PAIR, "1000"));
    send(() -> engine.prices().mark(PAIR, "1011"));
    order("bob", o -> o.side(Side.BUY).px("700").sz("0.1"));
    pass(3);
    admin(a -> a.selfExclude("bob", nowNs.get() + 5 * STEP_NS));
    order("bob", o -> o.side(Side.BUY).px("700").sz("0.1"));
    admin(a -> a.selfExclude("bob", nowNs.get()));
    admin(a -> a.reduceOnlyEngine().reduceOnlyAccount("bob").reduceOnlyInstrument(PAIR));
    admin(a -> a.haltEngine(false).haltAccount("bob", false).haltInstrument(PAIR, false));
    admin(a -> a.haltGroup(4, HaltMode.REDUCE_ONLY, true).haltAutoSell(true));
    admin(a -> a.haltGroup(4, HaltMode.FULL, false).haltAutoSell(false));
  }

  /** Carol buys on margin and is liquidated, Dave is on the other side; the contract is settled by command. */
  private void contracts() {
    admin(a -> a.instrument(PERP, i -> i.baseCcy("BTC").quoteCcy("USDT").tickSz("0.1").lotSz("0.001")
        .kind(InstrumentKind.LINEAR_PERPETUAL)));
    for (final String name : new String[] {"carol", "dave", "house"}) {
      admin(a -> a.account(name).deposit(name, "USDT", "1000"));
    }
    send(() -> engine.margins().collateral("USDT", c -> c.tier("0", "1")));
    send(() -> engine.margins().collateral("BTC", c -> c.tier("0", "0.95").priceInstId(PAIR)));
    send(() -> engine.margins().terms(PERP, m -> m.tier("0", "0.1", "0.05")));
    send(() -> engine.margins().mode("carol", MarginMode.CROSS, PositionMode.ONE_WAY));
    send(() -> engine.margins().mode("dave", MarginMode.ISOLATED, PositionMode.ONE_WAY));
    send(() -> engine.margins().mode("house", MarginMode.CROSS, PositionMode.ONE_WAY));
    send(() -> engine.margins().leverage("dave", PERP, "5"));
    send(() -> engine.prices().mark(PERP, "1000"));
    onPerp("carol", Side.BUY, "1000", "2");
    onPerp("dave", Side.SELL, "1000", "2");
    send(() -> engine.margins().adjust("dave", PERP, PositionSide.NET, "100"));
    send(() -> engine.margins().terms(PERP, m -> m.tier("0", "0.2", "0.1").steps(2, STEP_NS)));
    pass(3);
    final Ingress ingress = engine.ingress();
    send(() -> {
      ingress.begin(new FundHouseEncoder()).assetId(3).amountUnits(5_000_000).fund(HouseFund.INSURANCE);
      return ingress.offer();
    });
    send(() -> {
      ingress.begin(new SetLiquidationEncoder()).backstopAccount(6).instrumentId(4).collarBps(1_000)
          .depthShareBps(5_000).attemptsMax(1).retryNs(1_000).policy(DeleveragePolicy.PRO_RATA);
      return ingress.offer();
    });
    send(() -> engine.prices().mark(PERP, "520"));
    pass(3);
    send(() -> {
      ingress.begin(new SettleInstrumentEncoder()).instrumentId(4).priceUnits(520_000);
      return ingress.offer();
    });
    pass(3);
  }

  /** What portfolio margin is told, which the face has no words for yet, and two positions in one contract. */
  private void portfolios() {
    final Ingress ingress = engine.ingress();
    ingress.begin(new SetPortfolioMarginEncoder()).instrumentId(1).parameter(0).valueE8(20_000_000);
    send(ingress::offer);
    ingress.begin(new SetPortfolioMarginEncoder()).instrumentId(1).parameter(99).valueE8(1);
    send(ingress::offer);
    admin(a -> a.instrument("BTC-CALL", i -> i.baseCcy("BTC").quoteCcy("USDT").tickSz("0.1").lotSz("0.001")
        .kind(InstrumentKind.CALL_OPTION).strikePx("1000").expiry(nowNs.get() + 86_400 * STEP_NS, 0)
        .indexInstId(PAIR)));
    ingress.begin(new SetOptionVolatilityEncoder()).instrumentId(5).volatilityE8(50_000_000).rateE8(3_000_000);
    send(ingress::offer);
    ingress.begin(new SetOptionVolatilityEncoder()).instrumentId(3).volatilityE8(1).forwardInstrumentId(4);
    send(ingress::offer);
    admin(a -> a.account("erin").deposit("erin", "USDT", "1000"));
    send(() -> engine.margins().mode("erin", MarginMode.ISOLATED, PositionMode.HEDGE));
    send(() -> engine.prices().mark("BTC-PERP", "1000"));
    send(() -> engine.margins().terms("BTC-PERP", m -> m.tier("0", "0.1", "0.05")));
    order("erin", o -> o.instId("BTC-PERP").side(Side.BUY).px("1000").sz("1").posSide(PositionSide.LONG));
    order("house", o -> o.instId("BTC-PERP").side(Side.SELL).px("1000").sz("1"));
    send(() -> engine.margins().adjust("erin", "BTC-PERP", PositionSide.LONG, "5000"));
  }

  /** A leveraged token and a synthetic asset, their holders and who backs them. */
  private void tokens() {
    admin(a -> a.asset("BTC3L", 4));
    admin(a -> a.asset("GOLD", 4));
    admin(a -> a.instrument("BTC3L-USDT", i -> i.tickSz("0.1").lotSz("0.1").kind(InstrumentKind.LEVERAGED_TOKEN)));
    admin(a -> a.instrument("GOLD-USDT", i -> i.tickSz("0.1").lotSz("0.1").kind(InstrumentKind.SYNTHETIC)));
    admin(a -> a.deposit("erin", "USDT", "100000"));
    send(() -> engine.tokens().subscribe("erin", "GOLD-USDT", "1", null));
    send(() -> engine.prices().mark(PAIR, "1000"));
    send(() -> engine.tokens().terms("BTC3L-USDT", t -> t.follows(PAIR, PriceSource.MARK).leverage("3").nav("200")
        .fee("0.001").dailyFee("0.0003").dailyAt(Duration.ofMinutes(2))));
    send(() -> engine.tokens().subscribe("erin", "BTC3L-USDT", "2.5", "600"));
    send(() -> engine.prices().mark(PAIR, "850"));
    send(() -> engine.tokens().redeem("erin", "BTC3L-USDT", "0.5", null));
    send(() -> engine.prices().index("GOLD-USDT", "2000"));
    send(() -> engine.tokens().terms("GOLD-USDT", t -> t.skew("0.01", "100").collateral("1.2").sizeMax("1000")));
    send(() -> engine.tokens().subscribe("erin", "GOLD-USDT", "1", null));
    send(() -> engine.tokens().back("erin", "GOLD-USDT", "1000"));
    send(() -> engine.tokens().subscribe("erin", "GOLD-USDT", "1", "2100"));
    send(() -> engine.tokens().leave("erin", "GOLD-USDT", 100_000_000, "90"));
    send(() -> engine.tokens().redeem("erin", "GOLD-USDT", "1", "2001"));
  }

  /** Orders that are worked over time, a firing that a person looks at, and payments that a price releases. */
  private void actions() {
    admin(a -> a.account("frank").deposit("frank", "BTC", "3").deposit("frank", "USDT", "9000"));
    order("frank", o -> o.side(Side.BUY).px("995").sz("1").clOrdId("bid"));
    admin(a -> a.account("gina").deposit("gina", "BTC", "3"));
    rule("gina", r -> r.now().sz("0.3").algoClOrdId("legs")
        .twap(w -> w.duration(3 * STEP_NS).interval(STEP_NS).tolerance("0.03")));
    pass(4);
    rule("gina", r -> r.slTriggerPx("1004").triggerPxType(PriceSource.LAST).sz("0.2").algoClOrdId("looked-at")
        .armPolicy(ArmPolicy.FIRE).review(5 * STEP_NS, ReviewDefault.CANCEL));
    admin(a -> a.review("gina", 56, ReviewDefault.RELEASE));
    pass(6);
    admin(a -> a.hold("frank", "USDT", "50"));
    rule("frank", r -> r.slTriggerPx("1005").triggerPxType(PriceSource.LAST).algoClOrdId("escrow")
        .armPolicy(ArmPolicy.FIRE).releaseHold(58));
  }

  /** Two trades are put right, one for good, and harm is paid for; none of it twice. */
  private void remedies() {
    admin(a -> a.keepTrades(16));
    admin(a -> a.account("hank").deposit("hank", "USDT", "1000").account("ivy").deposit("ivy", "BTC", "1"));
    order("ivy", o -> o.side(Side.SELL).px("700").sz("0.1"));
    order("ivy", o -> o.side(Side.SELL).px("700").sz("0.1"));
    final long last = trades.get();
    final Consumer<RemedyTicket> why = t -> t.cause(RemedyCause.WRONG_FEED).evidence("CASE-17").fundMax("50");
    admin(a -> a.adjustTrade(PAIR, last, "690", why));
    admin(a -> a.bustTrade(PAIR, last - 1, why));
    admin(a -> a.bustTrade(PAIR, last - 1, why));
    admin(a -> a.compensate("hank", PAIR, "USDT", "5", 1, why));
    admin(a -> a.compensate("hank", PAIR, "USDT", "5", 1, why));
    admin(a -> a.riskLimit(4, r -> r.limit(RiskLimitKind.CASCADE, 2).window(Duration.ofSeconds(1)).bands(50)));
  }

  private void onPerp(final String acct, final Side side, final String px, final String sz) {
    send(() -> engine.orders().place(
        o -> o.acct(acct).instId(PERP).ordType(OrdType.LIMIT).side(side).px(px).sz(sz)));
  }

  private void order(final String acct, final Consumer<OrderTicket> fill) {
    send(() -> engine.orders().place(o -> {
      o.acct(acct).instId(PAIR).ordType(OrdType.LIMIT);
      fill.accept(o);
    }));
  }

  private void rule(final String acct, final Consumer<RuleTicket> fill) {
    send(() -> engine.rules().arm(r -> {
      r.acct(acct).instId(PAIR);
      fill.accept(r);
    }));
  }

  private void print(final String px, final String sz) {
    send(() -> engine.prices().print("tape", PAIR, px, sz, "1", 0));
  }

  private void admin(final Consumer<Admin> act) {
    act.accept(engine.admin());
    pass(1);
  }

  private void send(final LongSupplier act) {
    final long answer = act.getAsLong();
    assertTrue(answer >= 0, () -> Codes.describe(answer));
    pass(1);
  }

  /** Drives the engine, then lets time pass, step by step. */
  private void pass(final int steps) {
    for (int i = 0; i < steps; i++) {
      while (engine.doWork() > 0) {
        Thread.onSpinWait();
      }
      nowNs.addAndGet(STEP_NS);
    }
  }
}
