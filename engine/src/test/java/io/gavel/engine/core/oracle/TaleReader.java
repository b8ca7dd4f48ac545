package io.gavel.engine.core.oracle;

import io.gavel.codecs.EventDescriptor;
import io.gavel.codecs.sbe.BalanceChangedDecoder;
import io.gavel.codecs.sbe.ChildRefusedDecoder;
import io.gavel.codecs.sbe.CommandAnswerDecoder;
import io.gavel.codecs.sbe.EventHeaderDecoder;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.HaltChangedDecoder;
import io.gavel.codecs.sbe.OrderAcceptedDecoder;
import io.gavel.codecs.sbe.OrderAmendedDecoder;
import io.gavel.codecs.sbe.OrderClosedDecoder;
import io.gavel.codecs.sbe.PriceChangedDecoder;
import io.gavel.codecs.sbe.RuleArmedDecoder;
import io.gavel.codecs.sbe.RuleStateChangedDecoder;
import io.gavel.codecs.sbe.RuleTriggeredDecoder;
import io.gavel.codecs.sbe.Text32Decoder;
import io.gavel.codecs.sbe.TradeDecoder;
import org.agrona.DirectBuffer;

/** Writes the machine's events down as a {@link Tale}; the order of fields is the one in which {@link Told} tells. */
public final class TaleReader {

  private final CommandAnswerDecoder answer = new CommandAnswerDecoder();
  private final OrderAcceptedDecoder accepted = new OrderAcceptedDecoder();
  private final TradeDecoder trade = new TradeDecoder();
  private final OrderClosedDecoder closed = new OrderClosedDecoder();
  private final OrderAmendedDecoder amended = new OrderAmendedDecoder();
  private final ChildRefusedDecoder refused = new ChildRefusedDecoder();
  private final BalanceChangedDecoder balance = new BalanceChangedDecoder();
  private final RuleArmedDecoder armed = new RuleArmedDecoder();
  private final RuleStateChangedDecoder changed = new RuleStateChangedDecoder();
  private final RuleTriggeredDecoder triggered = new RuleTriggeredDecoder();
  private final PriceChangedDecoder price = new PriceChangedDecoder();
  private final HaltChangedDecoder halt = new HaltChangedDecoder();
  private final EventHeaderDecoder header = new EventHeaderDecoder();

