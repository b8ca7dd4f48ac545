package io.gavel.engine.replay;

import io.gavel.codecs.EventDescriptor;
import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.sbe.AlgoStepDecoder;
import io.gavel.codecs.sbe.ArmRuleDecoder;
import io.gavel.codecs.sbe.CommandAnswerDecoder;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.OrderAcceptedDecoder;
import io.gavel.codecs.sbe.OrderClosedDecoder;
import io.gavel.codecs.sbe.PlaceOrderDecoder;
import io.gavel.codecs.sbe.PriceChangedDecoder;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleArmedDecoder;
import io.gavel.codecs.sbe.RuleStateChangedDecoder;
import io.gavel.codecs.sbe.RuleTriggeredDecoder;
import io.gavel.codecs.sbe.TradeDecoder;
import io.gavel.engine.core.StateMachine;
import io.gavel.engine.egress.EventKey;
import io.gavel.engine.egress.NamingHook;
import io.gavel.risk.instrument.Instrument;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** Follows the rules or the orders of one name, or of one id, through a replay. */
final class StoryCollector implements ReplayListener {

  private static final long NULL_ID = -1;

  private final String key;
  private final long keyId;
  private final boolean wantsRules;
  private final NamingHook naming;
  private final List<RuleNotes> rules = new ArrayList<>();
  private final List<OrderNotes> orders = new ArrayList<>();
  private final Long2ObjectHashMap<RuleNotes> ruleById = new Long2ObjectHashMap<>();
  private final Long2ObjectHashMap<OrderNotes> orderById = new Long2ObjectHashMap<>();
  private final UnsafeBuffer frame = new UnsafeBuffer(new byte[FrameDescriptor.FRAME_LENGTH_MAX]);
  private final FrameFlyweight frameView = new FrameFlyweight();
  private final ArmRuleDecoder arm = new ArmRuleDecoder();
  private final PlaceOrderDecoder place = new PlaceOrderDecoder();
  private final CommandAnswerDecoder answer = new CommandAnswerDecoder();
  private final OrderAcceptedDecoder accepted = new OrderAcceptedDecoder();
  private final TradeDecoder trade = new TradeDecoder();
  private final OrderClosedDecoder closed = new OrderClosedDecoder();
  private final RuleArmedDecoder armed = new RuleArmedDecoder();
  private final RuleStateChangedDecoder changed = new RuleStateChangedDecoder();
  private final RuleTriggeredDecoder triggered = new RuleTriggeredDecoder();
  private final PriceChangedDecoder price = new PriceChangedDecoder();
  private final AlgoStepDecoder algo = new AlgoStepDecoder();
  private int templateId;
  private @Nullable StateMachine machine;

  private StoryCollector(final String key, final boolean wantsRules, final NamingHook naming) {
    this.key = key;
    this.keyId = key.matches("[0-9]{1,18}") ? Long.parseLong(key) : NULL_ID;
    this.wantsRules = wantsRules;
    this.naming = naming;
  }

  static StoryCollector ofRules(final String key, final NamingHook naming) {
    return new StoryCollector(key, true, naming);
  }

  static StoryCollector ofOrders(final String key, final NamingHook naming) {
    return new StoryCollector(key, false, naming);
  }

  List<Explanation.RuleStory> ruleStories() {
    return rules.stream().map(RuleNotes::story).toList();
  }

  List<Explanation.OrderStory> orderStories() {
    return orders.stream().map(OrderNotes::story).toList();
  }

  @Override
  public void onNaming(final DirectBuffer buffer, final int offset, final boolean accepted) {
    naming.onFrame(buffer, offset, accepted);
  }

  @Override
  public void beforeFrame(
      final StateMachine running, final DirectBuffer buffer, final int offset, final int length) {
    machine = running;
    templateId = FrameFlyweight.templateIdOf(buffer, offset);
    frame.putBytes(0, buffer, offset, length);
    frameView.wrap(frame, 0);
  }

  @Override
  public void afterFrame(
      final StateMachine running, final DirectBuffer buffer, final int offset, final int length) {
    for (final RuleNotes rule : rules) {
      rule.sample(running);
    }
  }

  @Override
  public void onEvent(final DirectBuffer buffer, final int offset, final int length) {
    final int body = offset + EventDescriptor.HEADER_LENGTH;
    final int block = EventKey.blockLength(buffer, offset);
    final int version = EventKey.version(buffer, offset);
    switch (EventKey.templateId(buffer, offset)) {
      case CommandAnswerDecoder.TEMPLATE_ID -> answered(answer.wrap(buffer, body, block, version));
      case OrderAcceptedDecoder.TEMPLATE_ID -> accepted(accepted.wrap(buffer, body, block, version));
      case TradeDecoder.TEMPLATE_ID -> traded(trade.wrap(buffer, body, block, version));
      case OrderClosedDecoder.TEMPLATE_ID -> closed(closed.wrap(buffer, body, block, version));
      case RuleArmedDecoder.TEMPLATE_ID -> armed(armed.wrap(buffer, body, block, version));
      case RuleStateChangedDecoder.TEMPLATE_ID -> changed(changed.wrap(buffer, body, block, version));
      case RuleTriggeredDecoder.TEMPLATE_ID -> triggered(triggered.wrap(buffer, body, block, version));
      case AlgoStepDecoder.TEMPLATE_ID -> worked(algo.wrap(buffer, body, block, version));
      case PriceChangedDecoder.TEMPLATE_ID -> priced(price.wrap(buffer, body, block, version));
      default -> {
        // Nothing else is part of these stories.
      }
    }
  }

