package io.gavel.adapters.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gavel.adapters.cli.pipe.JournalWords;
import io.gavel.codecs.DecimalText;
import io.gavel.codecs.ReasonTexts;
import io.gavel.codecs.RuleKinds;
import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.Side;
import io.gavel.engine.Directory;
import io.gavel.engine.replay.Explanation;
import org.jspecify.annotations.Nullable;

/** The stories of a journal for programs: decimals as strings, times as digits, sequences as numbers. */
final class StoryJson {

  private static final int RATIO_SCALE = 8;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final JournalWords words;
  private final Directory directory;
  private final ReasonTexts reasons;

  StoryJson(final JournalWords words, final ReasonTexts reasons) {
    this.words = words;
    this.directory = words.directory();
    this.reasons = reasons;
  }

  ObjectNode rule(final Explanation.RuleStory rule) {
    final int id = rule.instrumentId();
    final ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("algoId", rule.ruleId()).put("algoClOrdId", rule.clRuleId())
        .put("acct", directory.accountName(rule.account())).put("instId", directory.instrumentName(id))
        .put("side", StoryText.word(rule.side())).put("sz", directory.sizeText(id, rule.quantityLots()))
        .put("state", StoryText.word(rule.state())).put("version", rule.version())
        .put("armSeq", rule.armSequence()).put("armTs", Long.toString(rule.armTimeNs()))
        .put("fired", !rule.firings().isEmpty());
    reason(node, "refusal", rule.refusal());
    final ArrayNode legs = node.putArray("legs");
    rule.legs().forEach(leg -> leg(legs.addObject(), rule, leg));
    final ArrayNode firings = node.putArray("firings");
    rule.firings().forEach(firing -> firing(firings.addObject(), rule, firing));
    final int reference = rule.firings().isEmpty() ? 0 : rule.firings().get(0).referenceTicks();
    final ArrayNode orders = node.putArray("orders");
    rule.orders().forEach(order -> orders.add(order(order, reference)));
    slippage(node, rule.slippageBpsE2(reference));
    if (!rule.work().isEmpty()) {
      final ArrayNode work = node.putArray("work");
      rule.work().forEach(step -> work(work.addObject(), id, step));
    }
    final ArrayNode steps = node.putArray("steps");
    for (final Explanation.RuleStep step : rule.steps()) {
      final ObjectNode item = steps.addObject();
      item.put("seq", step.sequence()).put("ts", Long.toString(step.timeNs()))
          .put("from", StoryText.word(step.from())).put("to", StoryText.word(step.to()))
          .put("remainingSz", directory.sizeText(id, step.remainingLots()));
      reason(item, "reason", step.reason());
    }
    return node;
  }

  private void work(final ObjectNode node, final int id, final Explanation.WorkStep step) {
    node.put("seq", step.sequence()).put("ts", Long.toString(step.timeNs()))
        .put("action", StoryText.word(step.action())).put("step", step.step())
        .put("what", StoryText.word(step.what())).put("why", StoryText.word(step.why()));
    if (0 != step.orderId()) {
      node.put("ordId", step.orderId()).put("sz", directory.sizeText(id, step.lots()));
    }
    price(node, "px", id, step.limitTicks());
    node.put("fillSz", directory.sizeText(id, step.filledLots()))
        .put("openSz", directory.sizeText(id, step.workingLots()))
        .put("totalSz", directory.sizeText(id, step.totalLots()));
  }

  private void leg(final ObjectNode node, final Explanation.RuleStory rule, final Explanation.LegStory leg) {
    final int id = rule.instrumentId();
    node.put("kind", StoryText.word(leg.kind())).put("triggerPxType", StoryText.word(leg.source()));
    price(node, "level", id, leg.levelTicks());
    price(node, "callbackSpread", id, leg.trailSpreadTicks());
    price(node, "activePx", id, leg.activationTicks());
    price(node, "ordPx", id, leg.childLimitTicks());
    if (0 != leg.trailRatioE8()) {
      node.put("callbackRatio", DecimalText.format(leg.trailRatioE8(), RATIO_SCALE));
    }
    final Explanation.NearMiss nearest = leg.nearest();
    if (null != nearest) {
      node.putObject("nearest").put("seq", nearest.sequence()).put("ts", Long.toString(nearest.timeNs()))
          .put("px", directory.markText(id, nearest.priceUnits()))
          .put(nearest.isActivation() ? "activePx" : "level", directory.priceText(id, nearest.levelTicks()))
          .put("distance", directory.priceText(id, nearest.distanceTicks()));
    }
  }

