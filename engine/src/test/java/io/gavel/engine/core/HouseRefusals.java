package io.gavel.engine.core;

import static io.gavel.engine.core.Core.ALICE;
import static io.gavel.engine.core.Core.USD;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gavel.codecs.sbe.FundHouseEncoder;
import io.gavel.codecs.sbe.HouseFund;
import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.PositionMode;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SettleInstrumentEncoder;
import java.util.Map;
import java.util.function.Function;

/** How to be refused around the house's own money: funds, tokens and remedies. */
final class HouseRefusals {

  private final Map<ReasonCode, Function<Core, ReasonCode>> cases;

  HouseRefusals(final Map<ReasonCode, Function<Core, ReasonCode>> cases) {
    this.cases = cases;
  }

  void add() {
    houseFunds();
    tokens();
    remedies();
  }

  private void houseFunds() {
    cases.put(ReasonCode.FUND_INSUFFICIENT,
        c -> c.send(new FundHouseEncoder(), 0, f -> f.fund(HouseFund.INSURANCE).assetId(USD).amountUnits(-1)));
    cases.put(ReasonCode.LIQUIDATION_INVALID, c -> {
      final LiquidationDesk desk = new LiquidationDesk(MarginDesk.on(c));
      desk.trader(LiquidationDesk.HOUSE, MarginMode.CROSS, PositionMode.ONE_WAY, 1);
      return desk.terms(t -> t.depthShareBps(1));
    });
    cases.put(ReasonCode.NOT_A_CONTRACT,
        c -> c.send(new SettleInstrumentEncoder(), 0, s -> s.instrumentId(Core.PAIR).priceUnits(10)));
  }

  private void tokens() {
    cases.put(ReasonCode.TOKEN_NOT_SET, c -> new TokenStand(c).subscribe(ALICE, TokenStand.BULL_USD, 1, 0));
    cases.put(ReasonCode.TOKEN_TERMS_INVALID, c -> new TokenStand(c).bull(t -> t.leverageE8(0)));
    cases.put(ReasonCode.TOKEN_LIMIT_PASSED, c -> {
      final TokenStand stand = new TokenStand(c);
      assertEquals(ReasonCode.OK, stand.goldAt(1_000));
      assertEquals(ReasonCode.OK, stand.gold(t -> t.collateralE8(0)));
      return stand.subscribe(ALICE, TokenStand.GOLD_USD, TokenStand.WHOLE, 100);
    });
    cases.put(ReasonCode.TOKEN_POOL_SHORT, c -> {
      final TokenStand stand = new TokenStand(c);
      assertEquals(ReasonCode.OK, stand.goldAt(1_000));
      assertEquals(ReasonCode.OK, stand.gold(t -> { }));
      return stand.subscribe(ALICE, TokenStand.GOLD_USD, TokenStand.WHOLE, 0);
    });
  }

  private void remedies() {
    cases.put(ReasonCode.UNKNOWN_TRADE, c -> new RemedyDesk(c).bust(1));
    cases.put(ReasonCode.ALREADY_REMEDIED, c -> {
      final RemedyDesk desk = kept(c);
      assertEquals(ReasonCode.OK, desk.bust(desk.trade(50, 51, 1_000, 1)));
      return desk.bust(1);
    });
    cases.put(ReasonCode.REMEDY_NOT_COVERED, c -> {
      final RemedyDesk desk = kept(c);
      desk.trade(50, 51, 1_000, 1);
      assertEquals(ReasonCode.OK, c.hold(51, USD, c.free(51, USD)));
      return desk.bust(1);
    });
  }

  private static RemedyDesk kept(final Core core) {
    final RemedyDesk desk = new RemedyDesk(core);
    desk.trader(50, 1_000, 1_000_000);
    desk.trader(51, 1_000, 1_000_000);
    assertEquals(ReasonCode.OK, desk.keep(4));
    return desk;
  }
}
