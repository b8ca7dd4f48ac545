package io.gavel.adapters.cli.pipe;

import io.gavel.codecs.DecimalText;
import io.gavel.codecs.EventDescriptor;
import io.gavel.codecs.ReasonTexts;
import io.gavel.codecs.sbe.AlgoStepDecoder;
import io.gavel.codecs.sbe.RuleArmedDecoder;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.RuleStateChangedDecoder;
import io.gavel.codecs.sbe.RuleTriggeredDecoder;
import io.gavel.codecs.sbe.Side;
import io.gavel.engine.Directory;
import io.gavel.engine.egress.EventKey;
import org.agrona.DirectBuffer;

/** The events of rules as lines of JSON. */
final class RuleRenderer {

  private static final int RATIO_SCALE = 8;

  private final Directory directory;
  private final JsonOut out;
  private final ReasonTexts reasons;
  private final AlgoStepDecoder step = new AlgoStepDecoder();
  private final RuleArmedDecoder armed = new RuleArmedDecoder();
  private final RuleStateChangedDecoder changed = new RuleStateChangedDecoder();
  private final RuleTriggeredDecoder triggered = new RuleTriggeredDecoder();

  RuleRenderer(final Directory directory, final JsonOut out, final ReasonTexts reasons) {
    this.directory = directory;
    this.out = out;
    this.reasons = reasons;
  }

  void render(final DirectBuffer buffer, final int offset) {
    final int body = offset + EventDescriptor.HEADER_LENGTH;
    final int block = EventKey.blockLength(buffer, offset);
    final int version = EventKey.version(buffer, offset);
    switch (EventKey.templateId(buffer, offset)) {
      case RuleArmedDecoder.TEMPLATE_ID -> armed(armed.wrap(buffer, body, block, version));
      case RuleStateChangedDecoder.TEMPLATE_ID -> changed(changed.wrap(buffer, body, block, version));
      case RuleTriggeredDecoder.TEMPLATE_ID -> triggered(triggered.wrap(buffer, body, block, version));
      case AlgoStepDecoder.TEMPLATE_ID -> step(step.wrap(buffer, body, block, version));
      default -> {
        // An event of a newer version has no line.
      }
    }
  }

  private void step(final AlgoStepDecoder event) {
    final int instrumentId = event.instrumentId();
    EventLine.begin(out, "algo", event.header()).put("acct", directory.accountName(event.header().account()))
        .put("instId", directory.instrumentName(instrumentId)).put("algoId", event.ruleId())
        .put("action", Words.word(event.action())).put("step", event.step()).put("what", Words.word(event.what()))
        .put("why", Words.word(event.why()));
    if (0 != event.orderId()) {
      out.put("ordId", event.orderId()).put("sz", directory.sizeText(instrumentId, event.lots()))
          .put("px", directory.priceText(instrumentId, event.limitTicks()));
    }
    out.put("fillSz", directory.sizeText(instrumentId, event.filledLots()))
        .put("openSz", directory.sizeText(instrumentId, event.workingLots()))
        .put("totalSz", directory.sizeText(instrumentId, event.totalLots()));
    if (0 != event.nextTimeNs()) {
      out.putTime("next", event.nextTimeNs());
    }
    out.end();
  }

  private void armed(final RuleArmedDecoder rule) {
    final int instrumentId = rule.instrumentId();
    EventLine.begin(out, "rule", rule.header()).put("acct", directory.accountName(rule.header().account()))
        .put("instId", directory.instrumentName(instrumentId)).put("algoId", rule.ruleId())
        .put("state", Words.word(rule.state())).put("version", rule.version())
        .put("side", Words.word(rule.side())).put("sz", directory.sizeText(instrumentId, rule.quantityLots()));
    if (0 != rule.shareE8()) {
      out.put("closeFraction", DecimalText.format(rule.shareE8(), RATIO_SCALE));
    }
    out.put("armPolicy", Words.word(rule.armPolicy())).put("expiryAction", Words.word(rule.expiryAction()))
        .put("reserveMode", Words.word(rule.reserveMode()));
    if (0 != rule.startTimeNs()) {
      out.putTime("startTime", rule.startTimeNs());
    }
    if (0 != rule.endTimeNs()) {
      out.putTime("endTime", rule.endTimeNs());
    }
    final String clientId = EventRenderer.text(rule.clRuleId());
    out.putText("algoClOrdId", clientId).beginArray("legs");
    for (final RuleArmedDecoder.LegsDecoder leg : rule.legs()) {
      leg(instrumentId, leg);
    }
    out.endArray().end();
  }

  private void leg(final int instrumentId, final RuleArmedDecoder.LegsDecoder leg) {
    out.beginItem();
    RuleText.leg(out, directory, instrumentId, new RuleText.Leg(leg.kind(), leg.source(), leg.levelTicks(),
        leg.extremumTicks(), leg.trailRatioE8(), leg.trailSpreadTicks(), leg.activationTicks(),
        leg.childLimitTicks(), leg.protectionBps()));
    out.endItem();
  }

  private void changed(final RuleStateChangedDecoder rule) {
    EventLine.begin(out, "rule-state", rule.header()).put("acct", directory.accountName(rule.header().account()))
        .put("instId", directory.instrumentName(rule.instrumentId())).put("algoId", rule.ruleId())
        .putText("algoClOrdId", EventRenderer.text(rule.clRuleId())).put("version", rule.version())
        .put("from", Words.word(rule.fromState())).put("to", Words.word(rule.toState()))
        .put("reason", rule.reason().name()).put("message", reasons.text(rule.reason()))
        .put("remainingSz", directory.sizeText(rule.instrumentId(), rule.remainingLots())).end();
  }

  private void triggered(final RuleTriggeredDecoder evidence) {
    final int instrumentId = evidence.instrumentId();
    EventLine.begin(out, "trigger", evidence.header())
        .put("acct", directory.accountName(evidence.header().account()))
        .put("instId", directory.instrumentName(instrumentId)).put("algoId", evidence.ruleId())
        .putText("algoClOrdId", EventRenderer.text(evidence.clRuleId())).put("version", evidence.version())
        .put("leg", evidence.legIndex()).put("kind", Words.word(evidence.kind()))
        .put("side", Words.word(evidence.side())).put("causeSeq", evidence.causeSequence());
    if (RuleKind.AT_TIME != evidence.kind() && RuleKind.NOW != evidence.kind()) {
      final String reference = directory.markText(instrumentId, evidence.referencePriceUnits());
      final String level = directory.priceText(instrumentId, evidence.levelTicks());
      out.put("triggerPxType", Words.word(evidence.source())).put("refPx", reference).put("level", level)
          .put("condition", Words.word(evidence.source()) + " " + reference
              + (RuleText.firesUpward(evidence.kind(), Side.SELL == evidence.side()) ? " >= " : " <= ") + level);
    }
    if (0 != evidence.extremumTicks()) {
      out.put("extremum", directory.priceText(instrumentId, evidence.extremumTicks()));
    }
    if (0 != evidence.protectionTicks()) {
      out.put("protectionPx", directory.priceText(instrumentId, evidence.protectionTicks()));
    }
    out.put("remainingSz", directory.sizeText(instrumentId, evidence.remainingLots())).end();
  }
}
