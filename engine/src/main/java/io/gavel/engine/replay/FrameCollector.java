package io.gavel.engine.replay;

import io.gavel.codecs.EventDescriptor;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.sbe.CommandAnswerDecoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.engine.core.StateMachine;
import io.gavel.engine.egress.EventKey;
import io.gavel.engine.egress.NamingHook;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** Keeps the bytes and events of one frame while a journal is replayed up to it. */
final class FrameCollector implements ReplayListener {

  private final long sequence;
  private final NamingHook naming;
  private final CommandAnswerDecoder answer = new CommandAnswerDecoder();
  private final List<FrameBytes> events = new ArrayList<>();
  private @Nullable FrameBytes frame;
  private ReasonCode code = ReasonCode.OK;
  private long id;
  private long timeNs;
  private int templateId;

  FrameCollector(final long sequence, final NamingHook naming) {
    this.sequence = sequence;
    this.naming = naming;
  }

  Explanation.@Nullable FrameStory story() {
    return null == frame ? null
        : new Explanation.FrameStory(sequence, timeNs, templateId, code, id, frame, List.copyOf(events));
  }

  @Override
  public void beforeFrame(
      final StateMachine machine, final DirectBuffer buffer, final int offset, final int length) {
    if (sequence == FrameFlyweight.sequenceOf(buffer, offset)) {
      frame = new FrameBytes(buffer, offset, length);
      templateId = FrameFlyweight.templateIdOf(buffer, offset);
    }
  }

  @Override
  public void onEvent(final DirectBuffer buffer, final int offset, final int length) {
    if (null == frame) {
      return;
    }
    events.add(new FrameBytes(buffer, offset, length));
    if (CommandAnswerDecoder.TEMPLATE_ID == EventKey.templateId(buffer, offset)) {
      answer.wrap(buffer, offset + EventDescriptor.HEADER_LENGTH, EventKey.blockLength(buffer, offset),
          EventKey.version(buffer, offset));
      code = answer.code();
      id = answer.id();
    }
  }

  @Override
  public void afterFrame(
      final StateMachine machine, final DirectBuffer buffer, final int offset, final int length) {
    timeNs = machine.engineTimeNs();
  }

  @Override
  public void onNaming(final DirectBuffer buffer, final int offset, final boolean accepted) {
    naming.onFrame(buffer, offset, accepted);
  }
}
