package io.gavel.adapters.cli.pipe;

import io.gavel.codecs.CommandValidator;
import io.gavel.codecs.DecimalText;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.sbe.AdvanceTimeDecoder;
import io.gavel.codecs.sbe.AmendOrderDecoder;
import io.gavel.codecs.sbe.AmendRuleDecoder;
import io.gavel.codecs.sbe.ArmRuleDecoder;
import io.gavel.codecs.sbe.CancelOrderDecoder;
import io.gavel.codecs.sbe.CancelRuleDecoder;
import io.gavel.codecs.sbe.CommandHeaderDecoder;
import io.gavel.codecs.sbe.DegradedCause;
import io.gavel.codecs.sbe.DegradedDecoder;
import io.gavel.codecs.sbe.EngineConfigDecoder;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.MassCancelDecoder;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.PlaceOrderDecoder;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetFeesDecoder;
import io.gavel.codecs.sbe.SetHaltDecoder;
import io.gavel.codecs.sbe.SetLimitsDecoder;
import io.gavel.codecs.sbe.SetPriceDecoder;
import io.gavel.codecs.sbe.TapePrintDecoder;
import io.gavel.engine.Directory;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Shows a journalled command in the words in which a line would say it. */
final class CommandRenderer {

  private static final int RATIO_SCALE = 8;

  private final Directory directory;
  private final JsonOut out;
  private final MoneyCommandRenderer money;
  private final FrameFlyweight frame = new FrameFlyweight();
  private final CommandValidator validator = new CommandValidator();

  CommandRenderer(final Directory directory, final JsonOut out) {
    this.directory = directory;
    this.out = out;
    this.money = new MoneyCommandRenderer(directory, out);
  }

  void render(final DirectBuffer buffer, final int length) {
    final UnsafeBuffer whole = new UnsafeBuffer(buffer, 0, length);
    frame.wrap(whole, 0);
    final ReasonCode reason = validator.validate(whole, 0, length);
    if (ReasonCode.OK != reason) {
      // A frame that was quarantined may hold anything.
      out.beginCommand("template-" + frame.templateId()).put("undecodable", reason.name()).end();
      return;
    }
    final int body = frame.bodyOffset();
    final int block = frame.blockLength();
    final int version = frame.version();
    switch (frame.templateId()) {
      case EngineConfigDecoder.TEMPLATE_ID -> out.beginCommand("engine-config");
      case AdvanceTimeDecoder.TEMPLATE_ID ->
          time(new AdvanceTimeDecoder().wrap(buffer, body, block, version));
      case PlaceOrderDecoder.TEMPLATE_ID -> order(new PlaceOrderDecoder().wrap(buffer, body, block, version));
      case CancelOrderDecoder.TEMPLATE_ID -> cancel(new CancelOrderDecoder().wrap(buffer, body, block, version));
      case MassCancelDecoder.TEMPLATE_ID -> massCancel(new MassCancelDecoder().wrap(buffer, body, block, version));
      case AmendOrderDecoder.TEMPLATE_ID -> amend(new AmendOrderDecoder().wrap(buffer, body, block, version));
      case ArmRuleDecoder.TEMPLATE_ID -> rule(new ArmRuleDecoder().wrap(buffer, body, block, version));
      case CancelRuleDecoder.TEMPLATE_ID -> cancelRule(new CancelRuleDecoder().wrap(buffer, body, block, version));
      case AmendRuleDecoder.TEMPLATE_ID -> amendRule(new AmendRuleDecoder().wrap(buffer, body, block, version));
      case SetPriceDecoder.TEMPLATE_ID -> price(new SetPriceDecoder().wrap(buffer, body, block, version));
      case TapePrintDecoder.TEMPLATE_ID -> print(new TapePrintDecoder().wrap(buffer, body, block, version));
      case SetFeesDecoder.TEMPLATE_ID -> fees(new SetFeesDecoder().wrap(buffer, body, block, version));
      case SetLimitsDecoder.TEMPLATE_ID -> limits(new SetLimitsDecoder().wrap(buffer, body, block, version));
      case SetHaltDecoder.TEMPLATE_ID -> halt(new SetHaltDecoder().wrap(buffer, body, block, version));
      case DegradedDecoder.TEMPLATE_ID -> degraded(new DegradedDecoder().wrap(buffer, body, block, version));
      default -> money.render(buffer, frame);
    }
    out.end();
  }

