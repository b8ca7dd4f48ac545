package io.gavel.engine.replay;

import io.gavel.codecs.DecimalText;
import io.gavel.codecs.RuleKinds;
import io.gavel.codecs.sbe.AlgoStepDecoder;
import io.gavel.codecs.sbe.ArmPolicy;
import io.gavel.codecs.sbe.ChildRefusedDecoder;
import io.gavel.codecs.sbe.ExpiryAction;
import io.gavel.codecs.sbe.ReserveMode;
import io.gavel.codecs.sbe.RuleArmedDecoder;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.RuleStateChangedDecoder;
import io.gavel.codecs.sbe.RuleTriggeredDecoder;
import io.gavel.codecs.sbe.Side;

/** What the execution log says of rules. One thread. */
final class RuleSentences {

  static final int RATIO_SCALE = 8;

  private final LogLine line;

  RuleSentences(final LogLine line) {
    this.line = line;
  }

  String armed(final RuleArmedDecoder rule) {
    final int instrumentId = rule.instrumentId();
    final StringBuilder more = new StringBuilder();
    options(rule, more);
    final String label = label(rule.ruleId(), EventWords.text(rule.clRuleId()));
    for (final RuleArmedDecoder.LegsDecoder leg : rule.legs()) {
      more.append(leg(instrumentId, rule.side(), leg));
    }
    return line.say(1 == rule.version() ? "rule.armed" : "rule.amended", label, line.word(rule.side()),
        line.size(instrumentId, rule.quantityLots()), line.pair(instrumentId), more, line.word(rule.state()),
        rule.version(), rule.ruleId());
  }

  String changed(final RuleStateChangedDecoder rule) {
    return line.say("rule.changed", label(rule.ruleId(), EventWords.text(rule.clRuleId())),
        line.word(rule.fromState()), line.word(rule.toState()),
        line.size(rule.instrumentId(), rule.remainingLots()), line.pair(rule.instrumentId()), rule.version(),
        rule.ruleId(), line.reason(rule.reason()));
  }

  String triggered(final RuleTriggeredDecoder evidence) {
    final int instrumentId = evidence.instrumentId();
    final StringBuilder more = new StringBuilder();
    if (0 != evidence.extremumTicks()) {
      more.append(line.say("rule.extremum", line.price(instrumentId, evidence.extremumTicks())));
    }
    if (0 != evidence.protectionTicks()) {
      more.append(line.say("noWorse", line.price(instrumentId, evidence.protectionTicks())));
    }
    final boolean atOnce = RuleKind.NOW == evidence.kind();
    final boolean atTime = RuleKind.AT_TIME == evidence.kind();
    final String condition = atOnce ? line.say("rule.atOnce") : atTime ? line.say("rule.timeCame")
        : line.say("rule.condition", line.word(evidence.source()),
            line.names().markText(instrumentId, evidence.referencePriceUnits()),
            sign(evidence.kind(), evidence.side()), line.price(instrumentId, evidence.levelTicks()));
    return line.say("rule.triggered", label(evidence.ruleId(), EventWords.text(evidence.clRuleId())), condition,
        evidence.legIndex(), evidence.version(), evidence.causeSequence(), evidence.ruleId(), more);
  }

  /** One step of an order that is worked over time. */
  String worked(final AlgoStepDecoder step) {
    final int instrumentId = step.instrumentId();
    final String next = 0 == step.nextTimeNs() ? "" : line.say("algo.next", line.time(step.nextTimeNs()));
    final String filled = line.size(instrumentId, step.filledLots());
    final String total = line.size(instrumentId, step.totalLots());
    final String open = line.size(instrumentId, step.workingLots());
    if (0 == step.orderId()) {
      return line.say("algo.pause", step.ruleId(), line.word(step.action()), line.word(step.what()),
          line.word(step.why()), filled, total, open, next);
    }
    return line.say("algo.step", step.ruleId(), line.word(step.action()), line.word(step.what()),
        line.say("algo.order", line.size(instrumentId, step.lots()), line.pair(instrumentId),
            line.price(instrumentId, step.limitTicks()), step.orderId()),
        line.word(step.why()), filled, total, open, next, step.step() + 1);
  }

  String childRefused(final ChildRefusedDecoder child) {
    return line.say("rule.childRefused", child.ruleId(), line.pair(child.instrumentId()), line.reason(child.code()));
  }

  /** What differs from the usual. */
  private void options(final RuleArmedDecoder rule, final StringBuilder more) {
    if (0 != rule.shareE8()) {
      more.append(line.say("rule.share", DecimalText.format(rule.shareE8(), RATIO_SCALE)));
    }
    if (0 != rule.startTimeNs()) {
      more.append(line.say("rule.from", line.time(rule.startTimeNs())));
    }
    if (0 != rule.endTimeNs()) {
      more.append(line.say(ExpiryAction.SUBMIT == rule.expiryAction() ? "rule.untilThenSubmit" : "rule.until",
          line.time(rule.endTimeNs())));
    }
    if (ArmPolicy.REJECT != rule.armPolicy()) {
      more.append(line.say("rule.policy", line.word(rule.armPolicy())));
    }
    if (ReserveMode.NONE == rule.reserveMode()) {
      more.append(line.say("rule.notReserved"));
    }
  }

  private String leg(final int instrumentId, final Side side, final RuleArmedDecoder.LegsDecoder leg) {
    final String child = 0 != leg.childLimitTicks()
        ? line.say("child.limit", line.price(instrumentId, leg.childLimitTicks()))
        : line.say("child.market")
            + (0 == leg.protectionBps() ? "" : line.say("child.protection", leg.protectionBps()));
    return switch (leg.kind()) {
      case AT_TIME -> line.say("leg.atTime", child);
      case NOW -> line.say("leg.now", child);
      case TRAILING_STOP -> {
        final String distance = 0 == leg.trailRatioE8() ? line.price(instrumentId, leg.trailSpreadTicks())
            : line.say("leg.ratio", DecimalText.format(leg.trailRatioE8(), RATIO_SCALE));
        yield line.say("leg.trailing", line.word(leg.kind()), line.word(leg.source()), distance,
            0 == leg.activationTicks() ? ""
                : line.say("leg.activation", line.price(instrumentId, leg.activationTicks())),
            0 == leg.levelTicks() ? "" : line.say("leg.level", line.price(instrumentId, leg.levelTicks())), child);
      }
      default -> line.say("leg.fixed", line.word(leg.kind()), line.word(leg.source()), sign(leg.kind(), side),
          line.price(instrumentId, leg.levelTicks()), child);
    };
  }

  /** A take-profit of a sell and a stop of a buy fire at or above their level, the others at or below. */
  private static String sign(final RuleKind kind, final Side side) {
    return RuleKinds.isProfit(kind) == (Side.SELL == side) ? ">=" : "<=";
  }

  private static String label(final long ruleId, final String clRuleId) {
    return clRuleId.isEmpty() ? Long.toString(ruleId) : clRuleId;
  }
}
