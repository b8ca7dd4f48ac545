package io.gavel.adapters.cli.pipe;

import io.gavel.codecs.DecimalText;
import io.gavel.codecs.EventDescriptor;
import io.gavel.codecs.ReasonTexts;
import io.gavel.codecs.Text32;
import io.gavel.codecs.sbe.AuctionPriceDecoder;
import io.gavel.codecs.sbe.BalanceChangedDecoder;
import io.gavel.codecs.sbe.CapacityChangedDecoder;
import io.gavel.codecs.sbe.ChildRefusedDecoder;
import io.gavel.codecs.sbe.CoolingOffDecoder;
import io.gavel.codecs.sbe.EventHeaderDecoder;
import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.FundingSettledDecoder;
import io.gavel.codecs.sbe.HaltChangedDecoder;
import io.gavel.codecs.sbe.HaltMode;
import io.gavel.codecs.sbe.InterestSettledDecoder;
import io.gavel.codecs.sbe.OrderAcceptedDecoder;
import io.gavel.codecs.sbe.OrderAmendedDecoder;
import io.gavel.codecs.sbe.OrderClosedDecoder;
import io.gavel.codecs.sbe.PriceChangedDecoder;
import io.gavel.codecs.sbe.PriceStateChangedDecoder;
import io.gavel.codecs.sbe.ProposalChangedDecoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SessionChangedDecoder;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.Text32Decoder;
import io.gavel.codecs.sbe.TradeDecoder;
import io.gavel.engine.Directory;
import io.gavel.engine.egress.EventKey;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.agrona.DirectBuffer;

/** Turns the events of the engine into lines of JSON: ids into names, ticks, lots and units into decimals. */
final class EventRenderer {

  private final Directory directory;
  private final IntFunction<FeeAsset> feeAssets;
  private final JsonOut out;
  private final ReasonTexts reasons;
  private final RuleRenderer rules;
  private final MarginEventRenderer margins;
  private final TokenEventRenderer tokens;
  private final RemedyRenderer remedies;
  private final OrderAcceptedDecoder accepted = new OrderAcceptedDecoder();
  private final TradeDecoder trade = new TradeDecoder();
  private final OrderClosedDecoder closed = new OrderClosedDecoder();
  private final OrderAmendedDecoder amended = new OrderAmendedDecoder();
  private final ChildRefusedDecoder refused = new ChildRefusedDecoder();
  private final BalanceChangedDecoder balance = new BalanceChangedDecoder();
  private final PriceChangedDecoder price = new PriceChangedDecoder();
  private final PriceStateChangedDecoder priceState = new PriceStateChangedDecoder();
  private final FundingSettledDecoder funding = new FundingSettledDecoder();
  private final InterestSettledDecoder interest = new InterestSettledDecoder();
  private final HaltChangedDecoder halt = new HaltChangedDecoder();
  private final CoolingOffDecoder cooling = new CoolingOffDecoder();
  private final SessionChangedDecoder session = new SessionChangedDecoder();
  private final CapacityChangedDecoder capacity = new CapacityChangedDecoder();
  private final ProposalChangedDecoder proposal = new ProposalChangedDecoder();
  private final AuctionPriceDecoder auction = new AuctionPriceDecoder();

  EventRenderer(
      final Directory directory, final IntFunction<FeeAsset> feeAssets, final IntSupplier referenceAsset,
      final JsonOut out, final ReasonTexts reasons) {
    this.directory = directory;
    this.feeAssets = feeAssets;
    this.out = out;
    this.reasons = reasons;
    this.rules = new RuleRenderer(directory, out, reasons);
    this.margins = new MarginEventRenderer(directory, referenceAsset, out);
    this.tokens = new TokenEventRenderer(directory, out);
    remedies = new RemedyRenderer(directory, out);
  }

