package io.gavel.engine.core;

import io.gavel.codecs.EventDescriptor;
import io.gavel.codecs.Text32;
import io.gavel.codecs.sbe.AlgoStepDecoder;
import io.gavel.codecs.sbe.AuctionPriceDecoder;
import io.gavel.codecs.sbe.BalanceChangedDecoder;
import io.gavel.codecs.sbe.CapacityChangedDecoder;
import io.gavel.codecs.sbe.ChildRefusedDecoder;
import io.gavel.codecs.sbe.CommandAnswerDecoder;
import io.gavel.codecs.sbe.CoolingOffDecoder;
import io.gavel.codecs.sbe.EventHeaderDecoder;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.FundingSettledDecoder;
import io.gavel.codecs.sbe.HaltChangedDecoder;
import io.gavel.codecs.sbe.HaltMode;
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
import io.gavel.codecs.sbe.Text32Decoder;
import io.gavel.codecs.sbe.TokenIssuedDecoder;
import io.gavel.codecs.sbe.TokenRebalancedDecoder;
import io.gavel.codecs.sbe.TradeDecoder;
import java.util.List;
import org.agrona.DirectBuffer;

/** Events as short lines, so that a test can compare a whole list of them at a glance. */
final class EventText {

  private final CommandAnswerDecoder answer = new CommandAnswerDecoder();
  private final OrderAcceptedDecoder accepted = new OrderAcceptedDecoder();
  private final TradeDecoder trade = new TradeDecoder();
  private final OrderClosedDecoder closed = new OrderClosedDecoder();
  private final OrderAmendedDecoder amended = new OrderAmendedDecoder();
  private final ChildRefusedDecoder refused = new ChildRefusedDecoder();
  private final BalanceChangedDecoder balance = new BalanceChangedDecoder();
  private final RuleArmedDecoder armed = new RuleArmedDecoder();
  private final RuleStateChangedDecoder changed = new RuleStateChangedDecoder();
  private final AlgoStepDecoder step = new AlgoStepDecoder();
  private final RuleTriggeredDecoder triggered = new RuleTriggeredDecoder();
  private final PriceChangedDecoder price = new PriceChangedDecoder();
  private final HaltChangedDecoder halt = new HaltChangedDecoder();
  private final LiquidationStepDecoder liquidation = new LiquidationStepDecoder();
  private final HouseFundChangedDecoder fund = new HouseFundChangedDecoder();
  private final InstrumentSettledDecoder settled = new InstrumentSettledDecoder();
  private final TokenRebalancedDecoder rebalanced = new TokenRebalancedDecoder();
  private final TokenIssuedDecoder issued = new TokenIssuedDecoder();
  private final CoolingOffDecoder cooling = new CoolingOffDecoder();
  private final SessionChangedDecoder session = new SessionChangedDecoder();
  private final AuctionPriceDecoder auction = new AuctionPriceDecoder();
  private final CapacityChangedDecoder capacity = new CapacityChangedDecoder();
  private final PositionChangedDecoder position = new PositionChangedDecoder();
  private final MarginChangedDecoder margin = new MarginChangedDecoder();
  private final ProposalChangedDecoder proposal = new ProposalChangedDecoder();
  private final PriceStateChangedDecoder priceState = new PriceStateChangedDecoder();
  private final FundingSettledDecoder funding = new FundingSettledDecoder();
  private final InterestSettledDecoder interest = new InterestSettledDecoder();
  private final RemediedDecoder remedied = new RemediedDecoder();
  private final EventHeaderDecoder header = new EventHeaderDecoder();
  private long lastSequence;
  private int lastIndex;

  /** Appends what the outbox holds, checks that keys are contiguous, and clears it. */
  void drain(final Outbox outbox, final List<String> into, final List<Long> timesNs) {
    final DirectBuffer buffer = outbox.buffer();
    for (int at = 0; at < outbox.position();) {
      header.wrap(buffer, at + EventDescriptor.HEADER_LENGTH);
      final int expected = header.sequence() == lastSequence ? lastIndex + 1 : 0;
      if (header.index() != expected) {
        throw new AssertionError("event key out of order: " + header.sequence() + "," + header.index());
      }
      lastSequence = header.sequence();
      lastIndex = header.index();
      into.add(line(buffer, at));
      timesNs.add(header.engineTimeNs());
      at += buffer.getInt(at + EventDescriptor.LENGTH_OFFSET);
    }
    outbox.clear();
  }

