package io.gavel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gavel.codecs.sbe.CommandAnswerDecoder;
import io.gavel.codecs.sbe.DeleveragePolicy;
import io.gavel.codecs.sbe.HouseFund;
import io.gavel.codecs.sbe.HouseFundChangedDecoder;
import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.InstrumentSettledDecoder;
import io.gavel.codecs.sbe.InterestSettledDecoder;
import io.gavel.codecs.sbe.LiquidationStepDecoder;
import io.gavel.codecs.sbe.MarginChangedDecoder;
import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.PositionChangedDecoder;
import io.gavel.codecs.sbe.PositionMode;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Side;
import io.gavel.engine.journal.DurabilityLevel;
import io.gavel.risk.option.PortfolioParameter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Contracts and margin in the words of the trade, through the embedding face. */
class MarginsTest {

  private static final String PERP = "BTC-USDT-PERP";

  private final List<String> heard = new ArrayList<>();
  private final GavelEvents events = new GavelEvents() {
    @Override
    public void onAnswer(final CommandAnswerDecoder answer, final DurabilityLevel committed) {
      if (ReasonCode.OK != answer.code()) {
        heard.add(answer.code().name());
      }
    }

    @Override
    public void onPositionChanged(final PositionChangedDecoder position) {
      heard.add(position.lots() + " at " + position.costUnits() + " margin " + position.marginUnits());
    }

    @Override
    public void onHouseFundChanged(final HouseFundChangedDecoder fund) {
      heard.add(fund.fund() + " " + fund.balanceUnits());
    }

    @Override
    public void onLiquidationStep(final LiquidationStepDecoder step) {
      heard.add(step.stage() + " " + step.lots());
    }

    @Override
    public void onInstrumentSettled(final InstrumentSettledDecoder settled) {
      heard.add("settled at " + settled.priceUnits() + ", " + settled.openInterestLots() + " lots");
    }

    @Override
    public void onInterestSettled(final InterestSettledDecoder interest) {
      heard.add("interest " + interest.rateE10() + " of " + interest.assetId());
    }

    @Override
    public void onMarginChanged(final MarginChangedDecoder margin) {
      heard.add("terms " + margin.done());
    }
  };

  @Test
  void shouldOpenAContractAndTradeItOnMargin() {
    try (Gavel engine = Gavel.launch(new GavelContext().clock(new TestClock()).config(Scene.CONFIG), events)) {
      Scene.open(engine);
      engine.admin().deposit("bob", "USDT", "1000");
      engine.admin().instrument(PERP, i -> i.baseCcy("BTC").quoteCcy("USDT").tickSz("0.1").lotSz("0.001")
          .kind(InstrumentKind.LINEAR_PERPETUAL));
      engine.margins().collateral("USDT", c -> c.tier("0", "1"));
      engine.margins().terms(PERP, m -> m.tier("0", "0.01", "0.005").tier("1000000", "0.02", "0.01").leverageMax("50"));
      engine.margins().mode("alice", MarginMode.ISOLATED, PositionMode.HEDGE);
      engine.margins().mode("bob", MarginMode.CROSS, PositionMode.ONE_WAY);
      engine.margins().leverage("alice", PERP, "12.5");
      engine.margins().leverage("bob", PERP, "51");
      engine.prices().mark(PERP, "60000");
      engine.orders().place(o -> o.acct("alice").instId(PERP).side(Side.BUY).ordType(OrdType.LIMIT).px("60000")
          .sz("0.01").posSide(PositionSide.LONG));
      engine.orders().place(o -> o.acct("bob").instId(PERP).side(Side.SELL).ordType(OrdType.LIMIT).px("60000")
          .sz("0.01"));
      engine.margins().adjust("alice", PERP, PositionSide.LONG, "10");
      engine.margins().adjust("alice", PERP, PositionSide.LONG, "-10.000001");
      Scene.drain(engine);

      assertEquals(List.of("terms YES", "LEVERAGE_ABOVE_MAX", "10 at 60000000000 margin 4800000000",
          "-10 at -60000000000 margin 0", "10 at 60000000000 margin 5800000000", "MARGIN_INSUFFICIENT"), heard);
      assertThrows(RefusedException.class, () -> engine.margins().leverage("alice", PERP, "12.555"));
      assertThrows(RefusedException.class, () -> engine.margins().terms("NO-SUCH", m -> m.tier("0", "1", "1")));
    }
  }