  private void firing(final ObjectNode node, final Explanation.RuleStory rule, final Explanation.Firing firing) {
    final int id = rule.instrumentId();
    node.put("seq", firing.sequence()).put("ts", Long.toString(firing.timeNs())).put("leg", firing.legIndex())
        .put("version", firing.version()).put("kind", StoryText.word(firing.kind()))
        .put("causeSeq", firing.causeSequence()).put("cause", CommandNames.of(firing.causeTemplateId()));
    if (RuleKind.AT_TIME != firing.kind() && 0 != firing.levelTicks()) {
      final String reference = directory.markText(id, firing.priceUnits());
      final String level = directory.priceText(id, firing.levelTicks());
      final boolean upward = RuleKinds.isProfit(firing.kind()) == (Side.SELL == rule.side());
      node.put("triggerPxType", StoryText.word(firing.source())).put("refPx", reference).put("level", level)
          .put("condition", StoryText.word(firing.source()) + " " + reference + (upward ? " >= " : " <= ") + level);
    }
    price(node, "extremum", id, firing.extremumTicks());
    price(node, "protectionPx", id, firing.protectionTicks());
  }

  ObjectNode order(final Explanation.OrderStory order) {
    return order(order, 0);
  }

  private ObjectNode order(final Explanation.OrderStory order, final int referenceTicks) {
    final int id = order.instrumentId();
    final ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("ordId", order.orderId()).put("clOrdId", order.clOrdId()).put("algoId", order.ruleId())
        .put("acct", directory.accountName(order.account())).put("instId", directory.instrumentName(id))
        .put("side", StoryText.word(order.side())).put("ordType", StoryText.word(order.ordType()))
        .put("seq", order.sequence()).put("ts", Long.toString(order.timeNs()))
        .put("sz", directory.sizeText(id, order.quantityLots()));
    price(node, "px", id, order.limitTicks());
    reason(node, "refusal", order.refusal());
    final ArrayNode fills = node.putArray("fills");
    for (final Explanation.FillStory fill : order.fills()) {
      fills.addObject().put("seq", fill.sequence()).put("ts", Long.toString(fill.timeNs()))
          .put("px", directory.priceText(id, fill.priceTicks())).put("sz", directory.sizeText(id, fill.lots()))
          .put("fee", fee(id, fill.feeUnits())).put("maker", fill.isMaker())
          .put("counterparty", directory.accountName(fill.counterparty()));
    }
    node.put("fillSz", directory.sizeText(id, order.filledLots())).put("fee", fee(id, order.feeUnits()));
    slippage(node, order.slippageBpsE2(referenceTicks));
    if (null != order.closeReason()) {
      node.put("closeSeq", order.closeSequence()).put("closeTs", Long.toString(order.closeTimeNs()))
          .put("cancelledSz", directory.sizeText(id, order.cancelledLots()));
      reason(node, "closeReason", order.closeReason());
    }
    return node;
  }

  ObjectNode frame(final Explanation.FrameStory frame) {
    final ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("seq", frame.sequence()).put("ts", Long.toString(frame.timeNs()))
        .put("template", CommandNames.of(frame.templateId()));
    node.set("command", parsed(words.command(frame.frame())));
    reason(node, "code", frame.code());
    node.put("id", frame.id());
    final ArrayNode events = node.putArray("events");
    frame.events().stream().map(words::event).filter(line -> !line.isEmpty())
        .forEach(line -> events.add(parsed(line)));
    return node;
  }

  private void price(final ObjectNode node, final String field, final int instrumentId, final int ticks) {
    if (0 != ticks) {
      node.put(field, directory.priceText(instrumentId, ticks));
    }
  }

  private void reason(final ObjectNode node, final String field, final @Nullable ReasonCode reason) {
    if (null != reason) {
      node.put(field, reason.name());
      if (ReasonCode.OK != reason) {
        node.put("message", reasons.text(reason));
      }
    }
  }

  private static void slippage(final ObjectNode node, final long bpsE2) {
    if (Explanation.NULL_SLIPPAGE != bpsE2) {
      node.put("slippageBps", StoryText.bps(bpsE2));
    }
  }

  private String fee(final int instrumentId, final long units) {
    final Directory.InstrumentEntry entry = directory.instrument(instrumentId);
    return null == entry ? String.valueOf(units) : directory.amountText(
        FeeAsset.BASE == words.feeAsset(instrumentId) ? entry.baseAssetId() : entry.quoteAssetId(), units);
  }

  private static JsonNode parsed(final String line) {
    try {
      return MAPPER.readTree(line);
    } catch (final JsonProcessingException e) {
      throw new IllegalStateException("a line of our own does not parse: " + line, e);
    }
  }
}