  private void degraded(final DegradedDecoder command) {
    out.beginCommand("degraded").put("on", Flag.YES == command.on());
    if (DegradedCause.OPERATOR != command.cause()) {
      out.put("cause", Words.word(command.cause()));
    }
  }

  private void time(final AdvanceTimeDecoder command) {
    out.beginCommand("time").put("acceptJump", 0 != command.timeNs());
    if (0 != command.timeNs()) {
      out.putTime("ts", command.timeNs());
    }
  }

  private void order(final PlaceOrderDecoder order) {
    final int id = order.instrumentId();
    begin("order", order.header()).put("instId", directory.instrumentName(id)).put("side", Words.word(order.side()))
        .put("ordType", Flag.YES == order.postOnly() ? "post_only" : Words.word(order.ordType()))
        .put("tif", Words.word(order.timeInForce()));
    if (OrdType.LIMIT == order.ordType()) {
      out.put("px", directory.priceText(id, order.limitPriceTicks()));
    }
    final Directory.InstrumentEntry entry = directory.instrument(id);
    if (0 != order.quoteAmountUnits() && null != entry) {
      out.put("quoteSz", directory.amountText(entry.quoteAssetId(), order.quoteAmountUnits()));
    }
    if (0 != order.quantityLots()) {
      out.put("sz", directory.sizeText(id, order.quantityLots()));
    }
    if (0 != order.displayLots()) {
      out.put("displaySz", directory.sizeText(id, order.displayLots()));
    }
    if (Flag.YES == order.hidden()) {
      out.put("hidden", true);
    }
    if (Flag.YES == order.reduceOnly()) {
      out.put("reduceOnly", true);
    }
    if (PositionSide.NET != order.positionSide()) {
      out.put("posSide", Words.word(order.positionSide()));
    }
    out.putText("clOrdId", EventRenderer.text(order.clOrdId())).put("stpMode", Words.word(order.stpMode()))
        .putId("protectionBps", order.protectionBps());
    if (0 != order.expireTimeNs()) {
      out.putTime("expireTime", order.expireTimeNs());
    }
  }

  private void cancel(final CancelOrderDecoder command) {
    begin("cancel", command.header()).putId("ordId", command.orderId())
        .putText("clOrdId", EventRenderer.text(command.clOrdId()));
  }

  private void massCancel(final MassCancelDecoder command) {
    begin("mass-cancel", command.header()).put("scope", Words.word(command.scope()));
    if (0 != command.instrumentId()) {
      out.put("instId", directory.instrumentName(command.instrumentId()));
    }
  }

  /** The command does not name its instrument, so its numbers stay ticks and lots. */
  private void amend(final AmendOrderDecoder command) {
    begin("amend", command.header()).putId("ordId", command.orderId())
        .putText("clOrdId", EventRenderer.text(command.clOrdId())).putId("newLots", command.newQuantityLots())
        .putId("newPriceTicks", command.newLimitPriceTicks());
  }

  private void rule(final ArmRuleDecoder rule) {
    final int id = rule.instrumentId();
    begin("rule", rule.header()).put("instId", directory.instrumentName(id)).put("side", Words.word(rule.side()))
        .putText("algoClOrdId", EventRenderer.text(rule.clRuleId()));
    if (0 != rule.quantityLots()) {
      out.put("sz", directory.sizeText(id, rule.quantityLots()));
    }
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
    ActionText.block(out, directory, rule);
    out.beginArray("legs");
    for (final ArmRuleDecoder.LegsDecoder leg : rule.legs()) {
      out.beginItem();
      RuleText.leg(out, directory, id, new RuleText.Leg(leg.kind(), leg.source(), leg.levelTicks(), 0,
          leg.trailRatioE8(), leg.trailSpreadTicks(), leg.activationTicks(), leg.childLimitTicks(),
          leg.protectionBps()));
      out.endItem();
    }
    out.endArray();
  }