  private String line(final DirectBuffer buffer, final int at) {
    final int body = at + EventDescriptor.HEADER_LENGTH;
    final int template = buffer.getShort(at + EventDescriptor.TEMPLATE_ID_OFFSET);
    final int block = buffer.getShort(at + EventDescriptor.BLOCK_LENGTH_OFFSET);
    return switch (template) {
      case CommandAnswerDecoder.TEMPLATE_ID -> {
        answer.wrap(buffer, body, block, 0);
        yield "answer " + answer.code() + (0 == answer.id() ? "" : " id=" + answer.id())
            + (Flag.YES == answer.duplicate() ? " duplicate of " + answer.answeredSequence() : "");
      }
      case OrderAcceptedDecoder.TEMPLATE_ID -> {
        accepted.wrap(buffer, body, block, 0);
        yield "accepted " + accepted.orderId() + " " + accepted.side() + " " + accepted.quantityLots() + "@"
            + accepted.limitPriceTicks() + (0 == accepted.ruleId() ? "" : " rule=" + accepted.ruleId());
      }
      case TradeDecoder.TEMPLATE_ID -> {
        trade.wrap(buffer, body, block, 0);
        yield "trade " + trade.quantityLots() + "@" + trade.priceTicks() + " taker=" + trade.takerOrderId()
            + " maker=" + trade.makerOrderId() + " open=" + trade.takerOpenLots() + "/" + trade.makerOpenLots()
            + (0 == trade.takerFeeUnits() && 0 == trade.makerFeeUnits() ? ""
            : " fees=" + trade.takerFeeUnits() + "/" + trade.makerFeeUnits());
      }
      case OrderClosedDecoder.TEMPLATE_ID -> {
        closed.wrap(buffer, body, block, 0);
        yield "closed " + closed.orderId() + " " + closed.reason() + " filled=" + closed.filledLots()
            + " cancelled=" + closed.cancelledLots();
      }
      case OrderAmendedDecoder.TEMPLATE_ID -> {
        amended.wrap(buffer, body, block, 0);
        yield "amended " + amended.orderId() + " " + amended.openLots() + "@" + amended.limitPriceTicks()
            + (Flag.YES == amended.keptPriority() ? " kept " : " lost ") + amended.reason();
      }
      case BalanceChangedDecoder.TEMPLATE_ID -> {
        balance.wrap(buffer, body, block, 0);
        yield "balance " + balance.header().account() + "/" + balance.assetId() + " " + balance.cause() + " "
            + balance.changeUnits() + " free=" + balance.freeUnits() + " held=" + balance.heldUnits();
      }
      case PriceChangedDecoder.TEMPLATE_ID -> {
        price.wrap(buffer, body, block, 0);
        yield "price " + price.source() + " " + price.priceUnits();
      }
      case HaltChangedDecoder.TEMPLATE_ID -> {
        halt.wrap(buffer, body, block, 0);
        yield "halt " + halt.scope() + " " + halt.on()
            + (HaltMode.FULL == halt.mode() ? "" : " " + halt.mode());
      }
      default -> marketLine(buffer, body, template, block);
    };
  }

  private String marketLine(final DirectBuffer buffer, final int body, final int template, final int block) {
    return switch (template) {
      case SessionChangedDecoder.TEMPLATE_ID -> {
        session.wrap(buffer, body, block, 0);
        yield "session " + session.fromState() + "->" + session.toState() + " " + session.reason()
            + (0 == session.callEndTimeNs() ? "" : " until " + session.callEndTimeNs());
      }
      case AuctionPriceDecoder.TEMPLATE_ID -> {
        auction.wrap(buffer, body, block, 0);
        yield (Flag.YES == auction.uncrossed() ? "uncrossed " : "indicative ") + auction.volumeLots() + "@"
            + auction.priceTicks() + " surplus=" + auction.surplusLots();
      }
      case CoolingOffDecoder.TEMPLATE_ID -> {
        cooling.wrap(buffer, body, block, 0);
        yield "cooling " + cooling.cause() + " of " + cooling.header().account() + '/' + cooling.instrumentId()
            + " row=" + cooling.row() + " until " + cooling.untilTimeNs();
      }
      case CapacityChangedDecoder.TEMPLATE_ID -> {
        capacity.wrap(buffer, body, block, 0);
        yield "capacity orders=" + capacity.ordersMax()
            + (0 == capacity.tradesKept() ? "" : " trades=" + capacity.tradesKept());
      }
      case ProposalChangedDecoder.TEMPLATE_ID -> {
        proposal.wrap(buffer, body, block, 0);
        yield "proposal " + proposal.proposalId() + ' ' + proposal.state() + " by=" + proposal.principalId()
            + " template=" + proposal.commandTemplateId() + " next=" + proposal.nextTimeNs() + " id=" + proposal.id()
            + ' ' + proposal.reason();
      }
      case PositionChangedDecoder.TEMPLATE_ID -> {
        position.wrap(buffer, body, block, 0);
        final long change = position.changeLots();
        yield "position " + position.lots() + " (" + (change < 0 ? "" : "+") + change + ") cost="
            + position.costUnits() + " realised=" + position.realisedUnits() + " margin=" + position.marginUnits()
            + " epoch=" + position.epoch() + ' ' + position.positionSide() + ' ' + position.cause() + " of "
            + position.header().account();
      }
      case MarginChangedDecoder.TEMPLATE_ID -> {
        margin.wrap(buffer, body, block, 0);
        yield "margin " + margin.instrumentId() + ' ' + margin.accounts() + " through=" + margin.throughAccount()
            + ' ' + margin.done();
      }
      default -> houseLine(buffer, body, template, block);
    };
  }