  /** Only refusals: what was accepted is told by events that know more. */
  private void answered(final CommandAnswerDecoder told) {
    if (ReasonCode.OK == told.code() || Flag.YES == told.duplicate()) {
      return;
    }
    final long sequence = told.header().sequence();
    final long timeNs = told.header().engineTimeNs();
    if (wantsRules && ArmRuleDecoder.TEMPLATE_ID == templateId) {
      arm.wrap(frame, frameView.bodyOffset(), frameView.blockLength(), frameView.version());
      if (key.equals(EventWords.text(arm.clRuleId()))) {
        rules.add(new RuleNotes(arm, sequence, timeNs, told.code()));
      }
    } else if (!wantsRules && PlaceOrderDecoder.TEMPLATE_ID == templateId) {
      place.wrap(frame, frameView.bodyOffset(), frameView.blockLength(), frameView.version());
      if (key.equals(EventWords.text(place.clOrdId()))) {
        orders.add(new OrderNotes(place, sequence, timeNs, told.code()));
      }
    }
  }

  private void accepted(final OrderAcceptedDecoder order) {
    final RuleNotes parent = wantsRules ? ruleById.get(order.ruleId()) : null;
    final boolean wanted = wantsRules
        ? null != parent : keyId == order.orderId() || key.equals(EventWords.text(order.clOrdId()));
    if (!wanted) {
      return;
    }
    final OrderNotes notes = new OrderNotes(order);
    orderById.put(notes.orderId(), notes);
    if (null == parent) {
      orders.add(notes);
    } else {
      parent.child(notes);
    }
  }

  private void traded(final TradeDecoder fill) {
    final OrderNotes taker = orderById.get(fill.takerOrderId());
    if (null != taker) {
      taker.fill(fill, false);
    }
    final OrderNotes maker = orderById.get(fill.makerOrderId());
    if (null != maker) {
      maker.fill(fill, true);
    }
    sampleLast(fill.instrumentId(), fill.header().sequence(), fill.header().engineTimeNs(),
        (long) fill.priceTicks() * markUnitsPerTick(fill.instrumentId()));
  }

  private void closed(final OrderClosedDecoder order) {
    final OrderNotes notes = orderById.get(order.orderId());
    if (null != notes) {
      notes.close(order);
    }
  }

  private void armed(final RuleArmedDecoder rule) {
    final RuleNotes known = ruleById.get(rule.ruleId());
    if (null != known) {
      known.armed(rule);
      return;
    }
    // The client id stands in front of the legs, so both can be read in order only from the notes.
    if (wantsRules && (keyId == rule.ruleId() || key.equals(EventWords.text(rule.clRuleId())))) {
      final RuleNotes notes = new RuleNotes(rule);
      ruleById.put(notes.ruleId(), notes);
      rules.add(notes);
    }
  }

  private void changed(final RuleStateChangedDecoder change) {
    final RuleNotes rule = ruleById.get(change.ruleId());
    if (null != rule) {
      rule.changed(change);
    }
  }

  private void triggered(final RuleTriggeredDecoder evidence) {
    final RuleNotes rule = ruleById.get(evidence.ruleId());
    if (null != rule) {
      rule.triggered(evidence, templateId);
    }
  }

  private void worked(final AlgoStepDecoder step) {
    final RuleNotes rule = ruleById.get(step.ruleId());
    if (null != rule) {
      rule.worked(step);
    }
  }

  private void priced(final PriceChangedDecoder change) {
    if (PriceSource.LAST == change.source()) {
      sampleLast(change.instrumentId(), change.header().sequence(), change.header().engineTimeNs(),
          change.priceUnits());
    }
  }

  private void sampleLast(final int instrumentId, final long sequence, final long timeNs, final long priceUnits) {
    final int priceTicks = (int) (priceUnits / markUnitsPerTick(instrumentId));
    for (final RuleNotes rule : rules) {
      if (instrumentId == rule.instrumentId()) {
        rule.sampleLast(sequence, timeNs, priceUnits, priceTicks);
      }
    }
  }

  private int markUnitsPerTick(final int instrumentId) {
    final Instrument instrument = null == machine ? null : machine.risk().instrument(instrumentId);
    return null == instrument ? 1 : instrument.markUnitsPerTick();
  }
}
