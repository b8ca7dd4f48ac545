package io.gavel.adapters.cli.pipe;

import io.gavel.engine.GavelEvents;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableDirectByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the bytes of the events of one command until they are rendered, since a handler may not ask the engine
 * anything. One thread.
 */
final class EventTape implements GavelEvents {

  private static final int INITIAL_LENGTH = 1 << 16;

  private final ExpandableDirectByteBuffer buffer = new ExpandableDirectByteBuffer(INITIAL_LENGTH);
  private int position;
  private boolean spaceChanged;
  private boolean isShort;
  private long usable;
  private @Nullable Throwable halted;

  @Override
  public void onEvent(final DirectBuffer source, final int offset, final int length) {
    buffer.putBytes(position, source, offset, length);
    position += length;
  }

  @Override
  public void onDegraded(final boolean on, final long usableBytes) {
    isShort = on;
    usable = usableBytes;
    spaceChanged = true;
  }

  /** Whether the room on the disk ran short or came back since the last call. */
  boolean takeSpaceChange() {
    final boolean result = spaceChanged;
    spaceChanged = false;
    return result;
  }

  boolean isShort() {
    return isShort;
  }

  long usableBytes() {
    return usable;
  }

  @Override
  public void onHalt(final Throwable cause) {
    halted = cause;
  }

  DirectBuffer buffer() {
    return buffer;
  }

  int position() {
    return position;
  }

  void clear() {
    position = 0;
  }

  @Nullable Throwable halted() {
    return halted;
  }
}
