package io.gavel.engine.core;

import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The events of the steps taken since it was last cleared, as {@code EventDescriptor} records one behind the other.
 * The core writes, the shell reads and clears between steps, both on the engine's thread.
 */
public final class Outbox {

  private final UnsafeBuffer buffer;
  private int position;

  public Outbox(final int capacity) {
    buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(capacity));
  }

  /** First byte of the first event; the next starts at its length. */
  public DirectBuffer buffer() {
    return buffer;
  }

  /** Bytes written. */
  public int position() {
    return position;
  }

  public boolean isEmpty() {
    return 0 == position;
  }

  public void clear() {
    position = 0;
  }

  boolean hasRoom(final int length) {
    return buffer.capacity() - position >= length;
  }

  UnsafeBuffer writable() {
    return buffer;
  }

  void advance(final int length) {
    position += length;
  }
}
