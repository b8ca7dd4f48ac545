package io.gavel.engine.core.oracle;

import io.gavel.codecs.Text32;
import io.gavel.codecs.sbe.BalanceCause;
import io.gavel.codecs.sbe.BalanceChangedEncoder;
import io.gavel.codecs.sbe.ChildRefusedEncoder;
import io.gavel.codecs.sbe.CommandAnswerEncoder;
import io.gavel.codecs.sbe.HaltChangedEncoder;
import io.gavel.codecs.sbe.HaltScope;
import io.gavel.codecs.sbe.OrderAcceptedEncoder;
import io.gavel.codecs.sbe.OrderAmendedEncoder;
import io.gavel.codecs.sbe.OrderClosedEncoder;
import io.gavel.codecs.sbe.PriceChangedEncoder;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleArmedEncoder;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.RuleState;
import io.gavel.codecs.sbe.RuleStateChangedEncoder;
import io.gavel.codecs.sbe.RuleTriggeredEncoder;
import io.gavel.codecs.sbe.TradeEncoder;
import java.math.BigInteger;

/** Tells what the oracle foresees, one method for each kind of event. */
final class Told {

  final Tale tale = new Tale();
  /** On whose behalf the command came. */
  long caller;

  void answer(final ReasonCode code, final long id) {
    tale.begin(CommandAnswerEncoder.TEMPLATE_ID, caller).put(code.value()).put(id).put(false).put(0).end();
  }

  void repeated(final ReasonCode code, final long id, final long answeredSequence) {
    tale.begin(CommandAnswerEncoder.TEMPLATE_ID, caller).put(code.value()).put(id).put(true).put(answeredSequence)
        .end();
  }

  void accepted(final Order order) {
    tale.begin(OrderAcceptedEncoder.TEMPLATE_ID, order.account).put(order.id).put(order.side.value())
        .put(order.quantity).put(order.limitTicks).put(ruleId(order)).put(order.pair.id)
        .put(order.ordType.value()).put(order.timeInForce.value()).put(order.postOnly).put(order.expireTimeNs).end();
  }

  void trade(final Order taker, final Order maker, final int ticks, final long lots, final BigInteger[] fees) {
    tale.begin(TradeEncoder.TEMPLATE_ID, taker.account).put(lots).put(ticks).put(taker.id).put(maker.id)
        .put(taker.open).put(maker.open).put(fees[0].longValueExact()).put(fees[1].longValueExact())
        .put(taker.pair.notional(ticks, lots).longValueExact()).put(maker.account).put(ruleId(taker))
        .put(ruleId(maker)).put(taker.pair.id).put(taker.side.value()).end();
  }

  void closed(final Order order, final ReasonCode reason) {
    tale.begin(OrderClosedEncoder.TEMPLATE_ID, order.account).put(order.id).put(reason.value()).put(order.filled)
        .put(Math.max(0, order.quantity - order.filled)).put(ruleId(order)).put(order.pair.id)
        .put(order.side.value()).end();
  }

  void amended(final Order order, final boolean kept, final ReasonCode reason) {
    tale.begin(OrderAmendedEncoder.TEMPLATE_ID, order.account).put(order.id).put(order.open).put(order.limitTicks)
        .put(kept).put(reason.value()).put(order.quantity).put(order.pair.id).end();
  }

  void balance(final long account, final int asset, final BalanceCause cause, final BigInteger change,
      final BigInteger free, final BigInteger held, final long holdId) {
    tale.begin(BalanceChangedEncoder.TEMPLATE_ID, account).put(asset).put(cause.value())
        .put(change.longValueExact()).put(free.longValueExact()).put(held.longValueExact()).put(holdId).end();
  }

  void price(final long account, final Pair pair, final PriceSource source, final long units, final long lots) {
    tale.begin(PriceChangedEncoder.TEMPLATE_ID, account).put(source.value()).put(units).put(pair.id).put(lots).end();
  }

  void halt(final long account, final int pair, final HaltScope scope, final boolean on) {
    tale.begin(HaltChangedEncoder.TEMPLATE_ID, account).put(scope.value()).put(on).put(pair).end();
  }

  void armed(final Rule rule) {
    final RuleState state = RuleState.TRIGGERING == rule.state ? RuleState.LIVE : rule.state;
    final String name = rule.spec.clientId();
    tale.begin(RuleArmedEncoder.TEMPLATE_ID, rule.spec.account()).put(rule.id).put(rule.version).put(state.value())
        .put(rule.spec.side().value()).put(rule.remaining).put(Text32.word(name, 0)).put(Text32.word(name, 1))
        .put(rule.legs.size());
    for (final Rule.Leg leg : rule.legs) {
      tale.put(leg.kind.value()).put(leg.source.value()).put(leg.level());
    }
    tale.end();
  }

  void state(final Rule rule, final RuleState to, final ReasonCode reason) {
    tale.begin(RuleStateChangedEncoder.TEMPLATE_ID, rule.spec.account()).put(rule.id).put(rule.state.value())
        .put(to.value()).put(reason.value()).put(rule.remaining).put(rule.pair.id).put(rule.version).end();
  }

  void triggered(final Rule rule, final Triggers.Firing firing, final RuleKind kind, final int reference,
      final long sequence) {
    tale.begin(RuleTriggeredEncoder.TEMPLATE_ID, rule.spec.account()).put(rule.id).put(rule.version)
        .put(firing.leg().index).put(kind.value()).put(firing.leg().source.value()).put(reference)
        .put(firing.level()).put(firing.extremum()).put(rule.protectionTicks).put(sequence).put(rule.pair.id)
        .put(rule.spec.side().value()).end();
  }

  void childRefused(final Rule rule, final ReasonCode code) {
    tale.begin(ChildRefusedEncoder.TEMPLATE_ID, rule.spec.account()).put(rule.id).put(code.value())
        .put(rule.pair.id).end();
  }

  private static long ruleId(final Order order) {
    return null == order.rule ? 0 : order.rule.id;
  }
}