  @Test
  void shouldFundTheHouseLiquidateAndSettle() {
    try (Gavel engine = Gavel.launch(new GavelContext().clock(new TestClock()).config(Scene.CONFIG), events)) {
      Scene.open(engine);
      final Admin admin = engine.admin().account("house").deposit("house", "USDT", "100000")
          .deposit("bob", "USDT", "100000").instrument(PERP, i -> i.baseCcy("BTC").quoteCcy("USDT").tickSz("0.1")
              .lotSz("0.001").kind(InstrumentKind.LINEAR_PERPETUAL));
      engine.margins().collateral("USDT", c -> c.tier("0", "1"));
      engine.margins().terms(PERP, m -> m.tier("0", "0.1", "0.05"));
      engine.margins().mode("alice", MarginMode.ISOLATED, PositionMode.ONE_WAY);
      engine.margins().mode("bob", MarginMode.CROSS, PositionMode.ONE_WAY);
      engine.margins().mode("house", MarginMode.CROSS, PositionMode.ONE_WAY);
      admin.fundHouse(HouseFund.INSURANCE, "USDT", "1000.5").fundHouse(HouseFund.INSURANCE, "USDT", "-2000")
          .liquidation(PERP, l -> l.backstop("house").backstopLossMax("10").fund("100", "500")
              .fundInterval("200", Duration.ofHours(1)).orders(100, 0, 0).attempts(1, Duration.ofSeconds(1))
              .policy(DeleveragePolicy.GREEDY));
      engine.prices().mark(PERP, "60000");
      engine.orders().place(o -> o.acct("alice").instId(PERP).side(Side.BUY).ordType(OrdType.LIMIT).px("60000")
          .sz("0.01"));
      engine.orders().place(o -> o.acct("bob").instId(PERP).side(Side.SELL).ordType(OrdType.LIMIT).px("60000")
          .sz("0.01"));
      engine.prices().mark(PERP, "56800");
      admin.settleInstrument(PERP, "56000").settleInstrument(PERP, "56000");
      Scene.drain(engine);

      assertEquals(List.of("terms YES", "INSURANCE 100050000000", "FUND_INSUFFICIENT",
          "10 at 60000000000 margin 6000000000", "-10 at -60000000000 margin 0", "STARTED 0", "TAKEN_OVER 10",
          "0 at 0 margin 0", "10 at 54000000000 margin 0", "ENDED 0", "0 at 0 margin 0", "0 at 0 margin 0",
          "settled at 56000000, 10 lots"), heard.subList(0, 13));
      assertThrows(RefusedException.class, () -> admin.liquidation(PERP, l -> l.backstop("nobody")));
      assertThrows(RefusedException.class, () -> admin.fundHouse(HouseFund.BACKSTOP, "EUR", "1"));
      assertThrows(RefusedException.class, () -> admin.settleInstrument(PERP, "0.0001"));
    }
  }

  @Test
  void shouldSetOptionValuesAndInterest() {
    try (Gavel engine = Gavel.launch(new GavelContext().clock(new TestClock()).config(Scene.CONFIG), events)) {
      Scene.open(engine);
      final Admin admin = engine.admin().instrument("BTC-CALL", i -> i.baseCcy("BTC").quoteCcy("USDT").tickSz("0.1")
          .lotSz("0.001").kind(InstrumentKind.CALL_OPTION).strikePx("70000").expiry(Long.MAX_VALUE / 2, 0)
          .indexInstId(Scene.PAIR));
      admin.optionVolatility("BTC-CALL", "0.55", "0.04", null).optionVolatility(Scene.PAIR, "0.55", "0.04", null)
          .portfolioMargin(Scene.PAIR, PortfolioParameter.IM_LOSS_FACTOR, "1.1")
          .portfolioMargin("BTC-CALL", PortfolioParameter.IM_LOSS_FACTOR, "1.1")
          .interest("USDT", i -> i.interval(Duration.ofSeconds(1)).base("0.02").kink("0.8", "0.08").above("1")
              .reserve("0.1"))
          .interest("USDT", i -> { }).interest("BTC", i -> i.interval(Duration.ofNanos(1)));
      Scene.drain(engine);

      assertEquals(List.of("CONTRACT_TERMS_INVALID", "interest 200000000 of 2",
          "PARAMETERS_INVALID"), heard);
      assertThrows(RefusedException.class, () -> admin.interest("USDT", i -> i.base("two per cent")));
      assertThrows(RefusedException.class, () -> admin.optionVolatility("BTC-CALL", "0.55", "0.04", "NO-SUCH"));
    }
  }
}