  /** Appends the event at {@code offset} to {@code tale}. */
  public void read(final DirectBuffer buffer, final int offset, final Tale tale) {
    final int body = offset + EventDescriptor.HEADER_LENGTH;
    final int template = buffer.getShort(offset + EventDescriptor.TEMPLATE_ID_OFFSET);
    final int block = buffer.getShort(offset + EventDescriptor.BLOCK_LENGTH_OFFSET);
    header.wrap(buffer, body);
    tale.at(header.engineTimeNs());
    tale.begin(template, header.account());
    switch (template) {
      case CommandAnswerDecoder.TEMPLATE_ID -> {
        answer.wrap(buffer, body, block, 0);
        final boolean duplicate = Flag.YES == answer.duplicate();
        tale.put(answer.codeRaw()).put(answer.id()).put(duplicate).put(duplicate ? answer.answeredSequence() : 0);
      }
      case OrderAcceptedDecoder.TEMPLATE_ID -> {
        final OrderAcceptedDecoder e = accepted.wrap(buffer, body, block, 0);
        tale.put(e.orderId()).put(e.sideRaw()).put(e.quantityLots()).put(e.limitPriceTicks()).put(e.ruleId())
            .put(e.instrumentId()).put(e.ordTypeRaw()).put(e.timeInForceRaw()).put(e.postOnlyRaw())
            .put(e.expireTimeNs());
      }
      case TradeDecoder.TEMPLATE_ID -> {
        final TradeDecoder e = trade.wrap(buffer, body, block, 0);
        tale.put(e.quantityLots()).put(e.priceTicks()).put(e.takerOrderId()).put(e.makerOrderId())
            .put(e.takerOpenLots()).put(e.makerOpenLots()).put(e.takerFeeUnits()).put(e.makerFeeUnits())
            .put(e.notionalUnits()).put(e.makerAccount()).put(e.takerRuleId()).put(e.makerRuleId())
            .put(e.instrumentId()).put(e.takerSideRaw());
      }
      case OrderClosedDecoder.TEMPLATE_ID -> {
        final OrderClosedDecoder e = closed.wrap(buffer, body, block, 0);
        tale.put(e.orderId()).put(e.reasonRaw()).put(e.filledLots()).put(e.cancelledLots()).put(e.ruleId())
            .put(e.instrumentId()).put(e.sideRaw());
      }
      case OrderAmendedDecoder.TEMPLATE_ID -> {
        final OrderAmendedDecoder e = amended.wrap(buffer, body, block, 0);
        tale.put(e.orderId()).put(e.openLots()).put(e.limitPriceTicks()).put(e.keptPriorityRaw()).put(e.reasonRaw())
            .put(e.quantityLots()).put(e.instrumentId());
      }
      case BalanceChangedDecoder.TEMPLATE_ID -> {
        final BalanceChangedDecoder e = balance.wrap(buffer, body, block, 0);
        tale.put(e.assetId()).put(e.causeRaw()).put(e.changeUnits()).put(e.freeUnits()).put(e.heldUnits())
            .put(e.holdId());
      }
      case PriceChangedDecoder.TEMPLATE_ID -> {
        final PriceChangedDecoder e = price.wrap(buffer, body, block, 0);
        tale.put(e.sourceRaw()).put(e.priceUnits()).put(e.instrumentId()).put(e.sizeLots());
      }
      case HaltChangedDecoder.TEMPLATE_ID -> {
        final HaltChangedDecoder e = halt.wrap(buffer, body, block, 0);
        tale.put(e.scopeRaw()).put(e.onRaw()).put(e.instrumentId());
      }
      default -> rule(template, buffer, body, block, tale);
    }
    tale.end();
  }

  private void rule(final int template, final DirectBuffer buffer, final int body, final int block, final Tale tale) {
    switch (template) {
      case ChildRefusedDecoder.TEMPLATE_ID -> {
        final ChildRefusedDecoder e = refused.wrap(buffer, body, block, 0);
        tale.put(e.ruleId()).put(e.codeRaw()).put(e.instrumentId());
      }
      case RuleArmedDecoder.TEMPLATE_ID -> {
        final RuleArmedDecoder e = armed.wrap(buffer, body, block, 0);
        final Text32Decoder name = e.clRuleId();
        tale.put(e.ruleId()).put(e.version()).put(e.stateRaw()).put(e.sideRaw()).put(e.quantityLots())
            .put(name.w0()).put(name.w1());
        final RuleArmedDecoder.LegsDecoder legs = e.legs();
        tale.put(legs.count());
        while (legs.hasNext()) {
          legs.next();
          tale.put(legs.kindRaw()).put(legs.sourceRaw()).put(legs.levelTicks());
        }
      }
      case RuleStateChangedDecoder.TEMPLATE_ID -> {
        final RuleStateChangedDecoder e = changed.wrap(buffer, body, block, 0);
        tale.put(e.ruleId()).put(e.fromStateRaw()).put(e.toStateRaw()).put(e.reasonRaw()).put(e.remainingLots())
            .put(e.instrumentId()).put(e.version());
      }
      case RuleTriggeredDecoder.TEMPLATE_ID -> {
        final RuleTriggeredDecoder e = triggered.wrap(buffer, body, block, 0);
        tale.put(e.ruleId()).put(e.version()).put(e.legIndex()).put(e.kindRaw()).put(e.sourceRaw())
            .put(e.referenceTicks()).put(e.levelTicks()).put(e.extremumTicks()).put(e.protectionTicks())
            .put(e.causeSequence()).put(e.instrumentId()).put(e.sideRaw());
      }
      default -> {
        // What the oracle does not know has no fields: it is never the same as anything foretold.
      }
    }
  }
}
