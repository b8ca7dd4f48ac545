package io.gavel.engine.replay;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A copy of a frame or an event that outlives the replay; it starts at 0. */
public final class FrameBytes {

  private final UnsafeBuffer buffer;

  FrameBytes(final DirectBuffer source, final int offset, final int length) {
    buffer = new UnsafeBuffer(new byte[length]);
    buffer.putBytes(0, source, offset, length);
  }

  public DirectBuffer buffer() {
    return buffer;
  }

  public int length() {
    return buffer.capacity();
  }
}
