package io.gavel.engine;

import io.gavel.codecs.EventDescriptor;
import io.gavel.codecs.sbe.AlgoStepDecoder;
import io.gavel.codecs.sbe.AuctionPriceDecoder;
import io.gavel.codecs.sbe.BalanceChangedDecoder;
import io.gavel.codecs.sbe.CapacityChangedDecoder;
import io.gavel.codecs.sbe.ChildRefusedDecoder;
import io.gavel.codecs.sbe.CommandAnswerDecoder;
import io.gavel.codecs.sbe.CoolingOffDecoder;
import io.gavel.codecs.sbe.FundingSettledDecoder;
import io.gavel.codecs.sbe.HaltChangedDecoder;
import io.gavel.codecs.sbe.HouseFundChangedDecoder;
import io.gavel.codecs.sbe.InstrumentSettledDecoder;
import io.gavel.codecs.sbe.InterestSettledDecoder;
import io.gavel.codecs.sbe.LiquidationStepDecoder;
import io.gavel.codecs.sbe.MarginChangedDecoder;
import io.gavel.codecs.sbe.OrderAcceptedDecoder;
import io.gavel.codecs.sbe.OrderAmendedDecoder;
import io.gavel.codecs.sbe.OrderClosedDecoder;
import io.gavel.codecs.sbe.PositionChangedDecoder;
import io.gavel.codecs.sbe.PriceChangedDecoder;
import io.gavel.codecs.sbe.PriceStateChangedDecoder;
import io.gavel.codecs.sbe.ProposalChangedDecoder;
import io.gavel.codecs.sbe.RemediedDecoder;
import io.gavel.codecs.sbe.RuleArmedDecoder;
import io.gavel.codecs.sbe.RuleStateChangedDecoder;
import io.gavel.codecs.sbe.RuleTriggeredDecoder;
import io.gavel.codecs.sbe.SessionChangedDecoder;
import io.gavel.codecs.sbe.TokenIssuedDecoder;
import io.gavel.codecs.sbe.TokenRebalancedDecoder;
import io.gavel.codecs.sbe.TradeDecoder;
import io.gavel.engine.egress.EventKey;
import io.gavel.engine.egress.EventSink;
import io.gavel.engine.journal.DurabilityLevel;
import org.agrona.DirectBuffer;
import org.agrona.sbe.MessageDecoderFlyweight;

/** From event bytes to the typed methods of a host, over reused decoders. One thread. Allocates nothing. */
public final class GavelEventsDispatcher implements EventSink {

  private final GavelEvents events;
  private final DurabilityLevel committedAt;
  private final CommandAnswerDecoder answer = new CommandAnswerDecoder();
  private final OrderAcceptedDecoder orderAccepted = new OrderAcceptedDecoder();
  private final TradeDecoder trade = new TradeDecoder();
  private final OrderClosedDecoder orderClosed = new OrderClosedDecoder();
  private final OrderAmendedDecoder orderAmended = new OrderAmendedDecoder();
  private final ChildRefusedDecoder childRefused = new ChildRefusedDecoder();
  private final BalanceChangedDecoder balanceChanged = new BalanceChangedDecoder();
  private final RuleArmedDecoder ruleArmed = new RuleArmedDecoder();
  private final RuleStateChangedDecoder ruleStateChanged = new RuleStateChangedDecoder();
  private final RuleTriggeredDecoder ruleTriggered = new RuleTriggeredDecoder();
  private final PriceChangedDecoder priceChanged = new PriceChangedDecoder();
  private final PriceStateChangedDecoder priceStateChanged = new PriceStateChangedDecoder();
  private final FundingSettledDecoder fundingSettled = new FundingSettledDecoder();
  private final InterestSettledDecoder interestSettled = new InterestSettledDecoder();
  private final HaltChangedDecoder haltChanged = new HaltChangedDecoder();
  private final LiquidationStepDecoder liquidationStep = new LiquidationStepDecoder();
  private final HouseFundChangedDecoder houseFundChanged = new HouseFundChangedDecoder();
  private final InstrumentSettledDecoder instrumentSettled = new InstrumentSettledDecoder();
  private final TokenRebalancedDecoder tokenRebalanced = new TokenRebalancedDecoder();
  private final TokenIssuedDecoder tokenIssued = new TokenIssuedDecoder();
  private final CoolingOffDecoder coolingOff = new CoolingOffDecoder();
  private final AlgoStepDecoder algoStep = new AlgoStepDecoder();
  private final SessionChangedDecoder sessionChanged = new SessionChangedDecoder();
  private final RemediedDecoder remedied = new RemediedDecoder();
  private final CapacityChangedDecoder capacityChanged = new CapacityChangedDecoder();
  private final ProposalChangedDecoder proposalChanged = new ProposalChangedDecoder();
  private final PositionChangedDecoder positionChanged = new PositionChangedDecoder();
  private final MarginChangedDecoder marginChanged = new MarginChangedDecoder();
  private final AuctionPriceDecoder auctionPrice = new AuctionPriceDecoder();