  /** Writes the line of one event; the answer of a command has no line of its own. */
  void render(final DirectBuffer buffer, final int offset) {
    final int body = offset + EventDescriptor.HEADER_LENGTH;
    final int block = EventKey.blockLength(buffer, offset);
    final int version = EventKey.version(buffer, offset);
    switch (EventKey.templateId(buffer, offset)) {
      case OrderAcceptedDecoder.TEMPLATE_ID -> accepted(accepted.wrap(buffer, body, block, version));
      case TradeDecoder.TEMPLATE_ID -> trade(trade.wrap(buffer, body, block, version));
      case OrderClosedDecoder.TEMPLATE_ID -> closed(closed.wrap(buffer, body, block, version));
      case OrderAmendedDecoder.TEMPLATE_ID -> amended(amended.wrap(buffer, body, block, version));
      case ChildRefusedDecoder.TEMPLATE_ID -> refused(refused.wrap(buffer, body, block, version));
      case BalanceChangedDecoder.TEMPLATE_ID -> balance(balance.wrap(buffer, body, block, version));
      case PriceChangedDecoder.TEMPLATE_ID -> price(price.wrap(buffer, body, block, version));
      case PriceStateChangedDecoder.TEMPLATE_ID -> priceState(priceState.wrap(buffer, body, block, version));
      case FundingSettledDecoder.TEMPLATE_ID -> funding(funding.wrap(buffer, body, block, version));
      case InterestSettledDecoder.TEMPLATE_ID -> interest(interest.wrap(buffer, body, block, version));
      case HaltChangedDecoder.TEMPLATE_ID -> halt(halt.wrap(buffer, body, block, version));
      case SessionChangedDecoder.TEMPLATE_ID -> session(session.wrap(buffer, body, block, version));
      case CapacityChangedDecoder.TEMPLATE_ID -> {
        capacity.wrap(buffer, body, block, version);
        begin("capacity", capacity.header()).put("ordersMax", capacity.ordersMax())
            .putId("tradesKept", capacity.tradesKept()).end();
      }
      case ProposalChangedDecoder.TEMPLATE_ID -> proposal(proposal.wrap(buffer, body, block, version));
      case AuctionPriceDecoder.TEMPLATE_ID -> auction(auction.wrap(buffer, body, block, version));
      case CoolingOffDecoder.TEMPLATE_ID -> cooling(cooling.wrap(buffer, body, block, version));
      default -> {
        if (!margins.render(buffer, offset) && !tokens.render(buffer, offset) && !remedies.event(buffer, offset)) {
          rules.render(buffer, offset);
        }
      }
    }
  }

  private void proposal(final ProposalChangedDecoder change) {
    begin("proposal", change.header()).put("proposalId", change.proposalId()).put("state", Words.word(change.state()))
        .putId("principal", change.principalId()).putId("id", change.id());
    if (0 != change.nextTimeNs()) {
      out.putTime("next", change.nextTimeNs());
    }
    if (ReasonCode.OK != change.reason()) {
      out.put("reason", change.reason().name()).put("message", reasons.text(change.reason()));
    }
    out.end();
  }

  private void accepted(final OrderAcceptedDecoder order) {
    final int instrumentId = order.instrumentId();
    begin("order", order.header()).put("acct", directory.accountName(order.header().account()))
        .put("instId", directory.instrumentName(instrumentId)).put("ordId", order.orderId())
        .putId("algoId", order.ruleId()).putText("clOrdId", text(order.clOrdId()))
        .put("side", Words.word(order.side())).put("ordType", Words.word(order.ordType()))
        .put("tif", Words.word(order.timeInForce())).put("postOnly", Flag.YES == order.postOnly())
        .put("px", directory.priceText(instrumentId, order.limitPriceTicks()));
    if (0 != order.quoteAmountUnits()) {
      out.put("quoteSz", quoteText(instrumentId, order.quoteAmountUnits()));
    } else {
      out.put("sz", directory.sizeText(instrumentId, order.quantityLots()));
    }
    if (0 != order.displayLots()) {
      out.put("displaySz", directory.sizeText(instrumentId, order.displayLots()));
    }
    if (Flag.YES == order.hidden()) {
      out.put("hidden", true);
    }
    if (Flag.YES == order.reduceOnly()) {
      out.put("reduceOnly", true);
    }
    if (0 != order.expireTimeNs()) {
      out.putTime("expireTime", order.expireTimeNs());
    }
    out.end();
  }

  private void trade(final TradeDecoder fill) {
    final int instrumentId = fill.instrumentId();
    begin("trade", fill.header()).put("tradeId", fill.tradeId())
        .put("instId", directory.instrumentName(instrumentId))
        .put("px", directory.priceText(instrumentId, fill.priceTicks()))
        .put("sz", directory.sizeText(instrumentId, fill.quantityLots()))
        .put("side", Words.word(fill.takerSide())).put("notional", valueText(instrumentId, fill.notionalUnits()))
        .put("takerAcct", directory.accountName(fill.header().account())).put("takerOrdId", fill.takerOrderId())
        .putId("takerAlgoId", fill.takerRuleId()).put("takerFee", feeText(instrumentId, fill.takerFeeUnits()))
        .put("takerOpenSz", directory.sizeText(instrumentId, fill.takerOpenLots()))
        .put("makerAcct", directory.accountName(fill.makerAccount())).put("makerOrdId", fill.makerOrderId())
        .putId("makerAlgoId", fill.makerRuleId()).put("makerFee", feeText(instrumentId, fill.makerFeeUnits()))
        .put("makerOpenSz", directory.sizeText(instrumentId, fill.makerOpenLots()))
        .put("feeCcy", directory.assetName(feeAssetId(instrumentId)));
    if (Flag.YES == fill.auction()) {
      out.put("auction", true);
    }
    out.end();
  }