  private void cancelRule(final CancelRuleDecoder command) {
    begin("cancel-rule", command.header()).putId("algoId", command.ruleId())
        .putText("algoClOrdId", EventRenderer.text(command.clRuleId()));
  }

  private void amendRule(final AmendRuleDecoder command) {
    begin("amend-rule", command.header()).putId("algoId", command.ruleId())
        .putText("algoClOrdId", EventRenderer.text(command.clRuleId())).put("leg", command.legIndex())
        .putId("newLots", command.newQuantityLots()).putId("newLevelTicks", command.newLevelTicks())
        .putId("newOrderTicks", command.newChildLimitTicks())
        .putId("newCallbackTicks", command.newTrailSpreadTicks());
    if (0 != command.newTrailRatioE8()) {
      out.put("newCallbackRatio", DecimalText.format(command.newTrailRatioE8(), RATIO_SCALE));
    }
  }

  private void price(final SetPriceDecoder command) {
    final int id = command.instrumentId();
    begin("price", command.header()).put("instId", directory.instrumentName(id))
        .put("pxType", Words.word(command.source())).put("px", directory.markText(id, command.priceUnits()));
  }

  private void print(final TapePrintDecoder command) {
    final int id = command.instrumentId();
    begin("print", command.header()).put("instId", directory.instrumentName(id))
        .put("px", directory.priceText(id, command.priceTicks()))
        .put("sz", directory.sizeText(id, command.sizeLots()))
        .put("share", DecimalText.format(command.shareE8(), RATIO_SCALE))
        .put("slippageTicks", command.slippageTicks());
  }

  private void fees(final SetFeesDecoder command) {
    begin("fees", command.header()).put("instId", directory.instrumentName(command.instrumentId()))
        .put("makerFee", DecimalText.format(command.makerFeeE8(), RATIO_SCALE))
        .put("takerFee", DecimalText.format(command.takerFeeE8(), RATIO_SCALE));
  }

  private void limits(final SetLimitsDecoder command) {
    final int id = command.instrumentId();
    final Directory.InstrumentEntry entry = directory.instrument(id);
    final int quoteId = null == entry ? 0 : entry.quoteAssetId();
    begin("limits", command.header()).put("instId", directory.instrumentName(id))
        .put("collarBps", command.collarBps()).put("minSz", directory.sizeText(id, command.minLots()))
        .put("maxSz", directory.sizeText(id, command.maxLots()))
        .put("minNotional", directory.amountText(quoteId, command.minNotionalUnits()))
        .put("maxNotional", directory.amountText(quoteId, command.maxNotionalUnits()));
  }

  private void halt(final SetHaltDecoder command) {
    begin("halt", command.header()).put("scope", Words.word(command.scope())).put("on", Flag.YES == command.on());
    if (0 != command.instrumentId()) {
      out.put("instId", directory.instrumentName(command.instrumentId()));
    }
    out.putId("group", command.groupId());
    if (Flag.YES == command.on()) {
      out.put("mode", Words.word(command.mode()));
    }
  }

  private JsonOut begin(final String op, final CommandHeaderDecoder header) {
    return begin(out, directory, op, header);
  }

  static JsonOut begin(
      final JsonOut out, final Directory directory, final String op, final CommandHeaderDecoder header) {
    out.beginCommand(op);
    if (0 != header.account()) {
      out.put("acct", directory.accountName(header.account()));
    }
    if (0 != header.sessionId()) {
      out.put("sessionId", header.sessionId()).put("sessionSeq", header.sessionSequence());
    }
    return out;
  }
}
