package io.gavel.engine.egress;

import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.Invariants;
import io.gavel.codecs.sbe.CreateAccountDecoder;
import io.gavel.codecs.sbe.CreateAssetDecoder;
import io.gavel.codecs.sbe.CreateInstrumentDecoder;
import io.gavel.engine.core.Outbox;
import io.gavel.engine.core.StateMachine;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Applies committed frames to the core, and between its steps empties the outbox towards a sink: the same live, on
 * recovery and on replay. One thread, the engine's. Allocates nothing.
 */
public final class EventStage {

  private final StateMachine machine;
  private final EventSink sink;
  private final NamingHook naming;
  private long events;

  public EventStage(final StateMachine machine, final EventSink sink, final NamingHook naming) {
    this.machine = machine;
    this.sink = sink;
    this.naming = naming;
  }

  /** Applies one frame to its end. */
  public void apply(final MutableDirectBuffer buffer, final int offset) {
    final Outbox outbox = machine.outbox();
    boolean done = machine.apply(buffer, offset);
    if (isNaming(FrameFlyweight.templateIdOf(buffer, offset))) {
      naming.onFrame(buffer, offset, !outbox.isEmpty() && EventKey.isAcceptance(outbox.buffer(), 0));
    }
    drain(outbox);
    while (!done) {
      done = machine.resume();
      Invariants.check(done || !outbox.isEmpty(), "a step that is not done must have emitted something");
      drain(outbox);
    }
  }

  /** Events handed on so far. */
  public long events() {
    return events;
  }

  private void drain(final Outbox outbox) {
    final DirectBuffer buffer = outbox.buffer();
    final int end = outbox.position();
    int offset = 0;
    while (offset < end) {
      final int length = EventKey.length(buffer, offset);
      sink.onEvent(buffer, offset, length);
      events++;
      offset += length;
    }
    outbox.clear();
  }

  private static boolean isNaming(final int templateId) {
    return CreateAssetDecoder.TEMPLATE_ID == templateId || CreateInstrumentDecoder.TEMPLATE_ID == templateId
        || CreateAccountDecoder.TEMPLATE_ID == templateId;
  }
}