  private String houseLine(final DirectBuffer buffer, final int body, final int template, final int block) {
    return switch (template) {
      case LiquidationStepDecoder.TEMPLATE_ID -> {
        liquidation.wrap(buffer, body, block, 0);
        yield "liquidation " + liquidation.header().account() + " " + liquidation.stage() + " "
            + liquidation.instrumentId() + "/" + liquidation.positionSide() + " equity=" + liquidation.equityUnits()
            + " of " + liquidation.requirementUnits() + " lots=" + liquidation.lots() + " value="
            + liquidation.valueUnits() + " fund=" + liquidation.fundUnits() + " backstop="
            + liquidation.backstopUnits() + " short=" + liquidation.shortfallUnits() + " cause="
            + liquidation.causeSequence();
      }
      case HouseFundChangedDecoder.TEMPLATE_ID -> {
        fund.wrap(buffer, body, block, 0);
        yield "fund " + fund.fund() + " " + fund.changeUnits() + " of " + fund.assetId() + " now="
            + fund.balanceUnits();
      }
      case InstrumentSettledDecoder.TEMPLATE_ID -> {
        settled.wrap(buffer, body, block, 0);
        yield "settled " + settled.instrumentId() + " at " + settled.priceUnits() + " positions="
            + settled.positions() + " lots=" + settled.openInterestLots();
      }
      case TokenRebalancedDecoder.TEMPLATE_ID -> {
        rebalanced.wrap(buffer, body, block, 0);
        yield "rebalanced " + rebalanced.instrumentId() + " " + rebalanced.reason() + " nav=" + rebalanced.navBeforeE6()
            + "->" + rebalanced.navE6() + " at " + rebalanced.fromPriceUnits() + "->" + rebalanced.priceUnits()
            + " exposure=" + rebalanced.exposureBeforeUnits() + "->" + rebalanced.exposureUnits() + " traded="
            + rebalanced.tradedUnits() + " out=" + rebalanced.tokenUnits() + " debt=" + rebalanced.debtUnits()
            + " pool=" + rebalanced.poolUnits() + " next=" + rebalanced.nextTimeNs();
      }
      case TokenIssuedDecoder.TEMPLATE_ID -> {
        issued.wrap(buffer, body, block, 0);
        yield "issued " + issued.instrumentId() + (Flag.YES == issued.backer() ? " shares " : " tokens ")
            + issued.units() + " value=" + issued.valueUnits() + " premium=" + issued.premiumUnits() + " fee="
            + issued.feeUnits() + " paid=" + issued.paidUnits() + " nav=" + issued.navE6() + " at "
            + issued.priceUnits() + " out=" + issued.tokenUnits() + " debt=" + issued.debtUnits() + " pool="
            + issued.poolUnits() + " shares=" + issued.poolShares() + " of " + issued.header().account();
      }
      default -> ruleLine(buffer, body, template, block);
    };
  }