  private void closed(final OrderClosedDecoder order) {
    final int instrumentId = order.instrumentId();
    begin("order-closed", order.header()).put("acct", directory.accountName(order.header().account()))
        .put("instId", directory.instrumentName(instrumentId)).put("ordId", order.orderId())
        .putId("algoId", order.ruleId()).putText("clOrdId", text(order.clOrdId()))
        .put("side", Words.word(order.side())).put("reason", order.reason().name())
        .put("fillSz", directory.sizeText(instrumentId, order.filledLots()))
        .put("cancelledSz", directory.sizeText(instrumentId, order.cancelledLots()))
        .put("fillNotional", valueText(instrumentId, order.filledNotionalUnits()))
        .put("fee", feeText(instrumentId, order.feeUnits()))
        .put("feeCcy", directory.assetName(feeAssetId(instrumentId))).end();
  }

  private void amended(final OrderAmendedDecoder order) {
    final int instrumentId = order.instrumentId();
    begin("order-amended", order.header()).put("acct", directory.accountName(order.header().account()))
        .put("instId", directory.instrumentName(instrumentId)).put("ordId", order.orderId())
        .put("px", directory.priceText(instrumentId, order.limitPriceTicks()))
        .put("sz", directory.sizeText(instrumentId, order.quantityLots()))
        .put("openSz", directory.sizeText(instrumentId, order.openLots()))
        .put("keptPriority", Flag.YES == order.keptPriority()).put("reason", order.reason().name()).end();
  }

  private void refused(final ChildRefusedDecoder child) {
    begin("child-refused", child.header()).put("acct", directory.accountName(child.header().account()))
        .put("instId", directory.instrumentName(child.instrumentId())).put("algoId", child.ruleId())
        .put("code", child.code().name()).put("message", reasons.text(child.code())).end();
  }

  private void balance(final BalanceChangedDecoder change) {
    final int assetId = change.assetId();
    begin("balance", change.header()).put("acct", directory.accountName(change.header().account()))
        .put("ccy", directory.assetName(assetId)).put("cause", Words.word(change.cause()))
        .put("change", directory.amountText(assetId, change.changeUnits()))
        .put("free", directory.amountText(assetId, change.freeUnits()))
        .put("held", directory.amountText(assetId, change.heldUnits())).putId("holdId", change.holdId()).end();
  }

  private void price(final PriceChangedDecoder change) {
    final int instrumentId = change.instrumentId();
    begin("price", change.header()).put("instId", directory.instrumentName(instrumentId))
        .put("pxType", Words.word(change.source()))
        .put("px", directory.markText(instrumentId, change.priceUnits()));
    if (0 != change.sizeLots()) {
      out.put("sz", directory.sizeText(instrumentId, change.sizeLots()));
    }
    out.end();
  }

  private void cooling(final CoolingOffDecoder event) {
    begin("cooling-off", event.header()).put("cause", Words.word(event.cause()));
    if (0 != event.header().account()) {
      out.put("acct", directory.accountName(event.header().account()));
    }
    if (0 != event.instrumentId()) {
      out.put("instId", directory.instrumentName(event.instrumentId()));
    }
    out.putId("row", event.row()).putTime("until", event.untilTimeNs()).end();
  }

  private void halt(final HaltChangedDecoder change) {
    begin("halt", change.header()).put("scope", Words.word(change.scope())).put("on", Flag.YES == change.on());
    if (HaltMode.REDUCE_ONLY == change.mode()) {
      out.put("mode", Words.word(change.mode()));
    }
    out.putId("group", change.groupId());
    if (0 != change.instrumentId()) {
      out.put("instId", directory.instrumentName(change.instrumentId()));
    }
    if (0 != change.header().account()) {
      out.put("acct", directory.accountName(change.header().account()));
    }
    out.end();
  }

  private void priceState(final PriceStateChangedDecoder change) {
    final int instrumentId = change.instrumentId();
    begin("price-state", change.header()).put("instId", directory.instrumentName(instrumentId))
        .put("pxType", Words.word(change.source())).put("from", Words.word(change.fromState()))
        .put("to", Words.word(change.toState())).put("px", directory.markText(instrumentId, change.priceUnits()))
        .put("ageSec", DecimalText.format(change.ageNs(), SessionCommandRenderer.NANOS_SCALE));
    if (0 != change.countedSources() + change.excludedSources()) {
      out.put("counted", sources(change.countedSources())).put("excluded", sources(change.excludedSources()));
    }
    out.end();
  }

