package io.gavel.engine.egress;

import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.Invariants;
import io.gavel.codecs.sbe.CreateAccountDecoder;
import io.gavel.codecs.sbe.CreateAssetDecoder;
import io.gavel.codecs.sbe.CreateInstrumentDecoder;
import io.gavel.engine.core.Outbox;
import io.gavel.engine.core.StateMachine;
import io.gavel.engine.journal.Quarantines;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Applies committed frames to the core, and between its steps empties the outbox towards a sink: the same live, on
 * recovery and on replay. One thread, the engine's. Allocates nothing.
 */
public final class EventStage {

  private final StateMachine machine;
  private final EventSink sink;
  private final NamingHook naming;
  /** Replaced as a whole by subscribers, read by the engine's thread. */
  private volatile EventFeed[] feeds = {};
  private MutableDirectBuffer frame = new UnsafeBuffer(0, 0);
  private int frameOffset;
  private boolean isNaming;
  private long events;
  private Quarantines quarantines = Quarantines.NONE;

  public EventStage(final StateMachine machine, final EventSink sink, final NamingHook naming) {
    this.machine = machine;
    this.sink = sink;
    this.naming = naming;
  }

  /** Passes over the frames that {@code value} names; for who applies what is in a journal already. */
  public EventStage passOver(final Quarantines value) {
    quarantines = value;
    return this;
  }

  /** Applies one frame to its end. */
  public void apply(final MutableDirectBuffer buffer, final int offset) {
    final Outbox outbox = machine.outbox();
    final EventFeed[] current = feeds;
    for (final EventFeed feed : current) {
      feed.beforeFrame(FrameFlyweight.sequenceOf(buffer, offset));
    }
    frame = buffer;
    frameOffset = offset;
    isNaming = isNaming(FrameFlyweight.templateIdOf(buffer, offset));
    final boolean isPassedOver = !quarantines.isEmpty() && quarantines.names(buffer, offset);
    boolean done = isPassedOver ? machine.passOver(buffer, offset) : machine.apply(buffer, offset);
    drain(outbox, current);
    while (!done) {
      done = machine.resume();
      Invariants.check(done || !outbox.isEmpty(), "a step that is not done must have emitted something");
      drain(outbox, current);
    }
  }

  /** Hands events on to {@code feed} too, from the next frame it wants to be attached at. Any thread. */
  public synchronized void add(final EventFeed feed) {
    final EventFeed[] more = Arrays.copyOf(feeds, feeds.length + 1);
    more[more.length - 1] = feed;
    feeds = more;
  }

  /** Any thread. */
  public synchronized void remove(final EventFeed feed) {
    feeds = Arrays.stream(feeds).filter(other -> other != feed).toArray(EventFeed[]::new);
  }

  /** Events handed on so far. */
  public long events() {
    return events;
  }

  private void drain(final Outbox outbox, final EventFeed[] current) {
    final DirectBuffer buffer = outbox.buffer();
    final int end = outbox.position();
    int offset = 0;
    while (offset < end) {
      final int length = EventKey.length(buffer, offset);
      if (isNaming && EventKey.isAnswer(buffer, offset)) {
        // Before the host hears of it: it may use the name at once.
        naming.onFrame(frame, frameOffset, EventKey.isAcceptance(buffer, offset));
      }
      sink.onEvent(buffer, offset, length);
      for (final EventFeed feed : current) {
        feed.offer(buffer, offset, length);
      }
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
