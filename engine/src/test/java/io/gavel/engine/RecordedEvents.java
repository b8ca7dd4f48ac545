package io.gavel.engine;

import io.gavel.codecs.sbe.CommandAnswerDecoder;
import io.gavel.codecs.sbe.OrderClosedDecoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleTriggeredDecoder;
import io.gavel.codecs.sbe.TradeDecoder;
import io.gavel.engine.egress.EventKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** Keeps what it hears. */
class RecordedEvents implements GavelEvents {

  /** Key and bytes of every event. */
  final List<String> all = Collections.synchronizedList(new ArrayList<>());
  /** Code of every answer. */
  final List<ReasonCode> answers = Collections.synchronizedList(new ArrayList<>());
  final List<String> trades = Collections.synchronizedList(new ArrayList<>());
  final List<ReasonCode> closings = Collections.synchronizedList(new ArrayList<>());
  final List<Long> triggers = Collections.synchronizedList(new ArrayList<>());
  final List<Throwable> halts = Collections.synchronizedList(new ArrayList<>());
  volatile long lastSequence;
  volatile int lastIndex;

  @Nullable ReasonCode lastAnswer() {
    return answers.isEmpty() ? null : answers.get(answers.size() - 1);
  }

  @Override
  public void onEvent(final DirectBuffer buffer, final int offset, final int length) {
    final byte[] bytes = new byte[length];
    buffer.getBytes(offset, bytes);
    lastSequence = EventKey.sequence(buffer, offset);
    lastIndex = EventKey.index(buffer, offset);
    all.add(lastSequence + "/" + lastIndex + " " + EventKey.templateId(buffer, offset) + " "
        + Base64.getEncoder().encodeToString(bytes));
  }

  @Override
  public void onAnswer(final CommandAnswerDecoder answer) {
    answers.add(answer.code());
  }

  @Override
  public void onTrade(final TradeDecoder trade) {
    trades.add(trade.quantityLots() + "@" + trade.priceTicks());
  }

  @Override
  public void onOrderClosed(final OrderClosedDecoder order) {
    closings.add(order.reason());
  }

  @Override
  public void onTrigger(final RuleTriggeredDecoder evidence) {
    triggers.add(evidence.ruleId());
  }

  @Override
  public void onHalt(final Throwable cause) {
    halts.add(cause);
  }
}