  /** The numbers of the sources whose bits are set. */
  private static String sources(final int bits) {
    return IntStream.range(0, Integer.SIZE).filter(i -> 0 != (bits & 1 << i)).mapToObj(i -> Integer.toString(i + 1))
        .collect(Collectors.joining(" "));
  }

  private void funding(final FundingSettledDecoder settled) {
    final int instrumentId = settled.instrumentId();
    begin("funding", settled.header()).put("instId", directory.instrumentName(instrumentId))
        .put("rate", DecimalText.format(settled.rateE10(), DecimalText.SCALE_MAX))
        .put("premium", DecimalText.format(settled.premiumE10(), DecimalText.SCALE_MAX))
        .put("px", directory.markText(instrumentId, settled.markUnits()))
        .put("fundingIndex", Long.toString(settled.fundingIndex())).putTime("next", settled.nextTimeNs()).end();
  }

  private void interest(final InterestSettledDecoder settled) {
    final int assetId = settled.assetId();
    begin("interest", settled.header()).put("ccy", directory.assetName(assetId))
        .put("rate", DecimalText.format(settled.rateE10(), DecimalText.SCALE_MAX))
        .put("used", DecimalText.format(settled.utilisationE8(), DecimalText.SCALE_MAX - 2))
        .put("borrowed", directory.amountText(assetId, settled.borrowedUnits()))
        .put("deposits", directory.amountText(assetId, settled.depositsUnits()))
        .put("interest", directory.amountText(assetId, settled.interestUnits()))
        .put("borrowIndex", Long.toString(settled.borrowIndexE15()))
        .put("depositIndex", Long.toString(settled.depositIndexE15()));
    if (0 != settled.nextTimeNs()) {
      out.putTime("next", settled.nextTimeNs());
    }
    out.end();
  }

  private void session(final SessionChangedDecoder change) {
    begin("session", change.header()).put("instId", directory.instrumentName(change.instrumentId()))
        .put("from", Words.word(change.fromState())).put("to", Words.word(change.toState()))
        .put("reason", change.reason().name());
    if (0 != change.callEndTimeNs()) {
      out.putTime("until", change.callEndTimeNs());
    }
    out.end();
  }

  /** A book that does not cross has no price and no sizes. */
  private void auction(final AuctionPriceDecoder price) {
    final int instrumentId = price.instrumentId();
    begin("auction", price.header()).put("instId", directory.instrumentName(instrumentId))
        .put("uncrossed", Flag.YES == price.uncrossed());
    if (0 != price.priceTicks()) {
      out.put("px", directory.priceText(instrumentId, price.priceTicks()))
          .put("sz", directory.sizeText(instrumentId, price.volumeLots()))
          .put("surplusSz", directory.sizeText(instrumentId, Math.abs(price.surplusLots())));
    }
    if (0 != price.surplusLots()) {
      out.put("surplusSide", Words.word(price.surplusLots() > 0 ? Side.BUY : Side.SELL));
    }
    out.end();
  }

  private JsonOut begin(final String event, final EventHeaderDecoder header) {
    return EventLine.begin(out, event, header);
  }

  private String quoteText(final int instrumentId, final long units) {
    final Directory.InstrumentEntry instrument = directory.instrument(instrumentId);
    return directory.amountText(null == instrument ? 0 : instrument.quoteAssetId(), units);
  }

  private String valueText(final int instrumentId, final long units) {
    return directory.amountText(valueAssetId(instrumentId), units);
  }

  private String feeText(final int instrumentId, final long units) {
    return directory.amountText(feeAssetId(instrumentId), units);
  }

  private int feeAssetId(final int instrumentId) {
    final Directory.InstrumentEntry instrument = directory.instrument(instrumentId);
    return null != instrument && FeeAsset.BASE == feeAssets.apply(instrumentId)
        ? instrument.baseAssetId() : valueAssetId(instrumentId);
  }

  /** What a trade is worth is counted in this: what spot is quoted in, what a contract settles in. */
  private int valueAssetId(final int instrumentId) {
    final Directory.InstrumentEntry instrument = directory.instrument(instrumentId);
    if (null == instrument) {
      return 0;
    }
    return 0 == instrument.settleAssetId() ? instrument.quoteAssetId() : instrument.settleAssetId();
  }

  static String text(final Text32Decoder words) {
    return Text32.toString(words.w0(), words.w1(), words.w2(), words.w3());
  }
}
