package io.gavel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gavel.codecs.sbe.CommandAnswerDecoder;
import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.MarginChangedDecoder;
import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.PositionChangedDecoder;
import io.gavel.codecs.sbe.PositionMode;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Side;
import io.gavel.engine.journal.DurabilityLevel;
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
}
