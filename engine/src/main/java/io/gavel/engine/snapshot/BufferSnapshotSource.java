package io.gavel.engine.snapshot;

import io.gavel.codecs.SnapshotSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Gives back what a {@link BufferSnapshotSink} collected, in the same order. One thread. */
public final class BufferSnapshotSource implements SnapshotSource {

  private final ByteBuffer buffer;

  public BufferSnapshotSource(final byte[] bytes) {
    buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public int getInt() {
    return buffer.getInt();
  }

  @Override
  public long getLong() {
    return buffer.getLong();
  }

  /** Whether everything has been read. */
  public boolean isExhausted() {
    return !buffer.hasRemaining();
  }
}
