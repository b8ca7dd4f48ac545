package io.gavel.engine.egress;

import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * Bounded memory between the engine and one subscriber. The engine never waits for it: when it is full the feed is
 * detached, and the subscriber catches up from the journal before it is attached again. The engine's thread writes, one
 * other thread reads.
 */
public final class EventFeed {

  /** What {@link #grantedFrom()} answers until the engine has attached the feed. */
  public static final long NOT_GRANTED = -1;

  private static final int EVENT_TYPE = 1;

  private final OneToOneRingBuffer ring;
  /** First sequence of the attachment that was asked for last. Written by the engine, read by the subscriber. */
  private volatile long grantedFrom = NOT_GRANTED;
  /** Set by the engine when it could not write; taken back by the subscriber when it asks again. */
  private volatile boolean detached = true;
  /** Set by the subscriber, which has emptied the ring before; taken back by the engine. */
  private volatile boolean attachWanted;
  private boolean attached;

  /** Room for {@code capacity} bytes of events, a power of two. */
  public EventFeed(final int capacity) {
    ring = new OneToOneRingBuffer(
        new UnsafeBuffer(ByteBuffer.allocateDirect(capacity + RingBufferDescriptor.TRAILER_LENGTH)));
  }

  /** Asks to be attached at the next frame; by the subscriber, behind a detachment, with nothing left to read. */
  public void wantAttach() {
    grantedFrom = NOT_GRANTED;
    detached = false;
    attachWanted = true;
  }

  /** First sequence that will be here since attachment was asked for, or {@link #NOT_GRANTED}; by the subscriber. */
  public long grantedFrom() {
    return grantedFrom;
  }

  /** Whether nothing more comes until attachment is asked for; by the subscriber. */
  public boolean isDetached() {
    return detached;
  }

  /** Hands on what is there; by the subscriber. */
  public int read(final EventSink sink) {
    return ring.read((type, buffer, offset, length) -> sink.onEvent(buffer, offset, length));
  }

  /** Whether nothing is left to read. A read that hands on nothing may only have passed the end of the ring. */
  public boolean isEmpty() {
    return 0 == ring.size();
  }

  /** Between two frames, by the engine. */
  void beforeFrame(final long sequence) {
    if (attachWanted) {
      attachWanted = false;
      attached = true;
      grantedFrom = sequence;
    }
  }

  void offer(final DirectBuffer buffer, final int offset, final int length) {
    if (attached && !ring.write(EVENT_TYPE, buffer, offset, length)) {
      attached = false;
      detached = true;
    }
  }
}
