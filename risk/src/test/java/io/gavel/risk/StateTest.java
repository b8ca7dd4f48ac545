package io.gavel.risk;

import static io.gavel.risk.RiskWorld.ALICE;
import static io.gavel.risk.RiskWorld.BASE_PER_LOT;
import static io.gavel.risk.RiskWorld.BOB;
import static io.gavel.risk.RiskWorld.BTC;
import static io.gavel.risk.RiskWorld.BTC_USDT;
import static io.gavel.risk.RiskWorld.CAROL;
import static io.gavel.risk.RiskWorld.USDT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.DegradedCause;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.HaltMode;
import io.gavel.codecs.sbe.HaltScope;
import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.MarkRuleKind;
import io.gavel.codecs.sbe.PositionMode;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.PriceState;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RiskLimitKind;
import io.gavel.codecs.sbe.SetPriceRuleDecoder;
import io.gavel.codecs.sbe.Side;
import io.gavel.risk.collateral.HaircutTable;
import io.gavel.risk.funding.FundingCommands;
import io.gavel.risk.funding.InterestCommands;
import io.gavel.risk.ledger.SystemAccount;
import io.gavel.risk.margin.MarginCurve;
import io.gavel.risk.margin.MarginTable;
import io.gavel.risk.margin.MarginTerms;
import io.gavel.risk.margin.PortfolioCommands;
import io.gavel.risk.mark.PriceCommands;
import io.gavel.risk.option.PortfolioParameter;
import io.gavel.risk.position.Contracts;
import io.gavel.risk.token.Rebalanced;
import io.gavel.risk.token.TokenCommands;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Goal: what is saved is all there is. Method: save, load into a fresh engine, save again, and go on in both. */
class StateTest {

  @Test
  void shouldNameItsComponentsInOrder() {
    final List<StateOwner> state = fresh().state();

    assertEquals(
        List.of(10, 11, 12, 13, 14, 15, 16, 17, 18, 31, 32, 33, 34, 35, 40, 41, 42, 43, 44, 60, 61, 62, 63, 64, 65, 70,
            52, 46, 47, 53),
        state.stream().map(StateOwner::componentId).toList());
    assertEquals(
        List.of("assets", "instruments", "accounts", "ledger", "holds", "reservations", "positions", "marks", "halts",
            "contracts", "debts", "account modes", "margin terms", "collateral", "index", "mark-rule",
            "price-validity", "funding", "interest", "risk-table", "account-profiles", "cooling-off",
            "volatility-halts", "halt-modes", "cascade-budget", "portfolio margin", "loss-index", "tokens",
            "pool-shares", "own-prints"),
        state.stream().map(StateOwner::componentName).toList());
  }

  @Test
  void shouldWriteNothingWhileEmpty() {
    assertEquals(List.of(), StateTape.of(fresh()));
  }

  @Test
  void shouldSaveTheSameAfterLoadingForEachComponent() {
    final RiskWorld world = busyWorld();
    final RiskEngine loaded = fresh();
    StateTape.copy(world.risk, loaded);

    for (int i = 0; i < loaded.state().size(); i++) {
      final StateOwner owner = world.risk.state().get(i);
      assertFalse(StateTape.saved(owner).isEmpty(), owner.componentName() + " is not put to the test");
    }
    assertEquals(StateTape.of(world.risk), StateTape.of(loaded));
    loaded.assertConserved();
  }

  @Test
  void shouldGoOnTheSameAfterLoading() {
    final RiskWorld world = busyWorld();
    final RiskEngine loaded = fresh();
    StateTape.copy(world.risk, loaded);

    for (final RiskEngine risk : List.of(world.risk, loaded)) {
      risk.setHalt(HaltScope.ENGINE, 0, 0, false);
      risk.setHalt(HaltScope.ACCOUNT, 0, BOB, false);
      risk.settleFill(0, 2, BTC_USDT, Side.BUY, 600_000, 1, world.fill);
      risk.release(2);
      final OrderRequest order = world.limit(BOB, Side.SELL, 600_000, 1);
      assertEquals(ReasonCode.OK, risk.reserve(order));
      assertEquals(1, order.reservation);
      assertEquals(ReasonCode.OK, risk.settleHold(ALICE, 8, 20));
      assertEquals(ReasonCode.DUPLICATE_NAME, RiskWorld.asset(risk, 3, 8, "BTC"));
      assertEquals(ReasonCode.DUPLICATE_INSTRUMENT,
          risk.createInstrument(RiskWorld.instrument(BTC_USDT, "NEW", c -> { })));
    }
    assertEquals(StateTape.of(world.risk), StateTape.of(loaded));
  }

