package io.gavel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gavel.codecs.sbe.CommandAnswerDecoder;
import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.PositionMode;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleArmedDecoder;
import io.gavel.codecs.sbe.RuleAttach;
import io.gavel.codecs.sbe.RuleStateChangedDecoder;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.TargetUnit;
import io.gavel.engine.journal.DurabilityLevel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules that belong to positions, orders and other rules, in the words of the trade, through the embedding face. */
class RuleRelationsTest {

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
    public void onRuleArmed(final RuleArmedDecoder rule) {
      final StringBuilder line = new StringBuilder(rule.state() + " " + rule.quantityLots());
      for (final RuleArmedDecoder.LegsDecoder leg : rule.legs()) {
        line.append(' ').append(leg.kind()).append('@').append(leg.levelTicks());
      }
      heard.add(line.toString());
    }

    @Override
    public void onRuleStateChanged(final RuleStateChangedDecoder rule) {
      heard.add(rule.toState() + " " + rule.reason() + " " + rule.remainingLots());
    }
  };

  @Test
  void shouldProtectAPositionAndFollowAnOrder() {
    try (Gavel engine = Gavel.launch(new GavelContext().clock(new TestClock()).config(Scene.CONFIG), events)) {
      Scene.open(engine);
      engine.admin().deposit("bob", "USDT", "1000");
      engine.admin().instrument(PERP, i -> i.baseCcy("BTC").quoteCcy("USDT").tickSz("0.1").lotSz("0.001")
          .kind(InstrumentKind.LINEAR_PERPETUAL));
      engine.margins().collateral("USDT", c -> c.tier("0", "1"));
      engine.margins().terms(PERP, m -> m.tier("0", "0.01", "0.005").leverageMax("50"));
      engine.margins().mode("alice", MarginMode.ISOLATED, PositionMode.HEDGE);
      engine.margins().mode("bob", MarginMode.CROSS, PositionMode.ONE_WAY);
      engine.margins().leverage("alice", PERP, "12.5");
      engine.prices().mark(PERP, "60000");
      order(engine, "alice", Side.BUY, PositionSide.LONG);
      order(engine, "bob", Side.SELL, PositionSide.NET);
      Scene.drain(engine);
      heard.clear();

      engine.rules().arm(r -> r.acct("alice").instId(PERP).closeFraction("1").attachPosition(PositionSide.LONG)
          .profit("30", TargetUnit.AMOUNT).loss("0.5", TargetUnit.MARGIN_RATIO).triggerPxType(PriceSource.MARK));
      Scene.drain(engine);
      engine.rules().arm(r -> r.acct("alice").instId(PERP).closeFraction("1").attachPosition(PositionSide.LONG)
          .profit("0", TargetUnit.AMOUNT).triggerPxType(PriceSource.MARK));
      engine.rules().arm(r -> r.acct("alice").instId(PERP).closeFraction("1")
          .attachOrder(RuleAttach.ORDER_COMPLETE, 99).slTriggerPx("50000").triggerPxType(PriceSource.MARK));
      engine.rules().arm(r -> r.acct("alice").instId(PERP).closeFraction("1").attachPosition(PositionSide.LONG)
          .callbackRatio("0.01").callbackStep("10").priority(2).triggerPxType(PriceSource.MARK));
      engine.rules().arm(r -> r.acct("alice").instId(PERP).closeFraction("1").attachPosition(PositionSide.LONG)
          .slTriggerPx("55000").coolDown(Duration.ofMinutes(1)).updates(99, "1").triggerPxType(PriceSource.MARK));
      Scene.drain(engine);

      assertEquals(List.of("LIVE 10 PROFIT@630000 LOSS@576000", "AMOUNT_NOT_POSITIVE", "RULE_PARENT_INVALID",
          "LIVE 10 TRAILING_STOP@594000", "UNKNOWN_RULE"), heard);
    }
  }

  private static void order(final Gavel engine, final String account, final Side side, final PositionSide position) {
    engine.orders().place(o -> o.acct(account).instId(PERP).side(side).ordType(OrdType.LIMIT).px("60000").sz("0.01")
        .posSide(position));
  }
}
