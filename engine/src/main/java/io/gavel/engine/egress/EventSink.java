package io.gavel.engine.egress;

import org.agrona.DirectBuffer;

/** Takes events one by one, in the order of (sequence, index). */
public interface EventSink {

  /** Takes nothing. */
  EventSink NONE = (buffer, offset, length) -> { };

  /** An {@code EventDescriptor} record; the bytes are only there during the call. */
  void onEvent(DirectBuffer buffer, int offset, int length);
}