  @Test
  void shouldWriteNothingForAComponentThatIsEmptyAgain() {
    final RiskWorld world = busyWorld();

    world.risk.releaseHold(ALICE, 7);
    world.risk.releaseHold(ALICE, 8);
    world.risk.release(0);
    world.risk.release(2);
    world.risk.setHalt(HaltScope.ENGINE, 0, 0, false);
    world.risk.setHalt(HaltScope.INSTRUMENT, BTC_USDT, 0, false);
    world.risk.setHalt(HaltScope.ACCOUNT, 0, BOB, false);
    world.risk.degraded(DegradedCause.OPERATOR, false);

    for (final int emptied : new int[] {14, 15, 18}) {
      assertTrue(StateTape.saved(world.risk.state().get(emptied - 10)).isEmpty());
    }
  }

  /** Something in every component, holes in the pools, and nobody in alphabetical order. */
  private static RiskWorld busyWorld() {
    final RiskWorld world = new RiskWorld(c -> c.makerFeeE8(12_345).takerFeeE8(67_891));
    world.deposit(CAROL, USDT, 77).deposit(BOB, BTC, 9 * BASE_PER_LOT).deposit(ALICE, USDT, 1_000_000_000_000L);
    assertEquals(ReasonCode.OK, world.risk.deposit(ALICE, BTC, 9 * BASE_PER_LOT, BTC_USDT, 500_000));
    token(world);
    world.risk.holdFunds(ALICE, USDT, 1, 5);
    world.risk.holdFunds(ALICE, USDT, 10, 7);
    world.risk.holdFunds(ALICE, USDT, 30, 8);
    world.risk.releaseHold(ALICE, 5);
    final int maker = world.reserved(world.limit(BOB, Side.SELL, 600_000, 3));
    final int taker = world.reserved(world.limit(ALICE, Side.BUY, 600_001, 3));
    world.reserved(world.limit(ALICE, Side.BUY, 600_002, 7));
    world.settle(maker, taker, Side.BUY, 600_000, 1);
    world.risk.release(taker);
    world.risk.setFees(BTC_USDT, 1, 2);
    world.risk.marks().setLast(BTC_USDT, 600_000, 9, 90);
    world.risk.marks().setBidAsk(BTC_USDT, 599_999, 0, 10, 100);
    world.risk.marks().setMark(BTC_USDT, 600_000_50, 11, 110);
    pricesOfSources(world.risk);
    RiskWorld.contract(world.risk, 4, "BTC-PERPETUAL", c -> c.kind(InstrumentKind.LINEAR_PERPETUAL));
    FundingCommands.settle(world.risk.funding(), 4);
    InterestCommands.settle(world.risk, USDT);
    world.risk.setHalt(HaltScope.ENGINE, 0, 0, true);
    world.risk.setHalt(HaltScope.INSTRUMENT, BTC_USDT, 0, true);
    world.risk.setHalt(HaltScope.ACCOUNT, 0, BOB, true);
    world.risk.degraded(DegradedCause.OPERATOR, true);
    RiskWorld.contract(world.risk, 5, "BTC-FUTURE", c -> c.kind(InstrumentKind.INVERSE_FUTURE).expiryTimeNs(9));
    final Contracts contracts = world.risk.contracts();
    contracts.trade(contracts.open(2, 5, PositionSide.NET), 7, 350);
    contracts.trade(contracts.open(0, 5, PositionSide.SHORT), -7, 350);
    contracts.addOpen(contracts.open(0, 5, PositionSide.LONG), true, 3, 30);
    world.risk.payHouse(2, BTC, SystemAccount.CLEARING, 3);
    world.risk.receiveFromHouse(0, BTC, SystemAccount.CLEARING, 3);
    world.risk.shareLoss(contracts.find(2, 5, PositionSide.NET), 3);
    world.risk.accountModes().set(2, MarginMode.ISOLATED, PositionMode.HEDGE);
    final MarginTable table = new MarginTable();
    table.clear(MarginCurve.STEP);
    table.tier(0, 1_000, 500);
    world.risk.marginRegister().set(5, new MarginTerms(table.schedule(), true));
    world.risk.marginRegister().begin(5, new MarginTerms(table.schedule(), false), 1, 7);
    world.risk.marginRegister().step(5);
    final HaircutTable haircuts = new HaircutTable();
    haircuts.clear(1);
    haircuts.tier(0, 90_000_000);
    world.risk.collateral().set(USDT, 0, haircuts.haircuts());
    world.risk.collateral().set(BTC, BTC_USDT, haircuts.haircuts());
    PortfolioCommands.parameter(world.risk, BTC_USDT, PortfolioParameter.MM_LOSS_FACTOR, 90_000_000);
    RiskWorld.contract(world.risk, 6, "BTC-CALL", c -> c.kind(InstrumentKind.CALL_OPTION).expiryTimeNs(9)
        .strikeTicks(600_000).indexInstrumentId(BTC_USDT));
    PortfolioCommands.volatility(world.risk, 6, 50_000_000, 1_000_000, 0);
    limited(world);
    return world;
  }