  /** {@code committedAt}: what every command has survived before its events come here. */
  public GavelEventsDispatcher(final GavelEvents events, final DurabilityLevel committedAt) {
    this.events = events;
    this.committedAt = committedAt;
  }

  @Override
  public void onEvent(final DirectBuffer buffer, final int offset, final int length) {
    events.onEvent(buffer, offset, length);
    switch (EventKey.templateId(buffer, offset)) {
      case CommandAnswerDecoder.TEMPLATE_ID -> events.onAnswer(wrap(answer, buffer, offset), committedAt);
      case OrderAcceptedDecoder.TEMPLATE_ID -> events.onOrderAccepted(wrap(orderAccepted, buffer, offset));
      case TradeDecoder.TEMPLATE_ID -> events.onTrade(wrap(trade, buffer, offset));
      case OrderClosedDecoder.TEMPLATE_ID -> events.onOrderClosed(wrap(orderClosed, buffer, offset));
      case OrderAmendedDecoder.TEMPLATE_ID -> events.onOrderAmended(wrap(orderAmended, buffer, offset));
      case ChildRefusedDecoder.TEMPLATE_ID -> events.onChildRefused(wrap(childRefused, buffer, offset));
      case BalanceChangedDecoder.TEMPLATE_ID -> events.onBalanceChanged(wrap(balanceChanged, buffer, offset));
      case RuleArmedDecoder.TEMPLATE_ID -> events.onRuleArmed(wrap(ruleArmed, buffer, offset));
      case RuleStateChangedDecoder.TEMPLATE_ID -> events.onRuleStateChanged(wrap(ruleStateChanged, buffer, offset));
      case RuleTriggeredDecoder.TEMPLATE_ID -> events.onTrigger(wrap(ruleTriggered, buffer, offset));
      case PriceChangedDecoder.TEMPLATE_ID -> events.onPriceChanged(wrap(priceChanged, buffer, offset));
      case PriceStateChangedDecoder.TEMPLATE_ID ->
          events.onPriceStateChanged(wrap(priceStateChanged, buffer, offset));
      case FundingSettledDecoder.TEMPLATE_ID -> events.onFundingSettled(wrap(fundingSettled, buffer, offset));
      case InterestSettledDecoder.TEMPLATE_ID -> events.onInterestSettled(wrap(interestSettled, buffer, offset));
      case HaltChangedDecoder.TEMPLATE_ID -> events.onHaltChanged(wrap(haltChanged, buffer, offset));
      case LiquidationStepDecoder.TEMPLATE_ID -> events.onLiquidationStep(wrap(liquidationStep, buffer, offset));
      case HouseFundChangedDecoder.TEMPLATE_ID -> events.onHouseFundChanged(wrap(houseFundChanged, buffer, offset));
      case InstrumentSettledDecoder.TEMPLATE_ID ->
          events.onInstrumentSettled(wrap(instrumentSettled, buffer, offset));
      case SessionChangedDecoder.TEMPLATE_ID -> events.onSessionChanged(wrap(sessionChanged, buffer, offset));
      case RemediedDecoder.TEMPLATE_ID -> events.onRemedied(wrap(remedied, buffer, offset));
      case CapacityChangedDecoder.TEMPLATE_ID -> events.onCapacityChanged(wrap(capacityChanged, buffer, offset));
      case AuctionPriceDecoder.TEMPLATE_ID -> events.onAuctionPrice(wrap(auctionPrice, buffer, offset));
      case PositionChangedDecoder.TEMPLATE_ID -> events.onPositionChanged(wrap(positionChanged, buffer, offset));
      case MarginChangedDecoder.TEMPLATE_ID -> events.onMarginChanged(wrap(marginChanged, buffer, offset));
      case ProposalChangedDecoder.TEMPLATE_ID -> events.onProposalChanged(wrap(proposalChanged, buffer, offset));
      case TokenRebalancedDecoder.TEMPLATE_ID -> events.onTokenRebalanced(wrap(tokenRebalanced, buffer, offset));
      case TokenIssuedDecoder.TEMPLATE_ID -> events.onTokenIssued(wrap(tokenIssued, buffer, offset));
      case CoolingOffDecoder.TEMPLATE_ID -> events.onCoolingOff(wrap(coolingOff, buffer, offset));
      case AlgoStepDecoder.TEMPLATE_ID -> events.onAlgoStep(wrap(algoStep, buffer, offset));
      default -> {
        // A newer event than this build knows: its bytes have been handed on.
      }
    }
  }

  private static <T extends MessageDecoderFlyweight> T wrap(
      final T decoder, final DirectBuffer buffer, final int offset) {
    decoder.wrap(buffer, offset + EventDescriptor.HEADER_LENGTH, EventKey.blockLength(buffer, offset),
        EventKey.version(buffer, offset));
    return decoder;
  }
}