  private String ruleLine(final DirectBuffer buffer, final int body, final int template, final int block) {
    return switch (template) {
      case ChildRefusedDecoder.TEMPLATE_ID -> {
        refused.wrap(buffer, body, block, 0);
        yield "refused child of " + refused.ruleId() + " " + refused.code();
      }
      case RuleArmedDecoder.TEMPLATE_ID -> {
        armed.wrap(buffer, body, block, 0);
        final StringBuilder line = new StringBuilder("armed " + armed.ruleId() + " v" + armed.version() + " "
            + armed.state() + " " + armed.side() + " " + armed.quantityLots() + name(armed.clRuleId()));
        for (final RuleArmedDecoder.LegsDecoder leg : armed.legs()) {
          line.append(' ').append(leg.kind()).append(':').append(leg.source()).append('@').append(leg.levelTicks());
        }
        yield line.toString();
      }
      case RuleStateChangedDecoder.TEMPLATE_ID -> {
        changed.wrap(buffer, body, block, 0);
        yield "rule " + changed.ruleId() + " " + changed.fromState() + "->" + changed.toState() + " "
            + changed.reason() + " remaining=" + changed.remainingLots();
      }
      case RuleTriggeredDecoder.TEMPLATE_ID -> {
        triggered.wrap(buffer, body, block, 0);
        yield "triggered " + triggered.ruleId() + " v" + triggered.version() + " leg=" + triggered.legIndex() + " "
            + triggered.kind() + " " + triggered.source() + " " + triggered.referenceTicks() + " level="
            + triggered.levelTicks() + (0 == triggered.extremumTicks() ? "" : " extremum=" + triggered.extremumTicks())
            + " protection=" + triggered.protectionTicks() + " cause=" + triggered.causeSequence();
      }
      case AlgoStepDecoder.TEMPLATE_ID -> {
        step.wrap(buffer, body, block, 0);
        yield "algo " + step.ruleId() + " " + step.action() + " " + step.what() + " " + step.why() + " #" + step.step()
            + (0 == step.orderId() ? "" : " " + step.lots() + "@" + step.limitTicks() + " order=" + step.orderId())
            + " filled=" + step.filledLots() + "/" + step.totalLots() + " working=" + step.workingLots()
            + " next=" + step.nextTimeNs();
      }
      default -> priceLine(buffer, body, template, block);
    };
  }

  private String priceLine(final DirectBuffer buffer, final int body, final int template, final int block) {
    return switch (template) {
      case PriceStateChangedDecoder.TEMPLATE_ID -> {
        priceState.wrap(buffer, body, block, 0);
        yield "priceState " + priceState.source() + ' ' + priceState.fromState() + "->" + priceState.toState() + ' '
            + priceState.priceUnits() + " age=" + priceState.ageNs() + " confidence=" + priceState.confidenceE8()
            + " counted=" + Integer.toBinaryString(priceState.countedSources()) + " excluded="
            + Integer.toBinaryString(priceState.excludedSources());
      }
      case FundingSettledDecoder.TEMPLATE_ID -> {
        funding.wrap(buffer, body, block, 0);
        yield "funding " + funding.instrumentId() + " rate=" + funding.rateE10() + " premium=" + funding.premiumE10()
            + " index=" + funding.fundingIndex() + " mark=" + funding.markUnits() + " next=" + funding.nextTimeNs();
      }
      case InterestSettledDecoder.TEMPLATE_ID -> {
        interest.wrap(buffer, body, block, 0);
        yield "interest " + interest.assetId() + " rate=" + interest.rateE10() + " used=" + interest.utilisationE8()
            + " borrowed=" + interest.borrowedUnits() + " deposits=" + interest.depositsUnits() + " interest="
            + interest.interestUnits() + " index=" + interest.borrowIndexE15() + '/' + interest.depositIndexE15()
            + " next=" + interest.nextTimeNs();
      }
      default -> remedyLine(buffer, body, template, block);
    };
  }

  private String remedyLine(final DirectBuffer buffer, final int body, final int template, final int block) {
    if (RemediedDecoder.TEMPLATE_ID != template) {
      throw new AssertionError("unknown event " + template);
    }
    remedied.wrap(buffer, body, block, 0);
    return "remedied " + remedied.kind() + " of " + remedied.header().account() + " trade=" + remedied.tradeId()
        + " key=" + remedied.key() + " other=" + remedied.otherAccount() + " lots=" + remedied.lots() + " base="
        + remedied.baseUnits() + " quote=" + remedied.quoteUnits() + " fee=" + remedied.feeUnits() + " realised="
        + remedied.realisedUnits() + " fund=" + remedied.fundUnits() + '/' + remedied.fundBaseUnits() + ' '
        + remedied.priceTicks() + "->" + remedied.newPriceTicks() + ' ' + remedied.fund() + ' ' + remedied.cause()
        + " exact=" + remedied.exact() + name(remedied.evidence());
  }

  private static String name(final Text32Decoder text) {
    final String name = Text32.toString(text.w0(), text.w1(), text.w2(), text.w3());
    return name.isEmpty() ? "" : " " + name;
  }
}