  /** A synthetic asset that is out, and somebody who backs it. */
  private static void token(final RiskWorld world) {
    assertEquals(ReasonCode.OK, RiskWorld.asset(world.risk, 8, 0, "GOLD"));
    assertEquals(ReasonCode.OK, world.risk.createInstrument(RiskWorld.instrument(2, "GOLD-USDT",
        c -> c.kind(InstrumentKind.SYNTHETIC).baseAssetId(8).lotSizeE10(10_000_000_000L))));
    world.risk.marks().setIndex(2, 5, 1, 1);
    assertEquals(ReasonCode.OK, world.risk.tokens().setToken(TokenCommands.synthetic(2, c -> { }), new Rebalanced()));
    assertEquals(ReasonCode.OK, world.risk.tokens().subscribe(ALICE, 2, 3, 0, new TokenMove()));
    assertEquals(ReasonCode.OK, world.risk.tokens().back(ALICE, 2, 40, 0, new TokenMove()));
  }

  /** Three sources that make an index that makes a mark; one is excluded. */
  private static void pricesOfSources(final RiskEngine risk) {
    final SetPriceRuleDecoder rule = PriceCommands.rule(r -> r.markRule(MarkRuleKind.MEDIAN).windowNs(300)
        .raiseMaxE8(7).raiseIntervalNs(60).excludeNs(0).moveMaxE8(9).floorUnits(3).ceilUnits(90_000_000));
    risk.indexPrices().rule(rule);
    risk.markRule().rule(BTC_USDT, risk.indexPrices().rule(BTC_USDT));
    risk.validity().judge(BTC_USDT);
    for (int sourceId = 1; sourceId <= 4; sourceId++) {
      risk.indexPrices().take(PriceCommands.quote(sourceId, 60_000_000 + 9_000_000L * (sourceId / 4), 90, 100_000_000));
    }
    risk.indexPrices().evaluate(BTC_USDT, 110);
    risk.markRule().prints(BTC_USDT, true);
    risk.markRule().marketChanged(BTC_USDT, 60_000_000, true, 110);
    risk.markRule().marketChanged(BTC_USDT, 60_000_001, true, 140);
    risk.validity().state(BTC_USDT, PriceSource.MARK, PriceState.CLAMPED);
    risk.validity().markChanged(risk.indexPrices().rule(BTC_USDT), BTC_USDT, 60_000_050, 120);
  }

  /** Rows in force and staged, a profile, pauses of all kinds, halts of all modes, and a slice that is begun. */
  private static void limited(final RiskWorld world) {
    final RiskEngine risk = world.risk;
    risk.now(1_000);
    world.limited(3, RiskLimitKind.VOLATILITY, 100, c -> c.instrumentId(BTC_USDT).windowNs(500).durationNs(90))
        .limited(7, RiskLimitKind.STOP_OUTS, 2, c -> c.windowNs(500).durationNs(90))
        .limited(8, RiskLimitKind.LOSS, 2, c -> c.assetId(USDT).windowNs(500).durationNs(90))
        .limited(9, RiskLimitKind.CASCADE, 2, c -> c.windowNs(70).bandBps(25))
        .limited(64, RiskLimitKind.ORDER_LOTS, 50, c -> c.staged(Flag.YES));
    assertEquals(ReasonCode.OK, risk.controls().setProfile(BOB, 77, 5, 6, 7));
    risk.limits().marked(BTC_USDT, 1_000);
    assertEquals(3, risk.limits().marked(BTC_USDT, 2_000));
    risk.cooling().exclude(risk.accountSlot(CAROL), 5_000);
    assertEquals(0, risk.cooling().stoppedOut(risk.accountSlot(BOB), 900));
    assertEquals(8, risk.cooling().lost(risk.accountSlot(ALICE), USDT, 3, 950));
    assertTrue(risk.controls().cascades().take(BTC_USDT, 3, 1, 1_000));
    risk.controls().setHalt(HaltScope.GROUP, 0, 0, 5, true, HaltMode.REDUCE_ONLY);
    risk.setHalt(HaltScope.AUTO_SELL, 0, 0, true);
  }

  private static RiskEngine fresh() {
    return new RiskEngine(100, 8, 8, 1_000, 1_000, 1_000);
  }
}
